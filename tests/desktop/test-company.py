#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A company's permits in the real app by keyboard alone: its officer chooses and sends for approval, its signatory
approves and pays; and 72,000 of them. TAJDID_PICTURES=DIR keeps a picture of each page."""
import importlib
import os
import re
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import session as desktop  # noqa: E402
from names import nameless  # noqa: E402
renewals = importlib.import_module("test-renewal")

LATHA, HEBA, NASSER = "27935600118", "28581800951", "27563400881"  # of the clinic; of the contractor


def picture(name):
    if "TAJDID_PICTURES" in os.environ:
        os.makedirs(os.environ["TAJDID_PICTURES"], exist_ok=True)
        renewals.SESSION.picture(os.path.join(os.environ["TAJDID_PICTURES"], f"company-{name}.png"))


class Bed(renewals.Bed):
    def another_app(self, settings=None):
        self.app.stop()
        renewals.harness.shutil.rmtree(self.app.home, ignore_errors=True)
        self.app = desktop.App({"language": "'en'", **(settings or {})}, ("--addresses", self.addresses)).start()

    def to_renewals_of_the_company(self):
        """From the search back over whose permits and the menu to the places; then whose renewals."""
        self.app.keys("ctrl+f", *["shift+Tab"] * 4, "space")
        self.app.wait_for("Whose renewals")
        time.sleep(1)
        self.app.keys("ctrl+f", "shift+Tab", "space")
        time.sleep(0.5)
        self.app.keys("Down", "Return")


def the_main_loop_goes_round():
    renewals.SESSION = renewals.SESSION or desktop.Session()
    run = subprocess.run([os.environ["TAJDID_STAFF_VIEW"]], capture_output=True, text=True, check=False,
                         timeout=240 * desktop.SLOW)
    print("".join(f"{line}\n" for line in run.stdout.splitlines() if line.startswith("# ") and "gap" in line), end="")
    assert run.returncode == 0, run.stdout[-2000:] + run.stderr[-2000:]


def an_officer_sends_for_approval_and_the_signatory_pays():
    with Bed() as bed:
        bed.sign_in(LATHA)
        bed.app.wait_for("Lusail Clinic\u2069 · HR officer")
        bed.app.wait_for("40 permits")
        picture("clinic")
        faults = nameless(bed.app.walk())
        assert not faults, faults
        bed.app.keys("Return", "Down", "Return")
        bed.app.wait_for("2 permits · from \u2068QAR")
        picture("chosen")
        bed.press_until("alt+r", "Continue to Payment")
        bed.app.wait_for("Valid until")
        picture("review")
        bed.press_until("Return", "Sent for Approval")
        picture("sent")
        orders = bed.rows("portal", "SELECT renewer, placed_by, state FROM orders")
        assert orders == [("01012841", LATHA, "placed")], orders
        bed.app.keys("Return")
        bed.app.wait_for("40 permits")
        bed.another_app()
        bed.sign_in(HEBA)
        bed.app.wait_for("Lusail Clinic\u2069 · authorised signatory")
        bed.to_renewals_of_the_company()
        bed.app.wait_for("Waiting for approval")
        picture("waiting")
        bed.app.keys("ctrl+f", "Tab", "Tab", "Tab", "Return")
        bed.app.wait_for("Approve and Pay")
        picture("order")
        bed.press_until("alt+a", "Your approval covers exactly the words below")
        bed.app.wait_for("Approve This Order?")
        picture("approve")
        bed.press_until("alt+a", renewals.PAY)
        bed.enter(bed.signing_code(HEBA))
        bed.app.wait_for("Renewed and Paid", 40)
        picture("paid")
        assert bed.states() == ["captured"], bed.states()
        assert bed.rows("portal", "SELECT approved_by FROM orders") == [(HEBA,)]
        bed.settle()


def looking_through_forty():
    with Bed() as bed:
        bed.sign_in(LATHA)
        bed.app.wait_for("40 permits")
        bed.app.keys("ctrl+a")
        bed.app.wait_for("permits · from \u2068QAR")
        picture("all-chosen")
        bed.app.keys("ctrl+shift+a")
        name = next(text for text in bed.app.texts() if text.startswith("Choose \u2068"))
        sought = re.sub("[\u2068\u2069]", "", name)[len("Choose "):].split()[0]
        bed.app.keys("ctrl+f")
        bed.app.type(sought.upper())
        bed.app.wait_for("of 40 permits")
        picture("searched")
        assert all(sought in text for text in bed.app.texts() if text.startswith("Choose \u2068"))
        bed.app.keys("ctrl+a", "BackSpace")
        bed.app.type("no such name")
        bed.app.wait_for("No Permit Found")


def seventy_two_thousand():
    with Bed() as bed:
        began = time.monotonic()
        bed.sign_in(NASSER)
        print(f"# the first of 72,000 after {time.monotonic() - began:.1f} s from the sign-in page", flush=True)
        picture("loading")
        bed.app.wait_for("72,000 permits", 120)
        print(f"# all of them after {time.monotonic() - began:.1f} s", flush=True)
        picture("many")
        began = time.monotonic()
        bed.app.keys("ctrl+a")
        bed.app.wait_for("permits · from \u2068QAR")
        print(f"# all that are due chosen and read after {time.monotonic() - began:.2f} s", flush=True)
        picture("many-chosen")
        with open(f"/proc/{bed.app.process.pid}/status", encoding="ascii") as file:
            print("# " + next(line for line in file if line.startswith("VmRSS")).strip(), flush=True)


if __name__ == "__main__":
    tests = [the_main_loop_goes_round, looking_through_forty, an_officer_sends_for_approval_and_the_signatory_pays,
             seventy_two_thousand]
    desktop.run([test for test in tests if len(sys.argv) < 2 or test.__name__ == sys.argv[1]])
