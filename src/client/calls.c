/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calls.h"

#include <string.h>

#include "day.h"
#include "identifiers.h"
#include "session-state.h"

char *
tjd_call_new_key (TjdSession *session)
{
  return tjd_id_new (tjd_session_get_entropy (session), "key");
}

static gpointer
ask_page (TjdSession *session,
          TjdEndpointId endpoint,
          const TjdArguments *arguments,
          char **next,
          GCancellable *cancellable,
          GError **error)
{
  gpointer reply;

  tjd_session_call (session, endpoint, arguments, &reply, next, cancellable, error);
  return reply;
}

static gpointer
ask (TjdSession *session,
     TjdEndpointId endpoint,
     const TjdArguments *arguments,
     GCancellable *cancellable,
     GError **error)
{
  return ask_page (session, endpoint, arguments, NULL, cancellable, error);
}

static gpointer
ask_about (TjdSession *session,
           TjdEndpointId endpoint,
           const char *id,
           GCancellable *cancellable,
           GError **error)
{
  return ask (session, endpoint, &(TjdArguments){ .parameter = id }, cancellable, error);
}

/* What happens once. */
static gpointer
ask_for (TjdSession *session,
         TjdEndpointId endpoint,
         const char *id,
         gpointer request,
         const char *key,
         GCancellable *cancellable,
         GError **error)
{
  return ask (session, endpoint,
              &(TjdArguments){ .parameter = id, .request = request, .idempotency_key = key },
              cancellable, error);
}

TjdAccount *
tjd_call_account (TjdSession *session, GCancellable *cancellable, GError **error)
{
  return ask_about (session, TJD_PORTAL_ACCOUNT, NULL, cancellable, error);
}

TjdMandates *
tjd_call_mandates (TjdSession *session,
                   const char *renewer,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (TjdMandatesQuery) query = tjd_mandates_query_new ();

  query->renewer = g_strdup (renewer);
  return ask (session, TJD_PORTAL_MANDATES, &(TjdArguments){ .query = query }, cancellable, error);
}

TjdPermits *
tjd_call_permits (TjdSession *session,
                  TjdPermitsQuery *query,
                  char **next,
                  GCancellable *cancellable,
                  GError **error)
{
  return ask_page (session, TJD_PORTAL_PERMITS, &(TjdArguments){ .query = query }, next,
                   cancellable, error);
}

TjdPermits *
tjd_call_more_permits (
    TjdSession *session, const char *page, char **next, GCancellable *cancellable, GError **error)
{
  return ask_page (session, TJD_PORTAL_PERMITS, &(TjdArguments){ .page = page }, next, cancellable,
                   error);
}

TjdPermits *
tjd_call_all_permits (TjdSession *session,
                      TjdPermitsQuery *query,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autofree char *next = NULL;
  g_autoptr (TjdPermits) all = tjd_call_permits (session, query, &next, cancellable, error);

  while (all != NULL && next != NULL) {
    g_autofree char *page = g_steal_pointer (&next);
    g_autoptr (TjdPermits) more = tjd_call_more_permits (session, page, &next, cancellable, error);
    if (more == NULL)
      return NULL;
    tjd_records_extend (all->permits, more->permits);
  }
  return g_steal_pointer (&all);
}

TjdOrders *
tjd_call_orders (TjdSession *session,
                 TjdOrdersQuery *query,
                 char **next,
                 GCancellable *cancellable,
                 GError **error)
{
  return ask_page (session, TJD_PORTAL_ORDERS, &(TjdArguments){ .query = query }, next, cancellable,
                   error);
}

TjdOrders *
tjd_call_more_orders (
    TjdSession *session, const char *page, char **next, GCancellable *cancellable, GError **error)
{
  return ask_page (session, TJD_PORTAL_ORDERS, &(TjdArguments){ .page = page }, next, cancellable,
                   error);
}

