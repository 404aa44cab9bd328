/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "problem.h"

#include <string.h>

static const TjdProblemRow rows[] = {
  [TJD_PROBLEM_MALFORMED] = { "malformed", 400, "The request cannot be read", "invalid_request" },
  [TJD_PROBLEM_INVALID] = { "invalid", 400, "The request has a fault", "invalid_request" },
  [TJD_PROBLEM_KEY_MISSING] = { "key-missing", 400, "An Idempotency-Key is wanted", NULL },
  [TJD_PROBLEM_KEY_REUSED] = { "key-reused", 422, "This key stood for another request", NULL },
  [TJD_PROBLEM_KEY_IN_USE] = { "key-in-use", 409, "The request with this key still runs", NULL },
  [TJD_PROBLEM_NOT_FOUND] = { "not-found", 404, "There is no such thing", NULL },
  [TJD_PROBLEM_METHOD] = { "method", 405, "This method is not for this resource", NULL },
  [TJD_PROBLEM_TOO_LARGE] = { "too-large", 413, "The request is too large", NULL },
  [TJD_PROBLEM_MEDIA_TYPE] = { "media-type", 415, "This media type is not taken",
                               "invalid_request" },
  [TJD_PROBLEM_TOKEN_MISSING] = { "token-missing", 401, "An access token is wanted", NULL },
  [TJD_PROBLEM_TOKEN_INVALID] = { "token-invalid", 401, "The access token is not valid here",
                                  "invalid_token" },
  [TJD_PROBLEM_PROOF_INVALID] = { "proof-invalid", 401, "The DPoP proof is not valid",
                                  "invalid_dpop_proof" },
  [TJD_PROBLEM_NONCE_NEEDED] = { "nonce-needed", 401, "The DPoP proof wants this server's nonce",
                                 "use_dpop_nonce" },
  [TJD_PROBLEM_NOT_ALLOWED] = { "not-allowed", 403, "This caller may not do this",
                                "insufficient_scope" },
  [TJD_PROBLEM_CODE_NEEDED] = { "code-needed", 403, "Personal ID and code are wanted",
                                "insufficient_authorization" },
  [TJD_PROBLEM_CODE_WRONG] = { "code-wrong", 403, "Personal ID or code is wrong",
                               "insufficient_authorization" },
  [TJD_PROBLEM_SIGN_IN_BLOCKED] = { "sign-in-blocked", 403, "Signing in is blocked",
                                    "access_denied" },
  [TJD_PROBLEM_SESSION_INVALID] = { "session-invalid", 400, "The sign-in session has ended",
                                    "invalid_session" },
  [TJD_PROBLEM_GRANT_INVALID] = { "grant-invalid", 400, "The grant is not valid", "invalid_grant" },
  [TJD_PROBLEM_GRANT_UNKNOWN] = { "grant-unknown", 400, "This kind of grant is not offered",
                                  "unsupported_grant_type" },
  [TJD_PROBLEM_CLIENT_UNKNOWN] = { "client-unknown", 401, "This client is not known",
                                   "invalid_client" },
  [TJD_PROBLEM_QUOTATION_EXPIRED] = { "quotation-expired", 409, "The quotation has expired", NULL },
  [TJD_PROBLEM_QUOTATION_EMPTY] = { "quotation-empty", 409, "Nothing in it can be renewed", NULL },
  [TJD_PROBLEM_QUOTATION_USED] = { "quotation-used", 409, "There is an order for it", NULL },
  [TJD_PROBLEM_PERMIT_IN_ORDER] = { "permit-in-order", 409, "A permit is in another order", NULL },
  [TJD_PROBLEM_ORDER_STATE] = { "order-state", 409, "The order is past this step, or not there yet",
                                NULL },
  [TJD_PROBLEM_APPROVAL_INVALID] = { "approval-invalid", 400,
                                     "This does not approve the order as it stands", NULL },
  [TJD_PROBLEM_RECEIPT_PENDING] = { "receipt-pending", 409, "Nothing has been debited yet", NULL },
  [TJD_PROBLEM_MANDATE_INVALID] = { "mandate-invalid", 400, "Such a mandate cannot be given",
                                    NULL },
  [TJD_PROBLEM_PAYMENT_REQUEST_INVALID] = { "payment-request-invalid", 400,
                                            "The portal did not sign this payment request", NULL },
  [TJD_PROBLEM_PAYMENT_EXPIRED] = { "payment-expired", 409, "The payment request has expired",
                                    NULL },
  [TJD_PROBLEM_PAYMENT_BLOCKED] = { "payment-blocked", 403, "Too many wrong signing codes", NULL },
  [TJD_PROBLEM_PAYMENT_CLOSED] = { "payment-closed", 409, "The payment is past this step", NULL },
  [TJD_PROBLEM_NUMBER_EXPIRED] = { "number-expired", 409, "The signing request has expired", NULL },
  [TJD_PROBLEM_SIGNING_CODE_WRONG] = { "signing-code-wrong", 403, "The signing code is wrong",
                                       NULL },
  [TJD_PROBLEM_FUNDS_INSUFFICIENT] = { "funds-insufficient", 409, "The account lacks the amount",
                                       NULL },
  [TJD_PROBLEM_LIMIT_EXCEEDED] = { "limit-exceeded", 409, "The account's daily limit is passed",
                                   NULL },
  [TJD_PROBLEM_NO_ACCOUNT] = { "no-account", 409, "The payer has no account here", NULL },
  [TJD_PROBLEM_NOT_A_SIGNER] = { "not-a-signer", 403, "This person does not sign for the account",
                                 NULL },
  [TJD_PROBLEM_STANDING_MANDATE_STATE] = { "standing-mandate-state", 409,
                                           "The standing mandate is past this step, or not there "
                                           "yet",
                                           NULL },
  [TJD_PROBLEM_STANDING_MANDATE_LIMIT] = { "standing-mandate-limit", 409,
                                           "The standing mandate's monthly limit is passed", NULL },
  [TJD_PROBLEM_CAPTURE_REFUSED] = { "capture-refused", 409, "This cannot be captured", NULL },
  [TJD_PROBLEM_REFUND_REFUSED] = { "refund-refused", 409, "This cannot be refunded", NULL },
  [TJD_PROBLEM_EXECUTION_REFUSED] = { "execution-refused", 409, "This cannot be executed", NULL },
  [TJD_PROBLEM_NOTHING_TO_DECIDE] = { "nothing-to-decide", 409, "There is nothing to decide here",
                                      NULL },
  [TJD_PROBLEM_DECIDED] = { "decided", 409, "This has been decided already", NULL },
  [TJD_PROBLEM_TOO_MANY_REQUESTS] = { "too-many-requests", 429, "Too much is asked at once", NULL },
  [TJD_PROBLEM_BUSY] = { "busy", 503, "The service is busy", NULL },
  [TJD_PROBLEM_UNAVAILABLE] = { "unavailable", 503, "The service cannot store anything now", NULL },
  [TJD_PROBLEM_PARTY_UNREACHABLE] = { "party-unreachable", 502, "Another party does not answer now",
                                      NULL },
  [TJD_PROBLEM_INTERNAL] = { "internal", 500, "The service failed", "server_error" },
};

