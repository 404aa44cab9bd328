/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "journey.h"

G_BEGIN_DECLS

/* What journey.c hands to a worker and takes back: copies, and what the worker found. */
typedef enum {
  TJD_JOB_QUOTE,
  TJD_JOB_PLACE,
  TJD_JOB_APPROVE,
  TJD_JOB_BILL,
  TJD_JOB_START,
  TJD_JOB_AUTHORISE,
  TJD_JOB_CANCEL,
  TJD_N_JOBS
} TjdJobKind;

struct _TjdJob {
  TjdJobKind kind;
  TjdEntry *entry; /* as the journal is to have it before anything is sent */
  char *renewer;
  TjdMoney total;        /* agreed to */
  GPtrArray *wishes;     /* of TjdWish */
  GPtrArray *quotations; /* of TjdQuotation */
  GPtrArray *orders;     /* of TjdOrder */
  GPtrArray *seen;       /* of TjdOrderStatement: what the signatory read */
  char *payment_request; /* the portal's JWS */
  TjdPayment *payment;
  TjdSecret *code;
  gint done, of; /* orders; atomic */
};

TjdJob *tjd_job_new (TjdJobKind kind, TjdEntry *entry, const char *renewer);

G_END_DECLS
