/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "until-papers.h"

void
tjd_papers_print_label (GtkWindow *window, TjdShell *shell, const char *order_id)
{
  tjd_window_go (TJD_WINDOW (window), TJD_PAGE_RENEWALS);
}

void
tjd_papers_save_receipt (GtkWindow *window, TjdShell *shell, const char *order_id)
{
  tjd_window_go (TJD_WINDOW (window), TJD_PAGE_RENEWALS);
}

void
tjd_follow_open (GtkWindow *window, TjdShell *shell, const char *order_id)
{
  tjd_window_go (TJD_WINDOW (window), TJD_PAGE_RENEWALS);
}
