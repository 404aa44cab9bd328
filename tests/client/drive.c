/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "accounts.h"
#include "addresses.h"
#include "calls.h"
#include "embedded.h"
#include "harden.h"
#include "home.h"
#include "journey.h"
#include "offline.h"
#include "resume.h"

/* The client without a window: a command a line from standard input, an answer a line, JSON. Driven
 * by test-*.py against real services, killed by them at will. Arguments: addresses, home folder. */

typedef struct {
  TjdTransport *transport;
  TjdSession *session;
  TjdJournal *journal;
  TjdJourney *journey;
  TjdClock clock;
  char *home, *account, *offline;
} Side;

static gint64
shifted_now (gpointer seconds)
{
  return g_get_real_time () + *(gint64 *) seconds * G_USEC_PER_SEC;
}

static const char *
nick (GType type, int value)
{
  return tjd_enum_to_nick (type, value);
}

static void
add_string (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
}

static void
add_error (JsonObject *object, const GError *error)
{
  if (error == NULL)
    return;
  add_string (object, "domain", g_quark_to_string (error->domain));
  json_object_set_int_member (object, "code", error->code);
  add_string (object, "message", error->message);
  if (error->domain == TJD_PROBLEM) {
    TjdProblem *document = tjd_problem_get_document (error);
    add_string (object, "problem", tjd_problem_row (error->code)->name);
    json_object_set_int_member (object, "tries_left", document->tries_left);
    json_object_set_int_member (object, "blocked_until", document->blocked_until);
  }
}

static void
say (JsonObject *answer)
{
  g_autoptr (JsonNode) node = json_node_alloc ();
  g_autofree char *text = NULL;

  json_node_init_object (node, answer);
  json_object_unref (answer);
  text = json_to_string (node, FALSE);
  printf ("%s\n", text);
  fflush (stdout);
}

static JsonObject *
outcome (gboolean ok, GError *error)
{
  JsonObject *answer = json_object_new ();

  json_object_set_boolean_member (answer, "ok", ok);
  add_error (answer, error);
  g_clear_error (&error);
  return answer;
}

static TjdSecret *
secret_of (const char *text)
{
  return tjd_secret_new (text, strlen (text));
}

/* --- who -------------------------------------------------------------------------------------- */

static void
say_session (Side *side, gboolean ok, GError *error)
{
  JsonObject *answer = outcome (ok, error);
  g_autofree char *personal_id = tjd_session_dup_personal_id (side->session);
  g_autoptr (GError) keyring = tjd_session_dup_keyring_error (side->session);

  add_string (answer, "personal_id", personal_id);
  json_object_set_int_member (answer, "keyring", keyring != NULL ? keyring->code : -1);
  json_object_set_boolean_member (answer, "idle",
                                  tjd_session_is_idle (side->session, TJD_IDLE_SECONDS));
  json_object_set_boolean_member (answer, "wants_refresh",
                                  tjd_session_wants_refresh (side->session));
  say (answer);
}

static void
sign_in (Side *side, char **words)
{
  g_autoptr (TjdSecret) code = secret_of (words[2]);
  GError *error = NULL;
  gboolean ok = tjd_session_sign_in (side->session, words[1], code, NULL, &error);

  say_session (side, ok, error);
}

static void
resume (Side *side, char **words)
{
  GError *error = NULL;
  gboolean ok = tjd_session_resume (side->session, NULL, &error);

  say_session (side, ok, error);
}

static void
refresh (Side *side, char **words)
{
  GError *error = NULL;
  gboolean ok = tjd_session_refresh (side->session, NULL, &error);

  say_session (side, ok, error);
}

static void
sign_out (Side *side, char **words)
{
  GError *error = NULL;
  gboolean ok =
      tjd_session_sign_out (side->session, g_strcmp0 (words[1], "everywhere") == 0, NULL, &error);

  say_session (side, ok, error);
}

static void
lock (Side *side, char **words)
{
  GError *error = NULL;
  gboolean ok = tjd_session_lock (side->session, NULL, &error);

  say_session (side, ok, error);
}

static void
touch (Side *side, char **words)
{
  tjd_session_touch (side->session);
  say_session (side, TRUE, NULL);
}

static void
shift (Side *side, char **words)
{
  *(gint64 *) side->clock.data = g_ascii_strtoll (words[1], NULL, 10);
  say_session (side, TRUE, NULL);
}

