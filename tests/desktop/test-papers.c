/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "language.h"
#include "paper.h"

/* What is printed, read back by programs that are not ours: pdftotext, pdftoppm, zbarimg. */

#define RECEIPT "rcp-abcdefghijklmnop2345"
#define PORTAL "https://portal.example"

static const TjdLocale english = { TJD_LANGUAGE_EN, TJD_DIGITS_WESTERN, FALSE };
static const TjdLocale arabic = { TJD_LANGUAGE_AR, TJD_DIGITS_ARABIC_INDIC, FALSE };

static TjdOrderItem *
make_item (guint i, const char *name_en, const char *name_ar)
{
  TjdOrderItem *item = tjd_order_item_new ();

  item->personal_id = g_strdup_printf ("276124%05u", i);
  item->name_en = g_strdup (name_en);
  item->name_ar = g_strdup (name_ar);
  item->years = 1;
  item->total = 100000;
  item->outcome = TJD_OUTCOME_EXECUTED;
  item->renewed_until = g_strdup ("2027-12-05");
  return item;
}

static TjdReceipt *
make_receipt (guint n, const char *name_en, const char *name_ar)
{
  TjdReceipt *receipt = tjd_receipt_new ();

  receipt->id = g_strdup (RECEIPT);
  receipt->order = g_strdup ("ord-abcdefghijklmnop2345");
  receipt->payment = g_strdup ("pay-abcdefghijklmnop2345");
  receipt->renewer = g_strdup ("27612405934");
  receipt->payer = g_strdup ("27612405934");
  receipt->post_fee = 2000;
  receipt->captured = (gint64) n * 100000 + 2000;
  receipt->captured_at = 1795000000;
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (receipt->items, make_item (i, name_en, name_ar));
  return receipt;
}

static TjdPayment *
make_payment (void)
{
  TjdPayment *payment = tjd_payment_new ();

  payment->payee_en = g_strdup ("Government e-Services");
  payment->payee_ar = g_strdup ("الخدمات الحكومية");
  payment->payee_number = g_strdup ("10012345");
  return payment;
}

static TjdLabel *
make_label (const char *line_en, const char *line_ar)
{
  TjdLabel *label = tjd_label_new ();
  TjdAddress **sides[] = { &label->applicant, &label->ministry };

  label->consignment = g_strdup ("con-abcdefghijklmnop2345");
  label->order = g_strdup ("ord-abcdefghijklmnop2345");
  label->cards = 3;
  label->service_en = g_strdup ("Registered, same day");
  label->service_ar = g_strdup ("مسجّل، في اليوم نفسه");
  label->out_item = g_strdup ("RR473124829QA");
  label->back_item = g_strdup ("RR471108151QA");
  for (guint i = 0; i < 2; i++) {
    *sides[i] = tjd_address_new ();
    for (guint line = 0; line < 4; line++) {
      g_ptr_array_add ((*sides[i])->en, g_strdup (line_en));
      g_ptr_array_add ((*sides[i])->ar, g_strdup (line_ar));
    }
  }
  return label;
}

/* --- programs that read it ------------------------------------------------------------------- */

static gboolean
lacks (const char *program)
{
  g_autofree char *path = g_find_program_in_path (program);

  if (path == NULL)
    g_test_skip_printf ("%s is missing", program);
  return path == NULL;
}

static char *
run (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  char *output = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                NULL, &output, NULL, &status, &error);
  g_assert_no_error (error);
  return output;
}

static char *
write_pdf (TjdPaper *paper)
{
  g_autoptr (GBytes) pdf = tjd_paper_to_pdf (paper);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("tajdid-papers-XXXXXX", &error);
  const char *kept = g_getenv ("TAJDID_PICTURES");
  char *path;

  g_assert_no_error (error);
  g_assert_nonnull (pdf);
  path = g_build_filename (folder, "paper.pdf", NULL);
  g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), &error);
  g_assert_no_error (error);
  if (kept != NULL) {
    g_autofree char *name =
        g_strdup_printf ("%s-%u.pdf", tjd_paper_get_name (paper), g_bytes_hash (pdf) % 1000);
    g_autofree char *copy = g_build_filename (kept, name, NULL);
    g_file_set_contents (copy, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), NULL);
  }
  return path;
}

static void
remove_pdf (char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *picture = g_build_filename (folder, "page.png", NULL);

  g_remove (path);
  g_remove (picture);
  g_rmdir (folder);
  g_free (path);
}

