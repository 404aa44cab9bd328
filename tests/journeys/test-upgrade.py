#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Databases of an earlier version are brought up to date at the start, in the middle of things: tests/services/v1
was left by a process that was killed with a capture, a release and a notice still to be carried."""
import contextlib
import os
import sqlite3
import sys
import tempfile
import time

import harness
from harness import Services, foreign, test

SARA, OMAR = "27612405934", "28581803362"
OLD = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "services", "v1")
STATE = tempfile.mkdtemp(prefix="tajdid-")
SERVICES = Services(state=STATE)
WAS = {}


def restore():
    for party in harness.PARTIES:
        with open(os.path.join(OLD, party + ".sql"), encoding="utf-8") as file, \
                contextlib.closing(SERVICES.database(party)) as database:
            database.executescript(file.read())
    with contextlib.closing(SERVICES.database("ministry")) as database:  # however long ago that was
        database.execute("UPDATE quotes SET honoured_until = ?", (int(time.time()) + 3600,))
        database.commit()
    with contextlib.closing(SERVICES.database("portal")) as database:  # so that two can still be paid
        database.execute("UPDATE orders SET expires_at = ? WHERE state = 'placed'", (int(time.time()) + 3600,))
        database.commit()
        WAS.update(database.execute("SELECT id, state FROM orders"))
    restore_tokens()


def restore_tokens():
    os.mkdir(os.path.join(STATE, "tokens"))
    with contextlib.closing(SERVICES.database("portal")) as portal, contextlib.closing(SERVICES.database("bank")) as bank:
        signing = dict(bank.execute("SELECT personal_id, secret FROM signers"))
        for personal_id, secret in portal.execute("SELECT personal_id, secret FROM people"):
            with open(os.path.join(STATE, "tokens", personal_id + ".token"), "w", encoding="ascii") as file:
                file.write(f"otpauth://totp/Tajdid:{personal_id}?secret={secret}&issuer=Tajdid&algorithm=SHA256&digits=6"
                           f"&period=30\notpauth://ocra/Tajdid:{personal_id}?secret={signing.get(personal_id, secret)}"
                           "&issuer=Tajdid&suite=OCRA-1%3AHOTP-SHA256-8%3AQN08-S064\n")


@test
def what_was_under_way_comes_to_its_end():
    assert sorted(WAS.values()) == ["delivered", "executed", "executed", "placed", "placed", "voided"]
    SERVICES.start()
    sara, omar = SERVICES.client(SARA), SERVICES.client(OMAR)
    sara.sign_in()
    omar.sign_in()
    assert sara.account() == {"personal_id": SARA, "name_en": SARA, "name_ar": SARA, "mandates": []}
    orders = {order["id"]: order for client in (sara, omar)
              for order in client.request("portal", "GET", "/orders")["orders"]}
    assert set(orders) == set(WAS)
    carried = [order for order in orders.values() if WAS[order["id"]] == "executed"]
    ended = [(sara if order["renewer"] == SARA else omar).wait_for(order["id"], {"delivered", "voided"})
             for order in carried]
    assert sorted(order["state"] for order in ended) == ["delivered", "voided"]
    # money was held for one of the two that were placed; the other is paid now
    unpaid, = (order for order in orders.values() if WAS[order["id"]] == "placed" and order["renewer"] == SARA)
    held, = (order for order in orders.values() if WAS[order["id"]] == "placed" and order["renewer"] == OMAR)
    assert omar.wait_for(held["id"], {"delivered"})["captured"] == held["total"]
    sara.pay(sara.bill([unpaid["id"]]))
    sara.wait_for(unpaid["id"], {"delivered"})


@test
def receipts_of_before_are_had_and_confirmed():
    sara = SERVICES.client(SARA)
    with contextlib.closing(SERVICES.database("portal")) as database:  # the code may be used again
        database.execute("UPDATE attempts SET last_step = 0")
        database.commit()
    sara.sign_in()
    for order, state in WAS.items():
        if state == "delivered":
            receipt = sara.receipt(order)
            status, _, _ = sara.exchange("portal", "GET", "/receipts/" + receipt["id"])
            assert status == 200 and receipt["captured"] == 224000 and foreign.tokens_in(os.path.join(STATE, "tokens"))


@test
def the_books_agree():
    SERVICES.stop()
    code, said = SERVICES.audit("--settled")
    assert code == 0, said
    for party in harness.PARTIES:
        with contextlib.closing(sqlite3.connect(os.path.join(STATE, party + ".db"))) as database:
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def run():
    try:
        restore()
        harness.main()
    finally:
        if SERVICES.process is not None:
            SERVICES.stop()
        harness.shutil.rmtree(STATE, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(run())
