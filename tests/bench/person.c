/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "person.h"

#include <string.h>

#include "base64url.h"
#include "ocra.h"
#include "sign-in.h"
#include "wire.h"

static GMutex mutex;
static GArray *took; /* of gint64, microseconds */

static void
note (gint64 microseconds)
{
  g_mutex_lock (&mutex);
  if (took == NULL)
    took = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (took, microseconds);
  g_mutex_unlock (&mutex);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;
  return (left > right) - (left < right);
}

gint64
person_get_p99 (void)
{
  g_array_sort (took, compare);
  return g_array_index (took, gint64, took->len * 99 / 100);
}

gpointer
person_call (Person *person, TjdEndpointId endpoint, const char *parameter, gpointer request)
{
  static gint keys;
  g_autofree char *key = g_strdup_printf ("load-%d", g_atomic_int_add (&keys, 1));
  gint64 began = g_get_monotonic_time ();
  gpointer reply = wire_call (endpoint, person->key, person->access_token, parameter, request, key);

  note (g_get_monotonic_time () - began);
  return reply;
}

void
person_sign_in (Person *person)
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
  granted = person_call (person, TJD_PORTAL_CHALLENGE, NULL, challenge);
  request->grant_type = g_strdup ("authorization_code");
  request->client_id = g_strdup (TJD_CLIENT_ID);
  request->code = g_strdup (granted->authorization_code);
  request->code_verifier = g_strdup (verifier);
  tokens = person_call (person, TJD_PORTAL_TOKEN, NULL, request);
  person->access_token = g_strdup (tokens->access_token);
}

void
person_pay (Person *person, const char *payment_request)
{
  g_autoptr (TjdPaymentStart) start = tjd_payment_start_new ();
  g_autoptr (TjdAuthorisation) authorisation = tjd_authorisation_new ();
  g_autoptr (TjdPayment) payment = NULL;
  g_autoptr (TjdPayment) held = NULL;

  start->request = g_strdup (payment_request);
  payment = person_call (person, TJD_BANK_START_PAYMENT, NULL, start);
  authorisation->number = g_strdup (payment->number);
  authorisation->code = tjd_payment_code (person->token->signing, payment->number,
                                          payment->signing_text, strlen (payment->signing_text));
  held = person_call (person, TJD_BANK_AUTHORISE, payment->id, authorisation);
}

void
person_wait_for_capture (Person *person, const char *id)
{
  for (;;) {
    g_autoptr (TjdOrder) order = person_call (person, TJD_PORTAL_ORDER, id, NULL);
    if (order->captured != TJD_NO_INT && order->captured > 0)
      return;
    g_usleep (100 * 1000);
  }
}

Person *
person_new (const char *directory, const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autofree char *text = NULL;
  Person *person = g_new0 (Person, 1);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  person->token = tjd_token_parse (text, NULL);
  person->key = tjd_key_new_generated ();
  person->orders = g_ptr_array_new_with_free_func (g_free);
  return person;
}

void
person_free (gpointer data)
{
  Person *person = data;

  tjd_token_free (person->token);
  tjd_key_unref (person->key);
  g_free (person->access_token);
  g_ptr_array_unref (person->orders);
  g_free (person);
}
