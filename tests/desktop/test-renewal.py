#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole renewals by keyboard, from signing in to the receipt: who listens is told every name on the way, the journal
keeps what is not over, and the four parties' books agree. And what is asked for again by itself while paying."""
import signal
import time

import bed
from bed import BED, change, held, journal, look_at, payments, resident
from harness import test
from renewal import ANJALI, ELEANOR, ELIN, JONAS, OMAR, SARA, YUSUF


def payment(owner):
    """The state of what somebody was asked to pay last."""
    return payments(owner)[-1][1]


@test
def a_renewal_by_keyboard_alone():
    with resident(SARA) as person:
        app = person.app
        person.sign_in()
        person.choose(ELIN, ANJALI)
        person.review()
        assert person.total() == 84000
        look_at(app, "review")
        person.to_payment()
        assert "Tajdid collection account" in app.texts()
        assert journal(app.stage), "nothing was written down before the code"
        look_at(app, "pay")
        person.pay()
        app.expect(person.words("Renewed and Paid"), seconds=20)
        assert app.numbers("^rcp-"), app.texts()
        look_at(app, "done")
        assert payment(SARA) == "captured"
        assert journal(app.stage) == [], "what the person has seen is still written down"
        bed.settle()
        app.quit()


@test
def fees_that_have_run_out_are_asked_for_again():
    with resident(OMAR) as person:
        person.sign_in()
        person.choose(OMAR)
        person.review()
        change("portal", "UPDATE quotations SET valid_until = ?", int(time.time()) - 1)
        person.app.activate(person.words("Continue to Payment"), "button")
        person.app.expect(person.words("The Fees Were Asked for Again"), seconds=20)
        assert payments(OMAR) == []
        person.to_payment()
        assert payment(OMAR) == "awaiting-code"
        person.app.quit()


@test
def an_expired_number_is_renewed():
    with resident(SARA) as person:
        person.bring_to_payment(JONAS)
        before = person.signing_code()
        change("bank", "UPDATE payments SET code_until = 1")
        person.pay(before)
        person.app.expect(person.words("The Signing Request Was Renewed"), seconds=20)
        assert payment(SARA) == "awaiting-code"
        assert person.field("Signing code") == ""
        assert person.signing_code() != before
        person.pay()
        person.app.expect(person.words("Renewed and Paid"), seconds=20)
        person.app.quit()


@test
def a_limit_is_said_and_paid_below_once_it_is_raised():
    limit = "UPDATE accounts SET daily_limit = ? WHERE owner = ?"
    with resident(OMAR) as person:
        person.bring_to_payment(YUSUF)
        change("bank", limit, 100, OMAR)
        person.pay()
        person.app.expect(person.words("This is more than the account may pay in one day."), seconds=20)
        assert person.field("Signing code") == ""
        change("bank", limit, 10 ** 8, OMAR)
        person.pay()
        person.app.expect(person.words("Renewed and Paid"), seconds=20)
        assert payment(OMAR) == "captured"
        person.app.quit()


@test
def services_that_die_while_they_authorise_leave_no_doubt():
    with resident(ELEANOR) as person:
        total = person.bring_to_payment(ELEANOR)
        code = person.signing_code()
        BED.services.process.send_signal(signal.SIGSTOP)
        person.pay(code)
        time.sleep(1)  # it is sent, and nobody reads it
        BED.services.kill()
        person.app.expect(person.words("The bank did not answer."), seconds=40)
        assert person.app.find(person.words.like("Pay %s"), "button") is None
        BED.restart()
        person.app.expect(person.words("Renewed and Paid"), seconds=60)
        assert payment(ELEANOR) == "captured" and held(ELEANOR) == total
        bed.settle()
        person.app.quit()


if __name__ == "__main__":
    bed.run()
