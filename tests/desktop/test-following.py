#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was renewed and where it is: the list, an order, its envelope followed to delivery, its receipt saved, and
notifications while no window is open. The real app on real services, by keyboard and by the names that assistive
technology reads."""
import contextlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import following  # noqa: E402
from following import ELIN, JONAS, SARA, desktop, fresh_code, harness  # noqa: E402

ARABIC = re.compile("[\u0600-\u06ff]")
WORLD, HOME, PAID = None, None, None


def world():
    """One for all tests: a person's codes are used up, and each takes half a minute to come."""
    global WORLD, HOME, PAID
    if WORLD is None:
        desktop.Session()
        WORLD = following.World()
        HOME = tempfile.mkdtemp(prefix="tajdid-home-")
        PAID = following.pay(WORLD.person, WORLD.place(SARA))
        cancelled = WORLD.place(ELIN)
        WORLD.person.cancel(cancelled["id"])
    return WORLD


def go_to_renewals(app):
    """Back over the menu and the last place."""
    app.keys("ctrl+f", "shift+Tab", "shift+Tab", "shift+Tab", "space")


def nameless(app):
    from gi.repository import Atspi
    faults = []
    for node in app.walk():
        states = node.get_state_set()
        if not states.contains(Atspi.StateType.FOCUSABLE) or not states.contains(Atspi.StateType.SHOWING):
            continue
        if node.get_role() in (Atspi.Role.FRAME, Atspi.Role.WINDOW, Atspi.Role.DIALOG, Atspi.Role.SCROLL_PANE):
            continue
        name = node.get_name() or ""
        if not name or re.match("(Gtk|Adw|Tjd)[A-Z]", name) or "_" in name:
            faults.append(f"{node.get_role_name()} “{name}”")
    return faults


def check_names(app, page):
    faults = nameless(app)
    assert not faults, f"{page}: without a name: {faults}"


def an_order_is_found_and_cancelled():
    unpaid = world().place(JONAS)
    with following.App(WORLD, {"language": "'en'"}, home=HOME) as app:
        app.wait_for("Token code", 40)
        app.sign_in(SARA)
        app.wait_for("Anjali Nair", 40)
        go_to_renewals(app)
        app.wait_for("Jonas Lindqvist\u2069, Waiting for payment")
        app.wait_for("Renewed, to be posted")
        app.wait_for("Elin Lindqvist\u2069, Cancelled")
        check_names(app, "renewals")
        app.keys("ctrl+f")
        app.type("JONAS")
        app.wait_gone("Elin Lindqvist\u2069, Cancelled")
        app.keys("Tab", "Tab", "Tab", "Return")  # over the two choices into the list
        app.wait_for("It expires on")
        app.wait_for("Order placed")
        check_names(app, "order")
        app.press("Cancel Order")
        app.wait_for("Cancel This Order?")
        assert WORLD.person.order(unpaid["id"])["state"] == "placed"
        app.keys("alt+o")
        app.wait_for("It was cancelled, and nothing was charged.")
        assert WORLD.person.order(unpaid["id"])["state"] == "cancelled"
        app.keys("alt+Left", "ctrl+f", "ctrl+a", "BackSpace")
        app.wait_for("Jonas Lindqvist\u2069, Cancelled")
        app.wait_for("Elin Lindqvist\u2069, Cancelled")


def open_paid(app, words):
    app.wait_for("Anjali" if words == "en" else "أنجالي", 40)
    go_to_renewals(app)
    app.wait_for("Sara Lindqvist\u2069, " if words == "en" else "سارة ليندكفست\u2069, ")
    app.keys("ctrl+f")
    app.type(PAID["id"])
    app.wait_gone("\u2069, Cancelled" if words == "en" else "\u2069, ملغاة")
    app.keys("Tab", "Tab", "Tab", "Return")


def its_envelope_is_followed_to_delivery():
    world()
    with following.App(WORLD, None, home=HOME) as app:
        open_paid(app, "en")
        app.wait_for("Renewed until")
        app.press("Follow")
        app.wait_for("The 24 hours begin when the post takes the envelope")
        app.wait_for("Envelope out, not yet")
        check_names(app, "follow")
        WORLD.scan(PAID, "out", "EMA")
        app.wait_for("On its way to the ministry")
        app.wait_for("23 hours 59 minutes left of 24 hours")
        WORLD.scan(PAID, "out", "EMI")
        app.wait_for("Envelope out, done")
        WORLD.station(PAID, "stamped")
        app.wait_for("Stamped, done")
        app.wait_for("Card printed, not yet")
        WORLD.scan(PAID, "back", "EMA")
        WORLD.scan(PAID, "back", "EMH", reason="addressee-absent", action="held-for-collection")
        app.wait_for("Delivery to you failed")
        app.wait_for("Card printed, not reported")  # the ministry has not said it
        app.wait_for("Collect it at the post office, with your ID and the item number.")
        WORLD.scan(PAID, "back", "EXQ9")
        app.wait_for("The post has noted “\u2068EXQ9\u2069”")
        app.wait_for("Collect it at the post office, with your ID and the item number.")
        WORLD.scan(PAID, "back", "EMI")
        app.wait_for("Delivered back to you")
        app.wait_for("Way back, done")
        app.wait_for("Back within")
        app.keys("alt+Left")
        app.wait_for("Passports and new cards were delivered.")