static void
account (Side *side, char **words)
{
  GError *error = NULL;
  g_autoptr (TjdAccount) reply = tjd_call_account (side->session, NULL, &error);
  JsonObject *answer = outcome (reply != NULL, error);

  if (reply != NULL)
    add_string (answer, "personal_id", reply->personal_id);
  say (answer);
}

static gpointer
ask_account (gpointer data)
{
  g_autoptr (TjdAccount) reply = tjd_call_account (((Side *) data)->session, NULL, NULL);

  return GINT_TO_POINTER (reply != NULL);
}

/* Many threads at once. */
static void
accounts (Side *side, char **words)
{
  GThread *threads[16];
  gint64 good = 0;
  JsonObject *answer;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("account", ask_account, side);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    good += GPOINTER_TO_INT (g_thread_join (threads[i]));
  answer = outcome (good == G_N_ELEMENTS (threads), NULL);
  json_object_set_int_member (answer, "good", good);
  say (answer);
}

#define MAX_SAID 800

/* Those that may be renewed now. */
static void
add_renewable (JsonObject *answer, GPtrArray *all)
{
  JsonArray *ids = json_array_new ();

  for (guint i = 0; i < all->len && json_array_get_length (ids) < MAX_SAID; i++) {
    TjdPermit *permit = all->pdata[i];
    if (permit->standing != TJD_STANDING_VALID && permit->standing != TJD_STANDING_CANCELLED)
      json_array_add_string_element (ids, permit->personal_id);
  }
  json_object_set_array_member (answer, "renewable", ids);
}

static void
permits (Side *side, char **words)
{
  g_autoptr (TjdPermitsQuery) query = tjd_permits_query_new ();
  GError *error = NULL;
  g_autoptr (TjdPermits) reply = NULL;
  JsonObject *answer;

  query->renewer = g_strdup (words[1]);
  reply = tjd_call_all_permits (side->session, query, NULL, &error);
  answer = outcome (reply != NULL, error);
  if (reply != NULL) {
    json_object_set_int_member (answer, "permits", reply->permits->len);
    json_object_set_int_member (answer, "as_of", reply->as_of);
    add_renewable (answer, reply->permits);
  }
  say (answer);
}

/* Pages, as many as it takes to have enough that may be renewed: the most urgent come first. */
static void
urgent (Side *side, char **words)
{
  g_autoptr (TjdPermitsQuery) query = tjd_permits_query_new ();
  g_autofree char *next = NULL;
  GError *error = NULL;
  g_autoptr (TjdPermits) all = NULL;
  JsonObject *answer;

  query->renewer = g_strdup (words[1]);
  all = tjd_call_permits (side->session, query, &next, NULL, &error);
  while (all != NULL && next != NULL && all->permits->len < 2 * MAX_SAID) {
    g_autofree char *page = g_steal_pointer (&next);
    g_autoptr (TjdPermits) more = tjd_call_more_permits (side->session, page, &next, NULL, &error);
    if (more == NULL)
      break;
    tjd_records_extend (all->permits, more->permits);
  }
  answer = outcome (error == NULL, error);
  if (all != NULL)
    add_renewable (answer, all->permits);
  say (answer);
}

static void
health (Side *side, char **words)
{
  GError *error = NULL;
  g_autoptr (TjdHealth) reply =
      tjd_call_health (side->session, tjd_party_from_name (words[1]), NULL, &error);
  JsonObject *answer = outcome (reply != NULL, error);
  gint64 skew;

  if (tjd_call_get_skew (side->session, tjd_party_from_name (words[1]), &skew))
    json_object_set_int_member (answer, "skew", skew);
  say (answer);
}

