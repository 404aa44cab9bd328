/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "day.h"
#include "reading.h"
#include "permit.h"
#include "tariff.h"

G_BEGIN_DECLS

/* What a permit's date means today. */
typedef struct {
  char *text;            /* "Expires in 21 days"; translated */
  char *date;            /* "Until 26 December 2026", "Expired …"; translated */
  const char *icon_name; /* says the same to the eye */
  const char *css_class; /* and so does its colour */
  gboolean may_renew;    /* the ministry would not call it too early, or cancelled */
} TjdStandingWords;

/* rules may be NULL while they are not known: then what needs them is left out. */
TjdStandingWords *
tjd_standing_words_new (const TjdLocale *locale, TjdPermit *permit, TjdRules *rules, TjdDay today);
void tjd_standing_words_free (TjdStandingWords *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TjdStandingWords, tjd_standing_words_free)

/* How it looks, whatever its date. */
typedef struct {
  const char *icon_name, *css_class;
  gboolean may_renew;
} TjdStandingLook;
const TjdStandingLook *tjd_standing_look (TjdStanding standing);

/* "Work permit", translated; borrowed. */
const char *tjd_category_words (TjdCategory category);

/* "2 permits · from QAR 1,500.00 and post", translated; without a sum where that is nought. */
char *tjd_chosen_words (const TjdLocale *locale, guint n, TjdMoney sum);

/* Most urgent first: a GCompareDataFunc over permits. */
int tjd_permit_compare_urgency (gconstpointer a, gconstpointer b, gpointer data);

/* The least that its renewal can cost, without post; 0 where that is not known. Dirhams. */
TjdMoney tjd_permit_least_fee (TjdPermit *permit, TjdTariff *tariff, TjdDay today);

G_END_DECLS
