#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole renewals by the foreign client, and what else can become of an order."""
import time

import harness
from harness import Services, refused, test

SARA, OMAR, MARIA, BILAL, ELEANOR = ("27612405934", "28581803362", "28760802145", "29158600533",
                                     "27982603006")
SERVICES = Services()


def signed_in(personal_id, clients={}):  # noqa: B006 — one session a person: a code is good once
    if personal_id not in clients:
        clients[personal_id] = SERVICES.client(personal_id)
        clients[personal_id].sign_in()
    return clients[personal_id]


def pay(client, order):
    payment = client.start_payment(order)
    assert harness.foreign.shown_amount(payment["signing_text"]) == order["total"]
    return client.authorise(payment, client.token.signing_code(payment["number"], payment["signing_text"]))


def available(account):
    with SERVICES.database("bank") as database:
        (balance,) = database.execute(
            "SELECT (SELECT COALESCE(SUM(amount), 0) FROM entries WHERE account = ?1)"
            " - (SELECT COALESCE(SUM(amount), 0) FROM holds WHERE account = ?1)", (account,)).fetchone()
    return balance


@test
def one_order_of_two_permits_is_delivered():
    client = signed_in(SARA)
    before = available("2000100001")
    permits = {permit["personal_id"]: permit for permit in client.permits()}
    assert permits[SARA]["standing"] == "due" and permits["31012400218"]["standing"] == "grace"
    quotation = client.quote([(SARA, 1), ("27812404417", 1)])
    assert quotation["refusals"] == [] and quotation["total"] == 154000, quotation  # FACTS: 1,540
    order = client.place_order(quotation)
    assert order["state"] == "placed" and order["captured"] is None if "captured" in order else True
    payment = pay(client, order)
    assert payment["state"] == "authorised"
    order = client.wait_for(order["id"], {"delivered"})
    assert order["captured"] == 154000 and before - available("2000100001") == 154000
    assert [item["outcome"] for item in order["items"]] == ["executed", "executed"]
    while len(order["stations"]) < 4:  # notices overtake one another; none is lost
        order = client.order(order["id"])
    assert [station["station"] for station in order["stations"]] == [
        "received", "stamped", "card-printed", "handed-to-post"], order["stations"]
    consignment = client.consignment(order["consignment"])
    assert consignment["cards"] == 2 and consignment["fee"] == 4000
    legs = [(scan["leg"], scan["code"]) for scan in consignment["scans"]]
    assert legs == [("out", "EMA"), ("out", "EMG"), ("out", "EMI"), ("back", "EMA"), ("back", "EMG"),
                    ("back", "EMI")], legs
    assert consignment["due_at"] == consignment["posted_at"] + 24 * 3600
    assert consignment["delivered_at"] >= consignment["posted_at"]
    after = {permit["personal_id"]: permit for permit in client.permits()}
    assert after[SARA]["expires_on"] == quotation["quotes"][0]["renewed_until"]
    assert client.payment(order["payment"])["state"] == "captured"


@test
def the_ministry_refuses_with_reasons():
    client = signed_in(SARA)
    quotation = client.quote([("31412400305", 1), ("29035600771", 5), ("28760802145", 1),
                              ("31012400218", 3)])
    reasons = {refusal["personal_id"]: refusal for refusal in quotation["refusals"]}
    assert reasons["31412400305"]["reason"] == "too-early" and reasons["31412400305"]["possible_from"]
    assert reasons["29035600771"]["reason"] == "years-not-offered"
    assert reasons["28760802145"]["reason"] == "not-found"  # another person's
    assert quotation["total"] == 122000, quotation  # FACTS: family three years
    problem = refused("invalid", 400, client.quote, [(SARA, 1), (SARA, 2)])
    assert problem.document["errors"][0]["pointer"] == "#/permits/1/personal_id", problem.document


@test
def what_is_not_executed_is_released():
    client = signed_in(OMAR)
    before = available("2000100002")
    quotation = client.quote([("28681801190", 1), ("31181800452", 1)])
    assert quotation["total"] == 104000
    order = client.place_order(quotation)
    pay(client, order)
    order = client.wait_for(order["id"], {"delivered"})
    outcomes = {item["personal_id"]: item for item in order["items"]}
    assert outcomes["28681801190"]["outcome"] == "refused"
    assert outcomes["28681801190"]["reason"] == "passport-changed"
    assert outcomes["31181800452"]["outcome"] == "executed"
    assert order["captured"] == 52000 and before - available("2000100002") == 52000


@test
def an_order_of_which_nothing_can_be_executed_is_voided():
    client = signed_in(OMAR)
    before = available("2000100002")
    order = client.place_order(client.quote([("28681801190", 1)]))
    pay(client, order)
    order = client.wait_for(order["id"], {"voided"})
    assert order["captured"] == 0 and available("2000100002") == before
    assert client.payment(order["payment"])["state"] == "voided"


