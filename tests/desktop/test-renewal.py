#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole renewals in the real app by keyboard alone, on real services and a real keyring: from signing in to
the receipt, and what is said where it does not go so. TAJDID_PICTURES=DIR keeps a picture of each page."""
import contextlib
import os
import signal
import sqlite3
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import session as desktop  # noqa: E402
from names import nameless  # noqa: E402
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "journeys"))
import harness  # noqa: E402
from harness import foreign  # noqa: E402

SARA, OMAR, MARIA, ELEANOR = "27612405934", "28581803362", "28760802145", "27982603006"
PAY = "Pay \u2068QAR"  # the button, and so the form
SESSION = None


def look_at(bed, name):
    """A picture, and that all that takes the focus is told by a name."""
    picture(name)
    faults = nameless(bed.app.walk())
    assert not faults, f"{name}: without a name:\n" + "\n".join(faults)


def picture(name):
    if "TAJDID_PICTURES" in os.environ:
        os.makedirs(os.environ["TAJDID_PICTURES"], exist_ok=True)
        SESSION.picture(os.path.join(os.environ["TAJDID_PICTURES"], f"renewal-{name}.png"))


class Bed:
    """Services on ports that stay, so that they may die and come back, and an app on them."""

    def __init__(self):
        global SESSION
        SESSION = SESSION or desktop.Session()
        self.state = tempfile.mkdtemp(prefix="tajdid-renewal-")
        config = os.path.join(self.state, "services.conf")
        with open(config, "w", encoding="ascii") as file:
            for party in harness.PARTIES:
                port = harness.free_port()
                file.write(f"[{party}]\nlisten=127.0.0.1:{port}\nbase=http://127.0.0.1:{port}\n")
        self.services = harness.Services(state=self.state, extra=["--config", config])
        self.addresses = os.path.join(self.state, "addresses.json")
        self.app = None

    def __enter__(self):
        self.services.start()
        with open(self.addresses, "w", encoding="ascii") as file:
            file.write(harness.json.dumps(self.services.bases))
        self.app = desktop.App({"language": "'en'"}, ("--addresses", self.addresses)).start()
        return self

    def __exit__(self, *_):
        self.app.stop()
        harness.shutil.rmtree(self.app.home, ignore_errors=True)
        if self.services.process.poll() is None:
            self.services.process.send_signal(signal.SIGCONT)
            self.services.stop()
        harness.shutil.rmtree(self.state, ignore_errors=True)

    def token(self, personal_id):
        return foreign.Token(os.path.join(self.state, "tokens", personal_id + ".token"))

    def rows(self, party, statement, *values):
        with contextlib.closing(self.services.database(party)) as database:
            return database.execute(statement, values).fetchall()

    def change(self, party, statement, *values):
        with contextlib.closing(self.services.database(party)) as database, database:
            assert database.execute(statement, values).rowcount >= 1, statement

    def signing_code(self, personal_id):
        """Of the number that the bank waits for now, over what a person types by hand."""
        number, amount, payee = self.rows("bank", "SELECT number, amount, payee_number FROM payments "
                                          "ORDER BY rowid DESC LIMIT 1")[0]
        return self.token(personal_id).signing_code(
            number, f"{number}\n{amount // 100}.{amount % 100:02d}\n{payee}\n")

    def sign_in(self, personal_id):
        self.app.wait_for("Personal ID", 40)
        time.sleep(0.5 * desktop.SLOW)
        self.app.type(personal_id)
        self.app.wait_text("Personal ID", personal_id)
        self.app.keys("Return")
        self.app.type(self.token(personal_id).sign_in_code())
        self.app.keys("Return")
        self.app.wait_for("Choose \u2068")

    def press_until(self, key, text):
        """The page's one action, which a page offers once it is ready."""
        deadline = time.monotonic() + 20 * desktop.SLOW
        while not any(text in name for name in self.app.texts()):
            assert time.monotonic() < deadline, f"“{text}” does not come by {key}: {self.app.texts()}"
            self.app.keys(key)
            time.sleep(1.5)

    def to_review(self, chosen=1):
        """The most urgent ones, by keys alone."""
        self.app.keys("ctrl+f", "Tab", "Tab")
        for _ in range(chosen):
            self.app.keys("Return", "Down")
        time.sleep(0.3)
        self.press_until("alt+r", "Continue to Payment")
        self.app.wait_for("Valid until")

    def to_payment(self, chosen=1):
        self.to_review(chosen)
        self.press_until("Return", PAY)

    def enter(self, code):
        self.app.type(code)
        self.app.wait_text("Signing code", code)
        self.app.keys("Return")

    def journal(self):
        """What the client has written down and not been told to forget."""
        folder = os.path.join(self.app.home, "data", "tajdid")
        found = [os.path.join(root, "journal.db") for root, _, files in os.walk(folder) if "journal.db" in files]
        with contextlib.closing(sqlite3.connect(found[0])) as database:
            return database.execute("SELECT step FROM journeys").fetchall()

    def states(self):
        return [state for (state,) in self.rows("bank", "SELECT state FROM payments")]

    def settle(self):
        """Until the four parties' books agree, which an order under way does not hinder."""
        deadline = time.monotonic() + 20 * desktop.SLOW
        while (audit := self.services.audit())[0] != 0 and time.monotonic() < deadline:
            time.sleep(0.3)
        assert audit[0] == 0, audit[1]


