/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "audit.h"

/* What the program exits with. */
typedef enum { AGREE = 0, DIFFER = 1, USAGE = 2, UNREADABLE = 4, UNSETTLED = 5 } Exit;

static void
print_money (const char *name, TjdMoney dirhams)
{
  g_autofree char *text = tjd_money_format (dirhams);
  printf ("%-28s QAR %s\n", name, text);
}

static void
print_count (const char *name, gint64 count)
{
  printf ("%-28s %" G_GINT64_FORMAT "\n", name, count);
}

static Exit
print_audit (TjdAudit *audit)
{
  print_count ("orders", audit->orders);
  print_count ("  delivered", audit->delivered);
  print_count ("  under way", audit->open);
  print_count ("renewals executed", audit->executed);
  print_money ("debited from payers", audit->debited);
  print_money ("  paid to the ministry", audit->ministry);
  print_money ("  paid to the post", audit->post);
  print_money ("given back to payers", audit->refunded);
  for (guint i = 0; i < audit->differences->len; i++)
    printf ("DIFFERENCE %s\n", (char *) audit->differences->pdata[i]);
  if (audit->differences->len > 0)
    return DIFFER;
  puts ("portal, ministry, bank and post agree");
  return AGREE;
}

int
main (int argc, char **argv)
{
  gboolean settled = argc == 3 && strcmp (argv[1], "--settled") == 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (TjdAudit) audit = NULL;
  Exit code;

  if (argc != 2 && !settled) {
    fputs (
        "usage: tajdid-audit [--settled] DIRECTORY\n"
        "Compares the four parties' databases in DIRECTORY; changes nothing. Exit codes: 0 they\n"
        "agree, 1 they differ, 2 options, 4 they cannot be read, 5 with --settled: an order is\n"
        "still under way.\n",
        stderr);
    return USAGE;
  }
  audit = tjd_audit_run (argv[argc - 1], &error);
  if (audit == NULL) {
    fprintf (stderr, "tajdid-audit: %s\n", error->message);
    return UNREADABLE;
  }
  code = print_audit (audit);
  return code == AGREE && settled && audit->open > 0 ? UNSETTLED : code;
}
