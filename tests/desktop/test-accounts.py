#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What this computer keeps of a person, how they end it here and elsewhere, and what is said where no keyring keeps
it."""
import glob
import os
import re

import bed
import harness
from bed import BED, resident
from harness import test
from renewal import ELEANOR, OMAR, SARA, fresh_code, in_sandbox


def kept_files(stage):
    """What could be read without a connection."""
    return glob.glob(os.path.join(stage.home, ".local/share/tajdid/*/offline*"))


def open_preferences(person):
    person.app.press("ctrl+comma")
    person.app.expect(person.words("Preferences"))


@test
def signing_out_removes_what_could_be_read():
    with resident(SARA) as person:
        person.sign_in()
        person.app.wait(lambda: kept_files(person.app.stage), "permits are kept")
        with open(os.path.join(os.path.dirname(kept_files(person.app.stage)[0]), "offline-01005700"), "wb"):
            pass  # an establishment's staff
        person.app.press("F10")
        person.app.go_to(re.compile("Sign Out"), key="Down")
        person.app.press("Return")
        person.app.expect(person.words("Token code"))
        person.app.wait(lambda: not kept_files(person.app.stage), "they are removed")
        assert person.field("Personal ID") == ""
        person.app.quit()


@test
def signing_out_everywhere_ends_the_others():
    elsewhere = BED.services.client(OMAR)
    elsewhere.sign_in(fresh_code(elsewhere.token, typing=5))
    with resident(OMAR) as person:
        person.sign_in()
        elsewhere.refresh()
        open_preferences(person)
        person.app.go_to(person.words("Sign Out Everywhere"))
        person.app.press("Return")
        person.app.expect(person.words("Sign Out Everywhere?"))
        person.app.press("alt+s")
        person.app.expect(person.words("Token code"))
        person.app.wait(lambda: ended(elsewhere), "the other session has ended")
        person.app.quit()


def ended(client):
    try:
        client.refresh()
    except harness.foreign.Problem as problem:
        assert problem.name == "grant-invalid", problem
        return True
    return False


@test
def another_services_account_is_forgotten():
    with resident(ELEANOR) as person:
        stage = person.app.stage
        person.sign_in()
        stage_files = person.app.wait(lambda: kept_files(stage), "permits are kept")
        person.app.quit()
        place = os.path.basename(os.path.dirname(stage_files[0]))
        person = in_sandbox(stage, ELEANOR)
        app = person.app
        person.wait_for_sign_in()
        open_preferences(person)
        app.expect(re.compile(re.escape(place)))
        app.go_to(person.words("Forget"), "button")
        app.press("Return")
        app.expect(re.compile(re.escape(f"Forget {place}?")))
        app.press("alt+f")
        app.expect(person.words("Nothing of yours is kept on this computer"))
        assert kept_files(stage) == []
        app.press("Escape")
        app.quit()
        person = bed.start(stage, ELEANOR)  # where they were signed in
        person.wait_for_sign_in()
        person.app.quit()


@test
def a_keyring_that_stays_locked_is_said_until_it_was_read():
    with resident(SARA, keyring="locked") as person:
        person.wait_for_sign_in()
        person.enter(SARA, person.fresh_code())
        person.app.stage.answer_prompt("Escape")
        person.app.stage.focus("app.tajdid.Tajdid|tajdid")
        said = re.compile("stayed locked, because its question was closed. You are signed in until Tajdid is closed")
        person.app.expect(said)
        person.wait_for_permits()
        person.app.activate(person.words("Dismiss"), "button", key="shift+Tab")
        person.app.expect_gone(said)
        person.app.press("ctrl+r")
        person.wait_for_permits()
        assert person.app.find(said) is None
        person.app.quit()


if __name__ == "__main__":
    bed.run()
