/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "shell.h"

G_BEGIN_DECLS

/* Who is signed in, and what this computer keeps of accounts elsewhere, to be ended and forgotten.
 */
#define TJD_TYPE_ACCOUNTS_GROUP (tjd_accounts_group_get_type ())
G_DECLARE_FINAL_TYPE (
    TjdAccountsGroup, tjd_accounts_group, TJD, ACCOUNTS_GROUP, AdwPreferencesGroup)

TjdAccountsGroup *tjd_accounts_group_new (TjdShell *shell);

G_END_DECLS
