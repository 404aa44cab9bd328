/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "endpoint.h"
#include "jws.h"
#include "order.h"
#include "otpauth.h"
#include "payment.h"

G_BEGIN_DECLS

/* Somebody with a token, at work. A refusal ends the program. */
typedef struct {
  TjdToken *token;
  TjdKey *key;
  char *access_token;
  GPtrArray *orders;  /* of char *, ids */
  gint64 first, last; /* monotonic */
} Person;

/* By their token file. */
Person *person_new (const char *directory, const char *name);
void person_free (gpointer person);

void person_sign_in (Person *person);

/* How long the calls took so far, in microseconds: the 99th of a hundred. */
gint64 person_get_p99 (void);

/* The endpoint's reply. (transfer full) */
gpointer
person_call (Person *person, TjdEndpointId endpoint, const char *parameter, gpointer request);

/* What the portal asked to be paid, with the code for it. */
void person_pay (Person *person, const char *payment_request);

/* Until this order's money has been debited. */
void person_wait_for_capture (Person *person, const char *order);

G_END_DECLS