TjdReviews *
tjd_call_requests (TjdSession *session,
                   TjdReviewsQuery *query,
                   char **next,
                   GCancellable *cancellable,
                   GError **error)
{
  return ask_page (session, TJD_PORTAL_REQUESTS, &(TjdArguments){ .query = query }, next,
                   cancellable, error);
}

TjdQuotation *
tjd_call_quote (TjdSession *session,
                TjdQuotationRequest *request,
                GCancellable *cancellable,
                GError **error)
{
  return ask (session, TJD_PORTAL_QUOTE, &(TjdArguments){ .request = request }, cancellable, error);
}

TjdOrder *
tjd_call_place_order (TjdSession *session,
                      const char *quotation,
                      const char *key,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (TjdOrderRequest) request = tjd_order_request_new ();

  request->quotation = g_strdup (quotation);
  return ask_for (session, TJD_PORTAL_PLACE_ORDER, NULL, request, key, cancellable, error);
}

TjdOrder *
tjd_call_order (TjdSession *session, const char *order, GCancellable *cancellable, GError **error)
{
  return ask_about (session, TJD_PORTAL_ORDER, order, cancellable, error);
}

TjdOrder *
tjd_call_cancel (TjdSession *session,
                 const char *order,
                 const char *key,
                 GCancellable *cancellable,
                 GError **error)
{
  return ask_for (session, TJD_PORTAL_CANCEL, order, NULL, key, cancellable, error);
}

TjdOrderStatement *
tjd_call_statement (TjdSession *session,
                    const char *order,
                    GCancellable *cancellable,
                    GError **error)
{
  return ask_about (session, TJD_PORTAL_STATEMENT, order, cancellable, error);
}

TjdOrder *
tjd_call_approve (TjdSession *session,
                  TjdOrderStatement *statement,
                  const char *key,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (TjdApproval) approval = tjd_approval_new ();

  approval->signature = tjd_session_sign (session, statement->text, error);
  if (approval->signature == NULL)
    return NULL;
  return ask_for (session, TJD_PORTAL_APPROVE, statement->order, approval, key, cancellable, error);
}

TjdReview *
tjd_call_ask_review (TjdSession *session,
                     TjdReviewRequest *request,
                     const char *key,
                     GCancellable *cancellable,
                     GError **error)
{
  return ask_for (session, TJD_PORTAL_ASK_REVIEW, NULL, request, key, cancellable, error);
}

TjdReview *
tjd_call_ask_reduction (TjdSession *session,
                        TjdReviewRequest *request,
                        const char *key,
                        GCancellable *cancellable,
                        GError **error)
{
  return ask_for (session, TJD_PORTAL_ASK_REDUCTION, NULL, request, key, cancellable, error);
}

TjdBill *
tjd_call_make_bill (TjdSession *session,
                    GPtrArray *orders,
                    const char *key,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (TjdBillRequest) request = tjd_bill_request_new ();

  tjd_strings_extend (request->orders, orders);
  return ask_for (session, TJD_PORTAL_MAKE_BILL, NULL, request, key, cancellable, error);
}

TjdBill *
tjd_call_bill (TjdSession *session, const char *payment, GCancellable *cancellable, GError **error)
{
  return ask_about (session, TJD_PORTAL_BILL, payment, cancellable, error);
}

TjdPayment *
tjd_call_start_payment (TjdSession *session,
                        const char *request,
                        const char *key,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (TjdPaymentStart) start = tjd_payment_start_new ();

  start->request = g_strdup (request);
  return ask_for (session, TJD_BANK_START_PAYMENT, NULL, start, key, cancellable, error);
}

TjdPayment *
tjd_call_payment (TjdSession *session,
                  const char *payment,
                  GCancellable *cancellable,
                  GError **error)
{
  return ask_about (session, TJD_BANK_PAYMENT, payment, cancellable, error);
}

static gboolean
is_held (TjdPayment *payment)
{
  return payment->state == TJD_PAYMENT_AUTHORISED || payment->state == TJD_PAYMENT_CAPTURED;
}