G_STATIC_ASSERT (G_N_ELEMENTS (rows) == TJD_N_PROBLEMS);

static const TjdField fault_fields[] = {
  TJD_STRING (TjdFault, pointer, TJD_REQUIRED, .max = 1024),
  TJD_STRING (TjdFault, detail, TJD_REQUIRED, .max = 1024),
};
TJD_DEFINE_RECORD (TjdFault, tjd_fault, fault_fields)

static const TjdField problem_fields[] = {
  TJD_STRING (TjdProblem, type, TJD_REQUIRED),
  TJD_STRING (TjdProblem, title, TJD_OPTIONAL),
  TJD_INT (TjdProblem, status, TJD_OPTIONAL, .min = 100, .max = 599),
  TJD_STRING (TjdProblem, detail, TJD_OPTIONAL, .max = 1024),
  TJD_STRING (TjdProblem, instance, TJD_OPTIONAL),
  TJD_LIST (TjdProblem, errors, tjd_fault_get_type, TJD_OPTIONAL),
  TJD_STRING (TjdProblem, error, TJD_OPTIONAL),
  TJD_STRING (TjdProblem, auth_session, TJD_OPTIONAL),
  TJD_INT (TjdProblem, tries_left, TJD_OPTIONAL),
  TJD_INT (TjdProblem, blocked_until, TJD_OPTIONAL),
};
TJD_DEFINE_RECORD (TjdProblem, tjd_problem, problem_fields)

