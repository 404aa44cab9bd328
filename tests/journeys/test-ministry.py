#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ministry's side of things as people and its own staff meet them: the tariff, the reasons for refusing."""
import json
import secrets
import time

import harness
from harness import Services, refused, test
from parties import PartyKey

SARA, OMAR = "27612405934", "28581803362"
CLINIC, LATHA = "01012841", "27935600118"  # who prepares for it
SERVICES = Services()


def signed_in(personal_id, clients={}):  # noqa: B006 — one session a person: a code is good once
    if personal_id not in clients:
        clients[personal_id] = SERVICES.client(personal_id)
        clients[personal_id].sign_in()
    return clients[personal_id]


def lines(quote):
    return {line["kind"]: line["amount"] for line in quote["lines"]}


@test
def anybody_may_read_the_tariff():
    stranger = SERVICES.client(SARA)
    told = []
    for party in ("portal", "ministry"):
        status, _, data = stranger.exchange(party, "GET", "/tariff")
        assert status == 200, (party, data)
        told.append(json.loads(data))
    assert told[0] == told[1]
    fees = {fee["category"]: fee for fee in told[0]["fees"]}
    assert {category: fee["per_year"] // 100 for category, fee in fees.items()} == {  # FACTS, "Fees per year"
        "work": 1000, "family": 500, "domestic": 300, "personal": 300, "investor": 1000, "permanent": 3000}
    assert fees["investor"]["years"] == [5] and fees["work"]["years"] == [1, 2, 3]
    assert {category for category, fee in fees.items() if fee["three_year_discount"] == 20} == {
        "work", "family", "personal"}
    (rules,) = told[0]["rules"]
    assert rules == {"valid_from": rules["valid_from"], "window_months": 3, "grace_days": 90, "fine_per_day": 1000,
                     "fine_cap": 600000, "lost_card": 20000}


@test
def a_fee_that_is_announced_is_told_and_not_taken():
    with SERVICES.database("ministry") as ministry:
        ministry.execute("INSERT INTO fees (category, valid_from, per_year, three_year_discount, years)"
                         " VALUES ('work', date('now', '+40 days'), 150000, 0, '[1]')")
    told, deadline = [100000], time.monotonic() + 20
    while told == [100000] and time.monotonic() < deadline:  # an answer serves for a few seconds
        told = [fee["per_year"] for fee in signed_in(SARA).request("portal", "GET", "/tariff")["fees"]
                if fee["category"] == "work"]
        time.sleep(0.2)
    assert told == [100000, 150000]
    assert signed_in(SARA).quote([(SARA, 1)])["total"] == 102000


@test
def a_lost_card_is_paid_for():
    client = signed_in(SARA)
    quotation = client.quote([(SARA, 1, ("lost_card", True)), ("27812404417", 3, ("lost_card", False))])
    quotes = {quote["personal_id"]: quote for quote in quotation["quotes"]}
    assert lines(quotes[SARA]) == {"fee": 100000, "lost-card": 20000}  # FACTS, "ID card"
    assert lines(quotes["27812404417"]) == {"fee": 150000, "discount": -30000}
    assert quotation["total"] == 120000 + 120000 + 4000
    order = client.place_order(quotation)
    client.pay(order)
    order = client.wait_for(order["id"], {"delivered"})
    assert order["captured"] == quotation["total"]
    for odd in ("yes", 1, None):
        problem = refused("invalid", 400, client.quote, [(SARA, 1, ("lost_card", odd))])
        assert problem.document["errors"][0]["pointer"] == "#/permits/0/lost_card"


def staff(method, path, json_body=None, services=SERVICES):
    """One of the ministry's own people asks the ministry."""
    key = PartyKey(services.state, "ministry-operator")
    headers = {"Authorization": "Bearer " + key.operator_jwt("Noura", "ministry")}
    body = None
    if json_body is not None:
        headers.update({"Content-Type": "application/json", "Idempotency-Key": f'"{secrets.token_hex(8)}"'})
        body = harness.foreign.compact(json_body)
    status, _, data = services.client(SARA).exchange("ministry", method, path, headers, body)
    document = json.loads(data) if data else None
    if status >= 300:
        raise harness.foreign.Problem(status, document)
    return document


def ask(client, kind, personal_id, key=None, **more):
    return client.request("portal", "POST", "/" + kind, key=key or secrets.token_hex(8), json_body={
        "personal_id": personal_id, "reason": "I was in hospital", **more})


