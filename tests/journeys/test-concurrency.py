#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many at once: a code is accepted once however many bring it, a key has one effect however many
repeat it, a permit is in one order, an account is never held beyond what it has."""
import concurrent.futures
import json
import os
import secrets
import threading

import harness
from harness import Services, foreign, test
from parties import PartyKey

SARA, OMAR, ELEANOR = "27612405934", "28581803362", "27982603006"
CLIENTS = 64
KEYS = int(os.environ.get("TAJDID_KEYS", "25"))  # 1000 for a long run
SERVICES = Services(limits={"requests-per-second": 0, "wrong-codes-per-minute": 0,
                             "wrong-codes-per-minute-and-address": 0})


def all_at_once(calls):
    """Every call in a thread of its own, let go together."""
    barrier = threading.Barrier(len(calls))

    def go(call):
        barrier.wait()
        return call()

    with concurrent.futures.ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(go, call) for call in calls]]


class Fresh(foreign.Client):
    """The same person and key, a connection of its own."""

    def __init__(self, other):  # pylint: disable=super-init-not-called
        self.__dict__.update(other.__dict__)
        self.connections = {}
        self.nonces = dict(other.nonces)


def ready(client, party, method, path, headers, body):
    """A request with its proof made beforehand, so that sending is all that is left."""
    twin = Fresh(client)
    url = SERVICES.bases[party] + path
    headers = dict(headers, DPoP=twin.proof(party, method, url, client.access_token))
    if client.access_token:
        headers["Authorization"] = "DPoP " + client.access_token
    return lambda: twin.exchange(party, method, path, headers, body)


def outcome(answers):
    """How often each status, or problem."""
    counts = {}
    for status, _, data in answers:
        name = str(status) if status < 300 else json.loads(data)["type"].rsplit(":", 1)[1]
        counts[name] = counts.get(name, 0) + 1
    return counts


@test
def a_sign_in_code_of_64_requests_is_accepted_once():
    client = SERVICES.client(OMAR)
    client.exchange("portal", "GET", "/healthz")
    challenge = foreign.base64url(foreign.hashlib.sha256(b"v" * 43).digest())
    body = foreign.urllib.parse.urlencode({
        "client_id": "tajdid-desktop", "personal_id": OMAR, "code": client.token.sign_in_code(),
        "code_challenge": challenge, "code_challenge_method": "S256"})
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answers = all_at_once([ready(client, "portal", "POST", "/challenge", form, body) for _ in range(CLIENTS)])
    counts = outcome(answers)
    assert counts.pop("200") == 1 and set(counts) <= {"code-wrong", "sign-in-blocked"}, counts
    with SERVICES.database("portal") as portal:
        assert portal.execute("SELECT count(*) FROM sessions WHERE personal_id = ?", (OMAR,)).fetchone() == (1,)


@test
def a_key_has_one_effect_and_one_answer():
    headers = {"Authorization": "Bearer " + PartyKey(SERVICES.state, "portal").jwt("portal", "ministry"),
               "Content-Type": "application/json"}
    body = foreign.compact({"renewer": SARA, "permits": [{"personal_id": SARA, "years": 1}]})
    keys = [secrets.token_hex(8) for _ in range(KEYS)]
    answers = {key: set() for key in keys}
    lock = threading.Lock()

    def one_client():
        client = SERVICES.client(SARA)
        for key in keys:
            while True:
                status, _, data = client.exchange("ministry", "POST", "/quotes",
                                                  dict(headers, **{"Idempotency-Key": f'"{key}"'}), body)
                if status != 409:  # still running: ask again
                    break
            with lock:
                answers[key].add((status, data))

    all_at_once([one_client] * CLIENTS)
    assert all(len(answer) == 1 and next(iter(answer))[0] == 200 for answer in answers.values()), answers
    assert len({next(iter(answer)) for answer in answers.values()}) == KEYS
    with SERVICES.database("ministry") as ministry:
        assert ministry.execute("SELECT count(*) FROM quotes").fetchone() == (KEYS,)
        assert ministry.execute("SELECT count(*) FROM replies").fetchone() == (KEYS,)


@test
def a_permit_is_in_one_order_and_an_amount_is_held_once():
    client = SERVICES.client(ELEANOR)
    client.sign_in()
    for party in harness.PARTIES:
        client.exchange(party, "GET", "/healthz")
    quotations = [client.quote([(ELEANOR, 5)]) for _ in range(16)]

    def post(party, path, body):
        headers = {"Content-Type": "application/json", "Idempotency-Key": f'"{secrets.token_hex(8)}"'}
        return ready(client, party, "POST", path, headers, foreign.compact(body))

    answers = all_at_once([post("portal", "/orders", {"quotation": quotation["id"]}) for quotation in quotations])
    assert outcome(answers) == {"200": 1, "permit-in-order": 15}, outcome(answers)
    order = next(json.loads(data) for status, _, data in answers if status == 200)
    payment = client.start_payment(order)
    code = client.token.signing_code(payment["number"], payment["signing_text"])
    path = f"/payments/{payment['id']}/authorise"
    answers = all_at_once([post("bank", path, {"number": payment["number"], "code": code}) for _ in range(16)])
    assert outcome(answers) == {"200": 1, "payment-closed": 15}, outcome(answers)
    order = client.wait_for(order["id"], {"delivered"})
    assert order["captured"] == order["total"]


@test
def the_books_agree():
    SERVICES.stop()
    code, said = SERVICES.audit("--settled")
    assert code == 0, said


if __name__ == "__main__":
    harness.run(SERVICES)