/* What anybody may read, and what follows an order. */
static void
look (Side *side, char **words)
{
  JsonObject *answer = json_object_new ();
  g_autoptr (TjdStatistics) statistics = tjd_call_statistics (side->session, NULL, NULL);
  g_autoptr (TjdCatalogue) catalogue = tjd_call_catalogue (side->session, NULL, NULL);
  g_autoptr (TjdTariff) tariff = tjd_call_tariff (side->session, NULL, NULL);
  g_autoptr (TjdConsignment) consignment =
      tjd_call_consignment (side->session, words[1], NULL, NULL);
  g_autoptr (TjdLabel) label = tjd_call_label (side->session, words[1], NULL, NULL);
  g_autoptr (TjdReceipt) receipt = tjd_call_receipt (side->session, words[1], NULL, NULL);
  g_autoptr (TjdConfirmedReceipt) confirmed =
      receipt != NULL ? tjd_call_confirm_receipt (side->session, receipt->id, NULL, NULL) : NULL;
  g_autoptr (TjdMandates) mandates = tjd_call_mandates (side->session, words[2], NULL, NULL);
  g_autofree char *next = NULL;
  g_autoptr (TjdReviews) requests = tjd_call_requests (side->session, NULL, &next, NULL, NULL);
  g_autoptr (TjdStatement) statement =
      tjd_call_bank_statement (side->session, NULL, NULL, NULL, NULL);
  g_autoptr (TjdOrders) orders = tjd_call_orders (side->session, NULL, NULL, NULL, NULL);

  json_object_set_boolean_member (answer, "statistics", statistics != NULL);
  json_object_set_boolean_member (answer, "catalogue", catalogue != NULL);
  json_object_set_boolean_member (answer, "tariff", tariff != NULL);
  json_object_set_boolean_member (answer, "consignment", consignment != NULL);
  json_object_set_boolean_member (answer, "label", label != NULL);
  json_object_set_boolean_member (answer, "receipt", receipt != NULL);
  json_object_set_boolean_member (answer, "confirmed", confirmed != NULL);
  json_object_set_boolean_member (answer, "mandates", mandates != NULL);
  json_object_set_boolean_member (answer, "requests", requests != NULL);
  json_object_set_boolean_member (answer, "statement", statement != NULL);
  json_object_set_int_member (answer, "orders", orders != NULL ? (gint64) orders->orders->len : -1);
  say (answer);
}

/* --- renewing --------------------------------------------------------------------------------- */

static void
add_orders (JsonObject *answer, GPtrArray *orders)
{
  JsonArray *ids = json_array_new (), *states = json_array_new ();

  for (guint i = 0; i < orders->len; i++) {
    TjdOrder *order = orders->pdata[i];
    json_array_add_string_element (ids, order->id);
    json_array_add_string_element (states, nick (tjd_order_state_get_type (), order->state));
  }
  json_object_set_array_member (answer, "orders", ids);
  json_object_set_array_member (answer, "states", states);
}

static void
add_payment (JsonObject *answer, TjdPayment *payment)
{
  if (payment == NULL)
    return;
  add_string (answer, "payment", payment->id);
  add_string (answer, "number", payment->number);
  add_string (answer, "text", payment->signing_text);
  json_object_set_int_member (answer, "amount", payment->amount);
  json_object_set_int_member (answer, "tries", payment->tries_left);
}

static void
say_journey (Side *side, gboolean allowed)
{
  JsonObject *answer = json_object_new ();
  TjdJourney *journey = side->journey;
  GPtrArray *quotations = tjd_journey_get_quotations (journey);
  gint64 refused = 0;

  for (guint i = 0; i < quotations->len; i++)
    refused += ((TjdQuotation *) quotations->pdata[i])->refusals->len;
  json_object_set_boolean_member (answer, "ok", allowed);
  add_string (answer, "journey", tjd_journey_get_id (journey));
  add_string (answer, "step", nick (tjd_journey_step_get_type (), tjd_journey_get_step (journey)));
  add_string (answer, "charge", nick (tjd_charge_get_type (), tjd_journey_get_charge (journey)));
  add_string (answer, "remedy", nick (tjd_remedy_get_type (), tjd_journey_get_remedy (journey)));
  json_object_set_int_member (answer, "total", tjd_journey_get_total (journey));
  json_object_set_int_member (answer, "refused", refused);
  add_orders (answer, tjd_journey_get_orders (journey));
  add_payment (answer, tjd_journey_get_payment (journey));
  add_error (answer, tjd_journey_get_error (journey));
  say (answer);
}

/* As the desktop's worker and main thread do, in one. */
static void
go_on (Side *side, gboolean allowed)
{
  TjdJob *job;

  while ((job = tjd_journey_next (side->journey)) != NULL) {
    g_autoptr (GError) error = NULL;
    tjd_job_run (job, side->session, side->journal, NULL, &error);
    tjd_journey_apply (side->journey, job, error);
    tjd_job_free (job);
  }
  say_journey (side, allowed);
}

