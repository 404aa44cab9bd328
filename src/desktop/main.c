/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "application.h"
#include "harden.h"
#include "language.h"

int
main (int argc, char **argv)
{
  g_autoptr (TjdApplication) application = NULL;

  tjd_client_harden_environment ();
  tjd_language_start ();
  application = tjd_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
