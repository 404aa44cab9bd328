/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "process.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>

#include "credentials.h"
#include "day.h"
#include "front.h"
#include "host.h"
#include "log.h"
#include "tls.h"

static const TjdPartyRow *const parties[] = {
  [TJD_PARTY_PORTAL] = &tjd_portal,
  [TJD_PARTY_MINISTRY] = &tjd_ministry,
  [TJD_PARTY_BANK] = &tjd_bank,
  [TJD_PARTY_POST] = &tjd_post,
};
G_STATIC_ASSERT (G_N_ELEMENTS (parties) == TJD_N_PARTIES);

#define MINUTE 60

struct _TjdProcess {
  TjdProcessOptions options;
  const TjdClock *clock;
  const TjdEntropy *entropy;
  guint here; /* bits: 1 << party */
  TjdSettings *settings;
  TjdCredentials *credentials; /* those at work */
  TjdSeed *seed;               /* while databases are filled */
  TjdTransport *transport;
  TjdHost *hosts[TJD_N_PARTIES];
  char *port_file;
};

static gboolean
is_here (TjdProcess *self, TjdParty party)
{
  return (self->here & 1u << party) != 0;
}

static guint
here_of (const char *const *only)
{
  guint here = 0;

  for (guint i = 0; i < TJD_N_PARTIES; i++)
    if (only == NULL || g_strv_contains (only, tjd_party_name (i)))
      here |= 1u << i;
  return here;
}

static TjdCredentials *
read_credentials (TjdProcess *self, const TjdSettings *settings, GError **error)
{
  g_autoptr (TjdCredentials) credentials = tjd_credentials_new (self->here);

  return tjd_credentials_read_files (credentials, settings, error) ? g_steal_pointer (&credentials)
                                                                   : NULL;
}

static gboolean
set_address (TjdProcess *self, TjdParty party, GError **error)
{
  const TjdPartySettings *settings = &self->settings->parties[party];

  if (settings->base != NULL)
    tjd_transport_set_base (self->transport, party, settings->base);
  return settings->ca == NULL || tjd_transport_set_ca (self->transport, party, settings->ca, error);
}

static gboolean
load_config (TjdProcess *self, GError **error)
{
  self->settings = tjd_settings_load (self->options.config, error);
  if (self->settings == NULL)
    return FALSE;
  self->credentials = read_credentials (self, self->settings, error);
  for (guint i = 0; i < TJD_N_PARTIES && self->credentials != NULL; i++)
    if (!set_address (self, i, error))
      return FALSE;
  return self->credentials != NULL;
}

static gboolean
load_keys (TjdProcess *self, GError **error)
{
  return tjd_credentials_read_state (self->credentials, self->options.state_dir,
                                     self->options.sandbox, error);
}

typedef struct {
  TjdProcess *process;
  TjdHost *host;
} Seeding;

/* A database is filled once; the people's tokens are drawn with the first. */
static gboolean
seed_once (TjdTxn *txn, gpointer data, GError **error)
{
  Seeding *seeding = data;
  TjdProcess *self = seeding->process;
  g_autofree char *day = tjd_day_format (tjd_day_in_qatar (tjd_clock_now (self->clock)));
  gint64 seeded;

  if (!tjd_txn_get_int (txn, "SELECT count(*) FROM seeded", &seeded, error))
    return FALSE;
  if (seeded > 0)
    return TRUE;
  if (self->seed == NULL)
    self->seed = tjd_seed_load (self->options.state_dir, self->entropy, error);
  return self->seed != NULL && seeding->host->row->seed (txn, seeding->host, self->seed, error) &&
         tjd_txn_exec (txn, "INSERT INTO seeded (day) VALUES ($1)", error, tjd_text (day)) > 0;
}

static void
set_trust (TjdHost *host, TjdCredentials *credentials)
{
  for (guint i = 0; i < TJD_N_PARTIES; i++)
    tjd_trust_set_keys (host->trust, i, credentials->keys[i]);
  tjd_trust_set_operators (host->trust, credentials->operators[host->row->party]);
}