def a_renewal_by_keyboard_alone():
    with Bed() as bed:
        bed.sign_in(SARA)
        bed.to_review(2)
        look_at(bed, "review")
        bed.app.wait_for("Elin Lindqvist")
        bed.app.wait_for("840.00")
        bed.press_until("Return", PAY)
        bed.app.wait_for("Tajdid collection account")
        assert bed.journal(), "nothing was written down before the code"
        look_at(bed, "pay")
        bed.enter(bed.signing_code(SARA))
        bed.app.wait_for("Renewed and Paid")
        bed.app.wait_for("rcp-")
        look_at(bed, "done")
        assert bed.states() == ["captured"]
        assert bed.journal() == [], "what the person has seen is still written down"
        bed.settle()


def a_wrong_code_costs_a_try_and_nothing_else():
    with Bed() as bed:
        bed.sign_in(SARA)
        bed.to_payment()
        right = bed.signing_code(SARA)
        bed.enter("%08d" % ((int(right) + 1) % 10 ** 8))
        bed.app.wait_for("The signing code is not right.")
        bed.app.wait_for("Nothing was charged. 4 tries are left.")
        bed.app.wait_text("Signing code", "")
        picture("wrong")
        bed.enter("12 34")
        bed.app.wait_for("a signing code of 8 digits")
        bed.app.keys("ctrl+a", "BackSpace")
        bed.enter(right[:4] + " " + right[4:])
        bed.app.wait_for("Renewed and Paid")
        assert bed.states() == ["captured"]


def fees_that_have_run_out_are_asked_for_again():
    with Bed() as bed:
        bed.sign_in(OMAR)
        bed.to_review()
        bed.change("portal", "UPDATE quotations SET valid_until = 1")
        bed.app.keys("Return")
        bed.app.wait_for("The Fees Were Asked for Again")
        picture("fees-again")
        assert bed.states() == []
        bed.press_until("Return", PAY)
        assert bed.states() == ["awaiting-code"]


def an_expired_number_is_renewed():
    with Bed() as bed:
        bed.sign_in(SARA)
        bed.to_payment()
        before = bed.signing_code(SARA)
        bed.change("bank", "UPDATE payments SET code_until = 1")
        bed.enter(before)
        bed.app.wait_for("The Signing Request Was Renewed")
        picture("new-number")
        assert bed.states() == ["awaiting-code"]
        after = bed.signing_code(SARA)
        assert after != before
        bed.app.wait_text("Signing code", "")
        bed.enter(after)
        bed.app.wait_for("Renewed and Paid")


