/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "asking.h"
#include "clock.h"
#include "endpoint.h"
#include "outbox.h"
#include "problem.h"
#include "rate.h"
#include "seed.h"
#include "store.h"
#include "transport.h"
#include "trust.h"

G_BEGIN_DECLS

typedef struct _TjdFront TjdFront;
typedef struct _TjdHost TjdHost;

/* Who stands behind a request, once the front has made sure. */
typedef enum {
  TJD_PRINCIPAL_ANYONE,
  TJD_PRINCIPAL_CLIENT, /* a DPoP key and nothing else yet */
  TJD_PRINCIPAL_PERSON,
  TJD_PRINCIPAL_PARTY,
  TJD_PRINCIPAL_OPERATOR,
} TjdPrincipalKind;

typedef struct {
  TjdPrincipalKind kind;
  char *personal_id; /* of a person */
  char *jkt;         /* the DPoP key's thumbprint, of a client or a person */
  TjdParty party;    /* of a party */
  char *name;        /* of an operator */
} TjdPrincipal;

/* One request as its handler gets it: identity, rights and shape are settled. */
typedef struct {
  TjdHost *host;
  const char *id;      /* of the request: in the log and in problems */
  const char *address; /* whoever it came from: an IPv4 address, or the first half of an IPv6 one */
  const TjdEndpoint *endpoint;
  TjdPrincipal principal;
  const char *key;  /* the Idempotency-Key of a keyed endpoint */
  char *parameter;  /* of the path, an identifier of ours; NULL */
  gpointer query;   /* a record of the row's type; NULL */
  gpointer request; /* the same */
  char *next;       /* of a list: the address of the page behind this one (page.h); NULL: none */
  GError *refusal;  /* set by a keyed handler that refuses and yet wants its writes kept */
} TjdCall;

/* A handler that works in a transaction. A keyed one happens once: its transaction also stores its
 * reply under the key. It never calls another party; what must happen elsewhere goes through the
 * outbox. FALSE rolls everything back; a refusal that must leave a trace (a wrong code counts) is
 * set in call->refusal with TRUE. A reading one sees a snapshot. *reply is a record (transfer
 * full), NULL where the row has none. */
typedef gboolean (*TjdTxnHandler) (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);

/* Any other handler opens its own transactions and may call other parties. One of a keyed endpoint
 * sees to it that its effect happens once a key. */
typedef gboolean (*TjdPlainHandler) (TjdCall *call, gpointer *reply, GError **error);

/* One of the three. Where the endpoint is keyed: keyed, or plain if another party has the effect.
 */
typedef struct {
  TjdEndpointId endpoint;
  TjdTxnHandler keyed;
  TjdTxnHandler read;
  TjdPlainHandler plain;
} TjdRoute;

/* A party: its tables, its routes, its steps, its own clockwork. */
typedef struct {
  TjdParty party;
  const char *const *migrations;
  const TjdRoute *routes;
  guint n_routes;
  const TjdStep *steps[2]; /* tables, each ended by a row without a name; NULL: none */
  /* What the passing of time brings (expiry; in the sandbox, courier and card printer). Called
   * about every 100 ms and when something was committed. NULL: nothing. */
  gboolean (*tick) (TjdHost *host, GError **error);
  /* What is no longer needed, as DELETE statements ($1: a month ago, $2: now, in UTC seconds). */
  const char *const *purge;
  /* Fills an empty database with the sandbox's people. */
  gboolean (*seed) (TjdTxn *txn, TjdHost *host, TjdSeed *seed, GError **error);
} TjdPartyRow;

extern const TjdPartyRow tjd_portal, tjd_ministry, tjd_bank, tjd_post;

/* A party at work in this process. */
struct _TjdHost {
  const TjdPartyRow *row;
  const TjdClock *clock;
  const TjdEntropy *entropy;
  TjdTransport *transport;
  TjdTrust *trust;
  TjdAsking *asking;
  TjdRate *wrong_codes; /* of keys that nobody has signed in with before: of all together, */
  TjdRate *wrong_codes_of_address; /* and of one address */
  TjdDb *db;
  TjdOutbox *outbox;
  TjdFront *front;
  char *base;        /* "http://127.0.0.1:8080": where the others and the people find it */
  gint64 purged;     /* monotonic */
  gint64 well_until; /* monotonic, atomic: health.c */
  gint64 pace;       /* the simulators' seconds per second; 0: no simulators */
};

/* A moment the simulators reach after so many minutes of theirs, in UTC microseconds. */
gint64 tjd_host_after (TjdHost *host, gint64 minutes);

/* For ticks: runs write (its data is the host) if count, a query whose $1 is now in UTC
 * microseconds, gives more than zero. */
gboolean tjd_host_write_if_any (TjdHost *host, const char *count, TjdTxnFunc write, GError **error);

/* The caller's name in stored replies and in logs: "person:…", "party:…", "operator:…". */
char *tjd_principal_name (const TjdPrincipal *principal);

G_END_DECLS