static TjdHost *
new_host (TjdProcess *self, TjdParty party)
{
  TjdHost *host = g_new0 (TjdHost, 1);

  host->row = parties[party];
  host->clock = self->clock;
  host->entropy = self->entropy;
  host->transport = self->transport;
  host->pace = self->options.pace;
  host->trust = tjd_trust_new (party);
  host->asking = tjd_asking_new ();
  host->wrong_codes =
      tjd_rate_new (self->settings->limits.wrong_codes, MINUTE, self->settings->limits.wrong_codes);
  host->wrong_codes_of_address =
      tjd_rate_new (self->settings->limits.wrong_codes_of_address, MINUTE,
                    2 * self->settings->limits.wrong_codes_of_address);
  set_trust (host, self->credentials);
  return host;
}

static gboolean
open_databases (TjdProcess *self, GError **error)
{
  for (guint i = 0; i < TJD_N_PARTIES; i++) {
    g_autofree char *file = g_strconcat (tjd_party_name (i), ".db", NULL);
    g_autofree char *path = g_build_filename (self->options.state_dir, file, NULL);
    if (!is_here (self, i))
      continue;
    self->hosts[i] = new_host (self, i);
    self->hosts[i]->db = tjd_db_open (path, parties[i]->migrations, error);
    if (self->hosts[i]->db == NULL ||
        (self->options.retry_parked && !tjd_outbox_retry_parked (self->hosts[i], error)) ||
        (self->options.sandbox &&
         !tjd_db_write (self->hosts[i]->db, seed_once, &(Seeding){ self, self->hosts[i] }, error)))
      return FALSE;
  }
  g_clear_object (&self->seed); /* with its secrets */
  return TRUE;
}

/* TLS as far as there is a certificate: TRUE if so. */
static gboolean
show_certificate (TjdCredentials *credentials, TjdParty party)
{
  if (credentials->certificates[party] == NULL)
    return FALSE;
  tjd_tls_show (party, g_steal_pointer (&credentials->certificates[party]));
  return TRUE;
}

static gboolean
listen_at (TjdProcess *self, TjdParty party, GError **error)
{
  TjdHost *host = self->hosts[party];
  const char *address = self->settings->parties[party].listen;
  gboolean with_tls = show_certificate (self->credentials, party);
  g_autofree char *url = NULL;

  host->front = tjd_front_new (host, address != NULL ? address : "127.0.0.1:0", with_tls,
                               &self->settings->limits, error);
  if (host->front == NULL)
    return FALSE;
  if (tjd_transport_get_base (self->transport, party) == NULL) {
    url = g_strdup_printf ("%s://127.0.0.1:%u", with_tls ? "https" : "http",
                           tjd_front_get_port (host->front));
    tjd_transport_set_base (self->transport, party, url);
  }
  host->base = g_strdup (tjd_transport_get_base (self->transport, party));
  return TRUE;
}

static gboolean
write_port_file (TjdProcess *self, GError **error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *json = NULL;

  for (guint i = 0; i < TJD_N_PARTIES; i++)
    json_object_set_string_member (object, tjd_party_name (i),
                                   tjd_transport_get_base (self->transport, i));
  json_node_set_object (node, object);
  json = json_to_string (node, TRUE);
  self->port_file = g_strdup (self->options.port_file);
  return self->port_file == NULL || g_file_set_contents (self->port_file, json, -1, error);
}

/* All listen before any answers, and all answer before anything is sent. */
static gboolean
open_doors (TjdProcess *self, GError **error)
{
  for (guint i = 0; i < TJD_N_PARTIES; i++)
    if (self->hosts[i] != NULL && !listen_at (self, i, error))
      return FALSE;
  for (guint i = 0; i < TJD_N_PARTIES; i++) {
    if (self->hosts[i] == NULL)
      continue;
    tjd_outbox_start (self->hosts[i]);
    tjd_front_open (self->hosts[i]->front);
    tjd_log (i, &(TjdLogLine){ .event = "start", .detail = self->hosts[i]->base });
  }
  return TRUE;
}

static gboolean
make_state_dir (TjdProcess *self, GError **error)
{
  if (g_mkdir_with_parents (self->options.state_dir, 0700) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno), "%s cannot be made: %s",
               self->options.state_dir, g_strerror (errno));
  return FALSE;
}

