/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "permit.h"

G_BEGIN_DECLS

TJD_DECLARE_RECORD (TjdWish, tjd_wish)
struct _TjdWish {
  TjdRecord parent;
  char *personal_id;
  gint64 years;
  gboolean lost_card;
};

/* A person's POST /quotations, and the portal's POST /quotes, which says for whom. */
TJD_DECLARE_RECORD (TjdQuotationRequest, tjd_quotation_request)
struct _TjdQuotationRequest {
  TjdRecord parent;
  char *renewer;      /* NULL: the caller */
  GPtrArray *permits; /* of TjdWish */
};

TJD_DECLARE_RECORD (TjdQuotesRequest, tjd_quotes_request)
struct _TjdQuotesRequest {
  TjdRecord parent;
  char *renewer;
  GPtrArray *permits; /* of TjdWish */
};

typedef enum {
  TJD_LINE_FEE,      /* years × the category's fee */
  TJD_LINE_DISCOUNT, /* below zero */
  TJD_LINE_FINE,
  TJD_LINE_FINE_REDUCTION, /* below zero: what was decided about the fine */
  TJD_LINE_LOST_CARD,
} TjdLineKind;
GType tjd_line_kind_get_type (void);

TJD_DECLARE_RECORD (TjdLine, tjd_line)
struct _TjdLine {
  TjdRecord parent;
  TjdLineKind kind;
  TjdMoney amount;
};

/* The ministry's word on one renewal, good until valid_until. */
TJD_DECLARE_RECORD (TjdQuote, tjd_quote)
struct _TjdQuote {
  TjdRecord parent;
  char *id;
  char *personal_id;
  char *name_en;
  char *name_ar;
  TjdCategory category;
  gint64 years;
  char *expires_on;
  char *renewed_until;
  GPtrArray *lines; /* of TjdLine; they sum to total */
  TjdMoney total;
};

TJD_DECLARE_RECORD (TjdRefusal, tjd_refusal)
struct _TjdRefusal {
  TjdRecord parent;
  char *personal_id;
  TjdReason reason;
  char *possible_from;     /* the day from which it would not stand, where that is known */
  char *note_en, *note_ar; /* with TJD_REASON_REVIEW_REFUSED */
};

TJD_DECLARE_RECORD (TjdQuotes, tjd_quotes)
struct _TjdQuotes {
  TjdRecord parent;
  GPtrArray *quotes;
  GPtrArray *refusals;
  gint64 valid_until; /* UTC seconds */
};

/* The post's tariff for n cards: the first band with n <= up_to; ⌈n / per⌉ × amount. */
TJD_DECLARE_RECORD (TjdPostBand, tjd_post_band)
struct _TjdPostBand {
  TjdRecord parent;
  gint64 up_to; /* TJD_NO_INT: no limit */
  gint64 per;
  TjdMoney amount;
};

TJD_DECLARE_RECORD (TjdPostTariff, tjd_post_tariff)
struct _TjdPostTariff {
  TjdRecord parent;
  char *valid_from;
  GPtrArray *bands;
};

TjdMoney tjd_post_tariff_fee (TjdPostTariff *tariff, gint64 cards);

/* What the portal shows a person: all of it together, and what one order for it would cost. */
TJD_DECLARE_RECORD (TjdQuotation, tjd_quotation)
struct _TjdQuotation {
  TjdRecord parent;
  char *id;
  char *renewer;
  GPtrArray *quotes;
  GPtrArray *refusals;
  TjdMoney post_fee;
  TjdMoney total;
  gint64 valid_until; /* UTC seconds */
};

G_END_DECLS