def the_receipt_is_saved():
    world()
    folder = tempfile.mkdtemp(prefix="tajdid-saved-")
    path = os.path.join(folder, "receipt.pdf")
    with following.App(WORLD, None, home=HOME) as app:
        open_paid(app, "en")
        app.press("Save Receipt")
        app.wait_for("PDF documents")
        time.sleep(2 * desktop.SLOW)  # its entry takes the focus; GTK 4.8 does not tell when
        app.keys("ctrl+a")
        app.type(path)
        time.sleep(1)
        app.keys("Return")
        app.wait_for("The receipt was saved.")
    receipt = WORLD.person.receipt(PAID["id"])
    text = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True).stdout
    harness.shutil.rmtree(folder)
    assert receipt["id"] in text and "Sara Lindqvist" in text, text
    assert f"QAR\u00a0{receipt['captured'] / 100:,.2f}" in text.replace(" ", "\u00a0"), text


def all_of_it_is_arabic():
    if "delivered_at" not in world().person.consignment(PAID["consignment"]):
        WORLD.scan(PAID, "back", "EMI")
    with following.App(WORLD, {"language": "'ar'"}, home=HOME) as app:
        open_paid(app, "ar")
        app.wait_for("جُدّدت حتى")
        check_names(app, "order")
        app.press("تتبّع")
        app.wait_for("سُلّم إليك")
        app.wait_for("عاد خلال")
        check_names(app, "follow")
        english = [text for text in app.texts() if re.search("[A-Za-z]{3}", text) and not ARABIC.search(text)]
        known = re.compile(r"^(Gtk|Adw|Tjd)[A-Z]|^tajdid$|^[\u2066\u2068]?(ord|rcp|pay|con)-|RR[0-9]{9}QA|Tajdid|English|http://|EXQ9")
        assert not [text for text in english if not known.search(text)], english


class Listener:
    """Who is shown notifications (notifications.py)."""

    def __init__(self):
        self.file = tempfile.TemporaryFile("w+", encoding="utf-8")
        self.process = subprocess.Popen([sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                                                      "notifications.py")], stdout=self.file)
        deadline = time.monotonic() + 20 * desktop.SLOW
        while not self.titles() and time.monotonic() < deadline:
            time.sleep(0.1)

    def titles(self):
        self.file.seek(0)
        return self.file.read().splitlines()

    def __enter__(self):
        assert self.titles() == ["ready"], self.titles()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def without_a_window_it_notifies_and_then_ends():
    world()
    with Listener() as listener, \
            desktop.App({"language": "'en'"}, ("--services", os.environ["TAJDID_SERVICES"])) as app:
        app.wait_for("Sandbox: nothing here is real", 40)
        state = os.path.join(app.home, "state", "tajdid", "sandbox")
        token = os.path.join(state, "tokens", SARA + ".token")
        used = app.code(SARA)
        app.sign_in(SARA)
        app.wait_for("Anjali Nair", 40)
        with open(os.path.join(state, "ports.json"), encoding="utf-8") as file:
            person = harness.foreign.Client(json.load(file), harness.foreign.Token(token))
        person.sign_in(fresh_code(token, used))
        order = following.pay(person, person.place_order(person.quote([(SARA, 1)])))
        app.keys("ctrl+w")
        deadline = time.monotonic() + 90 * desktop.SLOW
        while app.process.poll() is None and time.monotonic() < deadline:
            with contextlib.suppress(Exception):
                order = person.order(order["id"])
            time.sleep(0.3)
        assert app.process.poll() == 0, f"it has not ended: {order['state']}, {listener.titles()}\n{app.tail()}"
        assert listener.titles()[-1] == "Passports and new cards were delivered", listener.titles()


if __name__ == "__main__":
    try:
        desktop.run([an_order_is_found_and_cancelled, its_envelope_is_followed_to_delivery, the_receipt_is_saved,
                     all_of_it_is_arabic, without_a_window_it_notifies_and_then_ends])
    finally:
        if WORLD is not None:
            WORLD.stop()
            harness.shutil.rmtree(HOME, ignore_errors=True)
