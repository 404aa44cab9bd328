#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was renewed and where it is: the list, an order, its envelope followed to delivery, its receipt saved, and
notifications while no window is open or nobody is there. The real app on real services, by keyboard."""
import contextlib
import json
import os
import re
import subprocess

import following
import harness
import hostile
from clock import Clock
from harness import SLOW, test
from listener import Listener
from renewal import ANJALI, ELEANOR, ELIN, JONAS, OMAR, SARA, YUSUF, in_sandbox

ARABIC = re.compile("[\u0600-\u06ff]")
NOT_OURS = re.compile(r"(ord|rcp|pay|con)-|RR[0-9]{9}QA|Tajdid|English|http://|EXQ9")
QUARTER_HOUR = 15 * 60
WORLD = None if following.MISSING else following.World()


@test
def an_order_is_found_and_cancelled():
    with WORLD.home_of(SARA) as (person, elsewhere):
        app = person.app
        elsewhere.client.cancel(elsewhere.place(ELIN)["id"])
        unpaid = elsewhere.place(JONAS)
        person.sign_in()
        person.go_to_place("Renewals")
        app.expect(re.compile("Jonas Lindqvist, Waiting for payment"))
        app.expect(re.compile("Elin Lindqvist, Cancelled"))
        app.press("ctrl+f")
        app.type("JONAS")
        app.expect_gone(re.compile("Elin Lindqvist, Cancelled"))
        app.go_to(re.compile("Jonas Lindqvist, Waiting"))
        app.press("Return")
        app.expect(re.compile("It expires on"))
        app.expect(re.compile("Order placed"))
        app.activate(person.words("Cancel Order"), "button")
        app.expect(person.words("Cancel This Order?"))
        assert elsewhere.client.order(unpaid["id"])["state"] == "placed"
        app.press("alt+o")
        app.expect(re.compile("It was cancelled, and nothing was charged."))
        assert elsewhere.client.order(unpaid["id"])["state"] == "cancelled"
        app.press("alt+Left")
        app.expect(person.words("Renewals, newest first"))
        app.press("ctrl+f")
        app.clear()
        app.expect(re.compile("Jonas Lindqvist, Cancelled"))
        app.expect(re.compile("Elin Lindqvist, Cancelled"))
        app.quit()


@test
def its_envelope_is_followed_to_delivery():
    with WORLD.home_of(ELEANOR) as (person, elsewhere):
        app = person.app
        order = elsewhere.pay(ELEANOR)
        person.sign_in()
        person.open_order(re.compile("Eleanor Whitfield, "))
        app.expect(re.compile("Renewed until"))
        app.activate(person.words("Follow"), "button")
        app.expect(re.compile("The 24 hours begin when the post takes the envelope"))
        app.expect(re.compile("Envelope out, not yet"))
        elsewhere.scan(order, "out", "EMA")
        app.expect(re.compile("On its way to the ministry"), seconds=30)
        app.expect(re.compile("23 hours 59 minutes left of 24 hours"))
        elsewhere.scan(order, "out", "EMI")
        app.expect(re.compile("Envelope out, done"), seconds=30)
        elsewhere.station(order, "stamped")
        app.expect(re.compile("Stamped, done"), seconds=30)
        app.expect(re.compile("Card printed, not yet"))
        elsewhere.scan(order, "back", "EMA")
        elsewhere.scan(order, "back", "EMH", reason="addressee-absent", action="held-for-collection")
        app.expect(re.compile("Delivery to you failed"), seconds=30)
        app.expect(re.compile("Card printed, not reported"))  # the ministry has not said it
        app.expect(re.compile("Collect it at the post office, with your ID and the item number."))
        elsewhere.scan(order, "back", "EXQ9")
        app.expect(re.compile("The post has noted “EXQ9”"), seconds=30)
        app.expect(re.compile("Collect it at the post office, with your ID and the item number."))
        elsewhere.scan(order, "back", "EMI")
        app.expect(re.compile("Delivered back to you"), seconds=30)
        app.expect(re.compile("Way back, done"))
        app.expect(re.compile("Back within"))
        app.press("alt+Left")
        app.expect(re.compile("Passports and new cards were delivered."))
        app.quit()


def save_as(app, path):
    """In the toolkit's own question for a file, once its entry has the keyboard."""
    app.wait(lambda: (node := app.focused()) is not None and "editable" in node.states, "an entry for the name")
    entry = app.focused()
    app.clear()
    app.type(path)
    app.wait(lambda: entry.text == path, "the path is typed")
    app.press("Return")


