#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Standing mandates: signed once with the token, used by the portal month by month, and no further than they go."""
import contextlib
import json
import secrets

import harness
from harness import Services, foreign, refused, test
from mandates import confirm, day, end, give as give_for, read, sign
from parties import PartyKey

SARA = "27612405934"
BAKERY, CLINIC = "01005700", "01012841"
GEORGES, HEBA, LATHA = "28042200437", "28581800951", "27935600118"  # signatory; signatory and preparer
SERVICES = Services()
PEOPLE = {}
STAFF = {BAKERY: 0, CLINIC: 0}  # how many have been ordered


def person(personal_id):
    if personal_id not in PEOPLE:
        PEOPLE[personal_id] = SERVICES.client(personal_id)
        PEOPLE[personal_id].sign_in()
    return PEOPLE[personal_id]


def change(party, sql, *values):
    with contextlib.closing(SERVICES.database(party)) as database:
        database.execute(sql, values)
        database.commit()


def give(client, debtor=CLINIC, **more):
    return give_for(client, debtor, **more)


def billed(client, establishment=CLINIC, count=1):
    """An order for the next of the company's staff, approved and billed."""
    with contextlib.closing(SERVICES.database("ministry")) as database:
        people = [one for (one,) in database.execute(
            "SELECT personal_id FROM permits WHERE renewer = ? AND hindrance IS NULL AND late_hindrance IS NULL"
            " AND expires_on < date('now', '+60 days') ORDER BY personal_id LIMIT ? OFFSET ?",
            (establishment, count, STAFF[establishment]))]
    STAFF[establishment] += count
    order = client.place_order(client.quote([(one, 1) for one in people], renewer=establishment))
    client.approve(order["id"], client.statement(order["id"]))
    return client.bill([order["id"]])


def pay_by(mandate, bill, key=None):
    """As the portal does."""
    jwt = PartyKey(SERVICES.state, "portal").jwt("portal", "bank")
    status, _, data = person(HEBA).exchange("bank", "POST", f"/standing-mandates/{mandate['id']}/payments", {
        "Authorization": "Bearer " + jwt, "Content-Type": "application/json",
        "Idempotency-Key": f'"{key or secrets.token_hex(8)}"'}, foreign.compact({"request": bill["request"]}))
    document = json.loads(data)
    if status != 200:
        raise foreign.Problem(status, document)
    return document


@test
def a_mandate_is_signed_once_and_pays_without_a_person():
    heba = person(HEBA)
    mandate = give(heba)
    assert mandate["state"] == "awaiting-code" and mandate["account"] == "3000100002" and mandate["used"] == 0
    assert mandate["signing_text"].startswith("Tajdid standing mandate 1\nNumber: " + mandate["number"])
    for line in ("At most each month: QAR 1,000,000.00\n", f"Until: {day(30)}\n", "Account: 3000100002\n",
                 "Payee number: 10002000\n"):
        assert line in mandate["signing_text"], mandate["signing_text"]
    bill = billed(heba)
    refused("standing-mandate-state", 409, pay_by, mandate, bill)
    assert sign(heba, mandate)["state"] == "active"
    refused("standing-mandate-state", 409, sign, heba, mandate)
    key = secrets.token_hex(8)
    payment = pay_by(mandate, bill, key=key)
    assert payment["state"] == "authorised" and payment["account"] == "3000100002"
    assert pay_by(mandate, bill, key=key) == payment
    assert pay_by(mandate, bill)["id"] == payment["id"]  # again: as it stands, nothing more is held
    order = heba.wait_for(bill["shares"][0]["order"], {"delivered"})
    assert order["captured"] == bill["amount"]
    assert read(heba, mandate)["used"] == bill["amount"]
    assert mandate["id"] in [one["id"] for one in heba.request("bank", "GET", "/standing-mandates")["mandates"]]


@test
def codes_of_payments_and_of_mandates_are_never_the_others():
    heba = person(HEBA)
    bill = billed(heba)
    payment, mandate = heba.start_payment(bill), give(heba, limit=bill["amount"])
    token = heba.token
    short = f"{mandate['number']}\n{bill['amount'] // 100}.{bill['amount'] % 100:02d}\n10002000\n"
    wrong = (token.signing_code(payment["number"], payment["signing_text"]), token.signing_code(mandate["number"], short),
             token.signing_code(mandate["number"], payment["signing_text"]))
    for index, code in enumerate(wrong):
        problem = refused("signing-code-wrong", 403, confirm, heba, mandate, code)
        assert problem.document["tries_left"] == 4 - index
    refused("signing-code-wrong", 403, heba.authorise, payment,
            token.signing_code(mandate["number"], mandate["signing_text"]))
    refused("signing-code-wrong", 403, heba.authorise, payment,
            token.signing_code(payment["number"], mandate["signing_text"].replace(mandate["number"], payment["number"])))
    refused("payment-blocked", 403, sign, heba, mandate)  # one count for both
    assert read(heba, mandate)["state"] == "awaiting-code" and read(heba, mandate)["tries_left"] == 0
    change("bank", "UPDATE signers SET failures = 0")
    assert sign(heba, mandate)["state"] == "active"
    assert read(heba, mandate)["tries_left"] == 5
    pay_by(mandate, bill)  # exactly the limit; and what waited for a code no longer does
    refused("payment-closed", 409, heba.authorise, payment, token.signing_code(payment["number"], payment["signing_text"]))
    heba.wait_for(bill["shares"][0]["order"], {"delivered"})


