/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tls.h"

static GMutex mutex;
static GPtrArray *shown[TJD_N_PARTIES]; /* of TjdCertificate, the newest last */

void
tjd_tls_show (TjdParty party, TjdCertificate *certificate)
{
  g_mutex_lock (&mutex);
  if (shown[party] == NULL)
    shown[party] = g_ptr_array_new_with_free_func ((GDestroyNotify) tjd_certificate_free);
  g_ptr_array_add (shown[party], certificate);
  g_mutex_unlock (&mutex);
}

void
tjd_tls_forget (TjdParty party)
{
  g_mutex_lock (&mutex);
  g_clear_pointer (&shown[party], g_ptr_array_unref);
  g_mutex_unlock (&mutex);
}

static int
present (TjdParty party, gnutls_pcert_st **chain, guint *length, gnutls_privkey_t *private_key)
{
  GPtrArray *certificates;

  g_mutex_lock (&mutex);
  certificates = shown[party];
  if (certificates != NULL)
    tjd_certificate_present (certificates->pdata[certificates->len - 1], chain, length,
                             private_key);
  g_mutex_unlock (&mutex);
  return certificates != NULL ? 0 : -1;
}

#define PRESENTS(name, party)                                                             \
  static int name (gnutls_session_t session, const gnutls_datum_t *names, int n_names,    \
                   const gnutls_pk_algorithm_t *algorithms, int n_algorithms,             \
                   gnutls_pcert_st **chain, guint *length, gnutls_privkey_t *private_key) \
  {                                                                                       \
    return present (party, chain, length, private_key);                                   \
  }

PRESENTS (present_portal, TJD_PARTY_PORTAL)
PRESENTS (present_ministry, TJD_PARTY_MINISTRY)
PRESENTS (present_bank, TJD_PARTY_BANK)
PRESENTS (present_post, TJD_PARTY_POST)

gnutls_certificate_retrieve_function2 *
tjd_tls_get_callback (TjdParty party)
{
  static gnutls_certificate_retrieve_function2 *const callbacks[] = {
    [TJD_PARTY_PORTAL] = present_portal,
    [TJD_PARTY_MINISTRY] = present_ministry,
    [TJD_PARTY_BANK] = present_bank,
    [TJD_PARTY_POST] = present_post,
  };

  return callbacks[party];
}
