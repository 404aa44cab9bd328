# SPDX-License-Identifier: GPL-3.0-or-later
"""Orders in every state for the pages about them, on real services whose courier sleeps: what happens to an
envelope is what the post's and the ministry's operators report."""
import contextlib
import json
import os
import secrets
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", folder) for folder in ("journeys", "secrets", "foreign")]
import harness  # noqa: E402  pylint: disable=wrong-import-position
import keyrings  # noqa: E402  pylint: disable=wrong-import-position
import relay  # noqa: E402  pylint: disable=wrong-import-position
from parties import PartyKey  # noqa: E402  pylint: disable=wrong-import-position

try:
    from renewal import Resident, fresh_code
    from stage import APP, Stage
    MISSING = keyrings.missing("Xvfb", "xdotool", "dbus-daemon", "gnome-keyring-daemon")
except ImportError as fault:  # python3-gi
    MISSING = str(fault)


class World:
    """The services and their operators."""

    def __init__(self):
        self.bed = relay.Bed(pace=1)
        self.services = self.bed.services
        self.operators = {}

    def operator(self, person, party, path, body):
        if party not in self.operators:
            self.operators[party] = PartyKey(self.services.state, party + "-operator").operator_jwt(
                "Noura", party, exp=int(time.time()) + 290)
        status, _, data = person.exchange(party, "POST", path, {
            "Authorization": "Bearer " + self.operators[party], "Content-Type": "application/json",
            "Idempotency-Key": f'"{secrets.token_hex(8)}"'}, harness.foreign.compact(body))
        assert status == 200, (status, data)
        return json.loads(data)

    @contextlib.contextmanager
    def home_of(self, personal_id, prepare=None, **more):
        """A person with a client of their own beside the application that they are signed in to."""
        elsewhere = Elsewhere(self, personal_id)
        with Stage(**more) as stage:
            if prepare is not None:
                prepare(stage)
            app = stage.start_app("--addresses", self.bed.addresses)
            yield Resident(app, personal_id, os.path.join(self.services.state, "tokens")), elsewhere


class Elsewhere:
    """What a person does, and what is done to their envelopes, while the application only looks on."""

    def __init__(self, world, personal_id):
        self.world = world
        self.client = world.services.client(personal_id)
        self.client.sign_in(fresh_code(self.client.token, typing=5))

    def place(self, *permits):
        """Each for as short as may be."""
        years = {permit["personal_id"]: permit["years"][0] for permit in self.client.permits()}
        return self.client.place_order(self.client.quote([(one, years[one]) for one in permits]))

    def pay(self, *permits):
        """Until its consignment is known."""
        return pay(self.client, self.place(*permits))

    def scan(self, order, leg, code, **more):
        return self.world.operator(self.client, "post", f"/consignments/{order['consignment']}/scans", dict(
            {"leg": leg, "code": code, "place_en": "Al Sadd post office", "place_ar": "مكتب بريد السد",
             "at": int(time.time())}, **more))

    def station(self, order, name):
        self.world.operator(self.client, "ministry", f"/orders/{order['id']}/stations",
                            {"station": name, "at": int(time.time())})


def pay(client, order):
    client.pay(client.bill([order["id"]]))
    return keyrings.eventually(lambda: with_consignment(client.order(order["id"])), 60 * harness.SLOW)


def with_consignment(order):
    return order if order.get("consignment") else None
