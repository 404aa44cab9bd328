#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The session and what is read offline with a real gnome-keyring on a bus of its own."""
import os
import sys

import driver  # noqa: F401 — it knows where harness is
import harness
from driver import Bed, Person, ours
from harness import skip, test

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "secrets"))
import keyrings  # noqa: E402  pylint: disable=wrong-import-position

SARA, OMAR = "27612405934", "28581803362"
LOCKED, NO_SERVICE, NO_BUS = 1, 3, 4
BED = Bed(pace=1)
LACKING = keyrings.missing("dbus-daemon", "gdbus", "gnome-keyring-daemon", "Xvfb")


@test
def kept_by_a_real_keyring_over_a_restart():
    if LACKING:
        skip(LACKING)
    with keyrings.Session(display="640x480x24") as session:  # on which it asks, and nobody answers
        session.open_keyring()
        sara = Person(BED, SARA, session=session)
        answer = sara.sign_in()
        assert answer["keyring"] == -1, answer
        assert sara.do("keep")["ok"]
        sara.kill()
        resumed = sara.start().do("resume")
        assert resumed["ok"] and resumed["personal_id"] == SARA, resumed
        assert sara.do("read-offline")["personal_id"] == SARA
        sara.kill()
        session.close_keyring()  # and another time it is not open
        session.open_keyring(password=None)
        answer = sara.start().do("resume")
        assert answer["domain"] == "tjd-keyring-error-quark" and answer["code"] == LOCKED, answer
        answer = sara.do("read-offline")
        assert answer["domain"] == "tjd-keyring-error-quark", answer
        assert os.path.exists(os.path.join(sara.home, "offline"))
        sara.kill()
        session.close_keyring()
        session.open_keyring()  # nothing was lost by it
        assert sara.start().do("resume")["ok"] and sara.do("read-offline")["ok"]
        assert sara.do("sign-out")["ok"]
        sara.end()
        ours(sara.start().do("resume"), "not-signed-in")
        sara.end()


@test
def signed_in_without_any_keyring():
    if LACKING:
        skip(LACKING)
    with keyrings.Session(services=False) as session:
        omar = Person(BED, OMAR, session=session)
        answer = omar.sign_in()
        assert answer["ok"] and answer["keyring"] == NO_SERVICE, answer
        assert omar.do("account")["ok"] and omar.do("refresh")["keyring"] == NO_SERVICE
        session.env["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nowhere/at/all"
        omar.end()
        answer = omar.start().do("resume")
        assert answer["domain"] == "tjd-keyring-error-quark" and answer["code"] == NO_BUS, answer
        answer = omar.sign_in()
        assert answer["ok"] and answer["keyring"] == NO_BUS, answer
        omar.end()


if __name__ == "__main__":
    try:
        BED.start()
        harness.main()
    finally:
        BED.stop()
