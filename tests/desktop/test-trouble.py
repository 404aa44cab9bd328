#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Services that are down before, during and after a payment; the application killed at every step and opened
again: it says what is true, and nothing is charged twice."""
import re

import bed
from bed import BED, held, resident, start
from harness import test
from renewal import ANJALI, ELEANOR, ELIN, MARIA, OMAR, SARA, YUSUF

THROUGH = "Your payment of %s went through"
NOTHING = "Nothing was charged."


def killed(person, personal_id):
    """Opens it again after SIGKILL: the session is in the keyring."""
    person.app.kill()
    return start(person.app.stage, personal_id)


@test
def services_down_before_signing_in():
    with resident(SARA) as person:
        person.wait_for_sign_in()
        BED.portal.rules = [["request", "", 999]]
        try:
            person.enter(SARA, "123456")
            person.app.wait(lambda: len([text for text in person.app.texts() if re.search(
                "does not answer|did not answer|cannot be reached|connection", text)]), "it is said", 30)
        finally:
            BED.portal.heal()
        person.app.clear()
        person.app.type(person.fresh_code())
        person.app.press("Return")
        person.wait_for_permits()
        person.app.quit()


@test
def a_slow_refresh_is_said_and_can_be_cancelled():
    with resident(MARIA) as person:
        slow = person.words("This is taking longer than usual.")
        person.sign_in()
        BED.portal.lose("hold", "GET /permits", 99)
        try:
            person.app.press("ctrl+r")
            assert person.app.find(slow) is None
            person.app.expect(slow)
            person.app.expect(re.compile("Maria Santos"))  # what was seen is still there
            person.app.activate(person.words("Cancel"), "button", key="shift+Tab")
            person.app.expect_gone(slow)
        finally:
            BED.portal.heal()
        person.app.activate(person.words("Try Again"), "button")
        person.app.expect_gone(person.words("Try Again"))
        person.wait_for_permits()
        person.app.quit()


@test
def the_bank_does_not_answer_while_paying():
    with resident(OMAR) as person:
        person.bring_to_payment(YUSUF)
        BED.bank.rules = [["reply", "POST .*/authorise", 99], ["request", "GET /payments", 99]]
        person.pay()
        person.app.expect(re.compile(re.escape(person.words("The bank did not answer."))), seconds=30)
        person.app.expect(re.compile("not be charged twice"))
        assert person.app.find(person.words.like("Pay %s"), "button") is None, "a second Pay is offered"
        BED.bank.heal()
        person.wait_until_paid(30)
        assert held(OMAR) == 52000
        person.app.quit()


@test
def killed_while_reviewing_nothing_was_charged():
    with resident(SARA) as person:
        person.sign_in()
        person.choose(SARA)
        person.review()
        person = killed(person, SARA)
        person.wait_for_permits(30)
        assert held(SARA) == 0
        person.app.quit()


@test
def killed_before_paying_it_goes_on():
    with resident(SARA) as person:
        person.bring_to_payment(ANJALI)
        person = killed(person, SARA)
        person.app.expect(person.words.like(NOTHING), seconds=30)
        person.app.go_to(person.words("Go On Paying"), "button")
        person.app.press("Return")
        person.app.expect(person.words.like("Pay %s"), seconds=20)
        person.pay()
        person.wait_until_paid()
        assert held(SARA) == 32000
        person.app.quit()


@test
def killed_after_the_bank_has_followed_the_code():
    with resident(SARA) as person:
        person.bring_to_payment(ELIN)
        before = held(SARA)
        BED.bank.rules = [["reply", "POST .*/authorise", 99], ["request", "GET /payments", 99]]
        person.pay()
        person.app.wait(lambda: held(SARA) > before, "the bank holds it", 20)
        person.app.kill()
        assert bed.journal(person.app.stage), "it was sent, and is not written down"
        BED.bank.heal()
        person = start(person.app.stage, SARA)
        person.app.expect(person.words.like(THROUGH), seconds=30)
        assert bed.journal(person.app.stage) == []
        assert held(SARA) - before == 52000
        person.app.quit()


@test
def closed_on_done_it_is_told_once():
    with resident(ELEANOR) as person:
        person.renew(ELEANOR)
        person.app.quit()
        person = start(person.app.stage, ELEANOR)
        person.wait_for_permits(30)
        person.app.quit()


if __name__ == "__main__":
    bed.run()
