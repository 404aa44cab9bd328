/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jws.h"
#include "party.h"

G_BEGIN_DECLS

/* Whose signatures a party believes: the keys that its configuration names, nothing that anybody
 * says over the network. The portal's also stand under people's access tokens and payment requests.
 * Who has several keys at once is rotating them. */
typedef struct _TjdTrust TjdTrust;

TjdTrust *tjd_trust_new (TjdParty self);
void tjd_trust_free (TjdTrust *trust);

/* Arrays of TjdKey, which take the place of what was set before: at the start, and when keys are
 * read again. Of one's own the first is a pair, and signs. */
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

/* One of the portal's; NULL if it has none of this id. (transfer full) */
TjdKey *tjd_trust_dup_portal_key (TjdTrust *trust, const char *kid);

/* Changes whenever a key may have been removed: what was verified before is to be verified again.
 */
guint tjd_trust_get_epoch (TjdTrust *trust);

G_END_DECLS