/* What an answer does not say, or does not say for certain. */
static gboolean
leaves_doubt (const GError *error)
{
  return g_error_matches (error, TJD_TRANSPORT_ERROR, TJD_TRANSPORT_ERROR_NO_REPLY) ||
         g_error_matches (error, TJD_TRANSPORT_ERROR, TJD_TRANSPORT_ERROR_STRANGE) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
         g_error_matches (error, TJD_PROBLEM, TJD_PROBLEM_INTERNAL) ||
         g_error_matches (error, TJD_PROBLEM, TJD_PROBLEM_UNAVAILABLE) ||
         g_error_matches (error, TJD_PROBLEM, TJD_PROBLEM_PARTY_UNREACHABLE) ||
         g_error_matches (error, TJD_PROBLEM, TJD_PROBLEM_KEY_IN_USE) ||
         g_error_matches (error, TJD_PROBLEM, TJD_PROBLEM_PAYMENT_CLOSED);
}

/* The bank's word on what was sent under this key; that a session has ended is none. */
static gboolean
is_final (const GError *error)
{
  return error->domain == TJD_PROBLEM && tjd_failure_remedy (error) != TJD_REMEDY_SIGN_IN;
}

typedef struct {
  TjdSession *session;
  const char *payment;
  TjdAuthorisation *authorisation;
  const char *key;
  gboolean in_doubt;
} Attempt;

