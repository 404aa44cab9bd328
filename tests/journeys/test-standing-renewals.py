#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Standing renewals: whoever of a company's staff comes due is renewed day by day, paid for by a standing mandate, and
no further than that goes."""
import contextlib
import datetime
import secrets
import time

import harness
import mandates
from harness import Services, refused, test

CLINIC, ENGINEERING = "01012841", "01047732"
HEBA, LATHA, GEORGES = "28581800951", "27935600118", "28042200437"  # signatory and preparer; another's signatory
DEEPAK = "27763400256"  # the engineers' signatory
SERVICES = Services()
PEOPLE = {}
KEPT = {}


def person(personal_id):
    if personal_id not in PEOPLE:
        PEOPLE[personal_id] = SERVICES.client(personal_id)
        PEOPLE[personal_id].sign_in()
    return PEOPLE[personal_id]


def rows(party, sql, *values):
    with contextlib.closing(SERVICES.database(party)) as database:
        found = database.execute(sql, values).fetchall()
        database.commit()
    return found


def due(establishment):
    return {one for (one,) in rows("ministry", "SELECT personal_id FROM permits WHERE renewer = ?"
                                 " AND expires_on < date('now', '+80 days')", establishment)}


def nobody_is_due(establishment):
    rows("ministry", "UPDATE permits SET hindrance = NULL, late_hindrance = NULL, expires_on = date('now', '+300 days')"
         " WHERE renewer = ?", establishment)


def come_due(establishment, count):
    """So many of the staff who are not."""
    rows("ministry", "UPDATE permits SET expires_on = date('now', '+20 days')"
         " WHERE personal_id IN (SELECT personal_id FROM permits WHERE renewer = ? AND"
         " expires_on > date('now', '+200 days') LIMIT ?)", establishment, count)


def set_renewal(client, mandate, establishment=CLINIC, exempt=(), years=1):
    return client.request("portal", "POST", "/standing-renewals", key=secrets.token_hex(8), json_body={
        "renewer": establishment, "standing_mandate": mandate["id"], "years": years, "exempt": list(exempt)})


def end_renewal(client, renewal):
    return client.request("portal", "POST", f"/standing-renewals/{renewal['id']}/end", key=secrets.token_hex(8))


def read(client, renewal):
    renewals = client.request("portal", "GET", "/standing-renewals?renewer=" + renewal["renewer"])["renewals"]
    return next(one for one in renewals if one["id"] == renewal["id"])


def at_rest(client, renewal):
    """As it is once it waits for the next morning or has ended, and its orders are settled."""
    deadline = time.monotonic() + 30 * harness.SLOW
    while not renewal.get("ended_at") and renewal.get("due_at", 0) < time.time() + 5:
        assert time.monotonic() < deadline, renewal
        time.sleep(0.05)
        renewal = read(client, renewal)
    for run in renewal["runs"]:
        if run["outcome"] == "paid":
            client.wait_for(run["order"], {"delivered", "voided"})
    return renewal


def signed(client, establishment=CLINIC, **more):
    mandate = mandates.give(client, establishment, **more)
    mandates.sign(client, mandate)
    return mandate


def next_morning(client, renewal):
    rows("portal", "UPDATE standing_renewals SET due_at = 1 WHERE id = ? AND due_at IS NOT NULL", renewal["id"])
    return at_rest(client, read(client, renewal))


@test
def who_is_due_is_renewed_but_for_the_exempt():
    heba = person(HEBA)
    nobody_is_due(CLINIC)
    come_due(CLINIC, 6)
    wanted = due(CLINIC)
    exempt = min(wanted)
    mandate = signed(heba)
    renewal = KEPT["renewal"] = set_renewal(heba, mandate, exempt=[exempt])
    assert renewal["runs"] == []
    renewal = at_rest(heba, renewal)
    (run,) = [run for run in renewal["runs"] if run["outcome"] == "paid"]
    order = heba.order(run["order"])
    assert {item["personal_id"] for item in order["items"]} == wanted - {exempt}
    assert run["renewed"] == len(wanted) - 1 and order["placed_by"] == order["approved_by"] == HEBA
    assert order["captured"] == order["total"] == mandates.read(heba, mandate)["used"]
    assert due(CLINIC) == {exempt}
    now = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=3)))
    tomorrow = now.replace(hour=6, minute=0, second=0, microsecond=0) + datetime.timedelta(days=1)
    assert 0 <= renewal["due_at"] - int(tomorrow.timestamp()) < 3600, "the next morning from six on in Qatar"


@test
def every_morning_anew():
    heba = person(HEBA)
    renewal = next_morning(heba, KEPT["renewal"])
    assert renewal["runs"][0]["outcome"] == "nothing-due" and "order" not in renewal["runs"][0]
    come_due(CLINIC, 3)
    renewal = next_morning(heba, renewal)
    assert renewal["runs"][0]["outcome"] == "paid" and renewal["runs"][0]["renewed"] == 3
    end_renewal(heba, renewal)


@test
def who_has_been_ordered_is_left_alone():
    heba = person(HEBA)
    come_due(CLINIC, 2)
    ordered = due(CLINIC)
    one = heba.place_order(heba.quote([(personal_id, 1) for personal_id in ordered], renewer=CLINIC))
    renewal = at_rest(heba, set_renewal(heba, signed(heba)))
    assert [run["outcome"] for run in renewal["runs"]] == ["nothing-due"]
    heba.cancel(one["id"])
    assert next_morning(heba, renewal)["runs"][0]["renewed"] == len(ordered)
    end_renewal(heba, renewal)


@test
def the_months_limit_is_used_up_and_no_more():
    heba = person(HEBA)
    come_due(CLINIC, 7)
    limit = 3 * 100000 + 10000  # three of them, with their post; not a fourth
    mandate = signed(heba, limit=limit)
    renewal = at_rest(heba, set_renewal(heba, mandate))
    paid = [run for run in renewal["runs"] if run["outcome"] == "paid"]
    assert sum(run["renewed"] for run in paid) == 3, renewal["runs"]
    used = mandates.read(heba, mandate)["used"]
    assert 300000 < used <= limit
    assert renewal["runs"][0] == dict(renewal["runs"][0], outcome="refused", problem="standing-mandate-limit")
    for run in renewal["runs"]:
        if run["outcome"] == "refused":
            assert heba.order(run["order"])["state"] == "cancelled"
    left = due(CLINIC)
    (quotation,) = [heba.quote([(one, 1) for one in left], renewer=CLINIC)]
    assert quotation["refusals"] == [], "whom it did not pay for is free"
    rows("bank", "UPDATE payments SET authorised_at = authorised_at - 32 * 86400 WHERE standing_mandate = ?",
         mandate["id"])
    assert next_morning(heba, renewal)["runs"][-1] == renewal["runs"][-1]
    assert len(due(CLINIC)) < len(left), "the next month it goes on"
    end_renewal(heba, renewal)


@test
def who_is_refused_at_the_last_moment_is_not_tried_for_ever():
    """Quoted, and refused when it comes to it: three of those, more urgent than all, with room for two at a time."""
    heba = person(HEBA)
    nobody_is_due(CLINIC)
    come_due(CLINIC, 6)
    late = sorted(due(CLINIC))[:3]
    rows("ministry", "UPDATE permits SET late_hindrance = 'passport-changed', expires_on = date('now', '+10 days')"
         " WHERE personal_id IN (?, ?, ?)", *late)
    renewal = set_renewal(heba, signed(heba, limit=2 * 100000 + 10000))
    renewal = at_rest(heba, renewal)
    assert len(renewal["runs"]) < 12, renewal["runs"]
    assert len(due(CLINIC)) == 4, "the limit bears two, and two are renewed"
    end_renewal(heba, renewal)


@test
def it_ends_where_the_mandate_or_the_right_has():
    heba = person(HEBA)
    come_due(CLINIC, 2)
    mandate = signed(heba)
    mandates.end(heba, mandate)
    renewal = at_rest(heba, set_renewal(heba, mandate))
    assert renewal["ended_at"] and renewal["runs"][0]["problem"] == "standing-mandate-state", renewal
    renewal = at_rest(heba, set_renewal(heba, signed(person(GEORGES), "01005700")))
    assert renewal["runs"][0].get("problem") == "not-allowed", renewal
    given = heba.request("portal", "POST", "/mandates", key=secrets.token_hex(8), json_body={
        "renewer": CLINIC, "personal_id": LATHA, "role": "signatory", "valid_from": mandates.day(0),
        "valid_until": mandates.day(5)})
    latha = person(LATHA)
    come_due(CLINIC, 1)
    renewal = at_rest(heba, set_renewal(latha, signed(heba)))
    assert renewal["runs"][0].get("problem") == "not-allowed", "signed by somebody else"
    rows("bank", "INSERT INTO account_signers SELECT account, ? FROM account_signers WHERE personal_id = ?", LATHA, HEBA)
    renewal = at_rest(heba, set_renewal(latha, signed(latha)))
    assert renewal["runs"][0]["outcome"] == "paid", renewal
    come_due(CLINIC, 1)
    heba.request("portal", "POST", f"/mandates/{given['id']}/revoke", key=secrets.token_hex(8))
    renewal = next_morning(heba, renewal)
    assert renewal["ended_at"] and renewal["runs"][0]["problem"] == "not-allowed", renewal
    assert not rows("portal", "SELECT 1 FROM permits_in_orders")


@test
def one_at_a_time_and_by_signatories_alone():
    heba, latha, georges = person(HEBA), person(LATHA), person(GEORGES)
    mandate = signed(heba)
    for stranger in (latha, georges):
        refused("not-allowed", 403, set_renewal, stranger, mandate)
    first, second = set_renewal(heba, mandate), set_renewal(heba, mandate)
    renewals = {one["id"]: one for one in latha.request("portal", "GET", "/standing-renewals?renewer=" + CLINIC)["renewals"]}
    assert renewals[first["id"]]["ended_at"] and "ended_at" not in renewals[second["id"]]
    refused("not-allowed", 403, read, georges, second)
    for stranger in (latha, georges):
        refused("not-found", 404, end_renewal, stranger, second)
    at_rest(heba, second)
    assert end_renewal(heba, second)["ended_at"] == end_renewal(heba, second)["ended_at"]
    assert "due_at" not in read(heba, second)


@test
def more_than_an_order_bears_and_killed_on_the_way():
    """1,200 people, three orders; the process is killed while they are under way."""
    deepak = person(DEEPAK)
    nobody_is_due(ENGINEERING)
    come_due(ENGINEERING, 1200)
    rows("bank", "UPDATE accounts SET daily_limit = 1000000000 WHERE number = '3000100003'")
    mandate = signed(deepak, ENGINEERING, limit=200000000)
    renewal = set_renewal(deepak, mandate, ENGINEERING)
    for pause in (0.05, 0.1, 0.2, 0.3, 0.4):
        time.sleep(pause * harness.SLOW)
        SERVICES.kill()
        SERVICES.start()
        deepak.moved(SERVICES.bases)
    renewal = at_rest(deepak, renewal)
    paid = [run["renewed"] for run in renewal["runs"] if run["outcome"] == "paid"]
    assert sum(paid) == 1200 and len(paid) == 3, renewal["runs"]
    assert due(ENGINEERING) == set()
    assert mandates.read(deepak, mandate)["used"] == sum(
        captured for (captured,) in rows("portal", "SELECT captured FROM orders WHERE renewer = ?", ENGINEERING))


@test
def the_books_agree():
    SERVICES.stop()
    code, said = SERVICES.audit("--settled")
    assert code == 0, said


if __name__ == "__main__":
    harness.run(SERVICES)
