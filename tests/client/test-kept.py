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

SARA, OMAR, ELEANOR = "27612405934", "28581803362", "27982603006"
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
def what_is_kept_of_a_person_is_listed_and_forgotten():
    if LACKING:
        skip(LACKING)
    with keyrings.Session() as session:
        session.open_keyring()
        sara, omar = (Person(BED, one, session=session) for one in (SARA, OMAR))
        root, places = BED.state, [os.path.basename(one.home) for one in (sara, omar)]
        before = sara.do("list-places", root)["places"]  # of another test
        assert not set(places) & set(before), before
        sara.sign_in()
        omar.sign_in()
        assert sara.do("keep")["ok"]
        staff = os.path.join(sara.home, "offline-01005700")
        with open(staff, "wb"):
            pass
        assert omar.do("list-places", root)["places"] == sorted(before + places)
        sara.end()
        place = os.path.basename(sara.home)
        assert omar.do("forget-place", root, place)["ok"] and omar.do("forget-place", root, place)["ok"]
        assert omar.do("list-places", root)["places"] == sorted(before + places[1:])
        assert not any(name.startswith("offline") for name in os.listdir(sara.home)), os.listdir(sara.home)
        ours(sara.start().do("resume"), "not-signed-in")
        ours(sara.do("read-offline"), "cache")
        assert omar.do("account")["ok"]  # who is somebody else
        sara.end()
        omar.end()


@test
def nobody_gets_past_a_lock_by_a_new_start():
    if LACKING:
        skip(LACKING)
    with keyrings.Session() as session:
        session.open_keyring()
        eleanor = Person(BED, ELEANOR, session=session)
        eleanor.sign_in()
        assert eleanor.do("lock")["ok"]
        for _ in range(2):  # it goes on, and what it gets is kept nowhere
            assert eleanor.do("refresh")["ok"] and eleanor.do("account")["ok"]
        eleanor.kill()
        ours(eleanor.start().do("resume"), "not-signed-in")
        eleanor.sign_in()
        eleanor.kill()
        assert eleanor.start().do("resume")["ok"]
        eleanor.do("lock")
        eleanor.sign_in()  # and is kept again
        eleanor.kill()
        assert eleanor.start().do("resume")["ok"]
        eleanor.end()


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