@test
def a_late_renewal_pays_its_fine():
    client = signed_in(OMAR)
    quotation = client.quote([(OMAR, 1)])  # 190 days after expiry: 100 past the grace
    assert {line["kind"]: line["amount"] for line in quotation["quotes"][0]["lines"]} == {
        "fee": 100000, "fine": 100000}
    assert quotation["total"] == 202000


@test
def a_quotation_is_used_once_and_a_permit_is_in_one_order():
    client = signed_in(SARA)
    first = client.quote([("29035600771", 1)])
    second = client.quote([("29035600771", 2)])
    key = "place-once"
    order = client.place_order(first, key=key)
    assert client.place_order(first, key=key) == order  # the same key: the same answer
    refused("key-reused", 422, client.place_order, second, key=key)
    refused("quotation-used", 409, client.place_order, first)
    refused("permit-in-order", 409, client.place_order, second)
    third = client.quote([("29035600771", 1)])
    assert third["refusals"][0]["reason"] == "in-another-order"
    refused("quotation-empty", 409, client.place_order, third)
    pay(client, order)
    client.wait_for(order["id"], {"delivered"})


@test
def a_payment_is_authorised_by_its_own_code_alone():
    client = signed_in(SARA)
    order = client.place_order(client.quote([("31012400218", 1)]))
    payment = client.start_payment(order)
    right = client.token.signing_code(payment["number"], payment["signing_text"])
    wrong = client.token.signing_code(payment["number"],
                                      payment["signing_text"].replace("520.00", "5.20"))
    problem = refused("signing-code-wrong", 403, client.authorise, payment, wrong, key="wrong")
    assert problem.document["tries_left"] == 4
    refused("signing-code-wrong", 403, client.authorise, payment, wrong, key="wrong")  # stored, not counted
    assert client.payment(payment["id"])["tries_left"] == 4
    again = client.start_payment(order)  # a fresh number voids the code that was made for the old one
    refused("signing-code-wrong", 403, client.authorise, again, right)
    stale = dict(again, number=payment["number"])
    refused("signing-code-wrong", 403, client.authorise, stale, right)
    short = f"{again['number']}\n{order['total'] // 100}.{order['total'] % 100:02d}\n{again['payee_number']}\n"
    authorised = client.authorise(again, client.token.signing_code(again["number"], short))
    assert authorised["state"] == "authorised" and authorised["tries_left"] == 5
    refused("payment-closed", 409, client.authorise, again, right)
    client.wait_for(order["id"], {"delivered"})


@test
def an_order_that_is_not_paid_in_time_expires_and_a_late_hold_is_released():
    client = signed_in(ELEANOR)
    before = available("2000100005")
    order = client.place_order(client.quote([(ELEANOR, 5)]))
    payment = client.start_payment(order)
    with SERVICES.database("portal") as portal:  # the portal's quarter of an hour is over
        portal.execute("UPDATE orders SET expires_at = 1 WHERE id = ?", (order["id"],))
    assert client.wait_for(order["id"], {"expired"})["state"] == "expired"
    assert client.quote([(ELEANOR, 5)])["quotes"], "the permit is free again"
    code = client.token.signing_code(payment["number"], payment["signing_text"])
    client.authorise(payment, code)  # the bank's is not: it holds, and tells
    client.wait_for(order["id"], {"voided"})
    assert client.payment(payment["id"])["state"] == "voided" and available("2000100005") == before


@test
def too_little_money_holds_nothing():
    client = signed_in(MARIA)
    order = client.place_order(client.quote([(MARIA, 1)]))
    payment = client.start_payment(order)
    code = client.token.signing_code(payment["number"], payment["signing_text"])
    refused("funds-insufficient", 409, client.authorise, payment, code)
    refused("signing-code-wrong", 403, client.authorise, payment, code)  # a code is good once
    assert client.order(order["id"])["state"] == "placed" and available("2000100003") == 50000


@test
def five_wrong_codes_block_and_the_block_outlives_a_restart():
    client = signed_in(MARIA)
    (order,) = [order for order in client.request("portal", "GET", "/orders")["orders"]
                if order["state"] == "placed"]
    payment = client.start_payment(order)
    for left in (3, 2, 1, 0):  # one was wrong above
        problem = refused("signing-code-wrong", 403, client.authorise, payment, "00000000")
        assert problem.document["tries_left"] == left, problem.document
    SERVICES.stop()
    SERVICES.start()
    client.bases, client.connections = SERVICES.bases, {}
    right = client.token.signing_code(payment["number"], payment["signing_text"])
    refused("payment-blocked", 403, client.authorise, payment, right)
    assert client.payment(payment["id"])["state"] == "blocked"


@test
def without_an_account_there_is_no_payment():
    client = signed_in(BILAL)
    client.bases = SERVICES.bases
    order = client.place_order(client.quote([(BILAL, 1)]))
    refused("no-account", 409, client.start_payment, order)


@test
def the_journals_agree_and_the_process_stops_when_asked():
    assert SERVICES.stop() == 0
    code, said = SERVICES.audit("--settled")
    assert code == 0, said


if __name__ == "__main__":
    harness.run(SERVICES)