@test
def the_receipt_is_saved():
    with WORLD.home_of(OMAR) as (person, elsewhere):
        order = elsewhere.pay(YUSUF)
        path = os.path.join(person.app.stage.home, "receipt.pdf")
        person.sign_in()
        person.open_order(re.compile("Yusuf Haddad, "))
        person.app.activate(person.words("Save Receipt"), "button")
        save_as(person.app, path)
        person.app.expect(re.compile("The receipt was saved."))
        receipt = elsewhere.client.receipt(order["id"])
        text = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True).stdout
        assert receipt["id"] in text and "Yusuf Haddad" in text, text
        assert f"QAR\u00a0{receipt['captured'] / 100:,.2f}" in text.replace(" ", "\u00a0"), text
        person.app.quit()


@test
def all_of_it_is_arabic():
    with WORLD.home_of(SARA, language="ar") as (person, elsewhere):
        app = person.app
        order = elsewhere.pay(ANJALI)
        for leg in ("out", "back"):
            elsewhere.scan(order, leg, "EMA")
            elsewhere.scan(order, leg, "EMI")
        person.sign_in()
        person.open_order(re.compile("أنجالي ناير، |أنجالي ناير, "))
        app.expect(re.compile("جُدّدت حتى"))
        app.activate(person.words("Follow"), "button")
        app.expect(re.compile("سُلّم إليك"))
        app.expect(re.compile("عاد خلال"))
        english = [text for text in app.texts() if re.search("[A-Za-z]{3}", text) and not ARABIC.search(text)]
        assert not [text for text in english if not NOT_OURS.search(text)], english
        app.quit()


@test
def without_a_window_it_notifies_and_then_ends():
    with following.Stage() as stage, Listener(stage) as listener:
        person = in_sandbox(stage, SARA)
        app = person.app
        person.sign_in()
        with open(os.path.join(person.tokens, "../ports.json"), encoding="utf-8") as file:
            client = harness.foreign.Client(json.load(file), person.token)
        client.sign_in(following.fresh_code(person.token, typing=5))
        order = following.pay(client, client.place_order(client.quote([(SARA, 1)])))
        app.press("ctrl+w")
        try:
            code = app.process.wait(timeout=90 * SLOW)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(Exception):
                order = client.order(order["id"])
            raise AssertionError(f"it has not ended: {order['state']}, {listener.titles()}\n{stage.said()}") from None
        assert code == 0 and listener.titles()[-1] == "Passports and new cards were delivered", listener.titles()


@test
def unused_it_is_locked_and_goes_on_following():
    kept, ending = {}, contextlib.ExitStack()

    def prepare(stage):
        kept.update(listener=ending.enter_context(Listener(stage)), clock=Clock(stage))

    with ending, WORLD.home_of(OMAR, prepare) as (person, elsewhere):
        app, clock, listener = person.app, kept["clock"], kept["listener"]
        order = elsewhere.pay(OMAR)
        before = len(WORLD.bed.portal.seen)
        person.sign_in()
        app.wait(lambda: any(line.startswith("GET /orders") for line in WORLD.bed.portal.seen[before:]),
                 "its orders are asked for")
        clock.set(QUARTER_HOUR + 60, QUARTER_HOUR + 60)
        app.expect(re.compile("not used for a while and is locked"), seconds=20)
        clock.set(0, QUARTER_HOUR + 60)
        app.wait_focused(person.words("Token code"))
        assert person.field("Personal ID") == OMAR
        app.press("ctrl+w")
        app.wait(lambda: not app.root.children, "the window goes")
        elsewhere.scan(order, "out", "EMA")
        WORLD.bed.portal.rewrite = hostile.rewrite
        clock.set(0, 2 * QUARTER_HOUR)
        app.wait(lambda: not app.root.children and "The envelope is on its way" in listener.titles(), "it is told", 20)
        WORLD.bed.portal.heal()
        body = listener.shown()[-1]["body"]
        assert "Bold" in body and len(body) < 300 and not re.search("[<>&\u202e\r\n\t]", body), body
        assert app.process.poll() is None
        app.stage.start(following.APP)  # which only opens the window
        app.stage.focus("app.tajdid.Tajdid|tajdid", 30)
        app.wait_focused(person.words("Token code"))
        app.type(person.fresh_code())
        app.press("Return")
        person.wait_for_permits()
        app.quit()


if __name__ == "__main__":
    if following.MISSING:
        print(f"1..0 # SKIP {following.MISSING}")
    else:
        try:
            WORLD.bed.start()
            harness.main()
        finally:
            WORLD.bed.stop()
