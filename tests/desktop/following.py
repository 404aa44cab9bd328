# SPDX-License-Identifier: GPL-3.0-or-later
"""Orders in every state for the pages about them, on real services whose courier sleeps: what happens to an
envelope is what the post's and the ministry's operators report."""
import json
import os
import secrets
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "journeys"))
import harness  # noqa: E402
import session as desktop  # noqa: E402
from parties import PartyKey  # noqa: E402

SARA = "27612405934"
MEDICAL, EARLY = "28080400932", "29840003187"  # refused; not used where the seed has others


class World:
    """The services, a person of the sandbox signed in at them by a client of its own, and the operators."""

    def __init__(self, personal_id=SARA):
        self.services = harness.Services(pace=1).start()
        self.person = self.services.client(personal_id)
        self.person.sign_in()
        self.operators = {}

    def stop(self):
        if self.services.process.poll() is None:
            self.services.stop()
        harness.shutil.rmtree(self.services.state, ignore_errors=True)

    def operator(self, party, path, body):
        if party not in self.operators:
            self.operators[party] = PartyKey(self.services.state, party + "-operator").operator_jwt(
                "Noura", party, exp=int(time.time()) + 290)
        status, _, data = self.person.exchange(party, "POST", path, {
            "Authorization": "Bearer " + self.operators[party], "Content-Type": "application/json",
            "Idempotency-Key": f'"{secrets.token_hex(8)}"'}, harness.foreign.compact(body))
        assert status == 200, (status, data)
        return json.loads(data)

    def scan(self, order, leg, code, at=None, place=("Al Sadd post office", "مكتب بريد السد"), **more):
        return self.operator("post", f"/consignments/{order['consignment']}/scans", dict(
            {"leg": leg, "code": code, "place_en": place[0], "place_ar": place[1],
             "at": int(time.time()) if at is None else at}, **more))

    def station(self, order, name, at=None):
        self.operator("ministry", f"/orders/{order['id']}/stations",
                      {"station": name, "at": int(time.time()) if at is None else at})

    def place(self, *permits):
        return self.person.place_order(self.person.quote([(one, 1) for one in permits]))

    def pay(self, order):
        """Until its consignment is known."""
        bill = self.person.bill([order["id"]])
        self.person.pay(bill)
        deadline = time.monotonic() + 60 * harness.SLOW
        while time.monotonic() < deadline:
            order = self.person.order(order["id"])
            if order.get("consignment") and order["state"] == "captured":
                return order
            time.sleep(0.1)
        raise AssertionError(f"{order['id']} is still {order['state']}")


class App(desktop.App):
    """The app on those services."""

    def __init__(self, world, settings=None, **more):
        super().__init__(settings, ("--addresses", world.services.ports), **more)
        self.state = world.services.state

    def code(self, personal_id):
        """One that was not used yet."""
        token = os.path.join(self.state, "tokens", personal_id + ".token")
        before = getattr(self, "used", None)
        deadline = time.monotonic() + 70
        while time.monotonic() < deadline:
            code = harness.foreign.Token(token).sign_in_code()
            if code != before:
                return code
            time.sleep(0.5)
        raise AssertionError("no other code")

    def enter(self, world, personal_id=SARA):
        """Signs in, with a code that the client beside it has not used."""
        time.sleep(max(0, 30 - (time.time() - world.signed_in) if hasattr(world, "signed_in") else 0))
        self.sign_in(personal_id)