/* "27612405934:1,28581803362:3" [renewer [role]] */
static void
choose (Side *side, char **words)
{
  g_auto (GStrv) each = g_strsplit (words[1], ",", -1);
  g_autoptr (GPtrArray) wishes = g_ptr_array_new_with_free_func (g_object_unref);
  const char *renewer = words[2];
  TjdRole role = renewer != NULL && g_strcmp0 (words[3], "preparer") == 0 ? TJD_ROLE_PREPARER
                                                                          : TJD_ROLE_SIGNATORY;

  for (guint i = 0; each[i] != NULL; i++) {
    g_auto (GStrv) parts = g_strsplit (each[i], ":", 2);
    TjdWish *wish = tjd_wish_new ();
    wish->personal_id = g_strdup (parts[0]);
    wish->years = g_ascii_strtoll (parts[1], NULL, 10);
    g_ptr_array_add (wishes, wish);
  }
  if (side->journey == NULL || renewer != NULL) {
    g_clear_object (&side->journey);
    side->journey = tjd_journey_new (renewer, role, &side->clock, tjd_entropy_system ());
  }
  go_on (side, tjd_journey_choose (side->journey, wishes));
}

static void
begin (Side *side, char **words)
{
  g_clear_object (&side->journey);
  side->journey = tjd_journey_new (NULL, TJD_ROLE_SIGNATORY, &side->clock, tjd_entropy_system ());
  say_journey (side, TRUE);
}

static void
from_order (Side *side, char **words)
{
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func (g_object_unref);
  TjdOrder *order = tjd_call_order (side->session, words[1], NULL, NULL);

  g_assert_nonnull (order);
  g_ptr_array_add (orders, order);
  g_clear_object (&side->journey);
  side->journey = tjd_journey_new_from_orders (orders, NULL, TJD_ROLE_SIGNATORY, &side->clock,
                                               tjd_entropy_system ());
  go_on (side, TRUE);
}

static void
act (Side *side, char **words)
{
  static const struct {
    const char *name;
    gboolean (*act) (TjdJourney *);
  } acts[] = {
    { "confirm", tjd_journey_confirm },
    { "approve", tjd_journey_approve },
    { "renew-number", tjd_journey_renew_number },
    { "cancel", tjd_journey_cancel },
    { "retry", tjd_journey_retry },
  };

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (strcmp (words[0], acts[i].name) == 0)
      go_on (side, acts[i].act (side->journey));
}

static void
give_code (Side *side, char **words)
{
  g_autoptr (TjdSecret) code = secret_of (words[1]);

  go_on (side, tjd_journey_give_code (side->journey, code));
}

static void
find (Side *side, char **words)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) findings = tjd_resume_find (side->journal, side->session, NULL, &error);
  JsonObject *answer = outcome (findings != NULL, error);
  JsonArray *found = json_array_new ();

  for (guint i = 0; findings != NULL && i < findings->len; i++) {
    TjdFinding *finding = findings->pdata[i];
    JsonObject *one = json_object_new ();
    add_string (one, "journey", finding->journey);
    add_string (one, "charge", nick (tjd_charge_get_type (), finding->charge));
    json_object_set_int_member (one, "amount", finding->amount);
    json_object_set_boolean_member (one, "payable", finding->is_payable);
    add_orders (one, finding->orders);
    json_array_add_object_element (found, one);
  }
  json_object_set_array_member (answer, "found", found);
  say (answer);
}

static void
settle (Side *side, char **words)
{
  GError *error = NULL;
  gboolean ok = tjd_journal_settle (side->journal, words[1], &error);

  say (outcome (ok, error));
}

/* --- offline ---------------------------------------------------------------------------------- */

static void
keep (Side *side, char **words)
{
  g_autoptr (TjdOffline) offline = tjd_offline_new ();
  g_autoptr (TjdPermits) all = tjd_call_all_permits (side->session, NULL, NULL, NULL);
  g_autoptr (TjdOrders) orders = tjd_call_orders (side->session, NULL, NULL, NULL, NULL);
  GError *error = NULL;
  gboolean ok;

  offline->personal_id = tjd_session_dup_personal_id (side->session);
  offline->as_of = all->as_of;
  offline->account = tjd_call_account (side->session, NULL, NULL);
  tjd_records_extend (offline->permits, all->permits);
  tjd_records_extend (offline->orders, orders->orders);
  ok =
      tjd_offline_save (offline, side->offline, side->account, tjd_entropy_system (), NULL, &error);
  say (outcome (ok, error));
}