/* Sends the code, and where the answer leaves doubt asks by id. */
static TjdPayment *
authorise (Attempt *attempt, GCancellable *cancellable, GError **error)
{
  TjdArguments arguments = { .parameter = attempt->payment,
                             .request = attempt->authorisation,
                             .idempotency_key = attempt->key };
  g_autoptr (GError) failed = NULL;
  g_autoptr (TjdPayment) found = NULL;
  gpointer held;

  if (tjd_session_call_once (attempt->session, TJD_BANK_AUTHORISE, &arguments, &held, NULL,
                             cancellable, &failed))
    return held;
  if (leaves_doubt (failed)) {
    attempt->in_doubt = TRUE;
    found = tjd_call_payment (attempt->session, attempt->payment, cancellable, NULL);
    if (found != NULL && is_held (found))
      return g_steal_pointer (&found);
    if (found != NULL && found->state == TJD_PAYMENT_VOIDED)
      attempt->in_doubt = FALSE;
  } else if (is_final (failed)) {
    attempt->in_doubt = FALSE;
  }
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

static void
say_in_doubt (GError **error)
{
  g_autoptr (GError) why = g_steal_pointer (error);

  g_set_error (error, TJD_CLIENT_ERROR, TJD_CLIENT_ERROR_IN_DOUBT,
               "whether it was authorised is not known: %s", why->message);
}

/* Under the same key, which the bank follows once: only its own answer says for certain that
 * nothing was held, since what was sent first may still be on its way. */
TjdPayment *
tjd_call_authorise (TjdSession *session,
                    const char *payment,
                    const char *number,
                    TjdSecret *code,
                    const char *key,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (TjdAuthorisation) authorisation = tjd_authorisation_new ();
  Attempt attempt = { session, payment, authorisation, key, FALSE };
  TjdAttempts attempts = tjd_retry_begin (tjd_session_get_retry (session));
  g_autoptr (GError) failed = NULL;
  gsize length;
  const guint8 *digits = tjd_secret_get (code, &length);

  authorisation->number = g_strdup (number);
  authorisation->code = g_strndup ((const char *) digits, length);
  do {
    TjdPayment *held;
    g_clear_error (&failed);
    held = authorise (&attempt, cancellable, &failed);
    if (held != NULL)
      return held;
  } while ((attempt.in_doubt || tjd_failure_is_passing (failed)) &&
           tjd_retry_again (&attempts, cancellable));
  if (attempt.in_doubt)
    say_in_doubt (&failed);
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

TjdStatement *
tjd_call_bank_statement (TjdSession *session,
                         TjdStatementQuery *query,
                         char **next,
                         GCancellable *cancellable,
                         GError **error)
{
  return ask_page (session, TJD_BANK_STATEMENT, &(TjdArguments){ .query = query }, next,
                   cancellable, error);
}

TjdConsignment *
tjd_call_consignment (TjdSession *session,
                      const char *order,
                      GCancellable *cancellable,
                      GError **error)
{
  return ask_about (session, TJD_PORTAL_CONSIGNMENT, order, cancellable, error);
}

TjdLabel *
tjd_call_label (TjdSession *session, const char *order, GCancellable *cancellable, GError **error)
{
  return ask_about (session, TJD_PORTAL_LABEL, order, cancellable, error);
}

TjdReceipt *
tjd_call_receipt (TjdSession *session, const char *order, GCancellable *cancellable, GError **error)
{
  return ask_about (session, TJD_PORTAL_RECEIPT, order, cancellable, error);
}

TjdConfirmedReceipt *
tjd_call_confirm_receipt (TjdSession *session,
                          const char *receipt,
                          GCancellable *cancellable,
                          GError **error)
{
  return ask_about (session, TJD_PORTAL_CONFIRM_RECEIPT, receipt, cancellable, error);
}

TjdStatistics *
tjd_call_statistics (TjdSession *session, GCancellable *cancellable, GError **error)
{
  return ask_about (session, TJD_PORTAL_STATISTICS, NULL, cancellable, error);
}

TjdCatalogue *
tjd_call_catalogue (TjdSession *session, GCancellable *cancellable, GError **error)
{
  return ask_about (session, TJD_PORTAL_CATALOGUE, NULL, cancellable, error);
}

/* The tariff changes with the day, and several pages want it: an answer serves a while. */
#define TARIFF_SECONDS (10 * 60)

static TjdTariff *
dup_kept_tariff (TjdSession *session)
{
  TjdTariff *tariff = NULL;

  g_mutex_lock (&session->mutex);
  if (session->tariff != NULL && tjd_clock_now (session->clock) < session->tariff_until)
    tariff = g_object_ref (session->tariff);
  g_mutex_unlock (&session->mutex);
  return tariff;
}

static void
keep_tariff (TjdSession *session, TjdTariff *tariff)
{
  gint64 now = tjd_clock_now (session->clock);

  g_mutex_lock (&session->mutex);
  g_set_object ((GObject **) &session->tariff, G_OBJECT (tariff));
  session->tariff_until =
      MIN (now + TARIFF_SECONDS, tjd_day_begins_at (tjd_day_in_qatar (now) + 1));
  g_mutex_unlock (&session->mutex);
}

TjdTariff *
tjd_call_tariff (TjdSession *session, GCancellable *cancellable, GError **error)
{
  TjdTariff *tariff = dup_kept_tariff (session);

  if (tariff != NULL)
    return tariff;
  tariff = ask_about (session, TJD_PORTAL_TARIFF, NULL, cancellable, error);
  if (tariff != NULL)
    keep_tariff (session, tariff);
  return tariff;
}

TjdHealth *
tjd_call_health (TjdSession *session, TjdParty party, GCancellable *cancellable, GError **error)
{
  static const TjdEndpointId endpoints[] = {
    [TJD_PARTY_PORTAL] = TJD_PORTAL_HEALTH,
    [TJD_PARTY_MINISTRY] = TJD_MINISTRY_HEALTH,
    [TJD_PARTY_BANK] = TJD_BANK_HEALTH,
    [TJD_PARTY_POST] = TJD_POST_HEALTH,
  };
  gpointer health;

  tjd_session_call_once (session, endpoints[party], &(TjdArguments){ 0 }, &health, NULL,
                         cancellable, error);
  return health;
}

gboolean
tjd_call_get_skew (TjdSession *session, TjdParty party, gint64 *seconds)
{
  return tjd_transport_get_skew (tjd_session_get_transport (session), party, seconds);
}
