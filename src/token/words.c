/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "words.h"

#include <glib/gi18n-lib.h>

#include "keyring.h"

static const TjdTokenWords words[] = {
  [TJD_KEYRING_ERROR_EMPTY] = { N_ ("The Token Is Gone"),
                                N_ ("It is no longer in the keyring. Add it again.") },
  [TJD_KEYRING_ERROR_LOCKED] = { N_ ("The Keyring Is Locked"),
                                 N_ ("Your tokens are kept in the keyring. Try again, and type the "
                                     "keyring’s password when you are asked for it; it is usually "
                                     "the one you log in with.") },
  [TJD_KEYRING_ERROR_DISMISSED] = { N_ ("The Keyring Stayed Locked"),
                                    N_ ("You closed the question for the keyring’s password. "
                                        "Your tokens can be reached only once it is open.") },
  [TJD_KEYRING_ERROR_NO_SERVICE] = { N_ ("No Keyring Here"),
                                     N_ ("Tokens are kept in a keyring and nowhere else. Install "
                                         "or start one, such as GNOME Keyring or KWallet, then try "
                                         "again.") },
  [TJD_KEYRING_ERROR_NO_BUS] = { N_ ("The Keyring Cannot Be Reached"),
                                 N_ ("There is no session bus, by which programs reach the "
                                     "keyring. Log out and in again, or start this program from "
                                     "the desktop.") },
  [TJD_KEYRING_ERROR_FAILED] = { N_ ("The Keyring Does Not Answer"),
                                 N_ ("Nothing was changed. Try again; if that does not help, log "
                                     "out and in again.") },
};

TjdTokenWords
tjd_token_words (const GError *error)
{
  TjdTokenWords found =
      words[error->domain == TJD_KEYRING_ERROR ? error->code : TJD_KEYRING_ERROR_FAILED];

  return (TjdTokenWords){ _ (found.title), _ (found.advice) };
}