def decide(review, state, **more):
    return staff("POST", f"/reviews/{review['id']}/decision", {
        "state": state, "note_en": "As you ask" if state == "granted" else "Come in person",
        "note_ar": "كما طلبت" if state == "granted" else "احضر شخصيًا", **more})


def hinder(personal_id, hindrance):
    with SERVICES.database("ministry") as ministry:
        assert ministry.execute("UPDATE permits SET hindrance = ? WHERE personal_id = ?",
                                (hindrance, personal_id)).rowcount == 1


def renew(client, personal_id):
    order = client.place_order(client.quote([(personal_id, 1)]))
    client.pay(order)
    return client.wait_for(order["id"], {"delivered"})


@test
def every_reason_of_the_register_reaches_the_person():
    client = signed_in(SARA)
    for hindrance in ("holder-abroad", "establishment-invalid", "passport-changed", "cancelled", "medical-missing",
                      "insurance-missing", "manual-review"):
        hinder("29035600771", hindrance)
        (refusal,) = client.quote([("29035600771", 1)])["refusals"]
        assert refusal == {"personal_id": "29035600771", "reason": hindrance}, refusal
        standing = next(p["standing"] for p in client.permits() if p["personal_id"] == "29035600771")
        assert (standing == "cancelled") == (hindrance == "cancelled"), standing
    hinder("29035600771", None)


@test
def a_review_is_asked_for_decided_and_used_once():
    client = signed_in(SARA)
    child = "31012400218"
    hinder(child, "manual-review")
    assert client.request("portal", "GET", "/requests")["reviews"] == []
    review = ask(client, "reviews", child, key="ask-once")
    assert ask(client, "reviews", child, key="ask-once") == review == ask(client, "reviews", child)
    refused("key-reused", 422, ask, client, "reviews", SARA, key="ask-once")
    assert review["state"] == "open" and review["kind"] == "renewal" and review["asked_by"] == SARA
    assert [one["id"] for one in staff("GET", "/reviews?state=open")["reviews"]] == [review["id"]]
    assert client.quote([(child, 1)])["refusals"][0]["reason"] == "manual-review"
    refused("invalid", 400, decide, review, "open")
    decided = decide(review, "refused")
    assert decided["state"] == "refused" and decided["decided_by"] == "Noura"
    (refusal,) = client.quote([(child, 1)])["refusals"]
    assert refusal == {"personal_id": child, "reason": "review-refused", "note_en": "Come in person",
                       "note_ar": "احضر شخصيًا"}, refusal
    refused("decided", 409, decide, review, "granted")
    second = ask(client, "reviews", child)
    assert second["id"] != review["id"]
    decide(second, "granted")
    order = renew(client, child)
    shown = client.request("portal", "GET", "/requests")["reviews"]
    assert {one["id"]: (one["state"], one.get("order"), one["note_ar"]) for one in shown} == {
        review["id"]: ("refused", None, "احضر شخصيًا"), second["id"]: ("granted", order["id"], "كما طلبت")}
    assert all("decided_by" not in one for one in shown)
    with SERVICES.database("ministry") as ministry:  # due again: the register still wants a review
        ministry.execute("UPDATE permits SET expires_on = date('now') WHERE personal_id = ?", (child,))
    assert client.quote([(child, 1)])["refusals"][0]["reason"] == "manual-review"
    hinder(child, None)


@test
def a_fine_is_reduced_until_a_day():
    client = signed_in(OMAR)
    assert lines(client.quote([(OMAR, 1)])["quotes"][0]) == {"fee": 100000, "fine": 100000}
    request = ask(client, "fine-reductions", OMAR)
    refused("invalid", 400, decide, request, "granted")
    until = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 5 * 86400))
    granted = decide(request, "granted", fine=30000, valid_until=until)
    assert granted["fine"] == 30000 and granted["valid_until"] == until
    quotation = client.quote([(OMAR, 1)])
    assert lines(quotation["quotes"][0]) == {"fee": 100000, "fine": 100000, "fine-reduction": -70000}
    assert quotation["total"] == 132000
    assert renew(client, OMAR)["captured"] == 132000
    assert client.request("portal", "GET", "/requests?kind=fine-reduction")["reviews"][0]["order"]