typedef struct {
  TjdProblem *document;
} TjdProblemErrorPrivate;

static void
tjd_problem_error_private_init (TjdProblemErrorPrivate *priv)
{
  priv->document = tjd_problem_new ();
}

static void
tjd_problem_error_private_copy (const TjdProblemErrorPrivate *from, TjdProblemErrorPrivate *to)
{
  g_set_object (&to->document, from->document);
}

static void
tjd_problem_error_private_clear (TjdProblemErrorPrivate *priv)
{
  g_clear_object (&priv->document);
}

G_DEFINE_EXTENDED_ERROR (TjdProblemError, tjd_problem_error)

const TjdProblemRow *
tjd_problem_row (TjdProblemCode code)
{
  g_assert ((guint) code < TJD_N_PROBLEMS);
  return &rows[code];
}

int
tjd_problem_from_type (const char *type)
{
  if (!g_str_has_prefix (type, TJD_PROBLEM_TYPE_PREFIX))
    return -1;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (strcmp (rows[i].name, type + strlen (TJD_PROBLEM_TYPE_PREFIX)) == 0)
      return (int) i;
  return -1;
}

TjdProblem *
tjd_problem_get_document (const GError *error)
{
  g_return_val_if_fail (error->domain == TJD_PROBLEM, NULL);
  return tjd_problem_error_get_private (error)->document;
}

static GError *
new_problem (TjdProblemCode code, const char *detail)
{
  const TjdProblemRow *row = tjd_problem_row (code);
  GError *error = g_error_new_literal (TJD_PROBLEM, (int) code, detail);
  TjdProblem *document = tjd_problem_get_document (error);

  document->type = g_strconcat (TJD_PROBLEM_TYPE_PREFIX, row->name, NULL);
  document->title = g_strdup (row->title);
  document->status = row->status;
  document->detail = g_strdup (detail);
  document->error = g_strdup (row->oauth);
  return error;
}

void
tjd_problem_set (GError **error, TjdProblemCode code, const char *format, ...)
{
  g_autofree char *detail = NULL;
  va_list args;

  va_start (args, format);
  detail = g_strdup_vprintf (format, args);
  va_end (args);
  g_propagate_error (error, new_problem (code, detail));
}

void
tjd_problem_set_at (
    GError **error, TjdProblemCode code, const char *pointer, const char *format, ...)
{
  g_autofree char *detail = NULL;
  TjdFault *fault = tjd_fault_new ();
  GError *problem;
  va_list args;

  va_start (args, format);
  detail = g_strdup_vprintf (format, args);
  va_end (args);
  problem = new_problem (code, detail);
  fault->pointer = g_strdup (pointer);
  fault->detail = g_strdup (detail);
  g_ptr_array_add (tjd_problem_get_document (problem)->errors, fault);
  g_propagate_error (error, problem);
}

GError *
tjd_problem_to_error (TjdProblem *document)
{
  int code = tjd_problem_from_type (document->type);
  GError *error;

  if (code < 0)
    code = document->status >= 500 ? TJD_PROBLEM_INTERNAL : TJD_PROBLEM_INVALID;
  error = g_error_new (TJD_PROBLEM, code, "%s: %s", document->type,
                       document->detail != NULL ? document->detail : "no detail");
  g_set_object (&tjd_problem_error_get_private (error)->document, document);
  return error;
}
