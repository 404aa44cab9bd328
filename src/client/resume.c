/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "resume.h"

#include "calls.h"
#include "identifiers.h"

static const TjdField finding_fields[] = {
  TJD_STRING (TjdFinding, journey, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_ENUM (TjdFinding, charge, tjd_charge_get_type, TJD_REQUIRED),
  TJD_INT (TjdFinding, amount, TJD_REQUIRED),
  TJD_INT (TjdFinding, at, TJD_REQUIRED),
  TJD_LIST (TjdFinding, orders, tjd_order_get_type, TJD_REQUIRED),
  TJD_BOOL (TjdFinding, is_payable, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdFinding, tjd_finding, finding_fields)

typedef struct {
  TjdSession *session;
  TjdEntry *entry;
  TjdFinding *finding;
  GCancellable *cancellable;
} Search;

/* FALSE where an order is not to be had: somebody does not answer, or it is not this person's. */
static gboolean
read_orders (Search *search)
{
  for (guint i = 0; i < search->entry->orders->len; i++) {
    TjdOrder *order = tjd_call_order (search->session, search->entry->orders->pdata[i],
                                      search->cancellable, NULL);
    if (order == NULL)
      return FALSE;
    g_ptr_array_add (search->finding->orders, order);
  }
  return TRUE;
}

static gboolean
may_be_paid (TjdOrder *order, gint64 now)
{
  return (order->state == TJD_ORDER_PLACED || order->state == TJD_ORDER_APPROVED) &&
         order->expires_at > now;
}

static gboolean
all_may_be_paid (Search *search)
{
  gint64 now = tjd_clock_now (tjd_session_get_clock (search->session));

  for (guint i = 0; i < search->finding->orders->len; i++)
    if (!may_be_paid (search->finding->orders->pdata[i], now))
      return FALSE;
  return search->finding->orders->len > 0;
}

/* A code may have been sent. */
static gboolean
may_be_authorised (TjdEntry *entry)
{
  return entry->payment != NULL && entry->authorise_key != NULL;
}

static char *
find_request (Search *search)
{
  TjdOrder *first = search->finding->orders->pdata[0];
  g_autoptr (TjdBill) bill = NULL;

  if (search->finding->orders->len == 1 && first->payment_request != NULL &&
      g_strcmp0 (first->payment, search->entry->payment) == 0)
    return g_strdup (first->payment_request);
  bill = tjd_call_bill (search->session, search->entry->payment, search->cancellable, NULL);
  return bill != NULL ? g_strdup (bill->request) : NULL;
}

/* The bank awaits a code: what was sent may yet be on its way, and is void once another number has
 * been drawn. NULL: that is not known to have been done. */
static TjdPayment *
draw_another_number (Search *search, TjdPayment *payment)
{
  g_autofree char *request = find_request (search);
  g_autofree char *key = tjd_call_new_key (search->session);
  g_autoptr (GError) failed = NULL;
  TjdPayment *drawn;

  if (request == NULL)
    return NULL;
  drawn = tjd_call_start_payment (search->session, request, key, search->cancellable, &failed);
  if (drawn == NULL && g_error_matches (failed, TJD_PROBLEM, TJD_PROBLEM_PAYMENT_EXPIRED))
    return g_object_ref (payment); /* then no code is taken either */
  return drawn;
}

static TjdCharge
charge_of (TjdPayment *payment)
{
  switch (payment->state) {
  case TJD_PAYMENT_AUTHORISED:
    return TJD_CHARGE_HELD;
  case TJD_PAYMENT_CAPTURED:
    return TJD_CHARGE_PAID;
  case TJD_PAYMENT_AWAITING_CODE:
  case TJD_PAYMENT_VOIDED:
  case TJD_PAYMENT_BLOCKED:
  default:
    return TJD_CHARGE_NOTHING;
  }
}

#define ORDER(state) (1u << TJD_ORDER_##state)
#define ORDERS_PAID (ORDER (CAPTURED) | ORDER (DISPATCHED) | ORDER (DELIVERED))
#define ORDERS_HELD (ORDERS_PAID | ORDER (AUTHORISED) | ORDER (EXECUTED))
#define ORDERS_GONE (ORDER (EXPIRED) | ORDER (CANCELLED) | ORDER (VOIDED))

/* Where the bank does not say: what the portal has heard of it. That it has heard nothing does not
 * mean that there was nothing. */
static TjdCharge
charge_by_orders (GPtrArray *orders)
{
  guint states = 0;

  for (guint i = 0; i < orders->len; i++)
    states |= 1u << ((TjdOrder *) orders->pdata[i])->state;
  if ((states & ~(guint) ORDERS_PAID) == 0)
    return TJD_CHARGE_PAID;
  if ((states & ~(guint) ORDERS_HELD) == 0)
    return TJD_CHARGE_HELD;
  return (states & ~(guint) ORDERS_GONE) == 0 ? TJD_CHARGE_NOTHING : TJD_CHARGE_UNKNOWN;
}

/* By the payment's id. The bank tells nobody but its payer of a payment. */
static TjdCharge
ask_bank (Search *search)
{
  g_autoptr (TjdPayment) payment =
      tjd_call_payment (search->session, search->entry->payment, search->cancellable, NULL);

  if (payment == NULL)
    return charge_by_orders (search->finding->orders);
  if (payment->state == TJD_PAYMENT_AWAITING_CODE) {
    TjdPayment *now = draw_another_number (search, payment);
    if (now == NULL)
      return TJD_CHARGE_UNKNOWN;
    g_object_unref (payment);
    payment = now;
  }
  search->finding->amount =
      payment->state == TJD_PAYMENT_CAPTURED ? payment->captured : payment->amount;
  return charge_of (payment);
}

static void
search_truth (Search *search)
{
  TjdFinding *finding = search->finding;

  finding->journey = g_strdup (search->entry->id);
  finding->amount = search->entry->total;
  finding->at = search->entry->changed_at;
  finding->charge = TJD_CHARGE_NOTHING;
  if (!read_orders (search))
    finding->charge = TJD_CHARGE_UNKNOWN;
  else if (may_be_authorised (search->entry))
    finding->charge = ask_bank (search);
  if (finding->charge == TJD_CHARGE_UNKNOWN && !may_be_authorised (search->entry))
    finding->charge = TJD_CHARGE_NOTHING; /* no code was ever sent for it */
  finding->is_payable = finding->charge == TJD_CHARGE_NOTHING && all_may_be_paid (search);
}

/* Nothing was sent that could have cost anything, and nothing is left to go on with: not worth a
 * person's time. */
static gboolean
is_worth_telling (Search *search)
{
  return search->finding->is_payable || search->finding->charge != TJD_CHARGE_NOTHING ||
         may_be_authorised (search->entry);
}

GPtrArray *
tjd_resume_find (TjdJournal *journal,
                 TjdSession *session,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (GPtrArray) entries = tjd_journal_list_open (journal, error);
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_object_unref);

  if (entries == NULL)
    return NULL;
  for (guint i = 0; i < entries->len; i++) {
    g_autoptr (TjdFinding) finding = tjd_finding_new ();
    Search search = { session, entries->pdata[i], finding, cancellable };
    search_truth (&search);
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return NULL;
    if (is_worth_telling (&search))
      g_ptr_array_add (findings, g_steal_pointer (&finding));
    else if (!tjd_journal_settle (journal, finding->journey, error))
      return NULL;
  }
  return g_steal_pointer (&findings);
}
