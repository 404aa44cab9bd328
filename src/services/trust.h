/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jws.h"
#include "party.h"
#include "transport.h"

G_BEGIN_DECLS

/* Whose signatures a party believes. Parties know each other by the keys that their configuration
 * names; people's access tokens and payment requests are verified by the portal's published keys
 * (GET /jwks), fetched when a key is met that is not known yet, and again from time to time. Who
 * has several keys at once is rotating them. */
typedef struct _TjdTrust TjdTrust;

TjdTrust *tjd_trust_new (TjdParty self, const TjdClock *clock, TjdTransport *transport);
void tjd_trust_free (TjdTrust *trust);

/* Arrays of TjdKey, which take the place of what was set before: at the start, and when keys are
 * read again. Of one's own the first is a pair, and signs. What the portal had published is asked
 * for anew. */
void tjd_trust_set_keys (TjdTrust *trust, TjdParty party, GPtrArray *keys);
void tjd_trust_set_operators (TjdTrust *trust, GPtrArray *keys);

/* What signs now; borrowed while the trust lives. */
TjdKey *tjd_trust_get_own_key (TjdTrust *trust);

/* All of the party itself, what signs in front. (transfer full) */
GPtrArray *tjd_trust_dup_own_keys (TjdTrust *trust);

/* The key of this id and whose it is; NULL if it is no party's. (transfer full) */
TjdKey *tjd_trust_dup_party_key (TjdTrust *trust, const char *kid, TjdParty *party);

/* One of the party's own staff: where none is set, none of them may do anything. (transfer full) */
TjdKey *tjd_trust_dup_operator_key (TjdTrust *trust, const char *kid);

/* The portal's key of this id; NULL if it has none. (transfer full) It is looked up among those
 * that are known already. */
TjdKey *tjd_trust_dup_known_key (TjdTrust *trust, const char *kid);

/* The same, and the portal is asked for a key that is not known, unless that was in vain in the
 * last 30 s. TJD_PROBLEM_PARTY_UNREACHABLE if it does not answer; NULL without an error if it has
 * no such key. What is known is asked for again every five minutes: so long is a key believed that
 * the portal has removed. */
TjdKey *tjd_trust_dup_portal_key (TjdTrust *trust, const char *kid, GError **error);

/* Changes whenever a key may have been removed: what was verified before is to be verified again.
 */
guint tjd_trust_get_epoch (TjdTrust *trust);

G_END_DECLS