@test
def the_month_has_a_limit():
    heba = person(HEBA)
    first, second = billed(heba), billed(heba)
    mandate = give(heba, limit=first["amount"] + second["amount"] - 1)
    sign(heba, mandate)
    pay_by(mandate, first)
    heba.wait_for(first["shares"][0]["order"], {"delivered"})
    refused("standing-mandate-limit", 409, pay_by, mandate, second)
    assert read(heba, mandate)["used"] == first["amount"]
    change("bank", "UPDATE payments SET authorised_at = authorised_at - 32 * 86400 WHERE id = ?", first["id"])
    pay_by(mandate, second)  # last month's does not count
    heba.wait_for(second["shares"][0]["order"], {"delivered"})


@test
def the_accounts_own_limits_hold():
    heba = person(HEBA)
    bill, mandate = billed(heba), give(heba)
    sign(heba, mandate)
    with contextlib.closing(SERVICES.database("bank")) as database:
        limit, = database.execute("SELECT daily_limit FROM accounts WHERE number = '3000100002'").fetchone()
    change("bank", "UPDATE accounts SET daily_limit = 1 WHERE number = '3000100002'")
    refused("limit-exceeded", 409, pay_by, mandate, bill)
    change("bank", "UPDATE accounts SET daily_limit = ? WHERE number = '3000100002'", limit)
    pay_by(mandate, bill)
    heba.wait_for(bill["shares"][0]["order"], {"delivered"})


@test
def it_is_the_signers_and_this_companys_alone():
    heba, georges, latha = person(HEBA), person(GEORGES), person(LATHA)
    refused("not-a-signer", 403, give, latha)
    refused("not-a-signer", 403, give, georges)
    mandate, other = give(heba), give(georges, debtor=BAKERY)
    for stranger in (latha, georges):
        refused("not-found", 404, read, stranger, mandate)
        refused("not-found", 404, sign, stranger, mandate)
        refused("not-found", 404, end, stranger, mandate)
    sign(heba, mandate)
    sign(georges, other)
    bill = billed(heba)
    refused("not-allowed", 403, pay_by, other, bill)
    change("bank", "UPDATE standing_mandates SET debtor = ? WHERE id = ?", BAKERY, mandate["id"])
    refused("not-allowed", 403, pay_by, mandate, bill)
    change("bank", "UPDATE standing_mandates SET debtor = ? WHERE id = ?", CLINIC, mandate["id"])
    change("bank", "DELETE FROM account_signers WHERE personal_id = ?", HEBA)  # no longer theirs to sign for
    refused("not-a-signer", 403, pay_by, mandate, bill)
    change("bank", "INSERT INTO account_signers VALUES ('3000100002', ?)", HEBA)
    tampered = dict(bill, request=bill["request"][:-4] + "AAAA")
    refused("payment-request-invalid", 400, pay_by, mandate, tampered)
    assert read(heba, mandate)["used"] == 0


@test
def an_end_is_an_end():
    heba = person(HEBA)
    bill = billed(heba)
    for days in (-1, 732):
        problem = refused("mandate-invalid", 400, give, heba, last=days)
        assert problem.document["errors"][0]["pointer"] == "#/valid_until"
    mandate = give(heba, last=0)
    sign(heba, mandate)
    change("bank", "UPDATE standing_mandates SET valid_until = ? WHERE id = ?", day(-1), mandate["id"])
    assert read(heba, mandate)["state"] == "ended"
    refused("standing-mandate-state", 409, pay_by, mandate, bill)
    mandate = give(heba)
    sign(heba, mandate)
    assert end(heba, mandate)["state"] == end(heba, mandate)["state"] == "ended"
    refused("standing-mandate-state", 409, pay_by, mandate, bill)
    unsigned = give(heba)
    change("bank", "UPDATE standing_mandates SET code_until = 1 WHERE id = ?", unsigned["id"])
    refused("number-expired", 409, sign, heba, read(heba, unsigned))
    end(heba, unsigned)
    refused("standing-mandate-state", 409, sign, heba, unsigned)


@test
def the_books_agree():
    SERVICES.stop()
    code, said = SERVICES.audit("--settled")
    assert code == 0, said


if __name__ == "__main__":
    harness.run(SERVICES)
