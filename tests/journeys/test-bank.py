#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bank beyond a payment: daily limits, numbers that end, refunds by an operator, statements in pages."""
import json
import secrets
import time

import harness
from harness import Services, refused, test
from parties import PartyKey, unblock

SARA, OMAR, MARIA = "27612405934", "28581803362", "28760802145"
KHALID, ENGINEERING = "27763400256", "01047732"
SERVICES = Services()
PEOPLE = {}


def person(personal_id):
    if personal_id not in PEOPLE:
        PEOPLE[personal_id] = SERVICES.client(personal_id)
        PEOPLE[personal_id].sign_in()
    return PEOPLE[personal_id]


def change(party, sql, *values):
    with SERVICES.database(party) as database:
        database.execute(sql, values)
        database.commit()


def paid(client, permits):
    order = client.place_order(client.quote([(one, 1) for one in permits]))
    client.pay(order)
    return client.wait_for(order["id"], {"delivered"})


def refund(payment, status=200, key=None, **asked):
    jwt = PartyKey(SERVICES.state, "bank-operator").operator_jwt("Noura", "bank")
    got, _, data = person(SARA).exchange("bank", "POST", f"/payments/{payment}/refunds", {
        "Authorization": "Bearer " + jwt, "Content-Type": "application/json",
        "Idempotency-Key": f'"{key or secrets.token_hex(8)}"'},
        harness.foreign.compact(dict({"reason": "A card was misprinted"}, **asked)))
    assert got == status, data
    return json.loads(data)


def statement(client, query=""):
    return client.request("bank", "GET", "/statement" + query)


@test
def a_statement_says_what_moved():
    sara = person(SARA)
    before = statement(sara)
    assert before["account"] == "2000100001" and before["balance"] == before["movements"][-1]["balance"] == 2000000
    order = sara.place_order(sara.quote([("27812404417", 1)]))
    payment = sara.start_payment(order)
    change("portal", "UPDATE orders SET state = 'cancelled' WHERE id = ?", order["id"])  # nobody captures meanwhile
    change("bank", "UPDATE outbox SET state = 'done'")
    sara.authorise(payment, sara.token.signing_code(payment["number"], payment["signing_text"]))
    deadline = time.monotonic() + 20 * harness.SLOW
    while statement(sara)["held"]:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert statement(sara)["balance"] == 2000000
    done = paid(sara, [SARA])
    after = statement(sara)
    assert after["balance"] == 2000000 - done["captured"] and after["held"] == 0 and "daily_limit" not in after
    assert after["movements"][0] == {"reference": done["id"], "amount": -done["captured"],
                                     "balance": after["balance"], "at": after["movements"][0]["at"]}


@test
def statements_come_in_pages():
    sara = person(SARA)
    whole, pages, address = statement(sara)["movements"], [], "/statement?limit=1"
    assert len(whole) >= 2
    for _ in whole:
        status, headers, data = sara.exchange("bank", "GET", address, {
            "Authorization": "DPoP " + sara.access_token,
            "DPoP": sara.proof("bank", "GET", sara.bases["bank"] + "/statement", sara.access_token)})
        assert status == 200, data
        pages += json.loads(data)["movements"]
        link = headers.get("Link")
        address = link and link[link.index("/statement"):link.index(">")]
    assert pages == whole and address is None


@test
def a_companys_statement_is_for_who_signs():
    khalid = person(KHALID)
    assert statement(khalid, "?owner=" + ENGINEERING)["account"] == "3000100003"
    refused("not-a-signer", 403, statement, person(SARA), "?owner=" + ENGINEERING)
    refused("not-a-signer", 403, statement, person(SARA), "?owner=" + OMAR)
    refused("no-account", 409, statement, person("29158600533"))


