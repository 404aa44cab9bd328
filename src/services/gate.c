/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gate.h"

#include <string.h>

#include "base64url.h"
#include "dpop.h"
#include "sign-in.h"

#define NONCE_SECONDS 120
#define PROOF_WINDOW 300 /* clocks may differ so much; the nonce says how old a proof can be */
#define CLOCK_SKEW 30
#define MAX_PROOFS 500000 /* a nonce; with the last one its time is over */
#define MAX_VERIFIED 50000

typedef struct {
  char *nonce;
  gint64 since;
  GHashTable *proofs;   /* a digest of jkt and jti of every proof that carried it */
  GHashTable *verified; /* tokens whose signature was found good, and what they claim */
} Epoch;

struct _TjdGate {
  TjdHost *host;
  GMutex mutex;
  Epoch current, previous;
  guint keys; /* the trust's epoch in which all of verified was */
};

static void
epoch_clear (Epoch *epoch)
{
  g_clear_pointer (&epoch->nonce, g_free);
  g_clear_pointer (&epoch->proofs, g_hash_table_unref);
  g_clear_pointer (&epoch->verified, g_hash_table_unref);
}

static void
epoch_start (Epoch *epoch, TjdHost *host, gint64 now)
{
  guint8 bytes[18];

  tjd_entropy_fill (host->entropy, bytes, sizeof bytes);
  epoch->nonce = tjd_base64url_encode (bytes, sizeof bytes);
  epoch->proofs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  epoch->verified = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  epoch->since = now;
}

TjdGate *
tjd_gate_new (TjdHost *host)
{
  TjdGate *gate = g_new0 (TjdGate, 1);

  gate->host = host;
  g_mutex_init (&gate->mutex);
  epoch_start (&gate->current, host, tjd_clock_now (host->clock));
  return gate;
}

void
tjd_gate_free (TjdGate *gate)
{
  epoch_clear (&gate->current);
  epoch_clear (&gate->previous);
  g_mutex_clear (&gate->mutex);
  g_free (gate);
}

/* Called with the mutex held. */
static void
turn (TjdGate *gate)
{
  gint64 now = tjd_clock_now (gate->host->clock);

  if (now < gate->current.since + NONCE_SECONDS &&
      g_hash_table_size (gate->current.proofs) < MAX_PROOFS)
    return;
  epoch_clear (&gate->previous);
  gate->previous = gate->current;
  epoch_start (&gate->current, gate->host, now);
}

char *
tjd_gate_dup_nonce (TjdGate *gate)
{
  char *nonce;

  g_mutex_lock (&gate->mutex);
  turn (gate);
  nonce = g_strdup (gate->current.nonce);
  g_mutex_unlock (&gate->mutex);
  return nonce;
}

typedef enum { FRESH, NO_NONCE, SEEN } Verdict;

static Verdict
remember (TjdGate *gate, const char *nonce, const char *jkt, const char *jti)
{
  g_autofree char *names = g_strconcat (jkt, " ", jti, NULL);
  g_autofree char *digest = tjd_sha256_base64url (names, strlen (names));
  Verdict verdict = NO_NONCE;
  Epoch *epoch = NULL;

  g_mutex_lock (&gate->mutex);
  turn (gate);
  if (g_strcmp0 (nonce, gate->current.nonce) == 0)
    epoch = &gate->current;
  else if (nonce != NULL && g_strcmp0 (nonce, gate->previous.nonce) == 0)
    epoch = &gate->previous;
  if (epoch != NULL)
    verdict = g_hash_table_add (epoch->proofs, g_steal_pointer (&digest)) ? FRESH : SEEN;
  g_mutex_unlock (&gate->mutex);
  return verdict;
}

