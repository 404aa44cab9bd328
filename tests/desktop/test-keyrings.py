#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keyrings that do not open, by a real one and its real question: it is said, everything works without, and nothing
that belongs into a keyring is on the disk instead."""
import os
import re
import threading

import bed
from bed import BED, keyrings, resident, start, written
from harness import test
from renewal import ELEANOR, MARIA, OMAR, SARA

STAYS = "You are signed in until Tajdid is closed, and sign in again at its next start."


class Tokens:
    """What the portal has given out, by the relay's ear."""

    def __enter__(self):
        self.heard = []
        BED.portal.rewrite = self.listen
        return self

    def listen(self, line, document):
        if line.endswith(" /token"):
            self.heard += [document["access_token"], document["refresh_token"]]
        return document

    def __exit__(self, *_):
        BED.portal.rewrite = None


def is_on_no_disk(stage, tokens):
    assert tokens.heard, "no token was given out"
    found = written(stage.home)
    assert any(name.endswith("journal.db") for name in found), sorted(found)
    for name, content in found.items():
        assert not [token for token in tokens.heard if token.encode() in content], f"a token is in {name}"
        assert not re.search(rb'"d" *: *"[A-Za-z0-9_-]{43}"', content), f"a key is in {name}"
    assert not [name for name in found if os.path.basename(name) == "offline"], "permits are kept without a key"


def works_without(person):
    person.choose(person.personal_id)
    person.review()
    assert person.total() > 0


def asks_again_at_the_next_start(person):
    """Signed out, with nothing but the sign-in page."""
    person.app.quit()
    return start(person.app.stage, person.personal_id)


@test
def its_question_is_closed():
    with Tokens() as tokens, resident(MARIA, keyring="locked") as person:
        stage = person.app.stage
        person.wait_for_sign_in()
        person.enter(MARIA, person.fresh_code())
        stage.answer_prompt("Escape")
        bed.take_keyboard(stage)
        person.wait_for_permits(30)
        person.app.expect("The keyring stayed locked, because its question was closed. " + STAYS)
        works_without(person)
        is_on_no_disk(stage, tokens)
        again = asks_again_at_the_next_start(person)
        again.wait_for_sign_in()
        is_on_no_disk(stage, tokens)
        again.app.quit()


@test
def there_is_none():
    for language in ("en", "ar"):
        with Tokens() as tokens, resident(ELEANOR, language=language, keyring=None) as person:
            person.sign_in()
            person.app.expect(re.compile(re.escape(person.words("This computer has no keyring program.")) + ".+"))
            works_without(person)
            is_on_no_disk(person.app.stage, tokens)
            again = asks_again_at_the_next_start(person)
            again.wait_for_sign_in()
            again.app.quit()


def lock(stage):
    """As after a new login of a person whose keyring has another password."""
    stage.open_keyring(None)


def at_the_next_start(person, *keys):
    """Before a keyring that is locked; they are the answer to its question."""
    stage = person.app.stage
    person.app.quit()
    lock(stage)
    answer = threading.Thread(target=stage.answer_prompt, args=keys)
    answer.start()
    again = start(stage, person.personal_id)
    answer.join()
    bed.take_keyboard(stage)
    return again


@test
def a_kept_session_is_there_again_once_it_is_unlocked():
    with resident(SARA) as person:
        person.sign_in()
        again = at_the_next_start(person, keyrings.PASSWORD, "Return")
        again.wait_for_permits(30)
        again.app.quit()


@test
def a_kept_session_behind_a_closed_question_is_said_at_the_start():
    with resident(OMAR) as person:
        person.sign_in()
        again = at_the_next_start(person, "Escape")
        again.app.expect("The keyring stayed locked, because its question was closed.", seconds=30)
        again.app.expect("Unlock it, or sign in for this time only.")
        again.app.quit()


@test
def a_question_that_nobody_answers_is_not_waited_for_for_ever():
    with resident(SARA) as person:
        person.sign_in()
        person.app.quit()
        lock(person.app.stage)
        again = start(person.app.stage, SARA)
        again.app.expect("The keyring is locked.", seconds=160)
        again.app.expect("Unlock it, or sign in for this time only.")
        again.app.kill()  # the question has the keyboard


if __name__ == "__main__":
    bed.run()
