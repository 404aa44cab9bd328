/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "record.h"

G_BEGIN_DECLS

/* What somebody may do for a renewer. Everybody may do everything for themselves. */
typedef enum {
  TJD_ROLE_PREPARER,  /* see, quote, place orders, cancel them */
  TJD_ROLE_SIGNATORY, /* and approve, pay; who has it from the register also delegates */
} TjdRole;
GType tjd_role_get_type (void);

/* A right for a renewer, named, dated, revocable. A company's signatory has theirs from the
 * register (granted_by is NULL) and gives officers theirs. */
TJD_DECLARE_RECORD (TjdMandate, tjd_mandate)
struct _TjdMandate {
  TjdRecord parent;
  char *id;
  char *renewer;
  char *name_en, *name_ar; /* the renewer's */
  char *personal_id;       /* who has it */
  TjdRole role;
  char *granted_by;
  char *valid_from, *valid_until; /* days, both included; no end: NULL */
};

TJD_DECLARE_RECORD (TjdMandates, tjd_mandates)
struct _TjdMandates {
  TjdRecord parent;
  GPtrArray *mandates; /* of TjdMandate */
};

/* The query of GET /mandates. */
TJD_DECLARE_RECORD (TjdMandatesQuery, tjd_mandates_query)
struct _TjdMandatesQuery {
  TjdRecord parent;
  char *renewer;
};

TJD_DECLARE_RECORD (TjdMandateRequest, tjd_mandate_request)
struct _TjdMandateRequest {
  TjdRecord parent;
  char *renewer;
  char *personal_id;
  TjdRole role;
  char *valid_from, *valid_until;
};

/* Who is signed in, and for whom they may act. */
TJD_DECLARE_RECORD (TjdAccount, tjd_account)
struct _TjdAccount {
  TjdRecord parent;
  char *personal_id;
  char *name_en, *name_ar;
  GPtrArray *mandates; /* of TjdMandate, in force today */
};

G_END_DECLS
