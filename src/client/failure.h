/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "keyring.h"
#include "problem.h"
#include "transport.h"

G_BEGIN_DECLS

/* Why a call of the client fails: a service refused (TJD_PROBLEM), the network or the server's
 * certificate (TJD_TRANSPORT_ERROR), the keyring (TJD_KEYRING_ERROR), a file (TJD_STORE_ERROR,
 * G_FILE_ERROR), G_IO_ERROR_CANCELLED, and what is none of them: */
typedef enum {
  TJD_CLIENT_ERROR_NOT_SIGNED_IN,
  TJD_CLIENT_ERROR_SESSION_ENDED, /* idle too long, its twelve hours over, signed out elsewhere */
  TJD_CLIENT_ERROR_CLOCK,         /* this computer's clock is off: no proof of ours is believed */
  TJD_CLIENT_ERROR_IN_DOUBT,      /* whether a payment was authorised is not known yet */
  TJD_CLIENT_ERROR_CHANGED,       /* it costs, or has signed, something else than was shown */
  TJD_CLIENT_ERROR_ADDRESS,       /* not the addresses of services, or not such as may be used */
  TJD_CLIENT_ERROR_SERVICES,      /* the embedded services do not come up */
  TJD_CLIENT_ERROR_CACHE,         /* nothing is kept for reading offline, or it cannot be trusted */
  TJD_CLIENT_ERROR_ELSEWHERE,     /* signed out here; whether everywhere is not known */
  TJD_CLIENT_ERROR_LOCKED,        /* idle too long, while something is followed (session.h) */
} TjdClientError;
#define TJD_CLIENT_ERROR (tjd_client_error_quark ())
GQuark tjd_client_error_quark (void);

/* Whether money moved. */
typedef enum {
  TJD_CHARGE_NOTHING, /* nothing was charged, and by this nothing will be */
  TJD_CHARGE_HELD,    /* held; what is executed will be debited, the rest released */
  TJD_CHARGE_PAID,    /* debited */
  TJD_CHARGE_UNKNOWN, /* not known yet */
} TjdCharge;
GType tjd_charge_get_type (void);

/* What can be done about it. */
typedef enum {
  TJD_REMEDY_RETRY,   /* the same again is safe, whatever became of it */
  TJD_REMEDY_CODE,    /* another code, for the same number */
  TJD_REMEDY_NUMBER,  /* another number to sign, of the same payment */
  TJD_REMEDY_REVIEW,  /* the fees asked anew, another order */
  TJD_REMEDY_SIGN_IN, /* and then the same again */
  TJD_REMEDY_WAIT,    /* it is asked about until it is known; nothing else meanwhile */
  TJD_REMEDY_NONE,    /* not here, and not by doing it again */
} TjdRemedy;
GType tjd_remedy_get_type (void);

/* By the error of a call that is not an authorisation in doubt: in each of these cases nothing was
 * charged by the call. One table, failure.c. */
TjdRemedy tjd_failure_remedy (const GError *error);

/* Nobody answered: what was kept for reading offline may stand in. */
gboolean tjd_failure_is_offline (const GError *error);

/* Worth a second attempt by itself after a while (retry.h). */
gboolean tjd_failure_is_passing (const GError *error);

G_END_DECLS
