/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reviews.h"

#include "identifiers.h"
#include "page.h"

#define REVIEW_COLUMNS                                                                          \
  "id, kind, renewer, asked_by, personal_id, reason, asked_at, state, decided_by, decided_at, " \
  "note_en, note_ar, fine, valid_until, order_id AS \"order\""

static const char *
kind_nick (TjdReviewKind kind)
{
  return tjd_enum_to_nick (tjd_review_kind_get_type (), (int) kind);
}

static const char *
state_nick (TjdReviewState state)
{
  return tjd_enum_to_nick (tjd_review_state_get_type (), (int) state);
}

/* The permit's newest of this kind; NULL without an error if there is none. */
static TjdReview *
find_newest (TjdTxn *txn, const char *personal_id, TjdReviewKind kind, GError **error)
{
  return tjd_txn_get (txn, tjd_review_get_type (),
                      "SELECT " REVIEW_COLUMNS " FROM reviews WHERE personal_id = $1 AND kind = $2"
                      " ORDER BY ordinal DESC LIMIT 1",
                      error, tjd_text (personal_id), tjd_text (kind_nick (kind)));
}

gboolean
tjd_reviews_settle (
    TjdTxn *txn, const char *personal_id, TjdReason *hindrance, TjdReview **review, GError **error)
{
  g_autoptr (GError) failed = NULL;

  *review = NULL;
  if (*hindrance != TJD_REASON_MANUAL_REVIEW)
    return TRUE;
  *review = find_newest (txn, personal_id, TJD_REVIEW_RENEWAL, &failed);
  if (failed != NULL) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return FALSE;
  }
  if (*review == NULL || (*review)->order != NULL)
    return TRUE; /* what was granted is used */
  if ((*review)->state == TJD_REVIEW_GRANTED)
    *hindrance = (TjdReason) -1;
  else if ((*review)->state == TJD_REVIEW_REFUSED)
    *hindrance = TJD_REASON_REVIEW_REFUSED;
  return TRUE;
}

gboolean
tjd_reviews_get_reduced_fine (
    TjdTxn *txn, const char *personal_id, TjdDay today, TjdMoney *fine, GError **error)
{
  g_autofree char *day = tjd_day_format (today);

  return tjd_txn_get_int (txn,
                          "SELECT fine FROM reviews WHERE personal_id = $1 AND kind = $2"
                          " AND state = 'granted' AND order_id IS NULL AND valid_until >= $3"
                          " ORDER BY ordinal DESC LIMIT 1",
                          fine, error, tjd_text (personal_id),
                          tjd_text (kind_nick (TJD_REVIEW_FINE_REDUCTION)), tjd_text (day));
}

gboolean
tjd_reviews_use (TjdTxn *txn, const char *personal_id, const char *order, GError **error)
{
  return tjd_txn_exec (txn,
                       "UPDATE reviews SET order_id = $2 WHERE personal_id = $1"
                       " AND state = 'granted' AND order_id IS NULL",
                       error, tjd_text (personal_id), tjd_text (order)) >= 0;
}

/* Who decided is the staff's own affair. */
static void
suit_caller (TjdCall *call, TjdReview *review)
{
  if (call->principal.kind != TJD_PRINCIPAL_OPERATOR)
    g_clear_pointer (&review->decided_by, g_free);
}

/* --- asking --- */

static gboolean
refuse_asking (GError **error, const char *why)
{
  tjd_problem_set (error, TJD_PROBLEM_NOTHING_TO_DECIDE, "%s", why);
  return FALSE;
}

static gboolean
check_hindered (TjdTxn *txn, TjdPermitRow *permit, GError **error)
{
  g_autoptr (TjdReview) review = NULL;
  TjdReason reason = permit->late_hindrance == TJD_REASON_MANUAL_REVIEW ? permit->late_hindrance
                                                                        : permit->hindrance;

  if (!tjd_reviews_settle (txn, permit->personal_id, &reason, &review, error))
    return FALSE;
  return reason == TJD_REASON_MANUAL_REVIEW || reason == TJD_REASON_REVIEW_REFUSED ||
         refuse_asking (error, "this permit needs no review");
}

static gboolean
check_fined (TjdTxn *txn, TjdHost *host, TjdPermitRow *permit, GError **error)
{
  TjdDay today = tjd_ministry_today (host);
  g_autoptr (TjdTerms) terms = tjd_terms_load (txn, today, error);

  return terms != NULL &&
         (tjd_rules_fine (terms->rules, tjd_ministry_day (permit->expires_on), today) > 0 ||
          refuse_asking (error, "there is no fine"));
}

