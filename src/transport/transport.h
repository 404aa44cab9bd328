/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "clock.h"
#include "endpoint.h"
#include "jws.h"

G_BEGIN_DECLS

/* The HTTP client that everyone uses: a call is built from its endpoint row, signed, sent, and its
 * answer read as the row's record. Calls are synchronous; one transport serves any number of
 * threads up to TJD_TRANSPORT_THREADS. */
typedef struct _TjdTransport TjdTransport;

/* Connections per host exceed this: in libsoup 3.2 a request that waits for a free connection does
 * not hear its cancellable. */
#define TJD_TRANSPORT_THREADS 64

typedef enum {
  TJD_TRANSPORT_ERROR_OFFLINE,   /* never sent: nothing happened */
  TJD_TRANSPORT_ERROR_NO_REPLY,  /* sent, no answer: whether it took effect is not known */
  TJD_TRANSPORT_ERROR_STRANGE,   /* the answer is not of the contract */
  TJD_TRANSPORT_ERROR_UNTRUSTED, /* not the server that it should be, or not safely reached: its
                                    certificate, its TLS. Nothing was sent */
} TjdTransportError;
#define TJD_TRANSPORT_ERROR (tjd_transport_error_quark ())
GQuark tjd_transport_error_quark (void);

TjdTransport *tjd_transport_new (const TjdClock *clock, const TjdEntropy *entropy);
void tjd_transport_free (TjdTransport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TjdTransport, tjd_transport_free)

/* "http://127.0.0.1:8080", without a slash behind. Before the first call to that party. */
void tjd_transport_set_base (TjdTransport *self, TjdParty party, const char *url);
const char *tjd_transport_get_base (TjdTransport *self, TjdParty party); /* NULL */

/* Who may certify that party, in place of the system's authorities: PEM, an absolute name. Before
 * the first call to it. */
gboolean
tjd_transport_set_ca (TjdTransport *self, TjdParty party, const char *file, GError **error);

/* By how many seconds the party's clock is ahead of ours, by the Date of its newest answer (to a
 * second or two); FALSE if there was none. */
gboolean tjd_transport_get_skew (TjdTransport *self, TjdParty party, gint64 *seconds);

/* How long a call may take in all, sending to last byte; 30 seconds unless told. */
void tjd_transport_set_call_seconds (TjdTransport *self, guint seconds);

/* Who is calling: nobody (both NULL), a person by a token bound to key, a client that signs in (key
 * alone), or a party by a JWT of its own. */
typedef struct {
  TjdKey *key;
  const char *access_token;
  gboolean is_party;
  TjdParty party;
} TjdCaller;

typedef struct {
  const char *parameter;       /* of the path */
  gpointer query;              /* a record of the row's type */
  gpointer request;            /* the same */
  const char *idempotency_key; /* of keyed endpoints */
  const char *page;            /* a next page's address, in place of parameter and query */
} TjdArguments;

/* The answer in *reply (transfer full, NULL where the row has none). A refusal is TJD_PROBLEM with
 * its document; else TJD_TRANSPORT_ERROR, or G_IO_ERROR_CANCELLED, which like NO_REPLY says nothing
 * about the effect. A call is sent once; only a request for a DPoP nonce is answered by a second
 * sending, since the first was refused. */
gboolean tjd_transport_call (TjdTransport *self,
                             const TjdCaller *caller,
                             TjdEndpointId endpoint,
                             const TjdArguments *arguments,
                             gpointer *reply,
                             GCancellable *cancellable,
                             GError **error);

/* The same for a list: *next is the address of the page behind this one (RFC 8288, Link with
 * rel="next"), to be asked for as it stands by TjdArguments.page; NULL where this is the last. A
 * next page of another origin is TJD_TRANSPORT_ERROR_STRANGE. */
gboolean tjd_transport_call_page (TjdTransport *self,
                                  const TjdCaller *caller,
                                  TjdEndpointId endpoint,
                                  const TjdArguments *arguments,
                                  gpointer *reply,
                                  char **next,
                                  GCancellable *cancellable,
                                  GError **error);

#define TJD_PARTY_JWT_TYP "tajdid-party+jwt"
#define TJD_PARTY_JWT_SECONDS 120

G_END_DECLS
