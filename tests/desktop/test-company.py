#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A company's permits by keyboard alone: its officer chooses and sends for approval, its signatory approves and pays;
and 72,000 of them."""
import os
import re
import subprocess
import time

import bed
from bed import look_at, resident, rows
from harness import SLOW, test

LATHA, HEBA, NASSER = "27935600118", "28581800951", "27563400881"  # of the clinic; of the contractor
CLINIC = "01012841"


def sign_in(person, permits, seconds=20):
    person.wait_for_sign_in()
    person.enter(person.personal_id, person.fresh_code())
    person.app.expect(re.compile(permits), seconds=seconds)


@test
def the_main_loop_goes_round():
    with bed.Stage() as stage:
        run = subprocess.run([os.environ["TAJDID_STAFF_VIEW"]], env=stage.env, capture_output=True, text=True,
                             check=False, timeout=240 * SLOW)
    print("".join(f"{line}\n" for line in run.stdout.splitlines() if line.startswith("# ") and "gap" in line), end="")
    assert run.returncode == 0, run.stdout[-2000:] + run.stderr[-2000:]


@test
def looking_through_forty():
    with resident(LATHA) as person:
        app = person.app
        sign_in(person, "40 permits")
        app.press("ctrl+a")
        app.expect(re.compile("permits · from QAR"))
        app.press("ctrl+shift+a")
        sought = app.expect(re.compile("^Choose "), "checkbox").name.split()[1]
        app.press("ctrl+f")
        app.type(sought.upper())
        app.expect(re.compile("of 40 permits"))
        assert all(sought in text for text in app.texts() if text.startswith("Choose ") and text.split()[1:2] != ["None"])
        app.clear()
        app.type("no such name")
        app.expect(person.words("No Permit Found"))
        app.quit()


def send_for_approval(app, words):
    """As the officer, two of them."""
    app.expect(re.compile("Lusail Clinic · HR officer"))
    look_at(app, "clinic")
    app.press("Return", "Down", "Return")
    app.expect(re.compile("2 permits · from QAR"))
    app.activate(words("Review Fees"), "button")
    app.expect(words("Continue to Payment"))
    look_at(app, "company-review")
    app.activate(words("Continue to Payment"), "button")
    app.expect(words("Sent for Approval"), seconds=20)
    app.press("Return")
    app.expect(re.compile("40 permits"))


def choose_renewals(app, key):
    app.press("ctrl+f", "shift+Tab", "space")  # the choice stands before the search
    app.wait(lambda: len(app.windows()) > 1 or "list item" in repr(app.focused()), "the choice is open")
    app.press(key, "Return")


def open_order(person):
    """The one that waits, from among the company's renewals, whose permits were looked at."""
    app, words = person.app, person.words
    person.go_to_place("Renewals")
    app.expect(words("Whose renewals"))
    app.expect(re.compile("Waiting for approval"), seconds=20)
    choose_renewals(app, "Up")  # one's own
    app.expect_gone(re.compile("Waiting for approval"))
    choose_renewals(app, "Down")
    app.expect(re.compile("Waiting for approval"), seconds=20)
    app.go_to(re.compile("Waiting for approval"), "list item")
    app.press("Return")
    app.expect(words("Approve and Pay"))


def to_approval(person):
    app, words = person.app, person.words
    sign_in(person, "Lusail Clinic · authorised signatory")
    open_order(person)
    look_at(app, "company-order")
    app.activate(words("Approve and Pay"), "button")
    app.expect(re.compile("Your approval covers exactly the words below"))
    app.expect(words("Approve This Order?"))


def put_otherwise(lines):
    """Words other than those that were read; keeps what was asked for."""
    def rewrite(line, document):
        lines.append(line)
        if "text" in document:
            document["text"] = document["text"].replace("1 year", "2 years", 1)
        return document
    return rewrite


@test
def an_officer_sends_for_approval_and_the_signatory_pays():
    order = "SELECT placed_by, state, approved_by FROM orders WHERE renewer = ?"
    with resident(LATHA) as person:
        sign_in(person, "40 permits")
        send_for_approval(person.app, person.words)
        assert rows("portal", order, CLINIC) == [(LATHA, "placed", None)]
        person.app.quit()
    with resident(HEBA) as person:  # nobody signs other words than those that they read
        to_approval(person)
        lines = []
        bed.BED.portal.rewrite = put_otherwise(lines)
        person.app.press("alt+a")
        person.app.expect(person.words("The approval does not match the order."), seconds=20)
        assert any("/statement" in line for line in lines) and not any("/approve" in line for line in lines), lines
        assert rows("portal", order, CLINIC) == [(LATHA, "placed", None)]
        person.app.quit()
        bed.BED.portal.heal()
    with resident(HEBA) as person:
        app, words = person.app, person.words
        to_approval(person)
        app.press("alt+a")
        app.expect(words.like("Pay %s"), "button", seconds=20)
        person.pay()
        app.expect(words("Renewed and Paid"), seconds=40)
        assert rows("portal", order, CLINIC)[0][2] == HEBA
        assert rows("bank", "SELECT state FROM payments") == [("captured",)]
        bed.settle()
        app.quit()


@test
def seventy_two_thousand():
    with resident(NASSER) as person:
        app, began = person.app, time.monotonic()
        sign_in(person, "^Choose ", 60)
        print(f"# the first of 72,000 after {time.monotonic() - began:.1f} s from the sign-in page", flush=True)
        app.expect(re.compile("72,000 permits"), seconds=120)
        print(f"# all of them after {time.monotonic() - began:.1f} s", flush=True)
        began = time.monotonic()
        app.press("ctrl+a")
        app.expect(re.compile("permits · from QAR"))
        print(f"# all that are due chosen and read after {time.monotonic() - began:.2f} s", flush=True)
        with open(f"/proc/{app.pid}/status", encoding="ascii") as file:
            print("# " + next(line for line in file if line.startswith("VmRSS")).strip(), flush=True)
        app.quit()


if __name__ == "__main__":
    bed.run()
