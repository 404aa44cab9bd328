#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The process that stays for its envelope: a notification that is clicked opens it, in the process that sent it and in
one that begins for it. And a person who does not stay: after five minutes the payment is locked, and goes on."""
import os
import re
import subprocess

import bed
from bed import held, keyrings
from clock import Clock
from harness import SERVICES, SLOW, test
from listener import Listener
from renewal import ANJALI, OMAR, SARA, YUSUF, Resident, in_sandbox
from stage import Stage


def window_is_back(person):
    bed.take_keyboard(person.app.stage)
    person.app.expect(person.words("What Happened"), seconds=20)


@test
def a_notification_opens_the_envelope():
    with Stage() as stage, Listener(stage) as listener:
        person = in_sandbox(stage, SARA)
        app = person.app
        person.renew(ANJALI)
        app.press("ctrl+w")
        app.wait(lambda: not app.windows(), "the window goes")
        shown = keyrings.eventually(listener.shown, 30)[0]
        assert "Anjali Nair" in shown["body"] and shown["actions"][0] == "default", shown
        listener.click(shown)
        window_is_back(person)
        app.quit()
        order = re.search(r"ord-[0-9A-Za-z_-]+", shown["actions"][2])[0]
        service = stage.start_program(os.environ["TAJDID_APP"], "--services", SERVICES, "--gapplication-service")
        keyrings.eventually(lambda: stage.has_name("app.tajdid.Tajdid"), 20)
        subprocess.run(["gdbus", "call", "--session", "--dest", "app.tajdid.Tajdid", "--object-path",
                        "/app/tajdid/Tajdid", "--method", "org.freedesktop.Application.ActivateAction", "follow",
                        f"[<'{order}'>]", "{}"], env=stage.env, check=True, stdout=subprocess.DEVNULL)
        person = Resident(service, SARA, person.tokens)
        window_is_back(person)
        service.quit()


@test
def a_payment_is_locked_after_five_minutes_and_goes_on():
    with Stage() as stage:
        clock = Clock(stage)
        person = bed.start(stage, OMAR)
        total = person.bring_to_payment(YUSUF)
        clock.set(280, 0)
        try:
            person.app.expect(person.words("Token code"), seconds=7 / SLOW)
            raise RuntimeError("it is locked too soon")
        except AssertionError:
            pass
        clock.set(310, 0)
        person.app.expect(person.words("Your session has ended."), seconds=15)
        person.app.expect(person.words("Sign in; what you have started is kept."))
        assert person.app.find(person.words.like("Pay %s"), "button") is None
        clock.set(0, 0)
        person.sign_in_again()
        person.app.expect(person.words.like("Pay %s"), "button", seconds=20)
        person.pay()
        person.wait_until_paid()
        assert held(OMAR) == total
        person.app.quit()


if __name__ == "__main__":
    bed.run()
