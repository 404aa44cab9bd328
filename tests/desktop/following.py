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

SARA, JONAS, ELIN = "27612405934", "27812404417", "31012400218"


class World:
    """The services, a person of the sandbox signed in at them by a client of its own, and the operators."""

    def __init__(self, personal_id=SARA):
        self.services = harness.Services(pace=1).start()
        self.person = self.services.client(personal_id)
        self.code = self.person.token.sign_in_code()  # used up by it
        self.person.sign_in(self.code)
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

    def scan(self, order, leg, code, **more):
        return self.operator("post", f"/consignments/{order['consignment']}/scans", dict(
            {"leg": leg, "code": code, "place_en": "Al Sadd post office", "place_ar": "مكتب بريد السد",
             "at": int(time.time())}, **more))

    def station(self, order, name):
        self.operator("ministry", f"/orders/{order['id']}/stations", {"station": name, "at": int(time.time())})

    def place(self, *permits):
        return self.person.place_order(self.person.quote([(one, 1) for one in permits]))


def pay(person, order):
    """Until its consignment is known."""
    person.pay(person.bill([order["id"]]))
    deadline = time.monotonic() + 60 * harness.SLOW
    while time.monotonic() < deadline:
        order = person.order(order["id"])
        if order.get("consignment"):
            return order
        time.sleep(0.1)
    raise AssertionError(f"{order['id']} is still {order['state']}")


def fresh_code(token_file, used):
    """One that is not used up: the next half minute's, if it must be."""
    deadline = time.monotonic() + 65
    while time.monotonic() < deadline:
        code = harness.foreign.Token(token_file).sign_in_code()
        if code != used:
            return code
        time.sleep(0.5)
    raise AssertionError("no other code")


class App(desktop.App):
    """The app on those services."""

    def __init__(self, world, settings=None, **more):
        super().__init__(settings, ("--addresses", world.services.ports), **more)
        self.world = world

    def code(self, personal_id):
        return fresh_code(os.path.join(self.world.services.state, "tokens", personal_id + ".token"), self.world.code)

    def press(self, name, seconds=10):
        """As assistive technology does it: by the name of a button."""
        from gi.repository import Atspi, GLib
        deadline = time.monotonic() + seconds * desktop.SLOW
        while time.monotonic() < deadline:
            for node in self.walk():
                try:
                    if node.get_name() == name and Atspi.Action.get_n_actions(node) > 0:
                        Atspi.Action.do_action(node, 0)
                        return
                except GLib.Error:
                    continue
            time.sleep(0.1)
        raise AssertionError(f"there is no “{name}” to press; there is: {self.texts()}")