static gboolean
check_proof (TjdGate *gate,
             const TjdEndpoint *endpoint,
             const char *url,
             const char *proof,
             const char *access_token,
             char **jkt,
             GError **error)
{
  g_autoptr (TjdDpopClaims) claims = NULL;
  g_autoptr (GError) why = NULL;

  if (proof == NULL) {
    tjd_problem_set (error, TJD_PROBLEM_PROOF_INVALID, "there is no DPoP header");
    return FALSE;
  }
  claims = tjd_dpop_verify (proof, endpoint->method, url, access_token,
                            tjd_clock_now (gate->host->clock), PROOF_WINDOW, jkt, &why);
  if (claims == NULL) {
    tjd_problem_set (error, TJD_PROBLEM_PROOF_INVALID, "%s", why->message);
    return FALSE;
  }
  switch (remember (gate, claims->nonce, *jkt, claims->jti)) {
  case FRESH:
    return TRUE;
  case NO_NONCE:
    tjd_problem_set (error, TJD_PROBLEM_NONCE_NEEDED, "the nonce is in DPoP-Nonce");
    return FALSE;
  case SEEN:
  default:
    tjd_problem_set (error, TJD_PROBLEM_PROOF_INVALID, "this proof was used before");
    return FALSE;
  }
}

/* A token comes with every request, and its signature does not change: it is verified once an
 * epoch, and again when keys have changed. What it claims (times, audience, key) is checked every
 * time. */
static gpointer
dup_verified (TjdGate *gate, GType type, const char *token, guint keys)
{
  gpointer claims;

  g_mutex_lock (&gate->mutex);
  if (gate->keys != keys) {
    g_hash_table_remove_all (gate->current.verified);
    gate->keys = keys;
  }
  claims = g_hash_table_lookup (gate->current.verified, token);
  if (claims != NULL && G_OBJECT_TYPE (claims) == type)
    g_object_ref (claims);
  else
    claims = NULL;
  g_mutex_unlock (&gate->mutex);
  return claims;
}

static void
keep_verified (TjdGate *gate, const char *token, gpointer claims, guint keys)
{
  g_mutex_lock (&gate->mutex);
  if (gate->keys == keys && g_hash_table_size (gate->current.verified) < MAX_VERIFIED)
    g_hash_table_replace (gate->current.verified, g_strdup (token), g_object_ref (claims));
  g_mutex_unlock (&gate->mutex);
}

static gboolean
refuse_token (GError **error, const char *why)
{
  tjd_problem_set (error, TJD_PROBLEM_TOKEN_INVALID, "%s", why);
  return FALSE;
}

static TjdAccessClaims *
verify_access_token (TjdGate *gate, const char *token)
{
  g_autoptr (TjdJwsHeader) header = tjd_jws_read_header (token, NULL);
  g_autoptr (TjdKey) key = header != NULL && header->kid != NULL
                               ? tjd_trust_dup_portal_key (gate->host->trust, header->kid)
                               : NULL;
  g_autofree char *json =
      key != NULL ? tjd_jws_verify (token, TJD_ACCESS_TOKEN_TYP, key, NULL) : NULL;

  return json != NULL ? tjd_record_from_json (tjd_access_claims_get_type (), json, strlen (json),
                                              TJD_READ_LENIENT, NULL)
                      : NULL;
}

/* The claims of an access token by the portal; NULL on error. */
static TjdAccessClaims *
read_access_token (TjdGate *gate, const char *token, GError **error)
{
  guint keys = tjd_trust_get_epoch (gate->host->trust);
  TjdAccessClaims *claims = dup_verified (gate, tjd_access_claims_get_type (), token, keys);

  if (claims != NULL)
    return claims;
  claims = verify_access_token (gate, token);
  if (claims != NULL)
    keep_verified (gate, token, claims, keys);
  else
    refuse_token (error, "not an access token by the portal");
  return claims;
}

static gboolean
lists (GPtrArray *names, const char *name)
{
  return g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL);
}

static gboolean
has_scope (const char *scopes, const char *scope)
{
  g_auto (GStrv) each = g_strsplit (scopes, " ", -1);
  return g_strv_contains ((const char *const *) each, scope);
}

