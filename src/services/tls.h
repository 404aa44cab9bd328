/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "certificate.h"
#include "party.h"

G_BEGIN_DECLS

/* 1.2 and 1.3, whatever the library's own default is. */
#define TJD_TLS_PRIORITY "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:%SERVER_PRECEDENCE"

/* The certificate that a party's front shows from now on. What it showed before stays in memory
 * until tjd_tls_forget: a handshake may be in the middle of it. (transfer full) */
void tjd_tls_show (TjdParty party, TjdCertificate *certificate);

/* Once nothing listens any more. */
void tjd_tls_forget (TjdParty party);

/* For MHD_OPTION_HTTPS_CERT_CALLBACK, which hands no data through: hence one for each party. */
gnutls_certificate_retrieve_function2 *tjd_tls_get_callback (TjdParty party);

G_END_DECLS
