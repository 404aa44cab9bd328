/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jws.h"
#include "party.h"
#include "transport.h"

G_BEGIN_DECLS

/* Whose signatures a party believes. Parties know each other by the keys that their configuration
 * names; people's access tokens and payment requests are verified by the portal's published keys
 * (GET /jwks), fetched when a key is met that is not known yet. */
typedef struct _TjdTrust TjdTrust;

TjdTrust *
tjd_trust_new (TjdParty self, TjdKey *own_key, const TjdClock *clock, TjdTransport *transport);
void tjd_trust_free (TjdTrust *trust);

void tjd_trust_add_party (TjdTrust *trust, TjdParty party, TjdKey *public_key);
TjdKey *tjd_trust_get_own_key (TjdTrust *trust);

/* The key of the party's own staff: what none is set for, none of them may do. Borrowed. */
void tjd_trust_set_operator (TjdTrust *trust, TjdKey *public_key);
TjdKey *tjd_trust_get_operator_key (TjdTrust *trust);
TjdKey *tjd_trust_get_party_key (TjdTrust *trust, TjdParty party); /* borrowed; NULL */

/* The portal's key of this id; NULL if it has none. (transfer full) It is looked up among those
 * that are known already. */
TjdKey *tjd_trust_dup_known_key (TjdTrust *trust, const char *kid);

/* The same, and the portal is asked for a key that is not known, at most every 30 s.
 * TJD_PROBLEM_PARTY_UNREACHABLE if it does not answer; NULL without an error if it has no such
 * key. */
TjdKey *tjd_trust_dup_portal_key (TjdTrust *trust, const char *kid, GError **error);

G_END_DECLS
