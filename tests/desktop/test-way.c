/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history.h"
#include "identifiers.h"
#include "news.h"
#include "order-words.h"
#include "polling.h"
#include "post-words.h"

#define POSTED 1000000

static const TjdLocale english = { TJD_LANGUAGE_EN, TJD_DIGITS_WESTERN, FALSE };

static TjdOrder *
make_order (TjdOrderState state)
{
  TjdOrder *order = tjd_order_new ();

  order->id = g_strdup ("ord-aaaaaaaaaaaaaaaaaaaa");
  order->renewer = g_strdup ("27612405934");
  order->placed_by = g_strdup ("27612405934");
  order->state = state;
  order->placed_at = POSTED - 1000;
  order->total = 102000;
  return order;
}

static void
add_station (TjdOrder *order, TjdStationName name, gint64 at)
{
  TjdStation *station = tjd_station_new ();

  station->station = name;
  station->at = at;
  g_ptr_array_add (order->stations, station);
}

static void
add_scan (TjdConsignment *consignment, TjdLeg leg, const char *code, gint64 at)
{
  TjdScan *scan = tjd_scan_event_new ();

  scan->leg = leg;
  scan->code = g_strdup (code);
  scan->place_en = g_strdup ("Doha");
  scan->place_ar = g_strdup ("الدوحة");
  scan->at = at;
  scan->reason = TJD_FAILURE_PREMISES_CLOSED;
  scan->action = TJD_FAILURE_WILL_RETRY;
  g_ptr_array_add (consignment->scans, scan);
}

static void
swap (GPtrArray *array, guint a, guint b)
{
  gpointer kept = array->pdata[a];

  array->pdata[a] = array->pdata[b];
  array->pdata[b] = kept;
}

static TjdConsignment *
make_journey (void)
{
  TjdConsignment *consignment = tjd_consignment_new ();

  add_scan (consignment, TJD_LEG_OUT, "EMA", POSTED);
  add_scan (consignment, TJD_LEG_OUT, "EMI", POSTED + 100);
  add_scan (consignment, TJD_LEG_BACK, "EMA", POSTED + 500);
  add_scan (consignment, TJD_LEG_BACK, "EMH", POSTED + 600);
  add_scan (consignment, TJD_LEG_BACK, "EXX", POSTED + 650);
  return consignment;
}

/* Each order of the same scans, by Heap's method: the same way. */
static void
check_each_order (TjdOrder *order, TjdConsignment *consignment, guint n)
{
  TjdWay way;

  for (guint i = 0; n > 1 && i < n; i++) {
    check_each_order (order, consignment, n - 1);
    swap (consignment->scans, n % 2 == 0 ? i : 0, n - 1);
  }
  if (n > 1)
    return;
  tjd_way_read (&way, order, consignment);
  g_assert_cmpint (way.stops[TJD_STOP_OUT].state, ==, TJD_STOP_DONE);
  g_assert_cmpint (way.stops[TJD_STOP_OUT].at, ==, POSTED + 100);
  g_assert_cmpint (way.stops[TJD_STOP_RECEIVED].state, ==, TJD_STOP_DONE);
  g_assert_cmpint (way.stops[TJD_STOP_STAMPED].state, ==, TJD_STOP_UNREPORTED);
  g_assert_cmpint (way.stops[TJD_STOP_CARD_PRINTED].state, ==, TJD_STOP_UNREPORTED);
  g_assert_cmpint (way.stops[TJD_STOP_BACK].state, ==, TJD_STOP_TROUBLED);
  g_assert_nonnull (way.trouble);
  g_assert_cmpint (way.trouble->at, ==, POSTED + 600);
  g_assert_cmpint (tjd_way_current (&way), ==, TJD_STOP_BACK);
}

static void
test_any_order (void)
{
  g_autoptr (TjdOrder) order = make_order (TJD_ORDER_DISPATCHED);
  g_autoptr (TjdConsignment) consignment = make_journey ();

  add_station (order, TJD_STATION_RECEIVED, POSTED + 200);
  check_each_order (order, consignment, consignment->scans->len);
}

static void
test_nothing_is_inferred (void)
{
  g_autoptr (TjdOrder) order = make_order (TJD_ORDER_DISPATCHED);
  g_autoptr (TjdConsignment) consignment = tjd_consignment_new ();
  TjdWay way;

  tjd_way_read (&way, order, NULL);
  g_assert_cmpint (tjd_way_current (&way), ==, -1);
  add_scan (consignment, TJD_LEG_OUT, "EMD", POSTED);
  tjd_way_read (&way, order, consignment);
  g_assert_cmpint (tjd_way_current (&way), ==, -1);

  /* The ministry stamped it; whether the post delivered it, the post has not said. */
  add_scan (consignment, TJD_LEG_OUT, "EMA", POSTED + 1);
  add_station (order, TJD_STATION_STAMPED, POSTED + 2);
  tjd_way_read (&way, order, consignment);
  g_assert_cmpint (way.stops[TJD_STOP_OUT].state, ==, TJD_STOP_UNREPORTED);
  g_assert_cmpint (way.stops[TJD_STOP_RECEIVED].state, ==, TJD_STOP_UNREPORTED);
  g_assert_cmpint (way.stops[TJD_STOP_STAMPED].state, ==, TJD_STOP_DONE);
  g_assert_cmpint (way.stops[TJD_STOP_BACK].state, ==, TJD_STOP_AHEAD);

  /* And delivery home does not make the way out delivered. */
  add_scan (consignment, TJD_LEG_BACK, "EMI", POSTED + 3);
  tjd_way_read (&way, order, consignment);
  g_assert_cmpint (way.stops[TJD_STOP_OUT].state, ==, TJD_STOP_UNREPORTED);
  g_assert_cmpint (way.stops[TJD_STOP_BACK].state, ==, TJD_STOP_DONE);
}