static void
read_offline (Side *side, char **words)
{
  GError *error = NULL;
  g_autoptr (TjdOffline) offline =
      tjd_offline_load (side->offline, side->account, &side->clock, NULL, &error);
  JsonObject *answer = outcome (offline != NULL, error);

  if (offline != NULL) {
    add_string (answer, "personal_id", offline->personal_id);
    json_object_set_int_member (answer, "permits", offline->permits->len);
    json_object_set_int_member (answer, "orders", offline->orders->len);
    json_object_set_int_member (answer, "as_of", offline->as_of);
  }
  say (answer);
}

/* Of the places in a folder. */
static void
list_places (Side *side, char **words)
{
  GError *error = NULL;
  g_auto (GStrv) places = tjd_accounts_list (words[1], NULL, &error);
  JsonObject *answer = outcome (places != NULL, error);
  JsonArray *found = json_array_new ();

  for (guint i = 0; places != NULL && places[i] != NULL; i++)
    json_array_add_string_element (found, places[i]);
  json_object_set_array_member (answer, "places", found);
  say (answer);
}

static void
forget_place (Side *side, char **words)
{
  GError *error = NULL;
  gboolean ok = tjd_accounts_forget (words[1], words[2], NULL, &error);

  say (outcome (ok, error));
}

static const struct {
  const char *name;
  void (*run) (Side *side, char **words);
} commands[] = {
  { "sign-in", sign_in },
  { "resume", resume },
  { "refresh", refresh },
  { "sign-out", sign_out },
  { "lock", lock },
  { "touch", touch },
  { "shift", shift },
  { "account", account },
  { "accounts", accounts },
  { "permits", permits },
  { "urgent", urgent },
  { "health", health },
  { "look", look },
  { "begin", begin },
  { "choose", choose },
  { "from-order", from_order },
  { "confirm", act },
  { "approve", act },
  { "renew-number", act },
  { "cancel", act },
  { "retry", act },
  { "code", give_code },
  { "find", find },
  { "settle", settle },
  { "keep", keep },
  { "read-offline", read_offline },
  { "list-places", list_places },
  { "forget-place", forget_place },
};

static void
obey (Side *side, char *line)
{
  g_auto (GStrv) split = g_strsplit (g_strchomp (line), " ", 5);
  char *words[6] = { NULL };

  for (guint i = 0; split[i] != NULL; i++)
    words[i] = split[i];
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (words[0], commands[i].name) == 0) {
      commands[i].run (side, words);
      return;
    }
  g_error ("no such command: %s", words[0]);
}

int
main (int argc, char **argv)
{
  gint64 shifted = 0;
  Side side = { .clock = { shifted_now, &shifted }, .home = argv[2] };
  g_autoptr (TjdAddresses) addresses = NULL;
  g_autofree char *journal = g_build_filename (argv[2], "journal.db", NULL);
  char line[65536];

  tjd_client_harden_environment ();
  tjd_keyring_set_patience (5000, 500);
  setlocale (LC_ALL, "");
  addresses = tjd_addresses_load (argv[1], NULL);
  side.transport = tjd_addresses_connect (addresses, &side.clock, tjd_entropy_system (), NULL);
  if (argc > 3)
    tjd_transport_set_call_seconds (side.transport, (guint) atoi (argv[3]));
  side.account = tjd_home_prepare (side.home, tjd_entropy_system (), NULL);
  side.offline = g_build_filename (side.home, "offline", NULL);
  side.journal = tjd_journal_open (journal, NULL);
  g_assert_nonnull (side.journal);
  side.session = tjd_session_new (side.transport, side.account, &side.clock, tjd_entropy_system ());
  while (fgets (line, sizeof line, stdin) != NULL)
    obey (&side, line);
  g_clear_object (&side.journey);
  tjd_session_unref (side.session);
  tjd_journal_close (side.journal);
  tjd_transport_free (side.transport);
  g_free (side.account);
  g_free (side.offline);
  return 0;
}
