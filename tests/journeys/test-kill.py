#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""SIGKILL of the service process at seeded moments of a renewal, and a restart each time: every
order settles by itself; no double debit, no capture without execution, journals sum to zero. The
client keeps what a client keeps (ids, keys) and asks again under the same keys."""
import http.client
import os
import random
import threading
import time

import harness
from harness import Services, test

KILLS = int(os.environ.get("TAJDID_KILLS", "100" if os.environ["TAJDID_SLOW"] == "1" else "25"))
SEED = int(os.environ.get("TAJDID_SEED", "2000"))
WORST = 0.25  # seconds: by then a renewal at this pace is through
SARA = "27612405934"
GEORGES, BAKERY = "28042200437", "01005700"
BROKEN = (ConnectionError, http.client.HTTPException, TimeoutError, OSError)


class Renewal:
    """A client's journey as its journal has it: a step is repeated until its answer was read."""

    def __init__(self, number, personal_id):
        self.number = number
        self.personal_id = personal_id
        self.quotation = self.order = self.payment = None
        self.state = "quote"

    def step(self, client):
        key = f"kill-{self.number}-{self.state}"
        if self.state == "quote":
            self.quotation = client.quote([(self.personal_id, 1)])
            self.state = "order" if self.quotation["quotes"] else "nothing"
        elif self.state == "order":
            self.order = client.place_order(self.quotation, key=key)
            self.state = "pay"
        elif self.state == "pay":
            self.payment = client.start_payment(self.order, key=key)
            self.state = "sign"
        elif self.state == "sign":
            text = self.payment["signing_text"]
            code = client.token.signing_code(self.payment["number"], text)
            client.authorise(self.payment, code, key=key)
            self.state = "follow"
        elif self.state == "follow":
            if client.order(self.order["id"])["state"] in ("delivered", "voided", "expired"):
                self.state = "settled"


class Batch:
    """A company's: three orders, each approved, under one payment and one code."""

    def __init__(self, number, permits):
        self.number = number
        self.left = list(permits)
        self.quotation = self.bill = self.payment = None
        self.orders = []
        self.approved = 0
        self.state = "quote"

    def step(self, client):
        key = f"batch-{self.number}-{self.state}-{len(self.orders)}-{self.approved}"
        if self.state == "quote":
            self.quotation = client.quote([(self.left[0], 1)], renewer=BAKERY)
            self.state = "order"
        elif self.state == "order":
            self.orders.append(client.place_order(self.quotation, key=key))
            self.left.pop(0)
            self.state = "quote" if self.left else "approve"
        elif self.state == "approve":
            order = self.orders[self.approved]["id"]
            if client.order(order)["state"] == "placed":
                client.approve(order, client.statement(order))
            self.approved += 1
            self.state = "approve" if self.approved < len(self.orders) else "bill"
        elif self.state == "bill":
            self.bill = client.bill([order["id"] for order in self.orders], key=key)
            self.state = "pay"
        elif self.state == "pay":
            self.payment = client.start_payment(self.bill, key=key)
            self.state = "sign"
        elif self.state == "sign":
            code = client.token.signing_code(self.payment["number"], self.payment["signing_text"])
            client.authorise(self.payment, code, key=key)
            self.state = "follow"
        elif self.state == "follow":
            if all(client.order(order["id"])["state"] == "delivered" for order in self.orders):
                self.state = "settled"


def fresh_permit(services, busy):
    """While nothing runs: a permit that is in no order is made due again, and the payer kept rich."""
    with services.database("ministry") as ministry:
        ids = [personal_id for (personal_id,) in ministry.execute(
            "SELECT personal_id FROM permits WHERE renewer = ? ORDER BY personal_id", (SARA,))]
        free = [personal_id for personal_id in ids if personal_id not in busy]
        if not free:
            return None
        ministry.execute("UPDATE permits SET expires_on = date('now', '+20 days') WHERE personal_id = ?",
                         (free[0],))
    return free[0]


def enrich(services, number, payer="2000100001", riches=1000000):
    with services.database("bank") as bank:
        for account, amount in (("10000001", -riches), (payer, riches)):
            bank.execute("INSERT INTO entries (transfer, account, amount, at) VALUES (?, ?, ?, 0)",
                         (f"test-funding-{number}", account, amount))


def go_until_killed(services, client, renewals, moment):
    """The blow falls whenever it falls: between requests or in the middle of one."""
    timer = threading.Timer(moment, services.process.kill)
    timer.start()
    try:
        go_until(client, renewals, time.monotonic() + moment)
        interrupted = 0
    except BROKEN:
        interrupted = 1
    timer.join()
    services.kill()
    return interrupted


def go_until(client, renewals, deadline):
    while time.monotonic() < deadline and any(r.state not in ("settled", "nothing") for r in renewals):
        for renewal in renewals:
            if renewal.state not in ("settled", "nothing"):
                renewal.step(client)