static void
test_trouble_ends (void)
{
  g_autoptr (TjdOrder) order = make_order (TJD_ORDER_DISPATCHED);
  g_autoptr (TjdConsignment) consignment = make_journey ();
  TjdWay way;

  add_scan (consignment, TJD_LEG_OUT, "EMG", POSTED + 700); /* of the other leg */
  tjd_way_read (&way, order, consignment);
  g_assert_nonnull (way.trouble);
  add_scan (consignment, TJD_LEG_BACK, "EMG", POSTED + 700);
  tjd_way_read (&way, order, consignment);
  g_assert_null (way.trouble);
  g_assert_cmpint (way.stops[TJD_STOP_BACK].state, ==, TJD_STOP_UNDER_WAY);
  add_scan (consignment, TJD_LEG_BACK, "EMI", POSTED + 800);
  add_scan (consignment, TJD_LEG_BACK, "EMH", POSTED + 900);
  tjd_way_read (&way, order, consignment);
  g_assert_null (way.trouble);
  g_assert_cmpint (way.stops[TJD_STOP_BACK].state, ==, TJD_STOP_DONE);
}

static void
test_time (void)
{
  static const struct {
    gint64 delivered_at, now;
    TjdTimeState state;
    gint64 seconds;
  } cases[] = {
    { TJD_NO_INT, POSTED, TJD_TIME_LEFT, 86400 },
    { TJD_NO_INT, POSTED + 86399, TJD_TIME_LEFT, 1 },
    { TJD_NO_INT, POSTED + 86400, TJD_TIME_OVERDUE, 0 },
    { TJD_NO_INT, POSTED + 86401, TJD_TIME_OVERDUE, 1 },
    { POSTED + 86400, POSTED + 999999, TJD_TIME_IN_TIME, 86400 },
    { POSTED + 86401, POSTED + 999999, TJD_TIME_LATE, 86401 },
    { POSTED - 5, POSTED, TJD_TIME_IN_TIME, 0 },
  };
  g_autoptr (TjdConsignment) consignment = tjd_consignment_new ();

  g_assert_cmpint (tjd_time_read (NULL, 0).state, ==, TJD_TIME_NOT_STARTED);
  consignment->posted_at = consignment->due_at = consignment->delivered_at = TJD_NO_INT;
  g_assert_cmpint (tjd_time_read (consignment, POSTED).state, ==, TJD_TIME_NOT_STARTED);
  consignment->posted_at = POSTED;
  consignment->due_at = POSTED + 86400;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    TjdTime time;
    consignment->delivered_at = cases[i].delivered_at;
    time = tjd_time_read (consignment, cases[i].now);
    g_assert_cmpint (time.state, ==, cases[i].state);
    g_assert_cmpint (time.seconds, ==, cases[i].seconds);
  }
}

