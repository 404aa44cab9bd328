#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in, staying so over restarts, refreshing, signing out: against real services; the keyring's answers
by a stand-in here, by a real gnome-keyring in test-kept.py."""
import contextlib
import os
import time

import driver
import harness
from driver import Bed, Person, ours, problem
from harness import test

SARA, OMAR, MARIA, BILAL, ELEANOR = ("27612405934", "28581803362", "28760802145", "29158600533", "27982603006")
GEORGES, HEBA, NASSER, LATHA = "28042200437", "28581800951", "27563400881", "27935600118"
NOBODY = "29999900001"
DISMISSED = 2
BED = Bed(pace=1)


@contextlib.contextmanager
def person(personal_id, seconds=30):
    one = Person(BED, personal_id, seconds)
    try:
        yield one
    finally:
        if one.process.poll() is None:
            one.end()


def tokens_asked():
    return sum(line == "POST /token" for line in BED.portal.seen)


@test
def a_wrong_code_and_nobody_are_answered_alike():
    with person(MARIA) as maria:
        answers = [problem(maria.do("sign-in", one, "000000"), "code-wrong") for one in (MARIA, NOBODY)]
        assert answers[0] == answers[1] and answers[0]["tries_left"] == 4, answers
        for _ in range(4):
            last = problem(maria.do("sign-in", MARIA, "000000"), "code-wrong")
        assert last["tries_left"] == 0 and 880 < last["blocked_until"] - time.time() <= 900, last
        blocked = problem(maria.do("sign-in", MARIA, maria.token.sign_in_code()), "sign-in-blocked")
        assert 880 < blocked["blocked_until"] - time.time() <= 900, blocked
        ours(maria.do("account"), "not-signed-in")
        assert os.listdir(maria.keyring) == []


@test
def a_clock_that_is_off_is_said_so():
    with person(SARA) as sara:
        for seconds in (3600, -3600):
            sara.do("shift", str(seconds))
            ours(sara.do("sign-in", SARA, sara.token.sign_in_code()), "clock")
            skew = sara.do("health", "portal")["skew"]
            assert abs(skew + seconds) <= 3, skew
        sara.do("shift", "0")
        sara.sign_in()
        sara.do("shift", "3600")
        ours(sara.do("account"), "clock")


@test
def signed_in_over_a_restart():
    with person(SARA) as sara:
        answer = sara.sign_in()
        assert answer["personal_id"] == SARA and answer["keyring"] == -1 and not answer["idle"], answer
        assert sara.do("account")["personal_id"] == SARA
        sara.end()
        assert sara.start().do("resume")["personal_id"] == SARA
        assert sara.do("account")["ok"]
        assert not any(SARA in name for name in os.listdir(sara.keyring) + os.listdir(sara.home))


@test
def killed_between_any_two_steps_of_a_refresh():
    with person(OMAR) as omar:
        omar.sign_in()
        for what in ("request", "reply", "hold"):
            BED.portal.lose(what, "POST /token", 9)
            omar.tell("refresh")
            assert BED.portal.met.wait(20)
            time.sleep(0.3)  # the reply is lost with the client, or the request comes after its death
            omar.kill()
            BED.portal.heal()
            assert omar.start().do("resume")["ok"], what
            assert omar.do("account")["ok"]
        for _ in range(3):  # stored, and not used yet
            assert omar.do("refresh")["ok"]
            omar.kill()
            assert omar.start().do("resume")["ok"]
        assert omar.do("account")["ok"]


@test
def a_reply_lost_to_a_living_client_costs_nothing():
    with person(BILAL) as bilal:
        bilal.sign_in()
        BED.portal.lose("reply", "POST /token", 2)
        assert bilal.do("refresh")["ok"]
        BED.portal.heal()
        assert bilal.do("refresh")["ok"] and bilal.do("account")["ok"]


@test
def whatever_the_keyring_answers_one_is_signed_in():
    with person(ELEANOR) as eleanor:
        for number in (1, 3, 4, 5, DISMISSED):
            eleanor.answer_keyring(number)
            answer = eleanor.sign_in() if number == 1 else eleanor.do("refresh")
            assert answer["ok"] and answer["keyring"] == number, answer
            assert eleanor.do("account")["ok"]
        eleanor.answer_keyring(5)
        assert eleanor.do("refresh")["keyring"] == DISMISSED  # it is not asked again
        eleanor.end()
        answer = eleanor.start().do("resume")
        assert not answer["ok"] and answer["domain"] == "tjd-keyring-error-quark" and answer["code"] == 5, answer
        eleanor.end()
        eleanor.answer_keyring()
        ours(eleanor.start().do("resume"), "not-signed-in")


@test
def a_keyring_that_opens_later_keeps_it():
    with person(GEORGES) as georges:
        georges.answer_keyring(1)
        assert georges.sign_in()["keyring"] == 1
        georges.answer_keyring()
        assert georges.do("refresh")["keyring"] == -1
        georges.kill()
        assert georges.start().do("resume")["ok"]


@test
def a_session_that_the_portal_has_ended():
    with person(HEBA) as heba:
        heba.sign_in()
        with contextlib.closing(BED.services.database("portal")) as database, database:
            database.execute("UPDATE sessions SET ended = 1 WHERE personal_id = ?", (HEBA,))
        ours(heba.do("refresh"), "session-ended")
        ours(heba.do("account"), "not-signed-in")
        heba.end()
        ours(heba.start().do("resume"), "not-signed-in")
        assert heba.sign_in()["ok"] and heba.do("account")["ok"]


@test
def one_refresh_however_many_ask():
    with person(NASSER) as nasser:
        nasser.sign_in()
        nasser.do("account")
        nasser.do("shift", "280")  # the access token is about to end
        before = tokens_asked()
        answer = nasser.do("accounts")
        assert answer["ok"] and answer["good"] == 16, answer
        assert tokens_asked() == before + 1
        BED.portal.lose("deny", "GET /account")
        assert nasser.do("account")["ok"]  # refreshed once, and asked again
        assert tokens_asked() == before + 2
        BED.portal.lose("deny", "GET /account", 2)
        problem(nasser.do("account"), "token-invalid")  # and not for ever
        BED.portal.heal()
        assert tokens_asked() == before + 3


@test
def signing_out_forgets_here_and_there():
    with person(LATHA) as latha:
        latha.sign_in()
        answer = latha.do("sign-out")
        assert answer["ok"] and "personal_id" not in answer and os.listdir(latha.keyring) == [], answer
        with contextlib.closing(BED.services.database("portal")) as database:
            ended = database.execute("SELECT ended FROM sessions WHERE personal_id = ?", (LATHA,)).fetchall()
        assert ended == [(1,)], ended
        ours(latha.do("account"), "not-signed-in")
        BED.portal.lose("request", "POST /revoke", 9)
        latha.sign_in()
        answer = latha.do("sign-out")  # the portal is not told, and it is forgotten here all the same
        BED.portal.heal()
        assert answer["domain"] == "tjd-transport-error-quark" and os.listdir(latha.keyring) == [], answer
        ours(latha.do("account"), "not-signed-in")


@test
def signing_out_everywhere_ends_the_others():
    with person(BILAL) as here, person(BILAL) as elsewhere:
        elsewhere.sign_in()
        here.sign_in()
        assert here.do("sign-out", "everywhere")["ok"]
        ours(elsewhere.do("refresh"), "session-ended")


@test
def strangers_do_not_keep_one_from_signing_in_where_one_has_before():
    with person(OMAR) as at_home, person(OMAR) as elsewhere:
        at_home.sign_in()
        for _ in range(5):
            problem(elsewhere.do("sign-in", OMAR, "000000"), "code-wrong")
        problem(elsewhere.do("sign-in", OMAR, elsewhere.token.sign_in_code()), "sign-in-blocked")
        at_home.end()
        at_home.start()  # the keyring has the key yet
        at_home.sign_in()


@test
def idle_is_what_the_person_does_not_do():
    with person(ELEANOR) as eleanor:
        eleanor.sign_in()
        assert not eleanor.do("shift", "899")["idle"] and eleanor.do("shift", "900")["idle"]
        answer = eleanor.do("touch")
        assert not answer["idle"] and answer["wants_refresh"], answer
        assert not eleanor.do("shift", "0")["wants_refresh"]


@test
def what_was_kept_is_read_offline():
    with person(GEORGES) as georges:
        ours(georges.do("read-offline"), "cache")
        georges.sign_in()
        assert georges.do("keep")["ok"]
        georges.end()
        BED.services.stop()
        kept = georges.start().do("read-offline")
        assert kept["ok"] and kept["personal_id"] == GEORGES and 0 <= time.time() - kept["as_of"] < 120, kept
        answer = georges.do("resume")
        assert answer["domain"] == "tjd-transport-error-quark" and answer["personal_id"] == GEORGES, answer
        BED.restart()
        assert georges.do("account")["ok"]  # by itself, once the services are back


if __name__ == "__main__":
    try:
        BED.start()
        harness.main()
    finally:
        BED.stop()
