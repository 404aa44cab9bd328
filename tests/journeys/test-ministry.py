#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ministry's side of things as people and its own staff meet them: the tariff, the reasons for refusing."""
import json

import harness
from harness import Services, refused, test

SARA = "27612405934"
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
    told = signed_in(SARA).request("portal", "GET", "/tariff")["fees"]
    assert [fee["per_year"] for fee in told if fee["category"] == "work"] == [100000, 150000]
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


def run():
    try:
        SERVICES.start()
        harness.main()
    finally:
        if SERVICES.process.poll() is None:
            SERVICES.stop()
        harness.shutil.rmtree(SERVICES.state, ignore_errors=True)


if __name__ == "__main__":
    run()