@test
def nobody_asks_or_sees_what_is_not_theirs():
    sara, omar = signed_in(SARA), signed_in(OMAR)
    refused("not-found", 404, ask, omar, "reviews", SARA)
    refused("not-found", 404, ask, omar, "fine-reductions", SARA)
    refused("not-allowed", 403, ask, omar, "reviews", SARA, renewer=SARA)
    refused("not-allowed", 403, omar.request, "portal", "GET", f"/requests?renewer={SARA}")
    refused("nothing-to-decide", 409, ask, sara, "reviews", SARA)
    refused("nothing-to-decide", 409, ask, sara, "fine-reductions", SARA)
    assert all(one["renewer"] == OMAR for one in omar.request("portal", "GET", "/requests")["reviews"])
    for reason in ("‮detrever", "a\u0000b", "", "x" * 1001, "tab\there"):
        problem = refused("malformed" if "\u0000" in reason else "invalid", 400, sara.request, "portal", "POST", "/reviews",
                          key="odd", json_body={"personal_id": SARA, "reason": reason})
        assert problem.document["errors"], reason


@test
def a_companys_requests_are_its_preparers():
    latha, sara = signed_in(LATHA), signed_in(SARA)
    with SERVICES.database("ministry") as ministry:
        (one,) = ministry.execute("SELECT personal_id FROM permits WHERE renewer = ? AND hindrance = 'manual-review'"
                                  " UNION SELECT personal_id FROM permits WHERE renewer = ? LIMIT 1",
                                  (CLINIC, CLINIC)).fetchone()
    hinder(one, "manual-review")
    review = ask(latha, "reviews", one, renewer=CLINIC)
    assert review["renewer"] == CLINIC and review["asked_by"] == LATHA
    listed = latha.request("portal", "GET", f"/requests?renewer={CLINIC}")["reviews"]
    assert [each["id"] for each in listed] == [review["id"]]
    assert latha.request("portal", "GET", "/requests")["reviews"] == []
    refused("not-allowed", 403, sara.request, "portal", "GET", f"/requests?renewer={CLINIC}")


@test
def the_staff_report_stations_in_any_order():
    with Services(pace=1) as services:  # nobody simulated gets there in time
        client = services.client(SARA)
        client.sign_in()
        order = client.place_order(client.quote([(SARA, 1)]))
        stations = f"/orders/{order['id']}/stations"
        now = int(time.time())
        refused("not-found", 404, staff, "POST", stations, {"station": "received", "at": now}, services=services)
        client.pay(order)
        while "consignment" not in order:
            order = client.order(order["id"])
        key = PartyKey(services.state, "post")
        status, _, data = client.exchange("ministry", "POST", "/arrivals", {
            "Authorization": "Bearer " + key.jwt("post", "ministry"), "Content-Type": "application/json",
            "Idempotency-Key": '"came"'}, harness.foreign.compact(
                {"order": order["id"], "consignment": order["consignment"], "cards": 1}))
        assert status == 204, data
        for station, ago in (("card-printed", 20), ("received", 60), ("stamped", 40), ("received", 1)):
            noted = staff("POST", stations, {"station": station, "at": now - ago}, services=services)
        assert noted == {"order": order["id"], "stations": [
            {"station": "received", "at": now - 60}, {"station": "stamped", "at": now - 40},
            {"station": "card-printed", "at": now - 20}]}, noted
        refused("invalid", 400, staff, "POST", stations, {"station": "handed-to-post", "at": now + 3600},
                services=services)
        staff("POST", stations, {"station": "handed-to-post", "at": now - 10}, services=services)
        deadline = time.monotonic() + 20 * harness.SLOW
        while len(order["stations"]) < 4 and time.monotonic() < deadline:
            order = client.order(order["id"])
        assert [(one["station"], now - one["at"]) for one in order["stations"]] == [
            ("received", 60), ("stamped", 40), ("card-printed", 20), ("handed-to-post", 10)], order["stations"]
        with services.database("ministry") as ministry:  # and the post was told, once
            while ministry.execute("SELECT count(*) FROM outbox WHERE step = 'return' AND state <> 'done'").fetchone()[0]:
                assert time.monotonic() < deadline, ministry.execute("SELECT step, state FROM outbox").fetchall()
                time.sleep(0.05)


@test
def the_books_agree_after_all_that():
    assert SERVICES.stop() == 0
    code, said = SERVICES.audit("--settled")
    assert code == 0, said


if __name__ == "__main__":
    harness.run(SERVICES)
