/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "party.h"

#include "record.h"

TJD_DEFINE_ENUM (TjdParty, tjd_party, "portal", "ministry", "bank", "post")

const char *
tjd_party_name (TjdParty party)
{
  return tjd_enum_to_nick (tjd_party_get_type (), (int) party);
}

int
tjd_party_from_name (const char *name)
{
  return tjd_enum_from_nick (tjd_party_get_type (), name);
}