static gboolean
check_claims (TjdGate *gate,
              const TjdEndpoint *endpoint,
              TjdAccessClaims *claims,
              const char *jkt,
              GError **error)
{
  gint64 now = tjd_clock_now (gate->host->clock);

  if (strcmp (claims->iss, tjd_party_name (TJD_PARTY_PORTAL)) != 0)
    return refuse_token (error, "another issuer's");
  if (!lists (claims->aud, tjd_party_name (endpoint->party)))
    return refuse_token (error, "for another audience");
  if (claims->exp <= now || claims->iat > now + CLOCK_SKEW)
    return refuse_token (error, "expired, or from the future");
  if (strcmp (claims->cnf->jkt, jkt) != 0)
    return refuse_token (error, "bound to another key");
  if (!has_scope (claims->scope, endpoint->scope)) {
    tjd_problem_set (error, TJD_PROBLEM_NOT_ALLOWED, "the token lacks the scope %s",
                     endpoint->scope);
    return FALSE;
  }
  return TRUE;
}

static gboolean
admit_person (TjdGate *gate,
              const TjdEndpoint *endpoint,
              const char *url,
              const char *token,
              const char *proof,
              TjdPrincipal *principal,
              GError **error)
{
  g_autoptr (TjdAccessClaims) claims = read_access_token (gate, token, error);
  g_autofree char *jkt = NULL;

  if (claims == NULL || !check_proof (gate, endpoint, url, proof, token, &jkt, error) ||
      !check_claims (gate, endpoint, claims, jkt, error))
    return FALSE;
  principal->kind = TJD_PRINCIPAL_PERSON;
  principal->personal_id = g_strdup (claims->sub);
  principal->jkt = g_steal_pointer (&jkt);
  return TRUE;
}

static TjdPartyClaims *
verify_party_jwt (TjdGate *gate, const char *jwt)
{
  g_autoptr (TjdJwsHeader) header = tjd_jws_read_header (jwt, NULL);
  TjdParty party;
  g_autoptr (TjdKey) key = header != NULL && header->kid != NULL
                               ? tjd_trust_dup_party_key (gate->host->trust, header->kid, &party)
                               : NULL;
  g_autofree char *json = key != NULL ? tjd_jws_verify (jwt, TJD_PARTY_JWT_TYP, key, NULL) : NULL;
  g_autoptr (TjdPartyClaims) claims =
      json != NULL ? tjd_record_from_json (tjd_party_claims_get_type (), json, strlen (json),
                                           TJD_READ_STRICT, NULL)
                   : NULL;

  return claims != NULL && tjd_party_from_name (claims->iss) == (int) party
             ? g_steal_pointer (&claims)
             : NULL;
}

static TjdPartyClaims *
read_party_jwt (TjdGate *gate, const char *jwt)
{
  guint keys = tjd_trust_get_epoch (gate->host->trust);
  TjdPartyClaims *claims = dup_verified (gate, tjd_party_claims_get_type (), jwt, keys);

  if (claims != NULL)
    return claims;
  claims = verify_party_jwt (gate, jwt);
  if (claims != NULL)
    keep_verified (gate, jwt, claims, keys);
  return claims;
}

/* For whom a JWT by a party or an operator is, and when: it lives so many seconds at most. */
static gboolean
check_life (TjdGate *gate,
            const TjdEndpoint *endpoint,
            const char *audience,
            gint64 from,
            gint64 until,
            gint64 seconds,
            GError **error)
{
  gint64 now = tjd_clock_now (gate->host->clock);

  if (strcmp (audience, tjd_party_name (endpoint->party)) != 0)
    return refuse_token (error, "for another audience");
  if (until <= now || from > now + CLOCK_SKEW || until > from + seconds)
    return refuse_token (error, "expired, from the future, or too long-lived");
  return TRUE;
}

