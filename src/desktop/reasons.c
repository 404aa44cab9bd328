/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reasons.h"

#include <glib/gi18n-lib.h>

#include "words-table.h"

/* clang-format off */
G_DEFINE_QUARK (tjd-refused-quark, tjd_refused)

static const TjdWordsRow rows[] = {
  [TJD_REASON_NOT_FOUND] = { N_("There is no such permit, or it is not yours to renew."),
                             N_("Check the number. A permit is renewed by its sponsor.") },
  [TJD_REASON_HOLDER_ABROAD] = { N_("The holder is abroad."),
                                 N_("Renew it once they are back in Qatar.") },
  [TJD_REASON_ESTABLISHMENT_INVALID] = { N_("The establishment’s ID is not valid."),
                                         N_("Renew the establishment’s registration first.") },
  [TJD_REASON_PASSPORT_CHANGED] = { N_("The passport was changed and the ministry does not have the new one."),
                                    N_("Report the new passport to the ministry, then renew.") },
  [TJD_REASON_TOO_EARLY] = { N_("It is too early to renew this permit."),
                             N_("A permit can be renewed from three months before it expires.") },
  [TJD_REASON_CANCELLED] = { N_("The permit was cancelled."),
                             N_("Ask the ministry if you think that it should not have been.") },
  [TJD_REASON_MEDICAL_MISSING] = { N_("The medical examination is missing."),
                                   N_("Have it done, then renew.") },
  [TJD_REASON_INSURANCE_MISSING] = { N_("The health insurance is missing."),
                                     N_("Take it out, then renew.") },
  [TJD_REASON_MANUAL_REVIEW] = { N_("The ministry’s staff have to look at this permit first."),
                                 N_("Ask for their review; you will be told what they decide.") },
  [TJD_REASON_IN_ANOTHER_ORDER] = { N_("The permit is already in another order."),
                                    N_("Look at it under Renewals.") },
  [TJD_REASON_YEARS_NOT_OFFERED] = { N_("This permit cannot be renewed for so many years."),
                                     N_("Choose another number of years.") },
  [TJD_REASON_REVIEW_REFUSED] = { N_("The ministry’s staff refused the renewal."),
                                  N_("Read their note, and ask them about it.") },
};
/* clang-format on */

TjdWords *
tjd_words_for_reason (TjdReason reason)
{
  TjdWords *self = g_new0 (TjdWords, 1);

  self->happened = g_strdup (_ (rows[reason].happened));
  self->remedy = g_strdup (_ (rows[reason].remedy));
  return self;
}
