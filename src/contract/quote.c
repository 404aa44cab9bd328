/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quote.h"

#include "identifiers.h"

TJD_DEFINE_ENUM (
    TjdLineKind, tjd_line_kind, "fee", "discount", "fine", "fine-reduction", "lost-card")

static const TjdField wish_fields[] = {
  TJD_STRING (TjdWish, personal_id, TJD_REQUIRED, .format = &tjd_format_personal_id),
  TJD_INT (TjdWish, years, TJD_REQUIRED, .min = 1, .max = 10),
  TJD_BOOL (TjdWish, lost_card, TJD_OPTIONAL),
};
TJD_DEFINE_RECORD (TjdWish, tjd_wish, wish_fields)

static const TjdField quotation_request_fields[] = {
  TJD_STRING (TjdQuotationRequest, renewer, TJD_OPTIONAL, .format = &tjd_format_renewer),
  TJD_LIST (TjdQuotationRequest, permits, tjd_wish_get_type, TJD_REQUIRED, .min = 1, .max = 500),
};
TJD_DEFINE_RECORD (TjdQuotationRequest, tjd_quotation_request, quotation_request_fields)

static const TjdField quotes_request_fields[] = {
  TJD_STRING (TjdQuotesRequest, renewer, TJD_REQUIRED, .format = &tjd_format_renewer),
  TJD_LIST (TjdQuotesRequest, permits, tjd_wish_get_type, TJD_REQUIRED, .min = 1, .max = 500),
};
TJD_DEFINE_RECORD (TjdQuotesRequest, tjd_quotes_request, quotes_request_fields)

static const TjdField line_fields[] = {
  TJD_ENUM (TjdLine, kind, tjd_line_kind_get_type, TJD_REQUIRED),
  TJD_INT (TjdLine, amount, TJD_REQUIRED, .min = -TJD_MONEY_MAX, .max = TJD_MONEY_MAX),
};
TJD_DEFINE_RECORD (TjdLine, tjd_line, line_fields)

static const TjdField quote_fields[] = {
  TJD_STRING (TjdQuote, id, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_STRING (TjdQuote, personal_id, TJD_REQUIRED, .format = &tjd_format_personal_id),
  TJD_STRING (TjdQuote, name_en, TJD_REQUIRED),
  TJD_STRING (TjdQuote, name_ar, TJD_REQUIRED),
  TJD_ENUM (TjdQuote, category, tjd_category_get_type, TJD_REQUIRED),
  TJD_INT (TjdQuote, years, TJD_REQUIRED, .min = 1, .max = 10),
  TJD_STRING (TjdQuote, expires_on, TJD_REQUIRED, .format = &tjd_format_date),
  TJD_STRING (TjdQuote, renewed_until, TJD_REQUIRED, .format = &tjd_format_date),
  TJD_LIST (TjdQuote, lines, tjd_line_get_type, TJD_REQUIRED, .min = 1, .max = 10),
  TJD_INT (TjdQuote, total, TJD_REQUIRED, .max = TJD_MONEY_MAX),
};
TJD_DEFINE_RECORD (TjdQuote, tjd_quote, quote_fields)

static const TjdField refusal_fields[] = {
  TJD_STRING (TjdRefusal, personal_id, TJD_REQUIRED, .format = &tjd_format_personal_id),
  TJD_ENUM (TjdRefusal, reason, tjd_reason_get_type, TJD_REQUIRED),
  TJD_STRING (TjdRefusal, possible_from, TJD_NULLABLE, .format = &tjd_format_date),
  TJD_STRING (TjdRefusal, note_en, TJD_NULLABLE, .format = &tjd_format_text, .min = 1, .max = 1000),
  TJD_STRING (TjdRefusal, note_ar, TJD_NULLABLE, .format = &tjd_format_text, .min = 1, .max = 1000),
};
TJD_DEFINE_RECORD (TjdRefusal, tjd_refusal, refusal_fields)

static const TjdField quotes_fields[] = {
  TJD_LIST (TjdQuotes, quotes, tjd_quote_get_type, TJD_REQUIRED),
  TJD_LIST (TjdQuotes, refusals, tjd_refusal_get_type, TJD_REQUIRED),
  TJD_INT (TjdQuotes, valid_until, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdQuotes, tjd_quotes, quotes_fields)

static const TjdField post_band_fields[] = {
  TJD_INT (TjdPostBand, up_to, TJD_REQUIRED | TJD_NULLABLE, .min = 1, .max = 1000000),
  TJD_INT (TjdPostBand, per, TJD_REQUIRED, .min = 1, .max = 1000000),
  TJD_INT (TjdPostBand, amount, TJD_REQUIRED, .max = 100000000),
};
TJD_DEFINE_RECORD (TjdPostBand, tjd_post_band, post_band_fields)

static const TjdField post_tariff_fields[] = {
  TJD_STRING (TjdPostTariff, valid_from, TJD_REQUIRED, .format = &tjd_format_date),
  TJD_LIST (TjdPostTariff, bands, tjd_post_band_get_type, TJD_REQUIRED, .min = 1, .max = 20),
};
TJD_DEFINE_RECORD (TjdPostTariff, tjd_post_tariff, post_tariff_fields)

static const TjdField quotation_fields[] = {
  TJD_STRING (TjdQuotation, id, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_STRING (TjdQuotation, renewer, TJD_OPTIONAL, .format = &tjd_format_renewer),
  TJD_LIST (TjdQuotation, quotes, tjd_quote_get_type, TJD_REQUIRED),
  TJD_LIST (TjdQuotation, refusals, tjd_refusal_get_type, TJD_REQUIRED),
  TJD_INT (TjdQuotation, post_fee, TJD_REQUIRED, .max = TJD_MONEY_MAX),
  TJD_INT (TjdQuotation, total, TJD_REQUIRED, .max = TJD_MONEY_MAX),
  TJD_INT (TjdQuotation, valid_until, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdQuotation, tjd_quotation, quotation_fields)

TjdMoney
tjd_post_tariff_fee (TjdPostTariff *tariff, gint64 cards)
{
  if (cards == 0)
    return 0;
  for (guint i = 0; i < tariff->bands->len; i++) {
    TjdPostBand *band = tariff->bands->pdata[i];
    if (band->up_to == TJD_NO_INT || cards <= band->up_to)
      return (cards + band->per - 1) / band->per * band->amount;
  }
  return 0;
}