static TjdReview *
file_review (TjdTxn *txn, TjdCall *call, TjdReviewKind kind, GError **error)
{
  TjdReviewFiling *filing = call->request;
  g_autofree char *id = tjd_id_new (call->host->entropy, "rev");

  if (tjd_txn_exec (
          txn,
          "INSERT INTO reviews (id, kind, personal_id, ordinal, renewer, asked_by, reason,"
          " asked_at, state) VALUES ($1, $2, $3, (SELECT COALESCE (max (ordinal), 0) + 1"
          " FROM reviews WHERE personal_id = $3 AND kind = $2), $4, $5, $6, $7, 'open')",
          error, tjd_text (id), tjd_text (kind_nick (kind)), tjd_text (filing->personal_id),
          tjd_text (filing->renewer), tjd_text (filing->asked_by), tjd_text (filing->reason),
          tjd_int (tjd_clock_now (call->host->clock))) <= 0)
    return NULL;
  return find_newest (txn, filing->personal_id, kind, error);
}

/* One that is open already is the answer: asking twice asks once. Of another renewer's, who may ask
 * as the holder does, no more than that it is open would be told: it is theirs to see. */
static gboolean
ask (TjdTxn *txn, TjdCall *call, TjdReviewKind kind, gpointer *reply, GError **error)
{
  TjdReviewFiling *filing = call->request;
  g_autoptr (GError) failed = NULL;
  g_autoptr (TjdReview) review = find_newest (txn, filing->personal_id, kind, &failed);

  if (failed == NULL && (review == NULL || review->state != TJD_REVIEW_OPEN)) {
    g_clear_object (&review);
    review = file_review (txn, call, kind, &failed);
  }
  if (failed != NULL) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return FALSE;
  }
  if (g_strcmp0 (review->renewer, filing->renewer) != 0)
    return refuse_asking (error, "a review that another renewer asked for is open");
  suit_caller (call, review);
  *reply = g_steal_pointer (&review);
  return TRUE;
}

static TjdPermitRow *
need_permit (TjdTxn *txn, TjdReviewFiling *filing, GError **error)
{
  TjdPermitRow *permit = tjd_register_get (txn, filing->personal_id, filing->renewer, error);

  if (permit == NULL && *error == NULL)
    tjd_problem_set_at (error, TJD_PROBLEM_NOT_FOUND, "#/personal_id", "there is no such permit");
  return permit;
}

gboolean
tjd_reviews_ask (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (TjdPermitRow) permit = need_permit (txn, call->request, error);

  return permit != NULL && check_hindered (txn, permit, error) &&
         ask (txn, call, TJD_REVIEW_RENEWAL, reply, error);
}

gboolean
tjd_reviews_ask_reduction (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (TjdPermitRow) permit = need_permit (txn, call->request, error);

  return permit != NULL && check_fined (txn, call->host, permit, error) &&
         ask (txn, call, TJD_REVIEW_FINE_REDUCTION, reply, error);
}

/* --- the list --- */

static GPtrArray *
list_reviews (TjdTxn *txn, TjdReviewsQuery *query, gint64 limit, GError **error)
{
  g_auto (TjdCursor) cursor = { 0 };
  g_autofree char *sql = NULL;
  gint64 asked_at = -1;

  if (!tjd_cursor_read (&cursor, query->after, error))
    return NULL;
  if (query->after != NULL &&
      !g_ascii_string_to_signed (cursor.first, 10, 0, TJD_MOMENT_MAX, &asked_at, NULL)) {
    tjd_problem_set_at (error, TJD_PROBLEM_INVALID, "#/after", "not a cursor of this list");
    return NULL;
  }
  sql = g_strdup_printf ("SELECT " REVIEW_COLUMNS
                         " FROM reviews WHERE (asked_at, id) > ($1, $2)%s%s%s"
                         " ORDER BY asked_at, id LIMIT $6",
                         query->renewer != NULL ? " AND renewer = $3" : "",
                         query->state == TJD_REVIEW_OPEN ? " AND state = 'open'"
                         : (int) query->state >= 0       ? " AND state = $4"
                                                         : "",
                         (int) query->kind >= 0 ? " AND kind = $5" : "");
  return tjd_txn_list (txn, tjd_review_get_type (), sql, error, tjd_int (asked_at),
                       tjd_text (cursor.second), tjd_text (query->renewer),
                       tjd_text (state_nick (query->state)), tjd_text (kind_nick (query->kind)),
                       tjd_int (limit));
}