def signed_in(services, personal_id=SARA):
    client = services.client(personal_id)
    client.sign_in()
    return client


@test
def killed_at_a_hundred_moments_every_order_settles():
    chance = random.Random(SEED)
    services = Services()
    services.start()
    client = signed_in(services)
    renewals = []
    began = time.monotonic()
    moments = []
    interrupted = 0
    services.stop()
    for number in range(KILLS):
        active = [r for r in renewals if r.state not in ("settled", "nothing")]
        personal_id = fresh_permit(services, {r.personal_id for r in active})
        if personal_id is not None:
            enrich(services, number)
            renewals.append(Renewal(number, personal_id))
        services.start()
        client.bases, client.connections = services.bases, {}
        if time.monotonic() - began > 200:  # an access token lives five minutes
            client.refresh()
            began = time.monotonic()
        moment = chance.uniform(0, WORST * harness.SLOW)
        moments.append(moment)
        interrupted += go_until_killed(services, client, renewals, moment)
    services.start()
    client.bases, client.connections = services.bases, {}
    go_until(client, renewals, time.monotonic() + 60 * harness.SLOW)
    states = [r.state for r in renewals]
    assert all(state in ("settled", "nothing") for state in states), states
    assert services.stop() == 0
    code, said = services.audit("--settled")
    assert code == 0, said
    with services.database("bank") as bank:
        (unbalanced,) = bank.execute("SELECT SUM(amount) FROM entries").fetchone()
        (twice,) = bank.execute("SELECT count(*) FROM (SELECT transfer FROM entries WHERE account ="
                                " '2000100001' AND amount < 0 GROUP BY transfer HAVING count(*) > 1)").fetchone()
        (payments,) = bank.execute("SELECT count(*) FROM payments WHERE state = 'captured'").fetchone()
    with services.database("ministry") as ministry:
        (executed,) = ministry.execute("SELECT count(*) FROM executions WHERE outcome = 'executed'").fetchone()
    with services.database("portal") as portal:
        orders = dict(portal.execute("SELECT state, count(*) FROM orders GROUP BY state").fetchall())
    assert unbalanced == 0 and twice == 0 and payments == executed == orders.get("delivered"), (
        unbalanced, twice, payments, executed, orders)
    print(f"# {KILLS} kills up to {max(moments):.2f} s in, {interrupted} of them in the middle of a"
          f" request; {executed} renewals, all delivered")
    assert interrupted >= KILLS // 10, "too few kills met a request"
    assert executed >= KILLS // 5, "too few renewals for the kills to mean something"
    harness.shutil.rmtree(services.state)


@test
def killed_while_a_company_pays_for_many_orders_every_share_settles():
    chance = random.Random(SEED + 1)
    services = Services()
    services.start()
    client = signed_in(services, GEORGES)
    with services.database("ministry") as ministry:
        permits = [one for (one,) in ministry.execute("SELECT personal_id FROM permits WHERE renewer = ?", (BAKERY,))]
        ministry.execute("UPDATE permits SET hindrance = NULL, late_hindrance = NULL WHERE renewer = ?", (BAKERY,))
        ministry.commit()
    services.stop()
    enrich(services, "company", payer="3000100001", riches=10 ** 10)
    batches, kills, began = [], max(KILLS // 4, 1), time.monotonic()
    for number in range(kills):
        if all(batch.state == "settled" for batch in batches):
            with services.database("ministry") as ministry:
                ministry.execute("UPDATE permits SET expires_on = date('now', '+20 days') WHERE renewer = ?", (BAKERY,))
                ministry.commit()
            batches.append(Batch(number, permits))
        services.start()
        client.bases, client.connections = services.bases, {}
        if time.monotonic() - began > 200:
            client.refresh()
            began = time.monotonic()
        go_until_killed(services, client, batches, chance.uniform(0, 2 * WORST * harness.SLOW))
    services.start()
    client.bases, client.connections = services.bases, {}
    go_until(client, batches, time.monotonic() + 60 * harness.SLOW)
    assert all(batch.state == "settled" for batch in batches), [batch.state for batch in batches]
    assert services.stop() == 0
    code, said = services.audit("--settled")
    assert code == 0, said
    with services.database("bank") as bank:
        states = bank.execute("SELECT state, count(*), SUM(captured) FROM shares GROUP BY state").fetchall()
        lines, = bank.execute("SELECT count(*) FROM entries WHERE account = '10003000'").fetchone()
    expected = sum(order["total"] for batch in batches for order in batch.orders)
    assert states == [("captured", 3 * len(batches), expected)] and lines == 3 * len(batches), (states, lines)
    print(f"# {kills} kills, {len(batches)} payments of three orders each")
    harness.shutil.rmtree(services.state)


if __name__ == "__main__":
    harness.main()
