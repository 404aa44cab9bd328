#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What may come in the way of a payment, and what is said then: codes until it is blocked, a request whose time has
run out, a portal that goes away once the bank has the code; and the way by the token's own window."""
import os
import re

import bed
from bed import BED, change, held, payments, resident, rows
from harness import test
from renewal import ANJALI, ELEANOR, ELIN, JONAS, MARIA, OMAR, SARA, YUSUF


def wrong(code, by):
    return f"{(int(code) + by) % 10 ** 8:08d}"


@test
def wrong_codes_count_down_to_a_block_and_charge_nothing():
    for language in ("en", "ar"):
        with resident(OMAR, language=language) as person:
            person.bring_to_payment(YUSUF)
            code = person.signing_code()
            for left in (4, 3, 2, 1):
                person.pay(wrong(code, left))
                tries = person.words.like("%s try is left.", "%s tries are left.", left)
                person.app.wait(lambda t=tries: any(t.search(text) for text in person.app.texts()), f"{left} are left", 15)
                assert any(person.words("Nothing was charged.") in text for text in person.app.texts())
            person.pay(wrong(code, 5))
            person.app.expect(person.words("Signing payments is blocked after too many wrong codes."), seconds=15)
            assert any(person.words("Nothing was charged.") in text for text in person.app.texts())
            assert held(OMAR) == 0
            person.app.quit()
        order, = rows("portal", "SELECT id FROM orders WHERE renewer = ? AND state = 'placed'", OMAR)[-1]
        change("portal", "UPDATE orders SET expires_at = 1 WHERE id = ?", order)
        change("bank", "UPDATE signers SET failures = 0 WHERE personal_id = ?", OMAR)
        bed.keyrings.eventually(lambda o=order: rows("portal", "SELECT state FROM orders WHERE id = ?", o) == [("expired",)],
                                90)


def run_out():
    """The payment's time and the order's, which are one."""
    payment, = rows("bank", "SELECT id FROM payments WHERE state = 'awaiting-code' ORDER BY rowid DESC LIMIT 1")[0]
    change("bank", "UPDATE payments SET expires_at = 1 WHERE id = ?", payment)
    change("portal", "UPDATE orders SET expires_at = 1 WHERE payment = ?", payment)


@test
def a_request_whose_time_has_run_out_is_begun_anew():
    with resident(SARA) as person:
        before = held(SARA)
        person.bring_to_payment(ANJALI)
        code = person.signing_code()
        run_out()
        person.pay(code)
        person.app.expect(person.words("The time for this payment has run out."), seconds=15)
        person.app.expect(re.compile("^Nothing was charged\\."))
        assert person.app.find(person.words.like("Pay %s"), "button") is None
        assert held(SARA) == before
        person.app.press("Return")  # the one button: back
        person.wait_for_permits()
        bed.keyrings.eventually(lambda: rows("portal", "SELECT count(*) FROM orders WHERE renewer = ? AND state = 'placed'",
                                             SARA) == [(0,)], 90)
        person.choose(ANJALI)
        person.review()
        total = person.total()
        person.to_payment()
        person.pay()
        person.wait_until_paid()
        assert held(SARA) - before == total
        person.app.quit()


@test
def a_request_that_runs_out_under_the_eyes_is_said():
    with resident(SARA) as person:
        before = held(SARA)
        person.bring_to_payment(JONAS)
        run_out()
        change("bank", "UPDATE payments SET code_until = 1 WHERE state = 'awaiting-code' AND expires_at = 1")
        person.pay("12345678")
        person.app.expect(person.words("The time for this payment has run out."), seconds=15)
        person.app.expect(re.compile("^Nothing was charged\\."))
        assert held(SARA) == before
        person.app.quit()


@test
def the_portal_goes_away_once_it_is_paid():
    for language in ("en", "ar"):
        permit = ELIN if language == "en" else SARA
        with resident(SARA, language=language) as person:
            before = held(SARA)
            total = person.bring_to_payment(permit)
            BED.portal.rules = [["request", ".", 10 ** 6]]
            person.pay()
            person.app.expect(person.words("Your Payment Went Through"), seconds=20)
            person.app.expect(person.words.like("%s is held in the account. %s It is not known yet what was renewed; we "
                                                "are asking every few seconds, and only what is renewed is debited. You "
                                                "can close this window."), seconds=60)
            assert held(SARA) - before == total
            BED.portal.heal()
            person.app.expect(person.words("Renewed and Paid"), seconds=60)
            assert held(SARA) - before == total
            person.app.quit()


@test
def services_that_die_once_it_is_paid_are_waited_for():
    with resident(ELEANOR) as person:
        total = person.bring_to_payment(ELEANOR)
        person.pay()
        person.app.wait(lambda: held(ELEANOR) == total, "the bank holds it", 20)
        BED.services.kill()
        person.wait_until_paid(40)
        BED.restart()
        person.app.expect(person.words("Renewed and Paid"), seconds=60)
        assert held(ELEANOR) == total
        assert len(payments(ELEANOR)) == 1
        person.app.quit()


@test
def the_token_is_opened_by_keyboard_and_its_code_pays():
    tokens = {"TAJDID_SANDBOX_TOKENS": os.path.join(BED.state, "tokens")}
    with resident(MARIA, environment=tokens) as person:
        change("bank", "UPDATE accounts SET daily_limit = 100000000 WHERE owner = ?", MARIA)
        total = person.bring_to_payment(MARIA)
        with person.open_token() as token:
            shown = " ".join(token.texts())
            assert "Tajdid collection account" in shown, shown
            assert re.search(f"QAR {total // 100:,}.{total % 100:02d}", shown), shown
            code = token.show_signing_code()
        assert person.app.focused().name == person.words("Signing code"), person.app.focused()
        person.pay(code)  # Maria's is right and her account has too little
        person.app.expect(person.words("There is not enough money in the account."), seconds=15)
        person.app.quit()


if __name__ == "__main__":
    bed.run()