static gboolean
start (TjdProcess *self, TjdExit *code, GError **error)
{
  *code = TJD_EXIT_CONFIG;
  if (!load_config (self, error))
    return FALSE;
  *code = TJD_EXIT_STATE;
  if (!make_state_dir (self, error) || !load_keys (self, error) || !open_databases (self, error))
    return FALSE;
  *code = TJD_EXIT_LISTEN;
  if (!open_doors (self, error))
    return FALSE;
  *code = TJD_EXIT_STATE;
  return write_port_file (self, error);
}

TjdProcess *
tjd_process_start (const TjdProcessOptions *options,
                   const TjdClock *clock,
                   const TjdEntropy *entropy,
                   TjdExit *code,
                   GError **error)
{
  TjdProcess *self = g_new0 (TjdProcess, 1);

  self->options = *options;
  self->clock = clock;
  self->entropy = entropy;
  self->here = here_of (options->only);
  self->transport = tjd_transport_new (clock, entropy);
  if (options->port_file != NULL)
    g_unlink (options->port_file);
  if (start (self, code, error)) {
    *code = TJD_EXIT_OK;
    return self;
  }
  tjd_process_stop (self);
  return NULL;
}

static gboolean
keeps_tls (TjdProcess *self, const TjdSettings *settings, GError **error)
{
  for (guint i = 0; i < TJD_N_PARTIES; i++)
    if (is_here (self, i) && (settings->parties[i].certificate == NULL) !=
                                 (self->settings->parties[i].certificate == NULL)) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   "the %s begins or ends TLS: that takes a restart", tjd_party_name (i));
      return FALSE;
    }
  return TRUE;
}

gboolean
tjd_process_reload (TjdProcess *self, GError **error)
{
  g_autoptr (TjdSettings) settings = tjd_settings_load (self->options.config, error);
  g_autoptr (TjdCredentials) credentials = settings != NULL && keeps_tls (self, settings, error)
                                               ? read_credentials (self, settings, error)
                                               : NULL;

  if (credentials == NULL || !tjd_credentials_read_state (credentials, self->options.state_dir,
                                                          self->options.sandbox, error))
    return FALSE;
  for (guint i = 0; i < TJD_N_PARTIES; i++) {
    if (!is_here (self, i))
      continue;
    set_trust (self->hosts[i], credentials);
    show_certificate (credentials, i);
    tjd_front_show_another_certificate (self->hosts[i]->front);
    tjd_log (i, &(TjdLogLine){ .event = "reload",
                               .detail = tjd_key_get_thumbprint (credentials->keys[i]->pdata[0]) });
  }
  return TRUE;
}

static void
log_stop (TjdHost *host)
{
  g_autofree char *detail =
      g_strdup_printf ("%" G_GUINT64_FORMAT " commits", tjd_db_get_commits (host->db));

  tjd_log (host->row->party, &(TjdLogLine){ .event = "stop", .detail = detail });
}

static void
host_free (TjdHost *host)
{
  if (host->front != NULL)
    tjd_front_free (host->front);
  if (host->outbox != NULL)
    log_stop (host);
  g_clear_pointer (&host->outbox, tjd_outbox_free);
  g_clear_pointer (&host->db, tjd_db_close);
  g_clear_pointer (&host->trust, tjd_trust_free);
  g_clear_pointer (&host->asking, tjd_asking_free);
  g_clear_pointer (&host->wrong_codes, tjd_rate_free);
  g_clear_pointer (&host->wrong_codes_of_address, tjd_rate_free);
  g_free (host->base);
  g_free (host);
}

/* First nothing more is sent, then nothing more is taken. */
void
tjd_process_stop (TjdProcess *self)
{
  if (self->port_file != NULL)
    g_unlink (self->port_file);
  for (guint i = 0; i < TJD_N_PARTIES; i++)
    if (self->hosts[i] != NULL && self->hosts[i]->outbox != NULL)
      tjd_outbox_stop (self->hosts[i]->outbox);
  for (guint i = 0; i < TJD_N_PARTIES; i++) {
    g_clear_pointer (&self->hosts[i], host_free);
    tjd_tls_forget (i);
  }
  tjd_transport_free (self->transport);
  g_clear_pointer (&self->settings, tjd_settings_free);
  g_clear_pointer (&self->credentials, tjd_credentials_free);
  g_clear_object (&self->seed);
  g_free (self->port_file);
  g_free (self);
}
