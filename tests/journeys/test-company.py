#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Companies: preparers and signatories, approval over an order's exact bytes, many orders under one
payment, mandates that are given, dated and revoked; cancelling; receipts."""
import contextlib
import datetime
import json
import secrets

import harness
from harness import Services, foreign, refused, test

SARA, OMAR = "27612405934", "28581803362"
BAKERY, CLINIC = "01005700", "01012841"
GEORGES, HEBA, LATHA = "28042200437", "28581800951", "27935600118"  # signatory; signatory and preparer
SERVICES = Services()
PEOPLE = {}


def person(personal_id):
    if personal_id not in PEOPLE:
        PEOPLE[personal_id] = SERVICES.client(personal_id)
        PEOPLE[personal_id].sign_in()
    return PEOPLE[personal_id]


def staff(establishment, count, skip=0):
    """Of those who can be renewed now, without a hindrance."""
    with contextlib.closing(SERVICES.database("ministry")) as database:
        return [personal_id for (personal_id,) in database.execute(
            "SELECT personal_id FROM permits WHERE renewer = ? AND hindrance IS NULL AND late_hindrance IS NULL"
            " AND expires_on < date('now', '+60 days') ORDER BY personal_id LIMIT ? OFFSET ?",
            (establishment, count, skip))]


def day(offset):
    now = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=3)))
    return (now.date() + datetime.timedelta(days=offset)).isoformat()


def give(giver, to, role, first=0, last=30, renewer=CLINIC):
    return giver.request("portal", "POST", "/mandates", key=secrets.token_hex(8), json_body={
        "renewer": renewer, "personal_id": to, "role": role, "valid_from": day(first), "valid_until": day(last)})


def revoke(who, mandate):
    return who.request("portal", "POST", f"/mandates/{mandate['id']}/revoke", key=secrets.token_hex(8))


def prepare(client, establishment, people):
    quotation = client.quote([(one, 1) for one in people], renewer=establishment)
    assert quotation["renewer"] == establishment and not quotation["refusals"], quotation["refusals"]
    return client.place_order(quotation)


@test
def everybody_sees_for_whom_they_act():
    account = person(LATHA).account()
    assert account["name_en"] == "Latha Menon" and account["name_ar"] == "لاثا مينون"
    assert [(m["renewer"], m["role"], m["name_en"]) for m in account["mandates"]] == [
        (CLINIC, "preparer", "Lusail Clinic")]
    assert "granted_by" not in account["mandates"][0]
    assert person(SARA).account()["mandates"] == []


@test
def a_preparer_prepares_and_a_signatory_approves_and_pays():
    latha, heba = person(LATHA), person(HEBA)
    order = prepare(latha, CLINIC, staff(CLINIC, 3))
    assert order["state"] == "placed" and order["renewer"] == CLINIC and order["placed_by"] == LATHA
    assert "payment" not in order and "payment_request" not in order
    assert order["expires_at"] - order["placed_at"] == 3 * 24 * 3600
    text = latha.statement(order["id"])
    refused("not-found", 404, latha.approve, order["id"], text)
    refused("not-found", 404, latha.bill, [order["id"]])
    refused("order-state", 409, heba.bill, [order["id"]])
    for item in order["items"]:
        assert f"{item['personal_id']}: 1 year, QAR {item['total'] // 100:,}.00, {item['quote']}\n" in text
    approved = heba.approve(order["id"], text)
    assert approved["state"] == "approved" and approved["approved_by"] == HEBA
    bill = heba.bill([order["id"]])
    assert bill["amount"] == order["total"] and bill["debtor"] == CLINIC and bill["payer"] == HEBA
    assert heba.request("portal", "GET", "/bills/" + bill["id"]) == bill
    refused("not-found", 404, latha.request, "portal", "GET", "/bills/" + bill["id"])
    payment = heba.pay(bill)
    assert payment["account"] == "3000100002"
    done = latha.wait_for(order["id"], {"delivered"})
    assert done["captured"] == order["total"] and done["payment_request"] == bill["request"]


@test
def an_approval_holds_for_exactly_these_bytes_and_this_session():
    latha, heba = person(LATHA), person(HEBA)
    order = prepare(latha, CLINIC, staff(CLINIC, 2, skip=3))
    other = prepare(latha, CLINIC, staff(CLINIC, 1, skip=5))
    text = heba.statement(order["id"])

    def approve(signature):
        return heba.request("portal", "POST", f"/orders/{order['id']}/approve", key=secrets.token_hex(8),
                            json_body={"signature": signature})
    for wrong in (heba.sign_detached(text[:-1]), heba.sign_detached(text.replace(": 1 year, ", ": 2 years, ")),
                  heba.sign_detached(heba.statement(other["id"])), latha.sign_detached(text),
                  heba.sign_detached(text, typ="JWT"), heba.sign_detached(text, alg="none"),
                  heba.sign_detached(text, jwk=latha.key.jwk), heba.sign_detached(text, jwk=None),
                  heba.sign_detached(text)[:-4] + "AAAA", "a..b",
                  heba.key.sign_bytes({"typ": "tajdid-approval+jws", "alg": "ES256", "jwk": heba.key.jwk}, text.encode())):
        refused("approval-invalid", 400, approve, wrong)
    assert latha.order(order["id"])["state"] == "placed"
    heba.approve(order["id"], text)
    refused("order-state", 409, heba.approve, order["id"], text)
    with contextlib.closing(SERVICES.database("portal")) as database:
        kept, = database.execute("SELECT statement FROM approvals WHERE order_id = ?", (order["id"],)).fetchone()
    assert kept == text
    for one in (order, other):
        assert latha.cancel(one["id"])["state"] == "cancelled"


@test
def many_orders_under_one_payment_and_one_code():
    latha, heba = person(LATHA), person(HEBA)
    orders = [prepare(latha, CLINIC, staff(CLINIC, 2, skip=3 + 2 * n)) for n in range(4)]
    for order in orders:
        heba.approve(order["id"], heba.statement(order["id"]))
    bill = heba.bill([order["id"] for order in orders])
    assert bill["amount"] == sum(order["total"] for order in orders)
    assert [share["order"] for share in bill["shares"]] == [order["id"] for order in orders]
    # one of them finds no willing ministry: its share is released, the others are captured
    with contextlib.closing(SERVICES.database("ministry")) as database:
        for item in orders[2]["items"]:
            database.execute("UPDATE permits SET late_hindrance = 'holder-abroad' WHERE personal_id = ?",
                             (item["personal_id"],))
        database.execute("UPDATE permits SET late_hindrance = 'medical-missing' WHERE personal_id = ?",
                         (orders[1]["items"][0]["personal_id"],))
        database.commit()
    payment = heba.start_payment(bill)
    assert "Orders: 4\n" in payment["signing_text"] and payment["amount"] == bill["amount"]
    heba.authorise(payment, heba.token.signing_code(payment["number"], payment["signing_text"]))
    ended = [latha.wait_for(order["id"], {"delivered", "voided"}) for order in orders]
    assert [order["state"] for order in ended] == ["delivered", "delivered", "voided", "delivered"]
    assert all("payment_request" not in order and order["payment"] == bill["id"] for order in ended)
    assert ended[1]["captured"] == orders[1]["items"][1]["total"] + 2000 and ended[2]["captured"] == 0
    after = heba.payment(payment["id"])
    assert after["state"] == "captured" and after["captured"] == sum(order["captured"] for order in ended)
    with contextlib.closing(SERVICES.database("bank")) as database:
        assert database.execute("SELECT count(*) FROM holds").fetchone() == (0,)
        lines = dict(database.execute("SELECT transfer, amount FROM entries WHERE account = '10003000'"))
    for order in ended:  # a line of the journal for each permit, under its quote
        for item in order["items"]:
            assert lines.get(item["quote"]) == (item["total"] if item["outcome"] == "executed" else None)


@test
def the_newest_bill_counts_and_what_is_paid_by_another_is_released():
    georges = person(GEORGES)
    order = prepare(georges, BAKERY, staff(BAKERY, 1))
    georges.approve(order["id"], georges.statement(order["id"]))
    first = georges.bill([order["id"]])
    first_payment = georges.start_payment(first)
    second = georges.bill([order["id"]])
    georges.authorise(first_payment, georges.token.signing_code(first_payment["number"], first_payment["signing_text"]))
    wait_for_payment(georges, first["id"], "voided")
    assert georges.order(order["id"])["state"] == "approved"
    georges.pay(second)
    done = georges.wait_for(order["id"], {"delivered"})
    assert done["captured"] == order["total"] and done["payment"] == second["id"]
    assert georges.payment(second["id"])["state"] == "captured"


def wait_for_payment(client, payment, state):
    deadline = harness.time.monotonic() + 20 * harness.SLOW
    while client.payment(payment)["state"] != state:
        assert harness.time.monotonic() < deadline, client.payment(payment)
        harness.time.sleep(0.05)


@test
def what_is_cancelled_is_not_debited():
    sara = person(SARA)
    order = sara.place_order(sara.quote([("27812404417", 1)]))
    payment = sara.start_payment(order)
    assert sara.cancel(order["id"])["state"] == "cancelled"
    assert sara.cancel(order["id"])["state"] == "cancelled"
    again = sara.place_order(sara.quote([("27812404417", 1)]))  # the permit is free
    sara.authorise(payment, sara.token.signing_code(payment["number"], payment["signing_text"]))
    wait_for_payment(sara, payment["id"], "voided")
    sara.wait_for(order["id"], {"voided"})
    sara.pay(again)
    refused("receipt-pending", 409, sara.receipt, order["id"])
    done = sara.wait_for(again["id"], {"captured", "dispatched", "delivered"})
    refused("order-state", 409, sara.cancel, again["id"])
    receipt = sara.receipt(again["id"])
    assert receipt["captured"] == done["captured"] == done["total"] and receipt["payer"] == SARA
    assert sum(item["total"] for item in receipt["items"]) + receipt["post_fee"] == receipt["captured"]
    status, _, data = sara.exchange("portal", "GET", "/receipts/" + receipt["id"])
    assert status == 200 and json.loads(data) == {
        "id": receipt["id"], "order": again["id"], "permits": 1, "captured": receipt["captured"],
        "captured_at": receipt["captured_at"]}
    unknown = receipt["id"][:-1] + ("2" if receipt["id"][-1] != "2" else "3")
    status, _, _ = sara.exchange("portal", "GET", "/receipts/" + unknown)
    assert status == 404
    refused("not-found", 404, person(OMAR).receipt, again["id"])


@test
def mandates_are_dated_and_revocable():
    heba, sara, latha = person(HEBA), person(SARA), person(LATHA)
    refused("not-allowed", 403, sara.quote, [(staff(CLINIC, 1)[0], 1)], renewer=CLINIC)
    refused("not-allowed", 403, give, latha, SARA, "preparer")
    refused("not-allowed", 403, give, sara, OMAR, "preparer")
    to_come = give(heba, SARA, "preparer", first=1)
    refused("not-allowed", 403, sara.quote, [(staff(CLINIC, 1)[0], 1)], renewer=CLINIC)
    mandate = give(heba, SARA, "preparer", last=0)
    assert mandate["granted_by"] == HEBA and mandate["name_en"] == "Lusail Clinic"
    assert [m["id"] for m in sara.account()["mandates"]] == [mandate["id"]]
    listed = heba.request("portal", "GET", "/mandates?renewer=" + CLINIC)["mandates"]
    assert {to_come["id"], mandate["id"]} <= {m["id"] for m in listed}
    refused("not-allowed", 403, sara.request, "portal", "GET", "/mandates?renewer=" + CLINIC)
    order = prepare(sara, CLINIC, staff(CLINIC, 1))
    refused("not-found", 404, sara.approve, order["id"], sara.statement(order["id"]))
    refused("not-found", 404, revoke, latha, mandate)
    revoke(heba, mandate)
    revoke(heba, mandate)  # again is no fault
    refused("not-found", 404, sara.order, order["id"])
    refused("not-found", 404, sara.cancel, order["id"])
    assert sara.account()["mandates"] == []
    signing = give(heba, SARA, "signatory")
    refused("not-allowed", 403, give, sara, OMAR, "preparer")  # rights that were given are not given on
    sara.approve(order["id"], sara.statement(order["id"]))
    bill = sara.bill([order["id"]])
    refused("not-a-signer", 403, sara.start_payment, bill)  # the bank keeps its own list
    revoke(sara, signing)  # who has one may lay it down
    latha.cancel(order["id"])
    own = [m for m in person(LATHA).account()["mandates"] if m["renewer"] == CLINIC][0]
    refused("not-found", 404, revoke, heba, own)  # what the register gave, it takes


@test
def a_mandate_that_cannot_be_is_refused():
    heba = person(HEBA)
    for to, first, last, pointer in ((HEBA, 0, 5, "#/personal_id"), (SARA, -1, 5, "#/valid_from"),
                                     (SARA, 3, 2, "#/valid_until"), (SARA, 0, 732, "#/valid_until")):
        problem = refused("mandate-invalid", 400, give, heba, to, "preparer", first, last)
        assert problem.document["errors"][0]["pointer"] == pointer
    with contextlib.closing(SERVICES.database("portal")) as database:
        database.executemany("INSERT INTO mandates (id, renewer, personal_id, role, granted_by, valid_from)"
                             f" VALUES (?, '{CLINIC}', '{SARA}', 'preparer', '{HEBA}', '2030-01-01')",
                             [(f"m{n}",) for n in range(400)])
        database.commit()
        problem = refused("mandate-invalid", 400, give, heba, SARA, "preparer")
        assert problem.document["errors"][0]["pointer"] == "#/renewer"
        database.execute("DELETE FROM mandates WHERE valid_from = '2030-01-01'")
        database.commit()


@test
def a_person_lets_another_renew_for_them():
    sara, omar = person(SARA), person(OMAR)
    mandate = give(sara, OMAR, "signatory", renewer=SARA)
    order = omar.place_order(omar.quote([("29035600771", 1)], renewer=SARA))
    assert order["renewer"] == SARA and order["placed_by"] == OMAR and "payment" not in order
    bill = omar.bill([order["id"]])
    assert bill["debtor"] == OMAR  # who pays for a friend pays themselves
    omar.pay(bill)
    done = sara.wait_for(order["id"], {"captured", "dispatched", "delivered"})
    assert done["captured"] == order["total"] and sara.receipt(order["id"])["payer"] == OMAR
    revoke(sara, mandate)
    refused("not-found", 404, omar.order, order["id"])


@test
def bills_refuse_what_does_not_belong_together():
    sara, omar, georges = person(SARA), person(OMAR), person(GEORGES)
    own = sara.place_order(sara.quote([(SARA, 1)]))
    foreign_order = prepare(georges, BAKERY, staff(BAKERY, 1))
    refused("not-found", 404, sara.bill, [own["id"], foreign_order["id"]])
    refused("not-found", 404, omar.bill, [own["id"]])
    problem = refused("invalid", 400, sara.bill, [own["id"], own["id"]])
    assert problem.document["errors"][0]["pointer"] == "#/orders/1"
    mandate = give(georges, SARA, "signatory", renewer=BAKERY)
    sara.approve(foreign_order["id"], sara.statement(foreign_order["id"]))
    refused("invalid", 400, sara.bill, [own["id"], foreign_order["id"]])
    revoke(georges, mandate)
    georges.cancel(foreign_order["id"])
    sara.cancel(own["id"])
    refused("order-state", 409, sara.bill, [own["id"]])


@test
def signing_out_ends_every_session():
    one, two = SERVICES.client("28760802145"), None
    one.sign_in()
    with contextlib.closing(SERVICES.database("portal")) as database:  # the code may be used again
        database.execute("UPDATE attempts SET last_step = 0")
        database.commit()
    two = SERVICES.client("28760802145")
    two.sign_in()
    one.request("portal", "POST", "/sign-out")
    for client in (one, two):
        refused("grant-invalid", 400, client.refresh)


@test
def the_books_agree():
    SERVICES.stop()
    code, said = SERVICES.audit("--settled")
    assert code == 0, said


if __name__ == "__main__":
    harness.run(SERVICES)
