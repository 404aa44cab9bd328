/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "seed.h"

#include <gio/gio.h>

#include "identifiers.h"
#include "keep.h"
#include "otpauth.h"
#include "services-resources.h"

#define SECRET_BYTES 32

static const TjdField seed_fee_fields[] = {
  TJD_ENUM (TjdSeedFee, category, tjd_category_get_type, TJD_REQUIRED),
  TJD_INT (TjdSeedFee, per_year, TJD_REQUIRED),
  TJD_INT (TjdSeedFee, three_year_discount, TJD_REQUIRED, .max = 100),
  TJD_INTS (TjdSeedFee, years, TJD_REQUIRED, .max = 10),
};
TJD_DEFINE_RECORD (TjdSeedFee, tjd_seed_fee, seed_fee_fields)

static const TjdField seed_rules_fields[] = {
  TJD_INT (TjdSeedRules, window_months, TJD_REQUIRED),
  TJD_INT (TjdSeedRules, grace_days, TJD_REQUIRED),
  TJD_INT (TjdSeedRules, fine_per_day, TJD_REQUIRED),
  TJD_INT (TjdSeedRules, fine_cap, TJD_REQUIRED),
  TJD_INT (TjdSeedRules, lost_card, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdSeedRules, tjd_seed_rules, seed_rules_fields)

static const TjdField seed_permit_fields[] = {
  TJD_STRING (TjdSeedPermit, personal_id, TJD_REQUIRED, .format = &tjd_format_personal_id),
  TJD_STRING (TjdSeedPermit, name_en, TJD_REQUIRED),
  TJD_STRING (TjdSeedPermit, name_ar, TJD_REQUIRED),
  TJD_ENUM (TjdSeedPermit, category, tjd_category_get_type, TJD_REQUIRED),
  TJD_INT (TjdSeedPermit, expires_in, TJD_REQUIRED, .min = -4000, .max = 4000),
  TJD_ENUM (TjdSeedPermit, hindrance, tjd_reason_get_type, TJD_OPTIONAL),
  TJD_ENUM (TjdSeedPermit, late_hindrance, tjd_reason_get_type, TJD_OPTIONAL),
};
TJD_DEFINE_RECORD (TjdSeedPermit, tjd_seed_permit, seed_permit_fields)

static const TjdField seed_person_fields[] = {
  TJD_STRING (TjdSeedPerson, personal_id, TJD_REQUIRED, .format = &tjd_format_personal_id),
  TJD_STRING (TjdSeedPerson, name_en, TJD_REQUIRED),
  TJD_STRING (TjdSeedPerson, name_ar, TJD_REQUIRED),
  TJD_STRING (TjdSeedPerson, account, TJD_OPTIONAL, .format = &tjd_format_account),
  TJD_INT (TjdSeedPerson, balance, TJD_REQUIRED, .max = TJD_MONEY_MAX),
  TJD_LIST (TjdSeedPerson, permits, tjd_seed_permit_get_type, TJD_REQUIRED),
  TJD_STRING (TjdSeedPerson, sign_in_secret, TJD_SECRET),
  TJD_STRING (TjdSeedPerson, signing_secret, TJD_SECRET),
};
TJD_DEFINE_RECORD (TjdSeedPerson, tjd_seed_person, seed_person_fields)

static const TjdField seed_officer_fields[] = {
  TJD_STRING (TjdSeedOfficer, personal_id, TJD_REQUIRED, .format = &tjd_format_personal_id),
  TJD_ENUM (TjdSeedOfficer, role, tjd_role_get_type, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdSeedOfficer, tjd_seed_officer, seed_officer_fields)

static const TjdField seed_company_fields[] = {
  TJD_STRING (
      TjdSeedCompany, establishment_id, TJD_REQUIRED, .format = &tjd_format_establishment_id),
  TJD_STRING (TjdSeedCompany, name_en, TJD_REQUIRED),
  TJD_STRING (TjdSeedCompany, name_ar, TJD_REQUIRED),
  TJD_STRING (TjdSeedCompany, account, TJD_REQUIRED, .format = &tjd_format_account),
  TJD_INT (TjdSeedCompany, balance, TJD_REQUIRED, .max = TJD_MONEY_MAX),
  TJD_INT (TjdSeedCompany, staff, TJD_REQUIRED, .max = 100000),
  TJD_INT (TjdSeedCompany, due, TJD_REQUIRED, .max = 100),
  TJD_LIST (TjdSeedCompany, officers, tjd_seed_officer_get_type, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdSeedCompany, tjd_seed_company, seed_company_fields)

static const TjdField seed_name_fields[] = {
  TJD_STRING (TjdSeedName, en, TJD_REQUIRED),
  TJD_STRING (TjdSeedName, ar, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdSeedName, tjd_seed_name, seed_name_fields)

static const TjdField seed_names_fields[] = {
  TJD_STRINGS (TjdSeedNames, countries, TJD_REQUIRED, .min = 1, .max = 300),
  TJD_LIST (TjdSeedNames, given, tjd_seed_name_get_type, TJD_REQUIRED, .min = 1, .max = 500),
  TJD_LIST (TjdSeedNames, family, tjd_seed_name_get_type, TJD_REQUIRED, .min = 1, .max = 500),
};
TJD_DEFINE_RECORD (TjdSeedNames, tjd_seed_names, seed_names_fields)

static const TjdField seed_fields[] = {
  TJD_NESTED (TjdSeed, rules, tjd_seed_rules_get_type, TJD_REQUIRED),
  TJD_LIST (TjdSeed, fees, tjd_seed_fee_get_type, TJD_REQUIRED),
  TJD_NESTED (TjdSeed, post_tariff, tjd_post_tariff_get_type, TJD_REQUIRED),
  TJD_LIST (TjdSeed, people, tjd_seed_person_get_type, TJD_REQUIRED),
  TJD_LIST (TjdSeed, companies, tjd_seed_company_get_type, TJD_REQUIRED),
  TJD_NESTED (TjdSeed, names, tjd_seed_names_get_type, TJD_OPTIONAL),
};
TJD_DEFINE_RECORD (TjdSeed, tjd_seed, seed_fields)

static TjdSecret *
draw_secret (const TjdEntropy *entropy)
{
  guint8 bytes[SECRET_BYTES];
  TjdSecret *secret;

  tjd_entropy_fill (entropy, bytes, sizeof bytes);
  secret = tjd_secret_new (bytes, sizeof bytes);
  explicit_bzero (bytes, sizeof bytes);
  return secret;
}

static TjdToken *
new_token (TjdSeedPerson *person, const TjdEntropy *entropy)
{
  TjdToken *token = g_new0 (TjdToken, 1);

  token->personal_id = g_strdup (person->personal_id);
  token->sign_in = draw_secret (entropy);
  token->signing = draw_secret (entropy);
  return token;
}

static gboolean
add_secrets (TjdSeedPerson *person,
             const char *state_dir,
             const TjdEntropy *entropy,
             GError **error)
{
  g_autofree char *file = g_strconcat (person->personal_id, ".token", NULL);
  g_autofree char *path = g_build_filename (state_dir, "tokens", file, NULL);
  g_autoptr (TjdToken) fresh = new_token (person, entropy);
  char *drawn = tjd_token_print (fresh);
  char *kept = tjd_keep_once (path, drawn, error);
  g_autoptr (TjdToken) token = kept != NULL ? tjd_token_parse (kept, error) : NULL;

  tjd_wipe_string (drawn);
  tjd_wipe_string (kept);
  if (token == NULL)
    return FALSE;
  person->sign_in_secret = tjd_secret_to_base32 (token->sign_in);
  person->signing_secret = tjd_secret_to_base32 (token->signing);
  return TRUE;
}

static gpointer
read_resource (GType type, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = g_resource_lookup_data (tjd_services_get_resource (), path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  return bytes != NULL ? tjd_record_from_json (type, g_bytes_get_data (bytes, NULL),
                                               g_bytes_get_size (bytes), TJD_READ_STRICT, error)
                       : NULL;
}

TjdSeed *
tjd_seed_load (const char *state_dir, const TjdEntropy *entropy, GError **error)
{
  g_autoptr (TjdSeed) seed =
      read_resource (tjd_seed_get_type (), "/tajdid/sandbox/seed.json", error);

  if (seed == NULL)
    return NULL;
  seed->names = read_resource (tjd_seed_names_get_type (), "/tajdid/sandbox/names.json", error);
  if (seed->names == NULL)
    return NULL;
  for (guint i = 0; i < seed->people->len; i++)
    if (!add_secrets (seed->people->pdata[i], state_dir, entropy, error))
      return NULL;
  return g_steal_pointer (&seed);
}
