#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window closed at every step, by Ctrl+W, and opened again: nothing is lost, nothing charged twice, and what is
said is true. Where an envelope is under way the process stays, and opening again is the same process's next window."""
import os
import re

import bed
from bed import BED, held, keyrings, payments, resident, rows, start
from harness import SLOW, test
from renewal import ANJALI, ELEANOR, ELIN, OMAR, SARA, YUSUF, Resident


def has_ended(app):
    code = app.process.poll()
    assert code in (None, 0), f"exit code {code}\n{app.stage.said()[-3000:]}"
    return code == 0


def close(person):
    """The process may stay for a while, without a window."""
    app = person.app
    app.press("ctrl+w")
    keyrings.eventually(lambda: has_ended(app) or not app.windows(), 20 * SLOW)


def reopened(person):
    """As from the desktop's menu: where the process has stayed, a second one raises its window and ends."""
    app = person.app
    again = app.stage.start_program(os.environ["TAJDID_APP"], "--addresses", BED.addresses)
    keyrings.eventually(lambda: has_ended(app) or has_ended(again), 20 * SLOW)
    bed.take_keyboard(app.stage)
    return Resident(again if has_ended(app) else app, person.personal_id, person.tokens)


def orders(renewer):
    return rows("portal", "SELECT count(*) FROM orders WHERE renewer = ?", renewer)[0][0]


@test
def at_the_sign_in():
    with resident(SARA) as person:
        person.wait_for_sign_in()
        person.app.type("2761240")
        assert person.app.close_window() == 0
        person = start(person.app.stage, SARA)
        person.wait_for_sign_in()
        assert person.field("Personal ID") == ""
        person.app.quit()


@test
def at_the_permits_and_at_the_fees():
    with resident(SARA) as person:
        person.sign_in()
        assert person.app.close_window() == 0
        person = start(person.app.stage, SARA)
        person.wait_for_permits(30)
        person.choose(SARA)
        person.review()
        assert person.app.close_window() == 0
        person = start(person.app.stage, SARA)
        person.wait_for_permits(30)
        assert (orders(SARA), held(SARA)) == (0, 0)
        person.app.quit()


def goes_on_paying(person):
    person.app.expect(person.words("Nothing was charged."), seconds=30)
    person.app.go_to(person.words("Go On Paying"), "button")
    person.app.press("Return")
    person.app.expect(person.words.like("Pay %s"), "button", seconds=20)


@test
def before_the_code_and_after_a_wrong_one():
    with resident(SARA) as person:
        total = person.bring_to_payment(ANJALI)
        assert person.app.close_window() == 0
        person = start(person.app.stage, SARA)
        goes_on_paying(person)
        code = person.signing_code()
        person.pay(f"{(int(code) + 1) % 10 ** 8:08d}")
        person.app.expect(re.compile("tries are left"), seconds=15)
        assert person.app.close_window() == 0 and held(SARA) == 0
        person = start(person.app.stage, SARA)
        goes_on_paying(person)
        assert person.signing_code() != code, "a number that was tried is asked to be signed again"
        person.pay()
        person.wait_until_paid()
        assert (orders(SARA), held(SARA)) == (1, total)
        person.app.quit()


@test
def while_the_bank_looks_at_the_code():
    with resident(OMAR) as person:
        total = person.bring_to_payment(YUSUF)
        BED.bank.lose("hold", "POST .*/authorise")
        person.pay()
        assert BED.bank.met.wait(20 * SLOW)
        close(person)
        assert held(OMAR) == 0
        BED.bank.heal()  # only now it hears of the code
        person = reopened(person)
        said = person.app.wait(lambda: person.app.find(re.compile("went through|Renewed and Paid")) or
                               person.app.find(person.words("Go On Paying"), "button"), "what became of it", 60)
        if "Go On Paying" in said.name:  # another number was drawn before the code came: it is void
            assert held(OMAR) == 0
            goes_on_paying(person)
            person.pay()
            person.wait_until_paid()
        person.app.wait(lambda: held(OMAR) == total, "the bank has it once", 20)
        assert orders(OMAR) == 1
        assert sum(state != "awaiting-code" for _, state in payments(OMAR)) == 1
        person.app.quit()


@test
def while_it_is_in_doubt():
    with resident(SARA) as person:
        before, count = held(SARA), orders(SARA)
        total = person.bring_to_payment(ELIN)
        BED.bank.rules = [["reply", "POST .*/authorise", 10 ** 6], ["request", "GET /payments", 10 ** 6]]
        person.pay()
        person.app.expect(re.compile(re.escape(person.words("The bank did not answer."))), seconds=30)
        close(person)
        person = reopened(person)
        told = person.app.wait(lambda: person.app.find(re.compile("went through|is not known yet")), "what is known", 60)
        assert "Nothing was charged" not in " ".join(person.app.texts()), told
        BED.bank.heal()
        person.app.expect(re.compile("went through"), seconds=60)
        assert (orders(SARA) - count, held(SARA) - before) == (1, total)
        person.app.quit()


@test
def once_it_is_paid_and_on_the_order_and_on_its_way():
    with resident(ELEANOR) as person:
        total = person.renew(ELEANOR)
        for leads_to in (None, "What Happened"):
            close(person)
            person = reopened(person)
            person.wait_for_permits(30)
            person.open_order(re.compile("Eleanor Whitfield, "))
            if leads_to:
                person.app.go_to(person.words("Follow"), "button")
                person.app.press("Return")
                person.app.expect(person.words(leads_to), seconds=20)
        close(person)
        person = reopened(person)
        person.wait_for_permits(30)
        assert (orders(ELEANOR), held(ELEANOR)) == (1, total)
        person.app.quit()


if __name__ == "__main__":
    bed.run()
