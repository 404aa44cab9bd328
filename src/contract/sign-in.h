/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "record.h"

G_BEGIN_DECLS

/* Signing in: draft-ietf-oauth-first-party-apps' challenge endpoint, RFC 6749 tokens, RFC 9449
 * proofs, RFC 9068 access tokens. */

#define TJD_CLIENT_ID "tajdid-desktop"
#define TJD_SCOPES "renew pay follow"
#define TJD_ACCESS_TOKEN_TYP "at+jwt"                /* RFC 9068 */
#define TJD_PAYMENT_REQUEST_TYP "tajdid-payment+jwt" /* TjdPaymentRequest */

/* The form of POST /challenge: everything at once, or step by step under one auth_session. */
TJD_DECLARE_RECORD (TjdChallenge, tjd_challenge)
struct _TjdChallenge {
  TjdRecord parent;
  char *client_id;
  char *scope;
  char *code_challenge; /* PKCE, S256 */
  char *code_challenge_method;
  char *personal_id;
  char *code; /* what the token shows */
  char *auth_session;
};

TJD_DECLARE_RECORD (TjdChallengeReply, tjd_challenge_reply)
struct _TjdChallengeReply {
  TjdRecord parent;
  char *authorization_code;
};

/* The form of POST /token. */
TJD_DECLARE_RECORD (TjdTokenRequest, tjd_token_request)
struct _TjdTokenRequest {
  TjdRecord parent;
  char *grant_type; /* "authorization_code", "refresh_token" */
  char *client_id;
  char *code;
  char *code_verifier;
  char *refresh_token;
  char *resource; /* RFC 8707: one party's name narrows the audience to it */
};

TJD_DECLARE_RECORD (TjdTokenReply, tjd_token_reply)
struct _TjdTokenReply {
  TjdRecord parent;
  char *access_token;
  char *token_type; /* "DPoP" */
  gint64 expires_in;
  char *refresh_token;
  char *scope;
};

/* The form of POST /revoke (RFC 7009): a refresh token; its session ends. */
TJD_DECLARE_RECORD (TjdRevocation, tjd_revocation)
struct _TjdRevocation {
  TjdRecord parent;
  char *token;
  char *client_id;
};

/* Public keys of a party (RFC 7517). */
TJD_DECLARE_RECORD (TjdPublicKey, tjd_public_key)
struct _TjdPublicKey {
  TjdRecord parent;
  char *kty, *crv, *x, *y, *kid;
};

TJD_DECLARE_RECORD (TjdPublicKeys, tjd_public_keys)
struct _TjdPublicKeys {
  TjdRecord parent;
  GPtrArray *keys;
};

TJD_DECLARE_RECORD (TjdConfirmation, tjd_confirmation)
struct _TjdConfirmation {
  TjdRecord parent;
  char *jkt;
};

/* A person's access token. */
TJD_DECLARE_RECORD (TjdAccessClaims, tjd_access_claims)
struct _TjdAccessClaims {
  TjdRecord parent;
  char *iss;
  char *sub; /* the personal ID */
  GPtrArray *aud;
  gint64 iat, exp;
  char *jti;
  char *client_id;
  char *scope;
  TjdConfirmation *cnf;
};

/* What a party signs to speak to another; typ "tajdid-party+jwt". */
TJD_DECLARE_RECORD (TjdPartyClaims, tjd_party_claims)
struct _TjdPartyClaims {
  TjdRecord parent;
  char *iss;
  char *aud;
  gint64 iat, exp;
};

/* What a party's own staff sign to do what only they may; typ TJD_OPERATOR_JWT_TYP. */
#define TJD_OPERATOR_JWT_TYP "tajdid-operator+jwt"
#define TJD_OPERATOR_JWT_SECONDS 300 /* from iat to exp, at most */
TJD_DECLARE_RECORD (TjdOperatorClaims, tjd_operator_claims)
struct _TjdOperatorClaims {
  TjdRecord parent;
  char *sub; /* who: in the log, and under what was decided */
  char *aud;
  gint64 iat, exp;
};

/* From an operator: somebody who was blocked by wrong codes may try again. */
TJD_DECLARE_RECORD (TjdUnblock, tjd_unblock)
struct _TjdUnblock {
  TjdRecord parent;
  char *personal_id;
  char *reason; /* how it is known that it is them: in the log of what operators did */
};

TJD_DECLARE_RECORD (TjdHealth, tjd_health)
struct _TjdHealth {
  TjdRecord parent;
  char *party;
  char *version;
};

G_END_DECLS
