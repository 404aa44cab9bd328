/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "certificate.h"
#include "settings.h"

G_BEGIN_DECLS

/* Keys and certificates of a process, as its configuration and its state directory have them now:
 * read at the start, and again when the operator says so. */
typedef struct {
  guint here;                     /* bits: 1 << party */
  GPtrArray *keys[TJD_N_PARTIES]; /* of TjdKey: whose signatures are the party's. Of a party that is
                                     here the first is a pair, and signs */
  GPtrArray *operators[TJD_N_PARTIES];         /* the rest is of parties that are here */
  TjdCertificate *certificates[TJD_N_PARTIES]; /* NULL: no TLS */
} TjdCredentials;

TjdCredentials *tjd_credentials_new (guint here);
void tjd_credentials_free (TjdCredentials *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TjdCredentials, tjd_credentials_free)

/* What the configuration names. */
gboolean
tjd_credentials_read_files (TjdCredentials *self, const TjdSettings *settings, GError **error);

/* What the state directory keeps, made where it is missing: the parties' own keys, and in the
 * sandbox those of operators that the configuration does not name. */
gboolean tjd_credentials_read_state (TjdCredentials *self,
                                     const char *state_dir,
                                     gboolean sandbox,
                                     GError **error);

G_END_DECLS
