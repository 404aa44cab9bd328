#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The renewal journey against real services: how many requests it needs, what becomes of it where requests or
replies are lost, services die or the client is killed, and that nothing is ever charged twice or said wrongly."""
import contextlib
import json
import os
import random
import time

import driver
import harness
from driver import Bed, Person, ours, problem
from harness import foreign, test

SARA, OMAR, MARIA, BILAL, ELEANOR = ("27612405934", "28581803362", "28760802145", "29158600533", "27982603006")
GEORGES, HEBA, NASSER, LATHA = "28042200437", "28581800951", "27563400881", "27935600118"
CLINIC, FALCON = "01012841", "01099004"
BED = Bed()
PEOPLE = {}


def person(personal_id, seconds=30):
    """Signed in once; started again by who has killed it."""
    if personal_id not in PEOPLE:
        PEOPLE[personal_id] = Person(BED, personal_id, seconds)
        PEOPLE[personal_id].sign_in()
    return PEOPLE[personal_id]


class Clinic:
    """A company with permits enough for every test: one more at a time."""
    ids = None

    @classmethod
    def quote(cls, client, role="signatory"):
        """The next one that is not refused."""
        if cls.ids is None:
            cls.ids = person(HEBA, 2).do("permits", CLINIC)["renewable"]
        while True:
            answer = client.do("choose", cls.ids.pop() + ":1", CLINIC, role)
            assert answer["step"] == "quoted", answer
            if answer["refused"] == 0:
                return answer

    @classmethod
    def to_signing(cls):
        heba = person(HEBA, 2)
        cls.quote(heba)
        assert heba.do("confirm")["step"] == "ordered"
        shown = heba.do("approve")
        assert shown["step"] == "signing" and shown["states"] == ["approved"], shown
        return heba, shown


def held(payment):
    """How often the bank holds or has debited it: by its own books."""
    with contextlib.closing(BED.services.database("bank")) as database:
        (state,) = database.execute("SELECT state FROM payments WHERE id = ?", (payment,)).fetchone()
    return state in ("authorised", "captured")


def change(statement, *values):
    with contextlib.closing(BED.services.database("bank")) as database, database:
        assert database.execute(statement, values).rowcount == 1


def settle_all(client):
    for one in client.do("find")["found"]:
        client.do("settle", one["journey"])


@test
def a_renewal_needs_six_requests_at_most():
    sara = person(SARA)
    assert sara.do("permits")["permits"] == 5
    before = BED.requests()
    shown = sara.to_signing(SARA + ":1,27812404417:1")
    assert shown["total"] == 154000 and shown["charge"] == "nothing", shown
    done = sara.do("code", sara.code(shown))
    assert done["step"] == "paid" and done["charge"] in ("held", "paid"), done
    made = BED.requests() - before
    print(f"# from review to done: {made} requests", flush=True)
    assert made <= 6, (BED.portal.seen, BED.bank.seen)
    found = sara.do("find")["found"]
    assert [one["charge"] for one in found] in (["held"], ["paid"]) and found[0]["amount"] == 154000, found
    assert sara.do("settle", found[0]["journey"])["ok"] and sara.do("find")["found"] == []
    for _ in range(300):
        looked = sara.do("look", done["orders"][0], SARA)
        if all(looked.values()):  # one after the other: the envelope may come in between
            break
        time.sleep(0.1)
    assert all(looked.values()) and looked["orders"] == 1, looked


@test
def refused_permits_are_said_and_the_others_renewed():
    sara = person(SARA)
    sara.do("begin")
    answer = sara.do("choose", SARA + ":1,31012400218:1")  # the first was renewed just now
    assert answer["step"] == "quoted" and answer["refused"] == 1, answer
    answer = sara.do("choose", SARA + ":1")
    assert answer["refused"] == 1 and answer["total"] == 0, answer
    answer = sara.do("confirm")
    assert not answer["ok"] and answer["step"] == "quoted", answer  # nothing in it to agree to


@test
def cancelled_before_paying_it_may_be_chosen_again():
    sara = person(SARA)
    shown = sara.to_signing("31012400218:1")
    ended = sara.do("cancel")
    assert ended["step"] == "ended" and ended["charge"] == "nothing" and "domain" not in ended, ended
    assert sara.do("find")["found"] == []
    again = sara.to_signing("31012400218:1")
    assert again["payment"] != shown["payment"]
    assert sara.do("code", sara.code(again))["step"] == "paid"
    settle_all(sara)


@test
def a_lost_reply_of_the_bank_is_found_by_id():
    heba, shown = Clinic.to_signing()
    BED.bank.seen.clear()
    BED.bank.lose("reply", "POST .*/authorise")
    done = heba.do("code", heba.code(shown))
    BED.bank.heal()
    assert done["step"] == "paid", done
    assert [line.split("/")[-1] for line in BED.bank.seen].count("authorise") == 1, BED.bank.seen
    assert held(shown["payment"])
    settle_all(heba)


@test
def a_lost_request_is_sent_again_under_its_key():
    heba, shown = Clinic.to_signing()
    BED.bank.lose("request", "POST .*/authorise")
    done = heba.do("code", heba.code(shown))
    BED.bank.heal()
    assert done["step"] == "paid" and held(shown["payment"]), done
    settle_all(heba)


@test
def while_the_bank_is_away_it_is_in_doubt_and_then_known():
    heba, shown = Clinic.to_signing()
    BED.bank.rules = [["reply", "POST .*/authorise", 99], ["request", "GET /payments", 99]]
    doubt = ours(heba.do("code", heba.code(shown)), "in-doubt")
    assert (doubt["step"], doubt["charge"], doubt["remedy"]) == ("in-doubt", "unknown", "wait"), doubt
    for forbidden in ("renew-number", "cancel", "code 12345678"):
        answer = heba.do(*forbidden.split())
        assert not answer["ok"] and answer["step"] == "in-doubt", answer
    found = heba.do("find")["found"]
    assert found[0]["charge"] in ("unknown", "held", "paid"), found  # the portal may have heard of it
    BED.bank.heal()
    assert held(shown["payment"])
    done = heba.do("retry")
    assert done["ok"] and done["step"] == "paid" and done["charge"] in ("held", "paid"), done
    settle_all(heba)


@test
def services_killed_while_the_code_is_under_way():
    heba, shown = Clinic.to_signing()
    BED.bank.lose("hold", "POST .*/authorise")
    heba.tell("code", heba.code(shown))
    assert BED.bank.met.wait(20)
    BED.services.kill()
    BED.bank.heal()
    doubt = heba.answer()
    assert (doubt["step"], doubt["charge"]) == ("in-doubt", "unknown"), doubt
    found = heba.do("find")["found"]
    assert [one["charge"] for one in found] == ["unknown"], found  # nobody answers
    BED.restart()
    done = heba.do("retry")
    assert done["step"] == "paid" and held(shown["payment"]), done
    settle_all(heba)


def kill_and_return(client):
    client.kill()
    client.start()
    resumed = client.do("resume")
    assert resumed["ok"], resumed


@test
def killed_after_the_bank_has_followed_the_code():
    heba, shown = Clinic.to_signing()
    BED.bank.rules = [["reply", "POST .*/authorise", 99], ["request", "GET /payments", 99]]
    heba.tell("code", heba.code(shown))
    for _ in range(400):
        if held(shown["payment"]):
            break
        time.sleep(0.05)
    BED.bank.heal()
    kill_and_return(heba)
    found = heba.do("find")["found"]
    assert len(found) == 1 and found[0]["charge"] in ("held", "paid") and not found[0]["payable"], found
    assert found[0]["amount"] == shown["total"]
    settle_all(heba)


@test
def killed_before_the_code_arrived_and_what_arrives_later_is_void():
    heba, shown = Clinic.to_signing()
    BED.bank.lose("hold", "POST .*/authorise")
    heba.tell("code", heba.code(shown))
    assert BED.bank.met.wait(20)
    kill_and_return(heba)
    found = heba.do("find")["found"]
    assert [(one["charge"], one["payable"]) for one in found] == [("nothing", True)], found
    BED.bank.heal()  # the old request goes on to the bank now
    time.sleep(0.5)
    assert not held(shown["payment"])
    settle_all(heba)


@test
def killed_at_any_moment_of_paying_the_truth_is_told():
    seed = int(os.environ.get("TAJDID_SEED", time.time()))
    print(f"# TAJDID_SEED={seed}", flush=True)
    chance = random.Random(seed)
    told = []
    for _ in range(8):
        heba, shown = Clinic.to_signing()
        heba.tell("code", heba.code(shown))
        time.sleep(chance.uniform(0, 0.01 * harness.SLOW))
        kill_and_return(heba)
        found = heba.do("find")["found"]
        assert len(found) == 1 and found[0]["charge"] != "unknown", found
        time.sleep(0.2)  # for whatever is still under way
        assert (found[0]["charge"] != "nothing") == held(shown["payment"]), (found, shown)
        told.append(found[0]["charge"])
        settle_all(heba)
    print(f"# told: {' '.join(told)}", flush=True)


@test
def killed_before_paying_one_goes_on_with_the_order():
    sara = person(SARA)
    shown = sara.to_signing("29035600771:1")
    kill_and_return(sara)
    found = sara.do("find")["found"]
    assert [(one["charge"], one["payable"]) for one in found] == [("nothing", True)], found
    again = sara.do("from-order", found[0]["orders"][0])
    assert again["step"] == "signing" and again["payment"] == shown["payment"], again
    assert again["number"] != shown["number"]
    done = sara.do("code", sara.code(again))
    assert done["step"] == "paid", done
    settle_all(sara)


@test
def killed_while_ordering_nothing_was_charged():
    heba = person(HEBA, 2)
    Clinic.quote(heba)
    BED.portal.lose("hold", "POST /orders")
    heba.tell("confirm")
    assert BED.portal.met.wait(20)
    kill_and_return(heba)
    BED.portal.heal()
    assert heba.do("find")["found"] == []  # nothing to tell: it was never signed


def orders_of(renewer):
    with contextlib.closing(BED.services.database("portal")) as database:
        return database.execute("SELECT count(*) FROM orders WHERE renewer = ?", (renewer,)).fetchone()[0]


@test
def a_lost_reply_of_the_portal_places_one_order():
    omar = person(OMAR)
    before = orders_of(OMAR)
    assert omar.do("choose", OMAR + ":1")["step"] == "quoted"
    BED.portal.lose("reply", "POST /orders", 2)
    shown = omar.do("confirm")
    BED.portal.heal()
    assert shown["step"] == "signing", shown
    assert orders_of(OMAR) == before + 1
    wrong = problem(omar.do("code", "00000000"), "signing-code-wrong")
    assert (wrong["step"], wrong["remedy"], wrong["charge"], wrong["tries"]) == ("signing", "code", "nothing", 4), wrong
    done = omar.do("code", omar.code(shown))
    assert done["step"] == "paid", done
    settle_all(omar)


@test
def a_number_that_has_expired_is_drawn_anew():
    omar = person(OMAR)
    shown = omar.to_signing("28681801190:1")
    change("UPDATE payments SET code_until = ? WHERE id = ?", int(time.time()) - 1, shown["payment"])
    expired = problem(omar.do("code", omar.code(shown)), "number-expired")
    assert (expired["step"], expired["remedy"], expired["charge"]) == ("signing", "number", "nothing"), expired
    again = omar.do("renew-number")
    assert again["step"] == "signing" and again["number"] != shown["number"], again
    assert omar.do("code", omar.code(again))["step"] == "paid"
    settle_all(omar)


@test
def a_payment_that_has_expired_ends_it():
    omar = person(OMAR)
    shown = omar.to_signing("31181800452:1")
    change("UPDATE payments SET expires_at = ? WHERE id = ?", int(time.time()) - 1, shown["payment"])
    over = problem(omar.do("code", omar.code(shown)), "payment-expired")
    assert (over["step"], over["remedy"], over["charge"]) == ("ended", "review", "nothing"), over
    assert not held(shown["payment"])
    settle_all(omar)


@test
def an_account_without_enough_and_none_at_all():
    maria = person(MARIA)
    shown = maria.to_signing(MARIA + ":1")
    poor = problem(maria.do("code", maria.code(shown)), "funds-insufficient")
    assert (poor["step"], poor["remedy"], poor["charge"]) == ("signing", "number", "nothing"), poor
    assert maria.do("cancel")["step"] == "ended"
    bilal = person(BILAL)
    assert bilal.do("choose", BILAL + ":1")["step"] == "quoted"
    none = problem(bilal.do("confirm"), "no-account")
    assert (none["step"], none["remedy"], none["charge"]) == ("billed", "none", "nothing"), none
    assert bilal.do("cancel")["step"] == "ended"


@test
def five_wrong_codes_block():
    georges = person(GEORGES)
    ids = georges.do("permits", "01005700")["renewable"]

    def to_signing(permit):
        assert georges.do("choose", permit + ":1", "01005700")["step"] == "quoted"
        georges.do("confirm")
        assert georges.do("approve")["step"] == "signing"

    to_signing(ids[0])
    for left in (4, 3, 2, 1):
        wrong = problem(georges.do("code", "00000000"), "signing-code-wrong")
        assert (wrong["remedy"], wrong["tries"]) == ("code", left), wrong
    last = problem(georges.do("code", "00000000"), "signing-code-wrong")
    assert (last["step"], last["remedy"], last["tries"], last["charge"]) == ("ended", "none", 0, "nothing"), last
    to_signing(ids[1])
    blocked = problem(georges.do("code", "00000000"), "payment-blocked")
    assert (blocked["step"], blocked["remedy"], blocked["charge"]) == ("ended", "none", "nothing"), blocked


@test
def a_session_that_ends_while_reviewing_loses_nothing():
    eleanor = person(ELEANOR)
    quoted = eleanor.do("choose", ELEANOR + ":5")
    assert quoted["step"] == "quoted", quoted
    with contextlib.closing(BED.services.database("portal")) as database, database:
        database.execute("UPDATE sessions SET ended = 1 WHERE personal_id = ?", (ELEANOR,))
    ours(eleanor.do("refresh"), "session-ended")
    stopped = ours(eleanor.do("confirm"), "not-signed-in")
    assert (stopped["step"], stopped["remedy"], stopped["total"]) == ("confirmed", "sign-in", quoted["total"]), stopped
    eleanor.sign_in()
    shown = eleanor.do("retry")
    assert shown["step"] == "signing", shown
    assert eleanor.do("code", eleanor.code(shown))["step"] == "paid"
    settle_all(eleanor)


@test
def more_permits_than_an_order_holds_are_paid_by_one_code():
    nasser = person(NASSER, 60)
    found = nasser.do("urgent", FALCON)
    assert len(found["renewable"]) >= 510, len(found["renewable"])
    quoted = nasser.do("choose", ",".join(one + ":1" for one in found["renewable"][:510]), FALCON)
    assert quoted["step"] == "quoted", quoted
    ordered = nasser.do("confirm")
    assert ordered["step"] == "ordered" and len(ordered["orders"]) == 2, ordered
    shown = nasser.do("approve")
    assert shown["step"] == "signing" and shown["total"] == quoted["total"], shown
    done = nasser.do("code", nasser.code(shown))
    assert done["step"] == "paid" and held(shown["payment"]), done
    found = nasser.do("find")["found"]
    with BED.services.database("bank") as bank:  # what could not be renewed is released when it is captured
        captured, = bank.execute("SELECT captured FROM payments WHERE id = ?", (shown["payment"],)).fetchone()
    assert len(found) == 1 and len(found[0]["orders"]) == 2, found
    assert found[0]["amount"] in (shown["total"], captured or shown["total"]), (found, captured)
    settle_all(nasser)


@test
def who_prepares_hands_over_to_who_signs():
    latha = person(LATHA)
    Clinic.quote(latha, "preparer")
    ordered = latha.do("confirm")
    assert ordered["step"] == "ordered", ordered
    answer = latha.do("approve")
    assert not answer["ok"] and answer["step"] == "ordered", answer
    assert latha.do("cancel")["step"] == "ended"


@test
def the_journal_has_no_names_no_personal_ids_no_codes_no_tokens():
    names = set()
    with contextlib.closing(BED.services.database("ministry")) as database:
        for row in database.execute("SELECT personal_id, name_en, name_ar FROM permits WHERE renewer != ? LIMIT 400",
                                    (FALCON,)):
            names.update(str(one).encode() for one in row)
    secrets = set()
    for client in PEOPLE.values():
        for name in os.listdir(client.keyring):
            with open(os.path.join(client.keyring, name), "rb") as file:
                kept = file.read()
            secrets.add(kept)
            if kept.startswith(b"{"):
                secrets.update(value.encode() for value in json.loads(kept).values() if len(value) > 10)
    with open(os.path.join(BED.state, "services.log"), "rb") as file:
        log = file.read()
    assert len(secrets) > 20
    assert person(SARA).do("keep")["ok"]
    for client in PEOPLE.values():
        files = {**client.files(), "terminal": client.said().encode()}
        for name in ("cmdline", "environ"):
            with open(f"/proc/{client.process.pid}/{name}", "rb") as file:
                files[name] = file.read()
        assert "journal.db" in files and "account" in files
        for name, content in files.items():
            assert b"eyJ" not in content, name
            for secret in secrets:
                assert secret not in content and secret not in log, name
            for word in names:
                assert word not in content, (name, word)
            assert client.personal_id.encode() not in content and client.token.sign_in_secret.encode() not in content


@test
def the_books_agree():
    for client in PEOPLE.values():
        client.end()
    for _ in range(100):
        code, said = BED.services.audit()
        if code == 0:
            break
        time.sleep(0.2)
    assert code == 0, said


if __name__ == "__main__":
    try:
        BED.start()
        harness.main()
    finally:
        BED.stop()
