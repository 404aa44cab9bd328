/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "identifiers.h"

static void
expect (const TjdFormat *format, gboolean fits, const char *const *texts)
{
  for (; *texts != NULL; texts++) {
    g_test_message ("%s: %s", format->name, *texts);
    g_assert_cmpint (format->fits (*texts), ==, fits);
  }
}
#define FITS(format, ...) expect (&format, TRUE, (const char *const[]){ __VA_ARGS__, NULL })
#define REFUSED(format, ...) expect (&format, FALSE, (const char *const[]){ __VA_ARGS__, NULL })

static void
test_people (void)
{
  FITS (tjd_format_personal_id, "27612405934", "30063400001", "29999999999");
  REFUSED (tjd_format_personal_id, "", "2761240593", "276124059345", "17612405934", "47612405934",
           "2761240593a", " 27612405934", "27612405934 ", "٢٧٦١٢٤٠٥٩٣٤", "-7612405934");
}

static void
test_establishments (void)
{
  FITS (tjd_format_establishment_id, "01005700", "00000000");
  REFUSED (tjd_format_establishment_id, "", "1005700", "010057000", "0100570x", "+1005700");
  FITS (tjd_format_renewer, "01005700", "27612405934");
  REFUSED (tjd_format_renewer, "", "010057001", "17612405934");
}

static void
test_codes (void)
{
  FITS (tjd_format_code6, "000000", "755224");
  REFUSED (tjd_format_code6, "", "75522", "7552244", "75522a", "٧٥٥٢٢٤");
  FITS (tjd_format_code8, "94287082");
  REFUSED (tjd_format_code8, "9428708", "942870822", "9428708 ");
  FITS (tjd_format_account, "12345678", "1234567890123456");
  REFUSED (tjd_format_account, "", "1234567", "12345678901234567", "QA123456789");
  FITS (tjd_format_date, "2026-11-24", "2024-02-29");
  REFUSED (tjd_format_date, "2026-02-29", "2026-11-24T00:00:00Z", "");
}

static void
test_text (void)
{
  FITS (tjd_format_text, "", "two\nlines", "كان في المستشفى", "\u200fنعم\u200e 5%", "<b>&amp;");
  REFUSED (tjd_format_text, "a\r\n", "a\tb", "\033[2J", "\302\205", "\u202eabc", "a\u2066b",
           "\u2069", "\177");
}

/* FACTS, "UPU S10 item". */
static void
test_check_digits (void)
{
  static const struct {
    const char *digits;
    int check;
  } rows[] = { { "47312482", 9 }, { "47110815", 1 }, { "00071759", 5 },
               { "96633102", 0 }, { "00071758", 1 }, { "76129403", 8 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (tjd_item_check_digit (rows[i].digits), ==, rows[i].check);
}

/* What is typed wrong in one digit does not fit; that is what the check digit is for. S10 gives 5
 * to two of its eleven rests, and there lets some pass. */
static void
test_items (void)
{
  g_autofree TjdEntropy *entropy = tjd_entropy_new_seeded (10);

  FITS (tjd_format_item, "EE473124829QA", "RR000717595QA", "RR966331020QA");
  REFUSED (tjd_format_item, "", "EE473124828QA", "ee473124829QA", "EE473124829GB", "EE473124829qa",
           "EE473124829Q", "EE473124829QAA", "E4473124829QA", "EE47312482xQA");
  for (guint i = 0; i < 2000; i++) {
    g_autofree char *item = tjd_item_new ("EE", (guint32) tjd_entropy_below (entropy, 100000000));
    guint64 at = 2 + tjd_entropy_below (entropy, 8);
    g_assert_true (tjd_format_item.fits (item));
    item[at] = (char) ('0' + (item[at] - '0' + 1 + (int) tjd_entropy_below (entropy, 9)) % 10);
    g_assert_true (item[10] == '5' || !tjd_format_item.fits (item));
  }
}

static void
test_ids (void)
{
  g_autofree TjdEntropy *entropy = tjd_entropy_new_seeded (12);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 10000; i++) {
    char *id = tjd_id_new (entropy, "ord");
    g_assert_true (g_str_has_prefix (id, "ord-"));
    g_assert_cmpuint (strlen (id), ==, 24);
    g_assert_true (tjd_format_id.fits (id));
    g_assert_true (g_hash_table_add (seen, id));
  }
  REFUSED (tjd_format_id, "", "ord", "ord-", "ord-abcdefghijklmnopqrs", "ord-abcdefghijklmnopqrstu",
           "ORD-abcdefghijklmnopqrst", "or-aabcdefghijklmnopqrst", "ord-abcdefghijklmnopqrs1",
           "ord-Abcdefghijklmnopqrst", "ord-abcdefghijklmnopqrs/", "../-abcdefghijklmnopqrst");
}

static void
test_timed_ids (void)
{
  g_autofree TjdEntropy *entropy = tjd_entropy_new_seeded (13);
  gint64 now_us = G_GINT64_CONSTANT (1795550400000000);
  g_autofree TjdClock *clock = tjd_clock_new_fixed (now_us);
  g_autofree char *before = tjd_id_new_timed (clock, entropy, "ord");

  for (guint i = 0; i < 10000; i++) {
    g_autofree char *same = tjd_id_new_timed (clock, entropy, "ord");
    g_autofree char *id = NULL;
    now_us += 1000 + (gint64) tjd_entropy_below (entropy, 100000000);
    tjd_clock_set_fixed (clock, now_us);
    id = tjd_id_new_timed (clock, entropy, "ord");
    g_assert_true (tjd_format_id.fits (id));
    g_assert_cmpstr (same, !=, before);
    g_assert_cmpint (strncmp (same, before, strlen ("ord-12345678")), ==, 0);
    g_assert_cmpint (strcmp (id, same), >, 0);
    g_free (before);
    before = g_steal_pointer (&id);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/identifiers/people", test_people);
  g_test_add_func ("/identifiers/establishments", test_establishments);
  g_test_add_func ("/identifiers/codes", test_codes);
  g_test_add_func ("/identifiers/text", test_text);
  g_test_add_func ("/identifiers/check-digits", test_check_digits);
  g_test_add_func ("/identifiers/items", test_items);
  g_test_add_func ("/identifiers/ids", test_ids);
  g_test_add_func ("/identifiers/timed-ids", test_timed_ids);
  return g_test_run ();
}