@test
def a_daily_limit_holds():
    omar = person(OMAR)
    order = omar.place_order(omar.quote([("31181800452", 1)]))
    change("bank", "UPDATE accounts SET daily_limit = ? WHERE owner = ?", order["total"] - 1, OMAR)
    refused("limit-exceeded", 409, omar.pay, order)
    assert statement(omar)["held"] == 0 and statement(omar)["daily_limit"] == order["total"] - 1
    change("bank", "UPDATE accounts SET daily_limit = ? WHERE owner = ?", order["total"], OMAR)
    omar.pay(order)
    omar.wait_for(order["id"], {"delivered"})
    another = omar.place_order(omar.quote([(OMAR, 1)]))
    refused("limit-exceeded", 409, omar.pay, another)  # what was captured today counts
    change("bank", "UPDATE payments SET authorised_at = authorised_at - 86400")  # yesterday's does not
    change("bank", "UPDATE accounts SET daily_limit = ? WHERE owner = ?", another["total"], OMAR)
    omar.pay(another)
    omar.wait_for(another["id"], {"delivered"})


@test
def a_number_ends_after_five_minutes():
    sara = person(SARA)
    order = sara.place_order(sara.quote([("29035600771", 1)]))
    payment = sara.start_payment(order)
    assert 290 <= payment["code_until"] - time.time() <= 301 and payment["expires_at"] > payment["code_until"]
    change("bank", "UPDATE payments SET code_until = ? WHERE id = ?", int(time.time()), payment["id"])
    stale = sara.payment(payment["id"])
    refused("number-expired", 409, sara.authorise, stale,
            sara.token.signing_code(stale["number"], stale["signing_text"]))
    sara.pay(order)  # bringing the request again draws another
    sara.wait_for(order["id"], {"delivered"})


@test
def an_operator_lets_somebody_try_again():
    maria = SERVICES.client(MARIA)
    for _ in range(5):
        refused("code-wrong", 403, maria.sign_in, code="000000")
    refused("sign-in-blocked", 403, maria.sign_in)
    unblock(SERVICES, "portal", MARIA)
    maria.sign_in()
    order = maria.place_order(maria.quote([(MARIA, 1)]))
    payment = maria.start_payment(order)
    for _ in range(5):
        refused("signing-code-wrong", 403, maria.authorise, payment, "00000000")
    refused("payment-blocked", 403, maria.pay, order)
    unblock(SERVICES, "bank", MARIA)
    refused("funds-insufficient", 409, maria.pay, order)  # the code is taken; Maria is poor
    for party in ("portal", "bank"):
        with SERVICES.database(party) as database:
            assert database.execute("SELECT personal_id, operator, reason FROM unblocks").fetchall() == [
                (MARIA, "Noura", "came to the counter")]


@test
def an_operator_gives_back_what_was_taken_and_no_more():
    sara = person(SARA)
    order = next(one for one in sara.request("portal", "GET", "/orders")["orders"] if one["state"] == "delivered")
    balance = statement(sara)["balance"]
    fee = order["captured"] - order["post_fee"]
    key = secrets.token_hex(8)
    first = refund(order["payment"], order=order["id"], source="ministry", amount=fee - 100, key=key)
    assert refund(order["payment"], order=order["id"], source="ministry", amount=fee - 100, key=key) == first
    assert statement(sara)["balance"] == balance + fee - 100
    assert statement(sara)["movements"][0]["reference"] == first["id"]
    for source, amount in (("ministry", 101), ("post", order["post_fee"] + 1)):
        problem = refund(order["payment"], order=order["id"], source=source, amount=amount, status=409)
        assert problem["type"].endswith("refund-refused")
    refund(order["payment"], order=order["id"], source="ministry", amount=100)
    refund(order["payment"], order=order["id"], source="post", amount=order["post_fee"])
    assert statement(sara)["balance"] == balance + order["captured"]
    refund(order["payment"], order="ord-aaaaaaaaaaaaaaaaaaaa", source="post", amount=1, status=404)


@test
def the_books_agree():
    SERVICES.stop()
    code, said = SERVICES.audit("--settled")
    assert code == 0 and "given back to payers" in said, said


if __name__ == "__main__":
    harness.run(SERVICES)