static void
test_durations (void)
{
  static const struct {
    gint64 seconds;
    const char *words;
  } cases[] = {
    { 0, "less than a minute" },      { 59, "less than a minute" }, { 60, "1 minute" },
    { 3599, "59 minutes" },           { 3600, "1 hour" },           { 7260, "2 hours 1 minute" },
    { 86399, "23 hours 59 minutes" }, { 86400, "24 hours" },        { 3600 * 1200, "1,200 hours" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *words = tjd_duration_words (&english, cases[i].seconds);
    g_assert_cmpstr (words, ==, cases[i].words);
  }
}

/* Two parties' reports are merged by their moment; what nobody dated stands where it belongs. */
static void
test_history (void)
{
  static const TjdHappened expected[] = {
    TJD_HAPPENED_PLACED,  TJD_HAPPENED_APPROVED, TJD_HAPPENED_HELD,    TJD_HAPPENED_EXECUTED,
    TJD_HAPPENED_PAID,    TJD_HAPPENED_SCAN,     TJD_HAPPENED_SCAN,    TJD_HAPPENED_STATION,
    TJD_HAPPENED_STATION, TJD_HAPPENED_SCAN,     TJD_HAPPENED_FAILURE, TJD_HAPPENED_SCAN,
  };
  g_autoptr (TjdOrder) order = make_order (TJD_ORDER_DISPATCHED);
  g_autoptr (TjdConsignment) consignment = make_journey ();
  g_autoptr (TjdReceipt) receipt = tjd_receipt_new ();
  g_autoptr (GPtrArray) history = NULL;

  order->approved_by = g_strdup ("28042200437");
  order->captured = 102000;
  receipt->captured_at = POSTED - 500;
  add_station (order, TJD_STATION_HANDED_TO_POST, POSTED + 500);
  add_station (order, TJD_STATION_RECEIVED, POSTED + 100);
  swap (consignment->scans, 0, 4);
  history = tjd_history_new (&english, order, consignment, receipt);
  g_assert_cmpint (history->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < history->len; i++)
    g_assert_cmpint (((TjdHappening *) history->pdata[i])->kind, ==, expected[i]);
  g_assert_cmpint (((TjdHappening *) history->pdata[1])->at, ==, TJD_NO_INT);
  g_assert_cmpint (((TjdHappening *) history->pdata[4])->at, ==, POSTED - 500);
  g_assert_cmpstr (((TjdHappening *) history->pdata[7])->what, ==,
                   "The ministry has received the passports");
}

static void
test_polling (void)
{
  g_autofree TjdEntropy *entropy = tjd_entropy_new_seeded (7);
  TjdPolling polling = { 3000, 60000, 0 };
  guint longest = 0;

  for (guint i = 0; i < 50; i++) {
    guint wait = tjd_polling_next (&polling, TJD_ASKED_SAME, entropy);
    g_assert_cmpuint (wait, >=, polling.current_ms * 4 / 5);
    g_assert_cmpuint (wait, <=, polling.current_ms + polling.current_ms / 5);
    longest = MAX (longest, polling.current_ms);
  }
  g_assert_cmpuint (longest, ==, 60000);
  tjd_polling_next (&polling, TJD_ASKED_MOVED, entropy);
  g_assert_cmpuint (polling.current_ms, ==, 3000);
  tjd_polling_next (&polling, TJD_ASKED_FAILED, entropy);
  g_assert_cmpuint (polling.current_ms, ==, 6000);
}

static void
test_news (void)
{
  g_autoptr (TjdOrder) before = make_order (TJD_ORDER_AUTHORISED);
  g_autoptr (TjdOrder) after = make_order (TJD_ORDER_EXECUTED);

  g_assert_null (tjd_news (NULL, after));
  g_assert_null (tjd_news (before, after));
  after->state = TJD_ORDER_CAPTURED;
  g_assert_cmpstr (tjd_news (before, after), ==, "Paid and renewed: post the envelope");
  g_assert_null (tjd_news (after, after));
  add_station (after, TJD_STATION_RECEIVED, POSTED);
  g_assert_cmpstr (tjd_news (before, after), ==, "The ministry has received the passports");
  after->attention = TJD_ATTENTION_DELIVERY_FAILED;
  g_assert_cmpstr (tjd_news (before, after), ==, "The post could not deliver the envelope");
  after->state = TJD_ORDER_DELIVERED;
  g_assert_cmpstr (tjd_news (before, after), ==, "Passports and new cards were delivered");
}

static void
test_months (void)
{
  g_autofree char *december = tjd_month_words (&english, 1798750799); /* 23:59:59 in Qatar */
  g_autofree char *january = tjd_month_words (&english, 1798750800);
  g_autofree char *nonsense = tjd_month_words (&english, G_MAXINT64);

  g_assert_cmpstr (december, ==, "December 2026");
  g_assert_cmpstr (january, ==, "January 2027");
  g_assert_cmpint (tjd_month_of (1798750800) - tjd_month_of (1798750799), ==, 1);
  g_assert_cmpstr (nonsense, ==, "December 9999");
}

static void
test_standing (void)
{
  g_autoptr (TjdOrder) order = make_order (TJD_ORDER_PLACED);

  order->expires_at = POSTED;
  g_assert_cmpstr (tjd_order_words (order).text, ==, "Waiting for payment");
  g_assert_true (tjd_order_may_be_paid (order, POSTED - 1));
  g_assert_false (tjd_order_may_be_paid (order, POSTED));
  tjd_set_string (&order->renewer, "01005700");
  g_assert_cmpstr (tjd_order_words (order).text, ==, "Waiting for approval");
  g_assert_false (tjd_order_may_be_paid (order, POSTED - 1));
  g_assert_true (tjd_order_may_be_cancelled (order));
  for (guint state = 0; state <= TJD_ORDER_VOIDED; state++) {
    guint groups = 0;
    order->state = (TjdOrderState) state;
    for (guint group = TJD_ORDERS_ALL + 1; group < TJD_N_ORDER_GROUPS; group++)
      groups += (guint) tjd_order_is_in (order, (TjdOrderGroup) group);
    g_assert_cmpuint (groups, ==, 1);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/way/any-order", test_any_order);
  g_test_add_func ("/way/nothing-is-inferred", test_nothing_is_inferred);
  g_test_add_func ("/way/trouble-ends", test_trouble_ends);
  g_test_add_func ("/way/time", test_time);
  g_test_add_func ("/way/durations", test_durations);
  g_test_add_func ("/way/history", test_history);
  g_test_add_func ("/way/polling", test_polling);
  g_test_add_func ("/way/news", test_news);
  g_test_add_func ("/order/months", test_months);
  g_test_add_func ("/order/standing", test_standing);
  return g_test_run ();
}