/* Without the marks that keep runs apart. */
static char *
read_text (const char *path)
{
  const char *const argv[] = { "pdftotext", "-layout", "-enc", "UTF-8", path, "-", NULL };
  g_autofree char *text = run (argv);
  GString *plain = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (g_unichar_type (c) != G_UNICODE_FORMAT)
      g_string_append_unichar (plain, c == 0xa0 ? ' ' : c);
  }
  return g_string_free (plain, FALSE);
}

static guint
count (const char *text, const char *sought)
{
  guint n = 0;

  for (const char *p = text; (p = strstr (p, sought)) != NULL; p += strlen (sought))
    n++;
  return n;
}

static char *
read_codes (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_build_filename (folder, "page", NULL);
  g_autofree char *picture = g_strconcat (base, ".png", NULL);
  const char *const draw[] = { "pdftoppm", "-png", "-r", "200", "-singlefile", path, base, NULL };
  const char *const read[] = { "zbarimg", "--raw", "-q", picture, NULL };
  g_autofree char *drawn = run (draw);

  return run (read);
}

/* Of what is printed; NULL where the program is not here, and the test is skipped. */
static char *
text_of (TjdPaper *paper)
{
  char *path, *text;

  if (lacks ("pdftotext"))
    return NULL;
  path = write_pdf (paper);
  text = read_text (path);
  remove_pdf (path);
  return text;
}

static char *
codes_of (TjdPaper *paper)
{
  char *path = write_pdf (paper);
  char *codes = read_codes (path);

  remove_pdf (path);
  return codes;
}

/* --- tests ----------------------------------------------------------------------------------- */

static void
test_receipt (void)
{
  g_autoptr (TjdReceipt) receipt = make_receipt (2, "Sara Lindqvist", "سارة ليندكفست");
  g_autoptr (TjdPayment) payment = make_payment ();
  g_autoptr (TjdPaper) paper = tjd_paper_new_receipt (&english, TRUE, receipt, payment, PORTAL);
  g_autofree char *text = text_of (paper);

  if (text == NULL)
    return;
  g_assert_cmpuint (tjd_paper_count_pages (paper), ==, 1);
  g_assert_nonnull (strstr (text, RECEIPT));
  g_assert_nonnull (strstr (text, PORTAL "/receipts/" RECEIPT));
  g_assert_nonnull (strstr (text, "Government e-Services"));
  g_assert_cmpuint (count (text, "Sara Lindqvist"), ==, 2);
  g_assert_cmpuint (count (text, "QAR 1,000.00"), ==, 2);
  g_assert_nonnull (strstr (text, "QAR 20.00"));
  g_assert_nonnull (strstr (text, "QAR 2,020.00"));
  g_assert_nonnull (strstr (text, "5 Dec 2027"));
  g_assert_nonnull (strstr (text, "إيصال"));
  g_assert_nonnull (strstr (text, "على هذا")); /* words are whole */
  g_assert_nonnull (strstr (text, "سارة"));
}

static void
test_one_language (void)
{
  g_autoptr (TjdReceipt) receipt = make_receipt (1, "Sara Lindqvist", "سارة ليندكفست");
  g_autoptr (TjdPaper) paper = tjd_paper_new_receipt (&arabic, FALSE, receipt, NULL, PORTAL);
  g_autofree char *text = text_of (paper);

  if (text == NULL)
    return;
  g_assert_null (strstr (text, "Receipt"));
  g_assert_null (strstr (text, "Sara"));
  g_assert_nonnull (strstr (text, "سارة"));
  g_assert_nonnull (strstr (text, RECEIPT));
}

static void
test_sandbox (void)
{
  g_autoptr (TjdReceipt) receipt = make_receipt (500, "Sara Lindqvist", "سارة ليندكفست");
  g_autoptr (TjdPaper) paper = tjd_paper_new_receipt (&english, FALSE, receipt, NULL, PORTAL);
  g_autofree char *text = text_of (paper), *marked = NULL;

  if (text == NULL)
    return;
  g_assert_cmpuint (count (text, "Sandbox: nothing here is real"), ==, 0);
  tjd_paper_mark_sandbox (paper);
  marked = text_of (paper);
  g_assert_cmpuint (count (marked, "Sandbox: nothing here is real"), ==,
                    tjd_paper_count_pages (paper));
  g_assert_cmpuint (count (marked, "بيئة تجريبية"), ==, tjd_paper_count_pages (paper));
}

