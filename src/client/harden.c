/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harden.h"

#include "quiet.h"
#include "secret.h"

/* What an attacker, or a forgotten evening of debugging, may have set. Proxies stay: of TLS they
 * see what the network sees. */
static const char *const forbidden[] = {
  "SSLKEYLOGFILE", /* TLS keys to a file */
  "GIO_EXTRA_MODULES",
  "GIO_MODULE_DIR",
  "GIO_USE_TLS",                 /* other TLS than the system's */
  "GNUTLS_SYSTEM_PRIORITY_FILE", /* older versions by another way */
  "GNUTLS_DEBUG_LEVEL",          /* keys, to the terminal: also of what we may start */
  "SOUP_SERVER_HTTP2",
};

void
tjd_client_harden_environment (void)
{
  g_setenv ("G_TLS_GNUTLS_PRIORITY", "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2", TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (forbidden); i++)
    g_unsetenv (forbidden[i]);
  tjd_secrets_forbid_core_dumps ();
  tjd_crypto_be_quiet ();
}
