#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every endpoint refuses what it must, with a problem document that names the fault, and nothing is
changed by it. The table below has a row an endpoint; the tests walk it."""
import json
import re
import secrets
import sys
import time

import harness
from harness import Services, foreign, test
from parties import PartyKey

SARA, OMAR = "27612405934", "28581803362"
ID = "{}-aaaaaaaaaaaaaaaaaaaa"
SERVICES = Services(pace=1)

# party, method, path, who may call, keyed, a request of the right shape
ENDPOINTS = [
    ("portal", "GET", "/permits", "person", False, None),
    ("portal", "POST", "/quotations", "person", False, {"permits": [{"personal_id": SARA, "years": 1}]}),
    ("portal", "POST", "/orders", "person", True, {"quotation": ID.format("qtn")}),
    ("portal", "GET", "/orders", "person", False, None),
    ("portal", "GET", "/orders/" + ID.format("ord"), "person", False, None),
    ("portal", "POST", "/sign-out", "person", False, None),
    ("portal", "POST", "/unblock", "operator", True, {"personal_id": "29999900009", "reason": "why"}),
    ("bank", "POST", "/unblock", "operator", True, {"personal_id": "29999900009", "reason": "why"}),
    ("portal", "GET", "/account", "person", False, None),
    ("portal", "GET", "/mandates?renewer=" + SARA, "person", False, None),
    ("portal", "POST", "/mandates", "person", True,
     {"renewer": "01005700", "personal_id": SARA, "role": "preparer", "valid_from": "2030-01-01",
      "valid_until": "2030-02-01"}),
    ("portal", "POST", "/mandates/" + ID.format("man") + "/revoke", "person", True, None),
    ("portal", "POST", "/standing-renewals", "person", True,
     {"renewer": "01005700", "standing_mandate": ID.format("smd"), "years": 1, "exempt": [SARA]}),
    ("portal", "GET", "/standing-renewals?renewer=01005700", "person", False, None),
    ("portal", "POST", "/standing-renewals/" + ID.format("srn") + "/end", "person", True, None),
    ("portal", "GET", "/orders/" + ID.format("ord") + "/statement", "person", False, None),
    ("portal", "POST", "/orders/" + ID.format("ord") + "/approve", "person", True, {"signature": "a..b"}),
    ("portal", "POST", "/orders/" + ID.format("ord") + "/cancel", "person", True, None),
    ("portal", "POST", "/bills", "person", True, {"orders": [ID.format("ord")]}),
    ("portal", "GET", "/bills/" + ID.format("pay"), "person", False, None),
    ("portal", "GET", "/orders/" + ID.format("ord") + "/consignment", "person", False, None),
    ("portal", "GET", "/orders/" + ID.format("ord") + "/label", "person", False, None),
    ("portal", "GET", "/orders/" + ID.format("ord") + "/receipt", "person", False, None),
    ("portal", "POST", "/reviews", "person", True, {"personal_id": SARA, "reason": "I was in hospital"}),
    ("portal", "POST", "/fine-reductions", "person", True, {"personal_id": SARA, "reason": "I was in hospital"}),
    ("portal", "GET", "/requests", "person", False, None),
    ("portal", "POST", "/notices/payments", "bank", True,
     {"payment": ID.format("pay"), "amount": 100, "at": 1}),
    ("portal", "POST", "/notices/stations", "ministry", True,
     {"order": ID.format("ord"), "station": "received", "at": 1}),
    ("portal", "POST", "/notices/scans", "post", True,
     {"order": ID.format("ord"), "consignment": ID.format("con"), "leg": "out", "code": "EMA", "at": 1}),
    ("ministry", "GET", "/permits?renewer=" + SARA, "portal", False, None),
    ("ministry", "POST", "/quotes", "portal", True,
     {"renewer": SARA, "permits": [{"personal_id": SARA, "years": 1}]}),
    ("ministry", "POST", "/executions", "portal", True,
     {"order": ID.format("ord"), "renewer": SARA, "quotes": [ID.format("quo")]}),
    ("ministry", "GET", "/executions/" + ID.format("ord"), "portal", False, None),
    ("ministry", "POST", "/arrivals", "post", True,
     {"order": ID.format("ord"), "consignment": ID.format("con"), "cards": 1}),
    ("ministry", "POST", "/orders/" + ID.format("ord") + "/stations", "operator", True,
     {"station": "received", "at": 1}),
    ("ministry", "POST", "/reviews", "portal", True,
     {"renewer": SARA, "asked_by": SARA, "personal_id": SARA, "reason": "I was in hospital"}),
    ("ministry", "POST", "/fine-reductions", "portal", True,
     {"renewer": SARA, "asked_by": SARA, "personal_id": SARA, "reason": "I was in hospital"}),
    ("ministry", "GET", "/reviews?renewer=" + SARA, "portal", False, None),
    ("ministry", "GET", "/reviews?state=open", "operator", False, None),
    ("ministry", "POST", "/reviews/" + ID.format("rev") + "/decision", "operator", True,
     {"state": "granted", "note_en": "Yes", "note_ar": "نعم"}),
    ("bank", "POST", "/payments", "person", True, {"request": "a.b.c"}),
    ("bank", "GET", "/payments/" + ID.format("pay"), "person", False, None),
    ("bank", "POST", "/payments/" + ID.format("pay") + "/authorise", "person", True,
     {"number": "12345678", "code": "12345678"}),
    ("bank", "POST", "/payments/" + ID.format("pay") + "/capture", "portal", True,
     {"order": ID.format("ord"), "lines": [{"reference": ID.format("quo"), "amount": 100}], "post": 100}),
    ("bank", "POST", "/payments/" + ID.format("pay") + "/release", "portal", True, {"order": ID.format("ord")}),
    ("bank", "POST", "/payments/" + ID.format("pay") + "/refunds", "operator", True,
     {"order": ID.format("ord"), "source": "post", "amount": 100, "reason": "why"}),
    ("bank", "GET", "/statement", "person", False, None),
    ("bank", "POST", "/standing-mandates", "person", True,
     {"debtor": "01005700", "monthly_limit": 100, "valid_until": "2030-01-01"}),
    ("bank", "GET", "/standing-mandates", "person", False, None),
    ("bank", "GET", "/standing-mandates/" + ID.format("smd"), "person", False, None),
    ("bank", "POST", "/standing-mandates/" + ID.format("smd") + "/confirm", "person", True,
     {"number": "12345678", "code": "12345678"}),
    ("bank", "POST", "/standing-mandates/" + ID.format("smd") + "/end", "person", True, None),
    ("bank", "POST", "/standing-mandates/" + ID.format("smd") + "/payments", "portal", True, {"request": "a.b.c"}),
    ("post", "GET", "/tariff", "portal", False, None),
    ("post", "POST", "/consignments", "portal", True,
     {"order": ID.format("ord"), "renewer": SARA, "applicant_en": "Sara", "applicant_ar": "سارة", "cards": 1}),
    ("post", "GET", "/consignments/" + ID.format("con") + "/label", "person", False, None),
    ("post", "POST", "/consignments/" + ID.format("con") + "/scans", "operator", True,
     {"leg": "out", "code": "EMA", "place_en": "Here", "place_ar": "هنا", "at": 1}),
    ("post", "GET", "/items?number=RR473124829QA", "operator", False, None),
    ("post", "GET", "/consignments/" + ID.format("con"), "person", False, None),
    ("post", "POST", "/consignments/" + ID.format("con") + "/return", "ministry", True,
     {"order": ID.format("ord")}),
]
FORMS = [
    ("/challenge", {"client_id": "tajdid-desktop", "personal_id": SARA, "code": "123456",
                    "code_challenge": "a" * 43, "code_challenge_method": "S256"}),
    ("/token", {"client_id": "tajdid-desktop", "grant_type": "refresh_token", "refresh_token": "x"}),
    ("/revoke", {"client_id": "tajdid-desktop", "token": "x"}),
]
FREE = ("request", "signature", "applicant_en", "applicant_ar", "reason", "place_en", "place_ar")  # any text
PEOPLE = {}
NARROW = {}  # Sara's access tokens for one party alone


def signed_in(personal_id):
    if personal_id not in PEOPLE:
        PEOPLE[personal_id] = SERVICES.client(personal_id)
        PEOPLE[personal_id].sign_in()
    return PEOPLE[personal_id]


def party_headers(caller, audience, **changes):
    if caller == "operator":  # a party's own
        key = PartyKey(SERVICES.state, audience + "-operator")
        return {"Authorization": "Bearer " + key.operator_jwt("Noura", audience, **changes)}
    return {"Authorization": "Bearer " + PartyKey(SERVICES.state, caller).jwt(caller, audience, **changes)}


def person_headers(client, party, method, path, token=None, **changes):
    token = token or client.access_token
    if party not in client.nonces:
        client.exchange(party, "GET", "/healthz")
    proof = client.proof(party, method, SERVICES.bases[party] + path.split("?")[0], token, **changes)
    return {"Authorization": "DPoP " + token, "DPoP": proof}


def right_headers(row, client=None):
    party, method, path, caller, _, _ = row
    if caller == "person":
        return person_headers(client or signed_in(SARA), party, method, path)
    return party_headers(caller, party)


def send(row, headers, body=None, key=None, method=None):
    party, own_method, path, _, keyed, request = row
    headers = dict(headers)
    if keyed and key is not False:
        headers["Idempotency-Key"] = f'"{key or secrets.token_hex(8)}"'
    if body is None and request is not None:
        body = foreign.compact(request)
    if body is not None:
        headers.setdefault("Content-Type", "application/json")
    status, answered, data = signed_in(SARA).exchange(party, method or own_method, path, headers, body)
    return status, answered, json.loads(data) if data else None


def expect(row, name, status, headers, pointer=None, **more):
    got, answered, document = send(row, headers, **more)
    where = f"{row[1]} {row[0]}{row[2]} {more}"
    assert got == status and document["type"] == "urn:tajdid:problem:" + name, f"{where}: {got} {document}"
    assert answered["Content-Type"] == "application/problem+json", where
    assert document["status"] == status and document["instance"].startswith("urn:tajdid:request:"), where
    if pointer is not None:
        assert [fault["pointer"] for fault in document["errors"]] == [pointer], f"{where}: {document}"
    return document


def unchanged(function):
    """Runs it and holds all that the four parties store against what they stored before."""
    def run():
        signed_in(SARA)
        signed_in(OMAR)
        before = SERVICES.fingerprint()
        function()
        after = SERVICES.fingerprint()
        assert before == after, [table for table in before if before[table] != after[table]]
    run.__name__ = function.__name__
    return test(run)


@unchanged
def without_a_token():
    for row in ENDPOINTS:
        expect(row, "token-missing", 401, {})
        _, answered, _ = send(row, {"Authorization": "Bearer x"})
        scheme = "DPoP algs=\"ES256\"," if row[3] == "person" else "Bearer"
        assert answered["WWW-Authenticate"] == scheme + ' error="invalid_token"', answered["WWW-Authenticate"]
        expect(row, "token-invalid", 401, {"Authorization": "Basic eDp5"})
        expect(row, "token-invalid", 401, {"Authorization": "Bearer a.b.c"})


@unchanged
def with_another_audiences_token():
    client = signed_in(SARA)
    for row in ENDPOINTS:
        party, method, path, caller, _, _ = row
        if caller == "person":
            other = NARROW["bank" if party == "portal" else "portal"]
            expect(row, "token-invalid", 401, person_headers(client, party, method, path, token=other))
        else:
            elsewhere = "portal" if party != "portal" else "bank"
            expect(row, "token-invalid", 401, party_headers(caller, elsewhere))
            expect(row, "token-invalid", 401, party_headers(caller, party, exp=int(time.time()) + 3600))
            expect(row, "token-invalid", 401, party_headers(caller, party, exp=int(time.time()) - 1))


@unchanged
def of_another_party():
    for row in ENDPOINTS:
        party, method, path, caller, _, _ = row
        wrong = next(name for name in ("post", "bank", "ministry") if name not in (caller, party))
        also_portals = method == "GET" and path.startswith(("/payments/", "/consignments/"))
        if caller != "person" or also_portals:
            expect(row, "not-allowed", 403, party_headers(wrong, party))
        else:
            expect(row, "token-invalid", 401, party_headers(wrong, party))
        in_anothers_name = PartyKey(SERVICES.state, wrong).jwt("portal" if party != "portal" else "ministry", party)
        if wrong != "ministry" or party != "portal":
            expect(row, "token-invalid", 401, {"Authorization": "Bearer " + in_anothers_name})
        if caller != "person":
            expect(row, "token-invalid", 401, person_headers(signed_in(SARA), party, method, path))


@unchanged
def with_a_bad_proof():
    client, other = signed_in(SARA), signed_in(OMAR)
    for row in ENDPOINTS:
        party, method, path, caller, _, _ = row
        if caller != "person":
            continue
        right = person_headers(client, party, method, path)
        expect(row, "proof-invalid", 401, {"Authorization": right["Authorization"]})
        for changes in ({"htm": "PUT"}, {"htu": "http://127.0.0.1/elsewhere"}, {"iat": int(time.time()) - 3600},
                        {"ath": "A" * 43}):
            expect(row, "proof-invalid", 401, person_headers(client, party, method, path, **changes))
        expect(row, "nonce-needed", 401, person_headers(client, party, method, path, nonce="elsewhere"))
        expect(row, "token-invalid", 401, person_headers(other, party, method, path, token=client.access_token))
        status, _, _ = send(row, right, body=b"{", key="replay") if method == "POST" else send(row, right)
        assert status != 401, "the proof is good once"
        expect(row, "proof-invalid", 401, right)
    for path, form in FORMS:
        url = SERVICES.bases["portal"] + path
        for changes, error in (({"htm": "GET"}, "invalid_dpop_proof"), ({"nonce": "x"}, "use_dpop_nonce")):
            status, _, data = client.exchange("portal", "POST", path, {
                "DPoP": client.proof("portal", "POST", url, **changes),
                "Content-Type": "application/x-www-form-urlencoded"}, foreign.urllib.parse.urlencode(form))
            assert status == 400 and json.loads(data)["error"] == error, (path, status, data)


@unchanged
def what_does_not_exist():
    for row in ENDPOINTS:
        if "aaaa" in row[2] and row[1] == "GET":
            expect(row, "not-found", 404, right_headers(row))


@test
def another_persons_order_payment_and_envelope():
    sara, omar = signed_in(SARA), signed_in(OMAR)
    order = sara.place_order(sara.quote([("29035600771", 1)]))
    payment = sara.start_payment(order)
    code = sara.token.signing_code(payment["number"], payment["signing_text"])
    before = SERVICES.fingerprint()
    harness.refused("not-found", 404, omar.order, order["id"])
    harness.refused("not-found", 404, omar.payment, payment["id"])
    harness.refused("not-found", 404, omar.authorise, payment, code)
    harness.refused("not-allowed", 403, omar.start_payment, order)
    quotation = {"id": ID.format("qtn")}
    harness.refused("not-found", 404, omar.place_order, quotation)
    tampered = dict(order, payment_request=order["payment_request"][:-4] + "AAAA")
    harness.refused("payment-request-invalid", 400, sara.start_payment, tampered)
    assert SERVICES.fingerprint() == before
    sara.authorise(payment, code)
    while not sara.order(order["id"]).get("consignment"):  # what follows compares what is stored
        time.sleep(0.05)


def stored_requests():
    """(row of ENDPOINTS, path, key, request) of every keyed request that was answered well so far."""
    for party in harness.PARTIES:
        with SERVICES.database(party) as database:
            stored = database.execute("SELECT caller, endpoint, key FROM replies WHERE status < 300").fetchall()
        for caller, path, key in stored:
            for row in ENDPOINTS:
                if row[0] == party and row[4] and re.fullmatch(re.sub("-a{20}", "-[a-z2-7]{20}", row[2]), path):
                    yield row[:2] + (path,) + row[3:], caller, key


@unchanged
def a_key_that_an_order_used_with_another_request():
    """Among them the keys that the parties themselves used to carry the order above."""
    seen = set()
    for row, caller, key in stored_requests():
        if caller.startswith("person:") and not caller.endswith(SARA):
            continue
        if row[5] is None:
            continue  # there is no other request than none
        expect(row, "key-reused", 422, right_headers(row), key=key)
        seen.add(row[1] + row[0] + re.sub("[a-z2-7]{20}", "", row[2]))
    assert len(seen) >= 8, seen


@unchanged
def without_a_key():
    for row in ENDPOINTS:
        if row[4]:
            expect(row, "key-missing", 400, right_headers(row), key=False)
            for bad in ("unquoted", '""', '"with space"', '"' + "x" * 65 + '"', '"open'):
                headers = right_headers(row)
                headers["Idempotency-Key"] = bad
                expect(row, "key-missing", 400, headers, key=False)


HOSTILE = [b"", b"{", b"null", b"[]", b'{"a":1}{', b"{\"a\":" + b"[" * 100000, b'\xff\xfe', b'{"a":"\\ud800"}',
           b'{"a":01}', b'{"a":1,"a":2}', b'\xef\xbb\xbf{}', b'{"a":"\x00"}', b'{"a":18446744073709551617}']


@unchanged
def hostile_json():
    for row in ENDPOINTS:
        if row[5] is None:
            continue
        for body in HOSTILE:
            status, answered, document = send(row, right_headers(row), body=body)
            assert status == 400 and document["type"].split(":")[-1] in ("malformed", "invalid"), (row, body, document)
            assert document["errors"][0]["pointer"].startswith("#"), (row, body, document)


@unchanged
def members_that_are_unknown_missing_mistyped_or_out_of_range():
    for row in ENDPOINTS:
        request = row[5]
        if request is None:
            continue
        expect(row, "invalid", 400, right_headers(row), pointer="#/surprise",
               body=foreign.compact(dict(request, surprise=1)))
        for member, value in request.items():
            without = {name: request[name] for name in request if name != member}
            expect(row, "invalid", 400, right_headers(row), pointer="#/" + member, body=foreign.compact(without))
            mistyped = {} if not isinstance(value, dict) else []
            expect(row, "invalid", 400, right_headers(row), pointer="#/" + member,
                   body=foreign.compact(dict(request, **{member: mistyped})))
            expect(row, "invalid", 400, right_headers(row), pointer="#/" + member,
                   body=foreign.compact(dict(request, **{member: None})))
            if isinstance(value, int):
                for far in (-1, 2 ** 53, 1.5):
                    expect(row, "invalid", 400, right_headers(row), pointer="#/" + member,
                           body=foreign.compact(dict(request, **{member: far})))
            if isinstance(value, str):
                for odd in ("", "x" * 70000, "‮" + value):
                    if member in FREE and odd.startswith("‮"):
                        continue  # a string it is
                    expect(row, "invalid", 400, right_headers(row), pointer="#/" + member,
                           body=foreign.compact(dict(request, **{member: odd})))
    quotations = next(row for row in ENDPOINTS if row[2] == "/quotations")
    for wish, pointer in (({"personal_id": SARA, "years": 0}, "#/permits/0/years"),
                          ({"personal_id": SARA, "years": 11}, "#/permits/0/years"),
                          ({"personal_id": "123", "years": 1}, "#/permits/0/personal_id"),
                          ({"personal_id": SARA}, "#/permits/0/years"),
                          ({"personal_id": SARA, "years": 1, "x": 1}, "#/permits/0/x")):
        expect(quotations, "invalid", 400, right_headers(quotations), pointer=pointer,
               body=foreign.compact({"permits": [wish]}))
    expect(quotations, "invalid", 400, right_headers(quotations), pointer="#/permits",
           body=foreign.compact({"permits": [{"personal_id": SARA, "years": 1}] * 501}))


@unchanged
def the_wrong_method_media_type_or_query():
    for row in ENDPOINTS:
        expect(row, "method", 405, right_headers(row), method="DELETE")
        _, answered, _ = send(row, {}, method="PUT")
        assert row[1] in answered["Allow"].split(", "), (row, answered["Allow"])
        if row[5] is not None:
            expect(row, "media-type", 415, dict(right_headers(row), **{"Content-Type": "text/plain"}))
        elif row[1] == "POST":
            expect(row, "invalid", 400, dict(right_headers(row)), body=b"{}")
        if "?" not in row[2]:
            asked = row[:2] + (row[2] + "?x=1",) + row[3:]
            expect(asked, "invalid", 400, right_headers(row))
    nowhere = ("portal", "GET", "/orders/../permits", "person", False, None)
    expect(nowhere, "not-found", 404, {})
    for path in ("/", "/orders/", "/orders/ord-1", "/orders/ord-AAAAAAAAAAAAAAAAAAAA", "/permits/", "//permits",
                 "/%70ermits", "/orders/" + ID.format("ord") + "/void"):
        expect(("portal", "GET", path, "person", False, None), "not-found", 404, {})


@test
def the_same_key_with_another_request():
    before = None
    for row in ENDPOINTS:
        if not row[4] or row[5] is None:
            continue
        # a first request that is answered leaves its key behind; one that is refused leaves nothing
        key = secrets.token_hex(8)
        first = send(row, right_headers(row), key=key)
        again = send(row, right_headers(row), key=key)
        assert first[0] == again[0], (row, first, again)
        if first[0] < 300:
            assert first[2] == again[2], row
            other = dict(row[5])
            member = next((name for name in ("cards", "at", "renewer", "personal_id") if name in other), None)
            other[member] = OMAR if member in ("renewer", "personal_id") else other[member] + 1
            before = SERVICES.fingerprint()
            expect(row, "key-reused", 422, right_headers(row), key=key, body=foreign.compact(other))
            assert SERVICES.fingerprint() == before
    assert before is not None


def run():
    try:
        SERVICES.start()
        for party in ("portal", "bank"):
            NARROW[party] = signed_in(SARA).refresh(resource=party)["access_token"]
        signed_in(SARA).refresh()
        harness.main()
    finally:
        SERVICES.stop()
        harness.shutil.rmtree(SERVICES.state, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(run())
