/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign-in.h"

#include "identifiers.h"

static const TjdField challenge_fields[] = {
  TJD_STRING (TjdChallenge, client_id, TJD_REQUIRED),
  TJD_STRING (TjdChallenge, scope, TJD_OPTIONAL),
  TJD_STRING (TjdChallenge, code_challenge, TJD_OPTIONAL, .min = 43, .max = 43),
  TJD_STRING (TjdChallenge, code_challenge_method, TJD_OPTIONAL, .min = 4, .max = 4),
  TJD_STRING (TjdChallenge, personal_id, TJD_OPTIONAL, .format = &tjd_format_personal_id),
  TJD_STRING (TjdChallenge, code, TJD_SECRET, .format = &tjd_format_code6),
  TJD_STRING (TjdChallenge, auth_session, TJD_SECRET),
};
TJD_DEFINE_RECORD (TjdChallenge, tjd_challenge, challenge_fields)

static const TjdField challenge_reply_fields[] = {
  TJD_STRING (TjdChallengeReply, authorization_code, TJD_REQUIRED | TJD_SECRET),
};
TJD_DEFINE_RECORD (TjdChallengeReply, tjd_challenge_reply, challenge_reply_fields)

static const TjdField token_request_fields[] = {
  TJD_STRING (TjdTokenRequest, grant_type, TJD_REQUIRED),
  TJD_STRING (TjdTokenRequest, client_id, TJD_REQUIRED),
  TJD_STRING (TjdTokenRequest, code, TJD_SECRET),
  TJD_STRING (TjdTokenRequest, code_verifier, TJD_SECRET, .min = 43, .max = 128),
  TJD_STRING (TjdTokenRequest, refresh_token, TJD_SECRET),
  TJD_STRING (TjdTokenRequest, resource, TJD_OPTIONAL),
};
TJD_DEFINE_RECORD (TjdTokenRequest, tjd_token_request, token_request_fields)

static const TjdField token_reply_fields[] = {
  TJD_STRING (TjdTokenReply, access_token, TJD_REQUIRED | TJD_SECRET, .max = 4096),
  TJD_STRING (TjdTokenReply, token_type, TJD_REQUIRED),
  TJD_INT (TjdTokenReply, expires_in, TJD_REQUIRED),
  TJD_STRING (TjdTokenReply, refresh_token, TJD_REQUIRED | TJD_SECRET),
  TJD_STRING (TjdTokenReply, scope, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdTokenReply, tjd_token_reply, token_reply_fields)

static const TjdField revocation_fields[] = {
  TJD_STRING (TjdRevocation, token, TJD_REQUIRED | TJD_SECRET),
  TJD_STRING (TjdRevocation, client_id, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdRevocation, tjd_revocation, revocation_fields)

static const TjdField public_key_fields[] = {
  TJD_STRING (TjdPublicKey, kty, TJD_REQUIRED), TJD_STRING (TjdPublicKey, crv, TJD_REQUIRED),
  TJD_STRING (TjdPublicKey, x, TJD_REQUIRED),   TJD_STRING (TjdPublicKey, y, TJD_REQUIRED),
  TJD_STRING (TjdPublicKey, kid, TJD_OPTIONAL),
};
TJD_DEFINE_RECORD (TjdPublicKey, tjd_public_key, public_key_fields)

static const TjdField public_keys_fields[] = {
  TJD_LIST (TjdPublicKeys, keys, tjd_public_key_get_type, TJD_REQUIRED, .max = 16),
};
TJD_DEFINE_RECORD (TjdPublicKeys, tjd_public_keys, public_keys_fields)

static const TjdField confirmation_fields[] = {
  TJD_STRING (TjdConfirmation, jkt, TJD_REQUIRED, .min = 43, .max = 43),
};
TJD_DEFINE_RECORD (TjdConfirmation, tjd_confirmation, confirmation_fields)

static const TjdField access_claims_fields[] = {
  TJD_STRING (TjdAccessClaims, iss, TJD_REQUIRED),
  TJD_STRING (TjdAccessClaims, sub, TJD_REQUIRED, .format = &tjd_format_personal_id),
  TJD_STRINGS (TjdAccessClaims, aud, TJD_REQUIRED, .min = 1, .max = 4),
  TJD_INT (TjdAccessClaims, iat, TJD_REQUIRED),
  TJD_INT (TjdAccessClaims, exp, TJD_REQUIRED),
  TJD_STRING (TjdAccessClaims, jti, TJD_REQUIRED),
  TJD_STRING (TjdAccessClaims, client_id, TJD_REQUIRED),
  TJD_STRING (TjdAccessClaims, scope, TJD_REQUIRED),
  TJD_NESTED (TjdAccessClaims, cnf, tjd_confirmation_get_type, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdAccessClaims, tjd_access_claims, access_claims_fields)

static const TjdField party_claims_fields[] = {
  TJD_STRING (TjdPartyClaims, iss, TJD_REQUIRED),
  TJD_STRING (TjdPartyClaims, aud, TJD_REQUIRED),
  TJD_INT (TjdPartyClaims, iat, TJD_REQUIRED),
  TJD_INT (TjdPartyClaims, exp, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdPartyClaims, tjd_party_claims, party_claims_fields)

static const TjdField operator_claims_fields[] = {
  TJD_STRING (TjdOperatorClaims, sub, TJD_REQUIRED, .min = 1, .max = 64),
  TJD_STRING (TjdOperatorClaims, aud, TJD_REQUIRED),
  TJD_INT (TjdOperatorClaims, iat, TJD_REQUIRED),
  TJD_INT (TjdOperatorClaims, exp, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdOperatorClaims, tjd_operator_claims, operator_claims_fields)

static const TjdField unblock_fields[] = {
  TJD_STRING (TjdUnblock, personal_id, TJD_REQUIRED, .format = &tjd_format_personal_id),
  TJD_STRING (TjdUnblock, reason, TJD_REQUIRED, .min = 1, .max = 256),
};
TJD_DEFINE_RECORD (TjdUnblock, tjd_unblock, unblock_fields)

static const TjdField health_fields[] = {
  TJD_STRING (TjdHealth, party, TJD_REQUIRED),
  TJD_STRING (TjdHealth, version, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdHealth, tjd_health, health_fields)