static void
set_next (TjdCall *call, TjdReview *last)
{
  g_autofree char *asked_at = g_strdup_printf ("%" G_GINT64_FORMAT, last->asked_at);
  g_autofree char *after = tjd_cursor_print (asked_at, last->id);

  tjd_page_set_next (call, after);
}

/* The portal asks for one renewer; the staff may see all. */
gboolean
tjd_reviews_read (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdReviewsQuery *query = call->query;
  gint64 limit = query->limit != TJD_NO_INT ? query->limit : TJD_PAGE_MAX;
  g_autoptr (GPtrArray) rows = NULL;
  TjdReviews *reviews;

  if (query->renewer == NULL && call->principal.kind != TJD_PRINCIPAL_OPERATOR) {
    tjd_problem_set_at (error, TJD_PROBLEM_INVALID, "#/renewer", "it is missing");
    return FALSE;
  }
  rows = list_reviews (txn, query, limit + 1, error);
  if (rows == NULL)
    return FALSE;
  reviews = tjd_reviews_new ();
  for (guint i = 0; i < rows->len && i < limit; i++) {
    suit_caller (call, rows->pdata[i]);
    g_ptr_array_add (reviews->reviews, g_object_ref (rows->pdata[i]));
  }
  if (rows->len > limit)
    set_next (call, rows->pdata[limit - 1]);
  *reply = reviews;
  return TRUE;
}

/* --- deciding --- */

static gboolean
refuse_member (GError **error, const char *pointer, const char *why)
{
  tjd_problem_set_at (error, TJD_PROBLEM_INVALID, pointer, "%s", why);
  return FALSE;
}

static gboolean
check_decision (TjdHost *host, TjdReview *review, TjdDecision *decision, GError **error)
{
  gboolean reduces =
      review->kind == TJD_REVIEW_FINE_REDUCTION && decision->state == TJD_REVIEW_GRANTED;

  if (decision->state == TJD_REVIEW_OPEN)
    return refuse_member (error, "#/state", "a decision is granted or refused");
  if (reduces && decision->fine == TJD_NO_INT)
    return refuse_member (error, "#/fine", "it is missing");
  if (!reduces && decision->fine != TJD_NO_INT)
    return refuse_member (error, "#/fine", "this decides about no fine");
  if (reduces && decision->valid_until == NULL)
    return refuse_member (error, "#/valid_until", "it is missing");
  if (!reduces && decision->valid_until != NULL)
    return refuse_member (error, "#/valid_until", "this decides about no fine");
  if (reduces && tjd_ministry_day (decision->valid_until) < tjd_ministry_today (host))
    return refuse_member (error, "#/valid_until", "this day is over");
  return TRUE;
}

static TjdReview *
get_review (TjdTxn *txn, const char *id, GError **error)
{
  TjdReview *review =
      tjd_txn_get (txn, tjd_review_get_type (),
                   "SELECT " REVIEW_COLUMNS " FROM reviews WHERE id = $1", error, tjd_text (id));

  if (review == NULL && *error == NULL)
    tjd_problem_set (error, TJD_PROBLEM_NOT_FOUND, "there is no such review");
  return review;
}

static gboolean
keep_decision (TjdTxn *txn, TjdCall *call, GError **error)
{
  TjdDecision *decision = call->request;

  return tjd_txn_exec (txn,
                       "UPDATE reviews SET state = $2, decided_by = $3, decided_at = $4,"
                       " note_en = $5, note_ar = $6, fine = $7, valid_until = $8 WHERE id = $1",
                       error, tjd_text (call->parameter), tjd_text (state_nick (decision->state)),
                       tjd_text (call->principal.name), tjd_int (tjd_clock_now (call->host->clock)),
                       tjd_text (decision->note_en), tjd_text (decision->note_ar),
                       tjd_int (decision->fine), tjd_text (decision->valid_until)) > 0;
}

gboolean
tjd_reviews_decide (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (TjdReview) review = get_review (txn, call->parameter, error);

  if (review == NULL || !check_decision (call->host, review, call->request, error))
    return FALSE;
  if (review->state != TJD_REVIEW_OPEN) {
    tjd_problem_set (error, TJD_PROBLEM_DECIDED, "it was decided before");
    return FALSE;
  }
  if (!keep_decision (txn, call, error))
    return FALSE;
  *reply = get_review (txn, call->parameter, error);
  return *reply != NULL;
}
