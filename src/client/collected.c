/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "journey-state.h"

/* What a journey holds, for those who show it. */

GPtrArray *
tjd_journey_list_usable (TjdJourney *self)
{
  GPtrArray *usable = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->quotations->len; i++) {
    TjdQuotation *quotation = self->quotations->pdata[i];
    if (quotation->quotes->len > 0)
      g_ptr_array_add (usable, g_object_ref (quotation));
  }
  return usable;
}

TjdMoney
tjd_journey_sum_of_quotations (TjdJourney *self)
{
  g_autoptr (GPtrArray) usable = tjd_journey_list_usable (self);
  TjdMoney sum = 0;

  for (guint i = 0; i < usable->len; i++)
    sum += ((TjdQuotation *) usable->pdata[i])->total;
  return sum;
}

TjdJourneyStep
tjd_journey_get_step (TjdJourney *self)
{
  return self->entry->step;
}

gboolean
tjd_journey_is_busy (TjdJourney *self)
{
  return self->busy;
}

TjdCharge
tjd_journey_get_charge (TjdJourney *self)
{
  switch (self->entry->step) {
  case TJD_JOURNEY_AUTHORISING:
  case TJD_JOURNEY_IN_DOUBT:
    return TJD_CHARGE_UNKNOWN;
  case TJD_JOURNEY_PAID:
    return self->payment != NULL && self->payment->state == TJD_PAYMENT_CAPTURED ? TJD_CHARGE_PAID
                                                                                 : TJD_CHARGE_HELD;
  default:
    return TJD_CHARGE_NOTHING;
  }
}

TjdRemedy
tjd_journey_get_remedy (TjdJourney *self)
{
  return self->remedy;
}

const GError *
tjd_journey_get_error (TjdJourney *self)
{
  return self->error;
}

const char *
tjd_journey_get_id (TjdJourney *self)
{
  return self->entry->id;
}

const char *
tjd_journey_get_renewer (TjdJourney *self)
{
  return self->renewer;
}

GPtrArray *
tjd_journey_get_quotations (TjdJourney *self)
{
  return self->quotations;
}

TjdMoney
tjd_journey_get_post_fee (TjdJourney *self)
{
  g_autoptr (GPtrArray) usable = tjd_journey_list_usable (self);
  TjdMoney sum = 0;

  for (guint i = 0; i < usable->len; i++)
    sum += ((TjdQuotation *) usable->pdata[i])->post_fee;
  return sum;
}

TjdMoney
tjd_journey_get_total (TjdJourney *self)
{
  return self->entry->total;
}

gint64
tjd_journey_get_valid_until (TjdJourney *self)
{
  gint64 until = TJD_NO_INT;

  for (guint i = 0; i < self->quotations->len; i++) {
    TjdQuotation *quotation = self->quotations->pdata[i];
    until = until == TJD_NO_INT ? quotation->valid_until : MIN (until, quotation->valid_until);
  }
  return until;
}

GPtrArray *
tjd_journey_get_orders (TjdJourney *self)
{
  return self->orders;
}

TjdPayment *
tjd_journey_get_payment (TjdJourney *self)
{
  return self->payment;
}
