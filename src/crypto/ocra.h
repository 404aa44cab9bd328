/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "otp.h"

G_BEGIN_DECLS

/* OCRA (RFC 6287), for which there is no library. */

typedef struct {
  TjdHash hash;
  guint digits; /* 4 … 10 */
  gboolean counter;
  char question; /* 'N' decimal, 'A' alphanumeric, 'H' hexadecimal */
  guint question_length;
  gboolean pin;
  TjdHash pin_hash;
  guint session_length; /* bytes; 0: none */
  guint time_step;      /* seconds; 0: none */
} TjdOcraSuite;

typedef struct {
  guint64 counter;
  const char *question;
  const guint8 *pin_digest; /* of the suite's hash of the PIN */
  const guint8 *session;    /* shorter than the suite says: zeros in front (RFC 6287 5.1) */
  gsize n_session;
  gint64 now; /* UTC seconds */
} TjdOcraInput;

typedef enum {
  TJD_OCRA_ERROR_SUITE,    /* not a suite of RFC 6287 6 */
  TJD_OCRA_ERROR_QUESTION, /* not what the suite wants */
  TJD_OCRA_ERROR_SESSION,  /* longer than the suite says */
} TjdOcraError;
#define TJD_OCRA_ERROR (tjd_ocra_error_quark ())
GQuark tjd_ocra_error_quark (void);

gboolean tjd_ocra_parse_suite (const char *text, TjdOcraSuite *suite, GError **error);

/* The response; NULL on error. The caller wipes it. */
char *tjd_ocra (const char *suite, const TjdSecret *key, const TjdOcraInput *input, GError **error);

/* The code for a payment (PSD2 RTS art. 5): Q is the eight-digit number of the attempt, S the
 * SHA-512 of exactly the bytes that the person was shown. The number must be eight digits. */
#define TJD_PAYMENT_SUITE "OCRA-1:HOTP-SHA256-8:QN08-S064"
#define TJD_PAYMENT_DIGITS 8
char *tjd_payment_code (const TjdSecret *key, const char *number, const char *text, gsize length);

G_END_DECLS
