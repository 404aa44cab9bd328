/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <stdio.h>
#include <string.h>

#include "jws.h"
#include "person.h"
#include "wire.h"

/* batch STATE_DIR PORT_FILE TOKEN ESTABLISHMENT IDS: the signatory renews all the permits whose
 * numbers stand in the file IDS, 500 an order, all under one payment and one code. Prints permits,
 * orders, and the seconds from the first quotation until everything was captured. */

#define PER_ORDER 500
#define N_THREADS 8

typedef struct {
  Person *person;
  const char *establishment;
  char **ids;
  guint first, n;
  char *order;
} Part;

static void
prepare (Part *part)
{
  g_autoptr (TjdQuotationRequest) wishes = tjd_quotation_request_new ();
  g_autoptr (TjdOrderRequest) request = tjd_order_request_new ();
  g_autoptr (TjdQuotation) quotation = NULL;
  g_autoptr (TjdOrder) order = NULL;

  wishes->renewer = g_strdup (part->establishment);
  for (guint i = 0; i < part->n; i++) {
    TjdWish *wish = tjd_wish_new ();
    wish->personal_id = g_strdup (part->ids[part->first + i]);
    wish->years = 1;
    g_ptr_array_add (wishes->permits, wish);
  }
  quotation = person_call (part->person, TJD_PORTAL_QUOTE, NULL, wishes);
  if (quotation->quotes->len != part->n)
    g_error ("%u of %u can be renewed", quotation->quotes->len, part->n);
  request->quotation = g_strdup (quotation->id);
  order = person_call (part->person, TJD_PORTAL_PLACE_ORDER, NULL, request);
  part->order = g_strdup (order->id);
}

static void
approve (Part *part)
{
  g_autoptr (TjdOrderStatement) statement =
      person_call (part->person, TJD_PORTAL_STATEMENT, part->order, NULL);
  g_autoptr (TjdApproval) approval = tjd_approval_new ();
  g_autoptr (TjdOrder) order = NULL;

  approval->signature = tjd_jws_sign_detached (part->person->key, TJD_APPROVAL_TYP, TRUE,
                                               statement->text, strlen (statement->text));
  order = person_call (part->person, TJD_PORTAL_APPROVE, part->order, approval);
}

static void
order_part (gpointer data, gpointer unused)
{
  prepare (data);
  approve (data);
}

static void
pay (Person *person, GPtrArray *parts)
{
  g_autoptr (TjdBillRequest) request = tjd_bill_request_new ();
  g_autoptr (TjdBill) bill = NULL;

  for (guint i = 0; i < parts->len; i++)
    g_ptr_array_add (request->orders, g_strdup (((Part *) parts->pdata[i])->order));
  bill = person_call (person, TJD_PORTAL_MAKE_BILL, NULL, request);
  person_pay (person, bill->request);
}

static void
part_free (gpointer data)
{
  Part *part = data;

  g_free (part->order);
  g_free (part);
}

static GPtrArray *
split (Person *person, const char *establishment, char **ids)
{
  guint n = g_strv_length (ids);
  GPtrArray *parts = g_ptr_array_new_with_free_func (part_free);

  for (guint first = 0; first < n; first += PER_ORDER) {
    Part *part = g_new0 (Part, 1);
    *part = (Part){ person, establishment, ids, first, MIN (PER_ORDER, n - first), NULL };
    g_ptr_array_add (parts, part);
  }
  return parts;
}

static void
renew (Person *person, GPtrArray *parts)
{
  GThreadPool *pool = g_thread_pool_new (order_part, NULL, N_THREADS, TRUE, NULL);

  for (guint i = 0; i < parts->len; i++)
    g_thread_pool_push (pool, parts->pdata[i], NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
  pay (person, parts);
  for (guint i = 0; i < parts->len; i++)
    person_wait_for_capture (person, ((Part *) parts->pdata[i])->order);
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) parts = NULL;
  g_autofree char *tokens = NULL, *text = NULL;
  g_auto (GStrv) ids = NULL;
  Person *person;
  gint64 began;

  g_assert_cmpint (argc, ==, 6);
  wire_set_bases (argv[2]);
  tokens = g_build_filename (argv[1], "tokens", NULL);
  person = person_new (tokens, argv[3]);
  g_assert_true (g_file_get_contents (argv[5], &text, NULL, NULL));
  ids = g_strsplit (g_strchomp (text), "\n", -1);
  parts = split (person, argv[4], ids);
  person_sign_in (person);
  began = g_get_monotonic_time ();
  renew (person, parts);
  printf ("%u %u %.3f\n", g_strv_length (ids), parts->len,
          (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC);
  person_free (person);
  return 0;
}
