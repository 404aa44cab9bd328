#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The post by its operators' endpoint: scans early, late, twice and in every order end in the same state; failed
deliveries have a reason and an action; codes that are not known are kept; bags; labels (FACTS, "Post events")."""
import itertools
import json
import secrets
import time

import harness
from harness import Services, refused, test
from parties import PartyKey

SARA, OMAR, GEORGES, BAKERY = "27612405934", "28581803362", "28042200437", "01005700"
SERVICES = Services(pace=1)  # the courier sleeps: what happens, operators report
PEOPLE, OPERATORS = {}, {}


def person(personal_id):
    if personal_id not in PEOPLE:
        PEOPLE[personal_id] = SERVICES.client(personal_id)
        PEOPLE[personal_id].sign_in()
    return PEOPLE[personal_id]


def operator(method, path, body=None, key=None, party="post", status=200):
    if party not in OPERATORS:
        OPERATORS[party] = PartyKey(SERVICES.state, party + "-operator").operator_jwt("Noura", party, exp=int(time.time()) + 290)
    jwt = OPERATORS[party]
    headers = {"Authorization": "Bearer " + jwt}
    if method == "POST":
        headers.update({"Content-Type": "application/json", "Idempotency-Key": f'"{key or secrets.token_hex(8)}"'})
    got, _, data = person(SARA).exchange(party, method, path, headers, harness.foreign.compact(body) if body else None)
    assert got == status, (got, data)
    return json.loads(data)


def scan(consignment, leg, code, at, **more):
    return operator("POST", f"/consignments/{consignment}/scans", dict(
        {"leg": leg, "code": code, "place_en": "Somewhere", "place_ar": "مكان ما", "at": at}, **more))


def party_call(caller, party, method, path, body):
    jwt = PartyKey(SERVICES.state, caller).jwt(caller, party)
    status, _, data = person(SARA).exchange(party, method, path, {
        "Authorization": "Bearer " + jwt, "Content-Type": "application/json",
        "Idempotency-Key": f'"{secrets.token_hex(8)}"'}, harness.foreign.compact(body))
    assert status == 200, data
    return json.loads(data)


def open_consignment(cards=1):
    """Of an order that the portal has: what is told about it must find it."""
    return party_call("portal", "post", "POST", "/consignments", {
        "order": "ord-" + "".join(secrets.choice("abcdefgh") for _ in range(20)), "renewer": SARA,
        "applicant_en": "Sara Lindqvist", "applicant_ar": "سارة ليندكفست", "cards": cards})


def captured(client, permits, renewer=None):
    order = client.place_order(client.quote([(one, 1) for one in permits], renewer=renewer))
    if renewer is not None:
        client.approve(order["id"], client.statement(order["id"]))
        client.pay(client.bill([order["id"]]))
    else:
        client.pay(order)
    deadline = time.monotonic() + 20 * harness.SLOW
    while "consignment" not in client.order(order["id"]):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return client.order(order["id"])


def wait_for(client, order, member, value):
    deadline = time.monotonic() + 20 * harness.SLOW
    while client.order(order["id"]).get(member) != value:
        assert time.monotonic() < deadline, client.order(order["id"])
        time.sleep(0.02)


@test
def an_order_is_carried_by_what_operators_report():
    sara, now = person(SARA), int(time.time())
    order = captured(sara, ["27812404417"])
    con = order["consignment"]
    before = sara.consignment(con)
    assert before["scans"] == [] and "posted_at" not in before and before["kind"] == "envelope"
    for number, leg in ((before["out_item"], "out"), (before["back_item"], "back")):
        assert operator("GET", "/items?number=" + number) == {"number": number, "consignment": con, "leg": leg}
    operator("GET", "/items?number=RR473124829QA", status=404)
    scan(con, "out", "EMA", now)
    wait_for(sara, order, "state", "dispatched")
    after = sara.consignment(con)
    assert after["posted_at"] == now and after["due_at"] == now + 24 * 3600 and "delivered_at" not in after
    failed = scan(con, "back", "EMH", now + 60, reason="premises-closed", action="addressee-advised")
    assert (failed["scans"][-1]["reason"], failed["scans"][-1]["action"]) == ("premises-closed", "addressee-advised")
    wait_for(sara, order, "attention", "delivery-failed")
    assert sara.order(order["id"])["state"] == "dispatched"
    scan(con, "back", "EMI", now + 120)
    wait_for(sara, order, "state", "delivered")
    wait_for(sara, order, "attention", None)
    scan(con, "out", "EMA", now - 30)  # told late: it was posted earlier
    assert sara.consignment(con)["posted_at"] == now - 30
    assert sara.order(order["id"])["state"] == "delivered"


@test
def every_order_of_the_same_scans_ends_in_the_same_state():
    base = int(time.time())
    happened = [("out", "EMA", base, {}), ("out", "EMI", base + 60, {}), ("back", "EMA", base + 90, {}),
                ("back", "EMH", base + 120, {"reason": "addressee-absent", "action": "will-retry"}),
                ("back", "EMI", base + 180, {})]
    ends = set()
    for order in itertools.permutations(happened):
        con = open_consignment()["id"]
        for leg, code, at, more in order:
            last = scan(con, leg, code, at, **more)
        assert last["posted_at"] == base and last["delivered_at"] == base + 180 and last["due_at"] == base + 86400
        ends.add(json.dumps(last["scans"]))
    assert len(ends) == 1


@test
def one_leg_says_nothing_of_the_other():
    base = int(time.time())
    con = open_consignment()["id"]
    assert "delivered_at" not in scan(con, "out", "EMI", base)
    assert "posted_at" not in scan(con, "back", "EMA", base)
    assert "posted_at" not in scan(con, "back", "EMI", base + 1)


@test
def codes_that_are_not_known_are_kept_and_move_nothing():
    base = int(time.time())
    con = open_consignment()["id"]
    for code in ("EMB", "EXX", "A", "Z" * 16, "123"):
        after = scan(con, "out", code, base)
        assert "posted_at" not in after and "delivered_at" not in after
    assert sorted(one["code"] for one in after["scans"]) == sorted(["EMB", "EXX", "A", "Z" * 16, "123"])
    assert all("reason" not in one for one in after["scans"])


@test
def scans_that_cannot_be_are_refused():
    base = int(time.time())
    con = open_consignment()["id"]
    body = {"leg": "out", "code": "EMA", "place_en": "x", "place_ar": "س", "at": base}
    for change, pointer in (({"reason": "other"}, "#/reason"), ({"action": "returned"}, "#/action"),
                            ({"code": "EMH"}, "#/reason"), ({"code": "EMH", "reason": "other"}, "#/action"),
                            ({"at": base + 3600}, "#/at"), ({"at": base - 86400}, "#/at"), ({"code": "ema"}, "#/code"),
                            ({"leg": "home"}, "#/leg")):
        problem = operator("POST", f"/consignments/{con}/scans", dict(body, **change), status=400)
        assert problem["errors"][0]["pointer"] == pointer, problem
    key = secrets.token_hex(8)
    first = operator("POST", f"/consignments/{con}/scans", body, key=key)
    assert operator("POST", f"/consignments/{con}/scans", body, key=key) == first and len(first["scans"]) == 1


@test
def more_than_five_go_in_a_bag():
    for cards, kind, indicator in ((1, "envelope", "RR"), (5, "envelope", "RR"), (6, "bag", "RB"), (500, "bag", "RB")):
        opened = open_consignment(cards)
        assert opened["kind"] == kind and opened["out_item"][:2] == opened["back_item"][:2] == indicator
        assert opened["fee"] == (20 * cards if cards <= 4 else 100 * -(-cards // 10)) * 100


@test
def labels_say_where_it_goes():
    sara = person(SARA)
    order = next(one for one in sara.request("portal", "GET", "/orders")["orders"] if "consignment" in one)
    label = sara.request("portal", "GET", f"/orders/{order['id']}/label")
    assert label == sara.request("post", "GET", f"/consignments/{order['consignment']}/label")
    envelope = sara.consignment(order["consignment"])
    assert (label["out_item"], label["back_item"]) == (envelope["out_item"], envelope["back_item"])
    assert label["applicant"]["en"][0] == "Sara Lindqvist" and label["applicant"]["ar"][0] == "سارة ليندكفست"
    assert label["applicant"]["en"][1].split()[-1] == label["applicant"]["ar"][1].split()[-1]
    assert label["ministry"]["en"] and label["cards"] == 1 and label["order"] == order["id"]
    omar = person(OMAR)
    refused("not-found", 404, omar.request, "portal", "GET", f"/orders/{order['id']}/label")
    refused("not-found", 404, omar.request, "post", "GET", f"/consignments/{order['consignment']}/label")


@test
def a_companys_officers_follow_by_way_of_the_portal():
    georges = person(GEORGES)
    with SERVICES.database("ministry") as database:
        permit, = database.execute("SELECT personal_id FROM permits WHERE renewer = ? AND hindrance IS NULL LIMIT 1",
                                   (BAKERY,)).fetchone()
    order = captured(georges, [permit], renewer=BAKERY)
    seen = georges.request("portal", "GET", f"/orders/{order['id']}/consignment")
    assert seen["id"] == order["consignment"]
    assert georges.request("portal", "GET", f"/orders/{order['id']}/label")["applicant"]["en"][0] == "Corniche Bakery"
    refused("not-found", 404, georges.consignment, order["consignment"])  # the post knows no mandates
    refused("not-found", 404, person(SARA).request, "portal", "GET", f"/orders/{order['id']}/consignment")


if __name__ == "__main__":
    harness.run(SERVICES)
