/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "record.h"

G_BEGIN_DECLS

/* A standing renewal: a company's signatory has said once that whoever of its staff comes due is
 * renewed, day by day, and paid for by the standing mandate that the same person has signed at the
 * bank (standing-mandate.h). Some people may be exempt. A company has one at a time. */

#define TJD_STANDING_EXEMPT_MAX 1000
#define TJD_STANDING_RUNS_SHOWN 31

TJD_DECLARE_RECORD (TjdStandingRenewalRequest, tjd_standing_renewal_request)
struct _TjdStandingRenewalRequest {
  TjdRecord parent;
  char *renewer; /* the company */
  char *standing_mandate;
  gint64 years;
  GPtrArray *exempt; /* personal IDs */
};

typedef enum {
  TJD_STANDING_RUN_UNDER_WAY,
  TJD_STANDING_RUN_NOTHING_DUE,
  TJD_STANDING_RUN_PAID,    /* the order is under way: its own state says how far */
  TJD_STANDING_RUN_REFUSED, /* by whom, the problem says; its order, if there is one, is cancelled
                             */
} TjdStandingRunOutcome;
GType tjd_standing_run_outcome_get_type (void);

/* One look at those who come due next, at most an order's worth of them. */
TJD_DECLARE_RECORD (TjdStandingRun, tjd_standing_run)
struct _TjdStandingRun {
  TjdRecord parent;
  gint64 at; /* UTC seconds */
  TjdStandingRunOutcome outcome;
  char *order;
  gint64 renewed; /* how many the order is for */
  gint64 refused; /* how many of those due the ministry would not renew now */
  char *problem;  /* the name of a problem (problem.h) */
};

TJD_DECLARE_RECORD (TjdStandingRenewal, tjd_standing_renewal)
struct _TjdStandingRenewal {
  TjdRecord parent;
  char *id, *renewer, *standing_mandate;
  char *set_by; /* personal ID */
  gint64 years;
  GPtrArray *exempt;
  gint64 set_at;
  gint64 ended_at; /* TJD_NO_INT: it goes on */
  gint64 due_at;   /* of the next run; TJD_NO_INT: one is under way, or it has ended */
  GPtrArray *runs; /* of TjdStandingRun, the newest, newest first */
};

/* A company's, newest first. */
TJD_DECLARE_RECORD (TjdStandingRenewals, tjd_standing_renewals)
struct _TjdStandingRenewals {
  TjdRecord parent;
  GPtrArray *renewals;
};

/* The query of GET /standing-renewals. */
TJD_DECLARE_RECORD (TjdStandingRenewalsQuery, tjd_standing_renewals_query)
struct _TjdStandingRenewalsQuery {
  TjdRecord parent;
  char *renewer;
};

G_END_DECLS