static gboolean
admit_party (TjdGate *gate,
             const TjdEndpoint *endpoint,
             const char *jwt,
             TjdPrincipal *principal,
             GError **error)
{
  g_autoptr (TjdPartyClaims) claims = read_party_jwt (gate, jwt);

  if (claims == NULL)
    return refuse_token (error, "not signed by a party that is known here");
  if (!check_life (gate, endpoint, claims->aud, claims->iat, claims->exp, TJD_PARTY_JWT_SECONDS,
                   error))
    return FALSE;
  principal->kind = TJD_PRINCIPAL_PARTY;
  principal->party = (TjdParty) tjd_party_from_name (claims->iss);
  if (endpoint->callers & (guint) TJD_CALLER (principal->party))
    return TRUE;
  tjd_problem_set (error, TJD_PROBLEM_NOT_ALLOWED, "the %s has no business here", claims->iss);
  return FALSE;
}

static gboolean
admit_operator (TjdGate *gate,
                const TjdEndpoint *endpoint,
                const char *jwt,
                TjdPrincipal *principal,
                GError **error)
{
  g_autoptr (TjdJwsHeader) header = tjd_jws_read_header (jwt, NULL);
  g_autoptr (TjdKey) key = header != NULL && header->kid != NULL
                               ? tjd_trust_dup_operator_key (gate->host->trust, header->kid)
                               : NULL;
  g_autofree char *json =
      key != NULL ? tjd_jws_verify (jwt, TJD_OPERATOR_JWT_TYP, key, NULL) : NULL;
  g_autoptr (TjdOperatorClaims) claims =
      json != NULL ? tjd_record_from_json (tjd_operator_claims_get_type (), json, strlen (json),
                                           TJD_READ_STRICT, NULL)
                   : NULL;

  if (claims == NULL)
    return refuse_token (error, "not signed by an operator of this party");
  if (!check_life (gate, endpoint, claims->aud, claims->iat, claims->exp, TJD_OPERATOR_JWT_SECONDS,
                   error))
    return FALSE;
  principal->kind = TJD_PRINCIPAL_OPERATOR;
  principal->name = g_strdup (claims->sub);
  return TRUE;
}

/* Whose token it says it is: whether it is, is found out next. */
static gboolean
is_operators (const char *jwt)
{
  g_autoptr (TjdJwsHeader) header = tjd_jws_read_header (jwt, NULL);

  return header != NULL && g_strcmp0 (header->typ, TJD_OPERATOR_JWT_TYP) == 0;
}

gboolean
tjd_gate_admit (TjdGate *gate,
                const TjdEndpoint *endpoint,
                const char *url,
                const char *authorization,
                const char *proof,
                TjdPrincipal *principal,
                GError **error)
{
  gboolean is_person = authorization != NULL && g_str_has_prefix (authorization, "DPoP ");
  gboolean is_bearer = authorization != NULL && g_str_has_prefix (authorization, "Bearer ");

  if (endpoint->callers & TJD_CALLER_ANYONE)
    return TRUE;
  if (endpoint->callers & TJD_CALLER_CLIENT) {
    principal->kind = TJD_PRINCIPAL_CLIENT;
    return check_proof (gate, endpoint, url, proof, NULL, &principal->jkt, error);
  }
  if (is_person && endpoint->callers & TJD_CALLER_PERSON)
    return admit_person (gate, endpoint, url, authorization + strlen ("DPoP "), proof, principal,
                         error);
  if (is_bearer && endpoint->callers & TJD_CALLER_OPERATOR &&
      is_operators (authorization + strlen ("Bearer ")))
    return admit_operator (gate, endpoint, authorization + strlen ("Bearer "), principal, error);
  if (is_bearer && (endpoint->callers & ~(guint) TJD_CALLER_PERSON) != 0)
    return admit_party (gate, endpoint, authorization + strlen ("Bearer "), principal, error);
  if (authorization != NULL)
    return refuse_token (error, "not a kind of token that is taken here");
  tjd_problem_set (error, TJD_PROBLEM_TOKEN_MISSING, "there is no Authorization header");
  return FALSE;
}
