#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A renewal by keyboard with the real application, keyring and services, and what may come in its way."""
import re

import bed
from bed import BED, change, held, resident
from harness import test
from renewal import ELEANOR, ELIN, JONAS, MARIA, MEERA, OMAR, SARA, YUSUF


def whole(language, personal_ids, total):
    with resident(SARA, language=language) as person:
        person.sign_in()
        before, held_before = BED.requests(), held(SARA)
        person.choose(*personal_ids)
        person.review()
        assert person.total() == total, person.total()
        person.to_payment()
        person.pay()
        person.wait_until_paid()
        made = BED.requests() - before
        print(f"# from the permits to Done: {made} requests", flush=True)
        assert held(SARA) - held_before == total
        person.app.quit()


@test
def a_whole_renewal_in_english():
    whole("en", (SARA, JONAS), 154000)


@test
def a_whole_renewal_in_arabic():
    whole("ar", (ELIN,), 52000)


@test
def a_wrong_signing_code_is_cleared_and_nothing_else():
    with resident(OMAR) as person:
        person.sign_in()
        person.choose(MEERA, YUSUF)
        person.review()
        person.app.expect(person.words("Cannot Be Renewed Now"))
        person.app.expect(re.compile("[Mm]edical"))
        person.to_payment()
        code = person.signing_code()
        wrong = f"{(int(code) + 1) % 10 ** 8:08d}"
        person.pay(wrong)
        person.app.expect(re.compile("4 tries"), seconds=15)
        assert held(OMAR) == 0
        assert person.app.focused().name == person.words("Signing code"), person.app.focused()
        assert person.field("Signing code") == ""
        person.pay("12 34")
        person.app.expect(re.compile("a signing code of 8 digits"))
        person.pay(code[:4] + " " + code[4:])
        person.wait_until_paid()
        assert held(OMAR) == 52000
        person.app.quit()


@test
def an_account_without_enough():
    with resident(MARIA) as person:
        person.bring_to_payment(MARIA)
        code = person.signing_code()
        person.pay(code)
        person.app.expect(person.words("There is not enough money in the account."), seconds=15)
        person.app.expect(re.compile("^Nothing was charged\\."))
        assert held(MARIA) == 0
        assert person.field("Signing code") == ""
        assert person.signing_code() != code, "the same number is asked to be signed twice"
        person.app.quit()


@test
def a_session_that_ends_while_reviewing_loses_nothing():
    with resident(ELEANOR) as person:
        person.sign_in()
        person.choose(ELEANOR)
        person.review()
        total = person.total()
        change("portal", "UPDATE sessions SET ended = 1 WHERE personal_id = ?", ELEANOR)
        BED.portal.rules = [["deny", "POST /orders", 1]]
        person.app.go_to(person.words("Continue to Payment"), "button")
        person.app.press("Return")
        person.app.expect(person.words("Token code"), seconds=20)
        person.sign_in_again()
        person.app.expect(person.words.like("Pay %s"), seconds=20)
        person.pay()
        person.wait_until_paid()
        assert held(ELEANOR) == total
        person.app.quit()


if __name__ == "__main__":
    bed.run()
