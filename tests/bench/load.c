/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <stdio.h>
#include <string.h>

#include "base64url.h"
#include "ocra.h"
#include "order.h"
#include "otpauth.h"
#include "payment.h"
#include "sign-in.h"
#include "transport.h"

/* load STATE_DIR PORT_FILE: everyone with a token signs in and renews each of their permits, one
 * order a permit, until the bank has captured. Prints how many renewals a second that was. */

#define N_THREADS 24
#define MAX_THREADS_CONNECTIONS TJD_TRANSPORT_THREADS

G_STATIC_ASSERT (N_THREADS < MAX_THREADS_CONNECTIONS);

typedef struct {
  TjdTransport *transport;
  TjdToken *token;
  TjdKey *key;
  char *access_token;
  GPtrArray *orders;  /* of char *, ids */
  gint64 first, last; /* monotonic */
} Person;

static gpointer
call (Person *person, TjdEndpointId endpoint, const char *parameter, gpointer request)
{
  static gint keys;
  g_autofree char *key = g_strdup_printf ("load-%d", g_atomic_int_add (&keys, 1));
  TjdCaller caller = { person->key, person->access_token, FALSE, 0 };
  g_autoptr (GError) error = NULL;
  gpointer reply = NULL;

  tjd_transport_call (
      person->transport, &caller, endpoint,
      &(TjdArguments){ .parameter = parameter, .request = request, .idempotency_key = key }, &reply,
      NULL, &error);
  if (error != NULL)
    g_error ("%s: %s", tjd_endpoint (endpoint)->path, error->message);
  return reply;
}

static void
sign_in (Person *person)
{
  static const char verifier[] = "vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv";
  g_autoptr (TjdChallenge) challenge = tjd_challenge_new ();
  g_autoptr (TjdTokenRequest) request = tjd_token_request_new ();
  g_autoptr (TjdChallengeReply) granted = NULL;
  g_autoptr (TjdTokenReply) tokens = NULL;

  challenge->client_id = g_strdup (TJD_CLIENT_ID);
  challenge->personal_id = g_strdup (person->token->personal_id);
  challenge->code = tjd_sign_in_code (person->token->sign_in, g_get_real_time () / G_USEC_PER_SEC);
  challenge->code_challenge = tjd_sha256_base64url (verifier, strlen (verifier));
  challenge->code_challenge_method = g_strdup ("S256");
  granted = call (person, TJD_PORTAL_CHALLENGE, NULL, challenge);
  request->grant_type = g_strdup ("authorization_code");
  request->client_id = g_strdup (TJD_CLIENT_ID);
  request->code = g_strdup (granted->authorization_code);
  request->code_verifier = g_strdup (verifier);
  tokens = call (person, TJD_PORTAL_TOKEN, NULL, request);
  person->access_token = g_strdup (tokens->access_token);
}

static TjdOrder *
place (Person *person, TjdPermit *permit)
{
  g_autoptr (TjdQuotationRequest) wishes = tjd_quotation_request_new ();
  g_autoptr (TjdOrderRequest) request = tjd_order_request_new ();
  g_autoptr (TjdQuotation) quotation = NULL;
  TjdWish *wish = tjd_wish_new ();

  wish->personal_id = g_strdup (permit->personal_id);
  wish->years = 1;
  g_ptr_array_add (wishes->permits, wish);
  quotation = call (person, TJD_PORTAL_QUOTE, NULL, wishes);
  request->quotation = g_strdup (quotation->id);
  return call (person, TJD_PORTAL_PLACE_ORDER, NULL, request);
}

static void
pay (Person *person, TjdOrder *order)
{
  g_autoptr (TjdPaymentStart) start = tjd_payment_start_new ();
  g_autoptr (TjdAuthorisation) authorisation = tjd_authorisation_new ();
  g_autoptr (TjdPayment) payment = NULL;
  g_autoptr (TjdPayment) held = NULL;

  start->request = g_strdup (order->payment_request);
  payment = call (person, TJD_BANK_START_PAYMENT, NULL, start);
  authorisation->number = g_strdup (payment->number);
  authorisation->code = tjd_payment_code (person->token->signing, payment->number,
                                          payment->signing_text, strlen (payment->signing_text));
  held = call (person, TJD_BANK_AUTHORISE, payment->id, authorisation);
}

static void
wait_for_capture (Person *person, const char *id)
{
  for (;;) {
    g_autoptr (TjdOrder) order = call (person, TJD_PORTAL_ORDER, id, NULL);
    if (order->captured != TJD_NO_INT && order->captured > 0)
      return;
    g_usleep (20 * 1000);
  }
}

static void
renew_all (gpointer data, gpointer unused)
{
  Person *person = data;
  g_autoptr (TjdPermits) permits = call (person, TJD_PORTAL_PERMITS, NULL, NULL);

  person->first = g_get_monotonic_time ();
  for (guint i = 0; i < permits->permits->len; i++) {
    g_autoptr (TjdOrder) order = place (person, permits->permits->pdata[i]);
    pay (person, order);
    g_ptr_array_add (person->orders, g_strdup (order->id));
  }
  for (guint i = 0; i < person->orders->len; i++)
    wait_for_capture (person, person->orders->pdata[i]);
  person->last = g_get_monotonic_time ();
}

static void
set_bases (TjdTransport *transport, const char *port_file)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *bases;

  g_assert_true (json_parser_load_from_file (parser, port_file, NULL));
  bases = json_node_get_object (json_parser_get_root (parser));
  for (guint i = 0; i < TJD_N_PARTIES; i++)
    tjd_transport_set_base (transport, i,
                            json_object_get_string_member (bases, tjd_party_name (i)));
}

static Person *
new_person (TjdTransport *transport, const char *directory, const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autofree char *text = NULL;
  Person *person = g_new0 (Person, 1);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  person->transport = transport;
  person->token = tjd_token_parse (text, NULL);
  person->key = tjd_key_new_generated ();
  person->orders = g_ptr_array_new_with_free_func (g_free);
  return person;
}

static void
person_free (gpointer data)
{
  Person *person = data;

  tjd_token_free (person->token);
  tjd_key_unref (person->key);
  g_free (person->access_token);
  g_ptr_array_unref (person->orders);
  g_free (person);
}

static GPtrArray *
load_people (TjdTransport *transport, const char *state)
{
  g_autofree char *directory = g_build_filename (state, "tokens", NULL);
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  GPtrArray *people = g_ptr_array_new_with_free_func (person_free);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (people, new_person (transport, directory, name));
  return people;
}

static void
report (GPtrArray *people)
{
  gint64 first = G_MAXINT64, last = 0;
  guint n = 0;

  for (guint i = 0; i < people->len; i++) {
    Person *person = people->pdata[i];
    first = MIN (first, person->first);
    last = MAX (last, person->last);
    n += person->orders->len;
  }
  printf ("%u %.3f\n", n, (double) (last - first) / G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  g_autoptr (TjdTransport) transport =
      tjd_transport_new (tjd_clock_system (), tjd_entropy_system ());
  g_autoptr (GPtrArray) people = NULL;
  GThreadPool *pool;

  g_assert_cmpint (argc, ==, 3);
  set_bases (transport, argv[2]);
  people = load_people (transport, argv[1]);
  for (guint i = 0; i < people->len; i++)
    sign_in (people->pdata[i]);
  pool = g_thread_pool_new (renew_all, NULL, N_THREADS, TRUE, NULL);
  for (guint i = 0; i < people->len; i++)
    g_thread_pool_push (pool, people->pdata[i], NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
  report (people);
  return 0;
}