/* A company's: every permit stands on it once, no line is cut by a page's end. */
static void
test_many (void)
{
  g_autoptr (TjdReceipt) receipt = make_receipt (500, "Sara Lindqvist", "سارة ليندكفست");
  g_autoptr (TjdPayment) payment = make_payment ();
  g_autoptr (TjdPaper) paper = tjd_paper_new_receipt (&english, TRUE, receipt, payment, PORTAL);
  g_autofree char *text = text_of (paper);

  if (text == NULL)
    return;
  for (guint i = 0; i < 500; i++) {
    g_autofree char *number = g_strdup_printf ("276124%05u", i);
    g_assert_cmpuint (count (text, number), >=, 1);
  }
  g_assert_cmpuint (count (text, "Total debited"), ==, 1);
  g_assert_cmpuint (count (text, "Personal ID"), ==, tjd_paper_count_pages (paper));
  g_assert_cmpuint (count (text, "\f"), ==, tjd_paper_count_pages (paper));
  g_assert_nonnull (strstr (text, "QAR 500,020.00"));
}

static void
test_codes (void)
{
  g_autoptr (TjdReceipt) receipt = make_receipt (1, "Sara", "سارة");
  g_autoptr (TjdPaper) paper = tjd_paper_new_receipt (&english, TRUE, receipt, NULL, PORTAL);
  g_autoptr (TjdLabel) label = make_label ("Corniche Street", "شارع الكورنيش");
  g_autoptr (TjdPaper) label_paper = tjd_paper_new_label (&arabic, label);
  g_autofree char *codes = NULL, *label_codes = NULL;

  if (lacks ("pdftoppm") || lacks ("zbarimg"))
    return;
  codes = codes_of (paper);
  label_codes = codes_of (label_paper);
  g_assert_cmpstr (g_strstrip (codes), ==, PORTAL "/receipts/" RECEIPT);
  g_assert_nonnull (strstr (label_codes, "RR473124829QA"));
  g_assert_nonnull (strstr (label_codes, "RR471108151QA"));
}

static void
test_label (void)
{
  g_autoptr (TjdLabel) label = make_label ("Corniche Street", "شارع الكورنيش");
  g_autoptr (TjdPaper) paper = tjd_paper_new_label (&english, label);
  g_autofree char *text = text_of (paper);

  if (text == NULL)
    return;
  g_assert_cmpuint (count (text, "Corniche Street"), ==, 16);
  g_assert_nonnull (strstr (text, "الكورنيش"));
  g_assert_cmpuint (count (text, "RR473124829QA"), ==, 1);
  g_assert_cmpuint (count (text, "RR471108151QA"), ==, 1);
}

/* Markup, marks of direction, endless and broken text from elsewhere stay text in their cell. */
static void
test_hostile (void)
{
  static const char *const names[] = {
    "<b>Sara</b> &amp; <span size='999999'>",
    "\342\200\256evil\342\200\254 \342\201\247",
    "%s%n%1$s",
    "\n\n\n\nSara\t\r\v",
    "\357\277\277\360\220\200\200",
    "",
  };
  g_autofree char *endless = g_strnfill (100000, 'W');

  for (guint i = 0; i <= G_N_ELEMENTS (names); i++) {
    const char *name = i < G_N_ELEMENTS (names) ? names[i] : endless;
    g_autoptr (TjdReceipt) receipt = make_receipt (3, name, name);
    g_autoptr (TjdLabel) label = make_label (name, name);
    g_autoptr (TjdPaper) paper = tjd_paper_new_receipt (&arabic, TRUE, receipt, NULL, PORTAL);
    g_autoptr (TjdPaper) label_paper = tjd_paper_new_label (&english, label);
    g_autoptr (GBytes) pdf = tjd_paper_to_pdf (paper);
    g_autoptr (GBytes) label_pdf = tjd_paper_to_pdf (label_paper);
    g_assert_nonnull (pdf);
    g_assert_nonnull (label_pdf);
    g_assert_cmpuint (tjd_paper_count_pages (paper), ==, 1);
    if (i == 0) {
      g_autofree char *text = text_of (paper);
      g_assert_true (text == NULL ||
                     (strstr (text, "<b>Sara</b> &amp;") && strstr (text, RECEIPT)));
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  tjd_language_start ();
  g_test_add_func ("/papers/receipt", test_receipt);
  g_test_add_func ("/papers/one-language", test_one_language);
  g_test_add_func ("/papers/sandbox", test_sandbox);
  g_test_add_func ("/papers/many", test_many);
  g_test_add_func ("/papers/codes", test_codes);
  g_test_add_func ("/papers/label", test_label);
  g_test_add_func ("/papers/hostile", test_hostile);
  return g_test_run ();
}
