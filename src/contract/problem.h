/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "record.h"

G_BEGIN_DECLS

/* Everything a service may refuse with (RFC 9457). One table, in problem.c, ties the GError code to
 * the problem's type and HTTP status. People are shown the app's own words by type. */
typedef enum {
  /* the request */
  TJD_PROBLEM_MALFORMED,
  TJD_PROBLEM_INVALID,
  TJD_PROBLEM_KEY_MISSING,
  TJD_PROBLEM_KEY_REUSED,
  TJD_PROBLEM_KEY_IN_USE,
  TJD_PROBLEM_NOT_FOUND,
  TJD_PROBLEM_METHOD,
  TJD_PROBLEM_TOO_LARGE,
  TJD_PROBLEM_MEDIA_TYPE,
  /* the caller */
  TJD_PROBLEM_TOKEN_MISSING,
  TJD_PROBLEM_TOKEN_INVALID,
  TJD_PROBLEM_PROOF_INVALID,
  TJD_PROBLEM_NONCE_NEEDED,
  TJD_PROBLEM_NOT_ALLOWED,
  /* signing in */
  TJD_PROBLEM_CODE_NEEDED,
  TJD_PROBLEM_CODE_WRONG,
  TJD_PROBLEM_SIGN_IN_BLOCKED,
  TJD_PROBLEM_SESSION_INVALID,
  TJD_PROBLEM_GRANT_INVALID,
  TJD_PROBLEM_GRANT_UNKNOWN,
  TJD_PROBLEM_CLIENT_UNKNOWN,
  /* ordering */
  TJD_PROBLEM_QUOTATION_EXPIRED,
  TJD_PROBLEM_QUOTATION_EMPTY,
  TJD_PROBLEM_QUOTATION_USED,
  TJD_PROBLEM_PERMIT_IN_ORDER,
  TJD_PROBLEM_ORDER_STATE,
  TJD_PROBLEM_APPROVAL_INVALID,
  TJD_PROBLEM_RECEIPT_PENDING,
  TJD_PROBLEM_MANDATE_INVALID,
  /* paying */
  TJD_PROBLEM_PAYMENT_REQUEST_INVALID,
  TJD_PROBLEM_PAYMENT_EXPIRED,
  TJD_PROBLEM_PAYMENT_BLOCKED,
  TJD_PROBLEM_PAYMENT_CLOSED,
  TJD_PROBLEM_NUMBER_EXPIRED,
  TJD_PROBLEM_SIGNING_CODE_WRONG,
  TJD_PROBLEM_FUNDS_INSUFFICIENT,
  TJD_PROBLEM_LIMIT_EXCEEDED,
  TJD_PROBLEM_NO_ACCOUNT,
  TJD_PROBLEM_NOT_A_SIGNER,
  TJD_PROBLEM_STANDING_MANDATE_STATE,
  TJD_PROBLEM_STANDING_MANDATE_LIMIT,
  /* parties */
  TJD_PROBLEM_CAPTURE_REFUSED,
  TJD_PROBLEM_REFUND_REFUSED,
  TJD_PROBLEM_EXECUTION_REFUSED,
  /* the ministry's staff */
  TJD_PROBLEM_NOTHING_TO_DECIDE,
  TJD_PROBLEM_DECIDED,
  /* the service */
  TJD_PROBLEM_TOO_MANY_REQUESTS,
  TJD_PROBLEM_BUSY,
  TJD_PROBLEM_UNAVAILABLE,
  TJD_PROBLEM_PARTY_UNREACHABLE,
  TJD_PROBLEM_INTERNAL,
  TJD_N_PROBLEMS
} TjdProblemCode;

#define TJD_PROBLEM (tjd_problem_error_quark ())
GQuark tjd_problem_error_quark (void);

#define TJD_PROBLEM_TYPE_PREFIX "urn:tajdid:problem:"

typedef struct {
  const char *name; /* the type, less TJD_PROBLEM_TYPE_PREFIX */
  guint status;
  const char *title; /* for developers */
  const char
      *oauth; /* "error" where an OAuth endpoint answers (RFC 6749, first-party apps draft) */
} TjdProblemRow;

const TjdProblemRow *tjd_problem_row (TjdProblemCode code);

/* The code of a type with its prefix, or -1. */
int tjd_problem_from_type (const char *type);

/* One fault in a request: where, and what. */
TJD_DECLARE_RECORD (TjdFault, tjd_fault)
struct _TjdFault {
  TjdRecord parent;
  char *pointer; /* "#/items/0/years" */
  char *detail;
};

/* The document on the wire. */
TJD_DECLARE_RECORD (TjdProblem, tjd_problem)
struct _TjdProblem {
  TjdRecord parent;
  char *type;
  char *title;
  gint64 status;
  char *detail;
  char *instance;    /* "urn:tajdid:request:…", the id that the log has */
  GPtrArray *errors; /* of TjdFault */
  char *error;       /* OAuth's */
  char *auth_session;
  gint64 tries_left;
  gint64 blocked_until; /* UTC seconds; TJD_NO_INT: until somebody lifts it, or not blocked */
};

/* An error whose document has type, title, status and detail filled in. */
void
tjd_problem_set (GError **error, TjdProblemCode code, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* The same with one fault at pointer. */
void tjd_problem_set_at (GError **error,
                         TjdProblemCode code,
                         const char *pointer,
                         const char *format,
                         ...) G_GNUC_PRINTF (4, 5);

/* An error from a document that was received; an unknown type gives TJD_PROBLEM_INTERNAL for
 * statuses from 500 and TJD_PROBLEM_INVALID below. (transfer none) */
GError *tjd_problem_to_error (TjdProblem *document);

/* The document that an error of this domain carries, borrowed, to be read or completed. */
TjdProblem *tjd_problem_get_document (const GError *error);

G_END_DECLS
