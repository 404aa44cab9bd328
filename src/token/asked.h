/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "otpauth.h"
#include "signing.h"

G_BEGIN_DECLS

/* What the token is asked to sign. text is what the code covers; everything else was read from it,
 * or it was made from everything else: nothing is shown that is not signed. */
typedef struct {
  TjdSigningRequest *request; /* by hand number, amount and payee_number alone */
  char *text;
  gboolean by_hand;
} TjdAsked;

typedef enum {
  TJD_ASKED_FINE,
  TJD_ASKED_NO_REQUEST, /* not exactly as the bank writes it, or it would not show as it is */
  TJD_ASKED_EXPIRED,
  TJD_ASKED_NUMBER,       /* by hand: not eight digits */
  TJD_ASKED_AMOUNT,       /* not an amount above nought with at most two decimals */
  TJD_ASKED_PAYEE_NUMBER, /* not 8 to 16 digits */
} TjdAskedFault;

/* now in UTC seconds. asked is set where it is fine. */
TjdAskedFault tjd_asked_read (const char *text, gsize length, gint64 now, TjdAsked **asked);

/* What a person typed, in digits of any script: the amount as "1020", "1,020.00", "١٬٠٢٠٫٠٠". */
TjdAskedFault tjd_asked_typed (const char *number,
                               const char *amount,
                               const char *payee_number,
                               TjdAsked **asked);

/* By hand there is no end. */
gboolean tjd_asked_has_expired (const TjdAsked *self, gint64 now);

char *tjd_asked_code (const TjdAsked *self, const TjdToken *token); /* the caller wipes it */

void tjd_asked_free (TjdAsked *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TjdAsked, tjd_asked_free)

G_END_DECLS
