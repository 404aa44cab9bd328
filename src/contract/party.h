/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum {
  TJD_PARTY_PORTAL,
  TJD_PARTY_MINISTRY,
  TJD_PARTY_BANK,
  TJD_PARTY_POST,
  TJD_N_PARTIES
} TjdParty;

GType tjd_party_get_type (void);

/* "portal", "ministry", "bank", "post": issuer and audience of tokens, names of files. */
const char *tjd_party_name (TjdParty party);
int tjd_party_from_name (const char *name); /* -1 */

G_END_DECLS
