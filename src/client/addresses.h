/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "transport.h"

G_BEGIN_DECLS

/* Where the services are. A JSON object of party names and base URLs, as the embedded services
 * write it to their port file, {"portal": "https://portal.example", "bank": …}, and as an operator
 * hands it out; "portal_ca" and so on may name a PEM file, absolute, of who may certify it. The
 * portal and the bank must be in it. Plain http is taken for this computer alone. */
typedef struct {
  char *base[TJD_N_PARTIES]; /* without a slash behind; NULL: unknown */
  char *ca[TJD_N_PARTIES];   /* NULL: the system's authorities */
} TjdAddresses;

/* TJD_CLIENT_ERROR_ADDRESS says what is wrong with it; G_FILE_ERROR where it cannot be read. */
TjdAddresses *tjd_addresses_load (const char *file, GError **error);
TjdAddresses *tjd_addresses_parse (const char *json, GError **error);
TjdAddresses *tjd_addresses_copy (const TjdAddresses *self);
void tjd_addresses_free (TjdAddresses *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TjdAddresses, tjd_addresses_free)

/* A name for a folder of this portal's alone: "portal.example-8443". */
char *tjd_addresses_get_place (const TjdAddresses *self);

/* A transport that leads there. */
TjdTransport *tjd_addresses_connect (const TjdAddresses *self,
                                     const TjdClock *clock,
                                     const TjdEntropy *entropy,
                                     GError **error);

G_END_DECLS
