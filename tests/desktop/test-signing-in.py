#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said where signing in does not go as it should: a code that is wrong, one too many of them, somebody whom
nobody knows, a computer whose clock is off."""
import contextlib
import re

import bed
from bed import BED, change, clock, resident, rows
from clock import Clock
from harness import test
from renewal import BILAL, ELEANOR, MARIA, OMAR, SARA
from stage import Stage
from words import western

NOBODY = "29999999998"
WRONG = "This personal ID and code do not go together."


def try_wrong(person, code="000000"):
    """From the code's field, where a wrong one has left the keyboard."""
    person.app.type(code)
    person.app.press("Return")


def said(person):
    """All that is read but who it is about."""
    return [text for text in person.app.texts() if person.personal_id not in text]


@test
def a_wrong_code_is_cleared_and_the_id_stays():
    for language in ("en", "ar"):
        with resident(MARIA, language=language) as person:
            person.wait_for_sign_in()
            person.enter(MARIA, "000000")
            person.app.expect(person.words(WRONG), seconds=20)
            person.app.wait(lambda: person.field("Token code") == "", "it is cleared")
            assert person.app.focused().name == person.words("Token code"), person.app.focused()
            assert person.field("Personal ID") == MARIA
            left = person.words.like("%s try is left.", "%s tries are left.", 4 if language == "en" else 3)
            assert person.app.find(left), person.app.texts()
            person.app.quit()


@test
def somebody_unknown_reads_as_a_wrong_code():
    readings = {}
    for personal_id in (BILAL, NOBODY):
        with resident(personal_id) as person:
            person.wait_for_sign_in()
            person.enter(personal_id, "000000")
            person.app.expect(person.words(WRONG), seconds=20)
            readings[personal_id] = said(person)
            try_wrong(person)
            person.app.expect(re.compile("^3 tries are left"), seconds=20)
            readings[personal_id] += said(person)
            person.app.quit()
    assert readings[BILAL] == readings[NOBODY], readings


@test
def blocked_until_it_is_over():
    with resident(OMAR) as person:
        person.wait_for_sign_in()
        person.enter(OMAR, "000000")
        for left in ("4 tries are", "3 tries are", "2 tries are", "1 try is"):
            person.app.expect(re.compile(f"^{left} left"), seconds=20)
            try_wrong(person)
        person.app.expect(person.words("Signing in is blocked after too many wrong codes."), seconds=20)
        until, = rows("portal", "SELECT blocked_until FROM attempts WHERE personal_id = ?", OMAR)[0]
        told = re.compile(f"You can try again from .*{clock(until)}")
        person.app.expect(told)
        person.app.type(person.fresh_code())  # a right one changes nothing
        person.app.press("Return")
        person.app.wait(lambda: BED.portal.seen[-1].endswith("/challenge") and person.app.find(told), "it is told again")
        assert person.app.find(person.words("Token code"))
        change("portal", "UPDATE attempts SET blocked_until = 1 WHERE personal_id = ?", OMAR)
        person.app.wait(lambda: person.field("Token code") == "", "the code goes")
        person.app.type(person.fresh_code())
        person.app.press("Return")
        person.wait_for_permits()
        person.app.quit()


@contextlib.contextmanager
def with_clock_off(seconds, personal_id, language="en"):
    """The application alone lives at another time; what it waits for passes as ever."""
    with Stage(language=language) as stage:
        Clock(stage).set(seconds, 0)
        yield bed.start(stage, personal_id)


@test
def a_clock_that_is_far_off_is_said_with_what_to_do():
    for seconds, off in ((-1200, "20 minutes"), (5 * 3600, "5 hours"), (-400 * 86400, "400 days")):
        with with_clock_off(seconds, SARA) as person:
            person.wait_for_sign_in()
            person.enter(SARA, person.token.sign_in_code())
            person.app.expect(re.compile("^This computer’s clock is wrong, so the service"), seconds=20)
            person.app.expect(f"It is off by about {off}. Set the date and time in the computer’s settings, then try again.")
            person.app.quit()


@test
def a_clock_that_is_far_off_in_arabic():
    with with_clock_off(1200, SARA, "ar") as person:
        person.wait_for_sign_in()
        person.enter(SARA, person.token.sign_in_code())
        clock_words = person.words("This computer’s clock is wrong, so the service believes nothing it says.")
        person.app.expect(clock_words, seconds=20)
        person.app.expect(person.words.like("It is off by about %s."))
        assert any("20 دقيقة" in western(text) for text in person.app.texts()), person.app.texts()
        person.app.quit()


@test
def a_clock_a_little_off_lets_sign_in_and_explains_a_wrong_code():
    with with_clock_off(150, ELEANOR) as person:
        person.wait_for_sign_in()
        person.enter(ELEANOR, "000000")
        person.app.expect(person.words(WRONG), seconds=20)
        person.app.expect(re.compile("^This computer’s clock is wrong. It is off by about 3 minutes. A token on this "
                                     "computer shows wrong codes until it is set. 4 tries are left."))
        person.app.type(person.fresh_code())
        person.app.press("Return")
        person.wait_for_permits()
        person.app.quit()


if __name__ == "__main__":
    bed.run()