def too_little_money_is_said_and_nothing_lost():
    with Bed() as bed:
        bed.sign_in(MARIA)  # who is poor
        bed.to_payment()
        before = bed.signing_code(MARIA)
        bed.enter(before)
        bed.app.wait_for("There is not enough money in the account.")
        bed.app.wait_for("Nothing was charged.")
        bed.app.wait_text("Signing code", "")
        picture("funds")
        assert bed.states() == ["awaiting-code"]
        assert bed.signing_code(MARIA) != before, "the same number is asked to be signed twice"


def a_limit_is_said_and_paid_below_once_it_is_raised():
    with Bed() as bed:
        bed.sign_in(OMAR)
        bed.to_payment()
        bed.change("bank", "UPDATE accounts SET daily_limit = 100 WHERE owner = ?", OMAR)
        bed.enter(bed.signing_code(OMAR))
        bed.app.wait_for("more than the account may pay in one day")
        bed.app.wait_text("Signing code", "")
        bed.change("bank", "UPDATE accounts SET daily_limit = 100000000 WHERE owner = ?", OMAR)
        bed.enter(bed.signing_code(OMAR))
        bed.app.wait_for("Renewed and Paid")
        assert bed.states() == ["captured"]


def services_that_die_while_they_authorise_leave_no_doubt():
    with Bed() as bed:
        bed.sign_in(SARA)
        bed.to_payment()
        code = bed.signing_code(SARA)
        bed.services.process.send_signal(signal.SIGSTOP)
        bed.enter(code)
        time.sleep(1)  # it is sent, and nobody reads it
        bed.services.kill()
        bed.app.wait_for("whether it took the payment", 40)
        picture("doubt")
        assert not any(text.startswith("Pay ") and "840" in text for text in bed.app.texts())
        bed.services.start()
        bed.app.wait_for("Renewed and Paid", 60)
        assert bed.states() == ["captured"]
        bed.settle()


def an_app_that_dies_while_it_pays_knows_at_its_next_start():
    with Bed() as bed:
        bed.sign_in(SARA)
        bed.to_payment()
        code = bed.signing_code(SARA)
        bed.services.process.send_signal(signal.SIGSTOP)
        bed.enter(code)
        time.sleep(1)
        bed.app.process.kill()
        bed.app.stop()
        bed.services.process.send_signal(signal.SIGCONT)
        deadline = time.monotonic() + 20 * desktop.SLOW
        while bed.states() != ["captured"] and time.monotonic() < deadline:
            time.sleep(0.1)
        assert bed.states() == ["captured"] and bed.journal(), "it was sent, and is written down"
        bed.app.start()
        bed.app.wait_for("went through", 40)
        picture("found")
        assert bed.journal() == []
        bed.app.keys("alt+s")
        bed.app.wait_for("Renewed and Paid")


def what_was_not_paid_can_be_gone_on_with():
    with Bed() as bed:
        bed.sign_in(ELEANOR)
        bed.to_payment()
        bed.app.process.kill()
        bed.app.stop()
        bed.app.start()
        bed.app.wait_for("did not take place", 40)
        bed.app.wait_for("can still be paid")
        picture("go-on")
        bed.press_until("alt+g", PAY)
        bed.enter(bed.signing_code(ELEANOR))
        bed.app.wait_for("Renewed and Paid")
        assert bed.states() == ["captured"]


if __name__ == "__main__":
    desktop.run([a_renewal_by_keyboard_alone, a_wrong_code_costs_a_try_and_nothing_else,
                 fees_that_have_run_out_are_asked_for_again, an_expired_number_is_renewed,
                 too_little_money_is_said_and_nothing_lost,
                 a_limit_is_said_and_paid_below_once_it_is_raised, services_that_die_while_they_authorise_leave_no_doubt,
                 an_app_that_dies_while_it_pays_knows_at_its_next_start, what_was_not_paid_can_be_gone_on_with])
