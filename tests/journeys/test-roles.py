#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every endpoint of the contract by every kind of caller, about a company's own things. The table says what people
are answered; whoever else is not named by the contract's row is refused before anything is looked at."""
import json
import os
import secrets
import subprocess
import time

import harness
from harness import PARTIES, Services, foreign, test
from parties import PartyKey

SARA, CLINIC = "27612405934", "01012841"
GEORGES, HEBA, LATHA = "28042200437", "28581800951", "27935600118"  # another's signatory; signatory and preparer
SERVICES = Services()
CONTRACT = json.loads(subprocess.run([os.environ["TAJDID_DUMP_CONTRACT"]], check=True, capture_output=True).stdout)
PEOPLE = {"stranger": SARA, "elsewhere": GEORGES, "preparer": LATHA, "signatory": HEBA}  # in this order
THINGS = {}

# What stranger, another company's signatory, preparer and signatory get, for the path and the body that follow;
# {…} stands for a thing of the company's. None: the endpoint is for nobody of them.
TABLE = {
    "GET portal/account": ((200, 200, 200, 200), "/account", None),
    "GET portal/mandates": ((403, 403, 403, 200), "/mandates?renewer=" + CLINIC, None),
    "POST portal/mandates": ((403, 403, 403, 200), "/mandates", {
        "renewer": CLINIC, "personal_id": "28581803362", "role": "preparer", "valid_from": "2030-01-01",
        "valid_until": "2030-02-01"}),
    "POST portal/mandates/{id}/revoke": ((404, 404, 404, 204), "/mandates/{mandate}/revoke", None),
    "GET portal/permits": ((403, 403, 200, 200), "/permits?renewer=" + CLINIC, None),
    "POST portal/quotations": ((403, 403, 200, 200), "/quotations", {
        "renewer": CLINIC, "permits": [{"personal_id": "{permit}", "years": 1}]}),
    "POST portal/orders": ((404, 404, 200, 409), "/orders", {"quotation": "{quotation}"}),
    "GET portal/orders": ((403, 403, 200, 200), "/orders?renewer=" + CLINIC, None),
    "GET portal/orders/{id}": ((404, 404, 200, 200), "/orders/{done}", None),
    "GET portal/orders/{id}/statement": ((404, 404, 200, 200), "/orders/{placed}/statement", None),
    "POST portal/orders/{id}/approve": ((404, 404, 404, 400), "/orders/{placed}/approve", {"signature": "a..b"}),
    "POST portal/orders/{id}/cancel": ((404, 404, 200, 200), "/orders/{placed}/cancel", None),
    "POST portal/bills": ((404, 404, 404, 200), "/bills", {"orders": ["{approved}"]}),
    "GET portal/bills/{id}": ((404, 404, 404, 200), "/bills/{payment}", None),
    "GET portal/orders/{id}/consignment": ((404, 404, 200, 200), "/orders/{done}/consignment", None),
    "GET portal/orders/{id}/label": ((404, 404, 200, 200), "/orders/{done}/label", None),
    "GET portal/orders/{id}/receipt": ((404, 404, 200, 200), "/orders/{done}/receipt", None),
    "POST portal/reviews": ((403, 403, 409, 409), "/reviews", {
        "renewer": CLINIC, "personal_id": "{permit}", "reason": "please"}),
    "POST portal/fine-reductions": ((403, 403, 409, 409), "/fine-reductions", {
        "renewer": CLINIC, "personal_id": "{permit}", "reason": "please"}),
    "GET portal/requests": ((403, 403, 200, 200), "/requests?renewer=" + CLINIC, None),
    "POST bank/payments": ((403, 403, 403, 200), "/payments", {"request": "{request}"}),
    "GET bank/payments/{id}": ((404, 404, 404, 200), "/payments/{payment}", None),
    "POST bank/payments/{id}/authorise": ((404, 404, 404, 403), "/payments/{payment}/authorise", {
        "number": "{number}", "code": "{code}"}),
    "POST bank/standing-mandates": ((403, 403, 403, 200), "/standing-mandates", {
        "debtor": CLINIC, "monthly_limit": 100, "valid_until": "{today}"}),
    "GET bank/standing-mandates": ((200, 200, 200, 200), "/standing-mandates", None),
    "GET bank/standing-mandates/{id}": ((404, 404, 404, 200), "/standing-mandates/{standing}", None),
    "POST bank/standing-mandates/{id}/confirm": ((404, 404, 404, 403), "/standing-mandates/{standing}/confirm", {
        "number": "{number}", "code": "{code}"}),
    "POST bank/standing-mandates/{id}/end": ((404, 404, 404, 200), "/standing-mandates/{standing}/end", None),
    "GET bank/statement": ((403, 403, 403, 200), "/statement?owner=" + CLINIC, None),
    "GET post/consignments/{id}": ((404, 404, 404, 404), "/consignments/{consignment}", None),
    "GET post/consignments/{id}/label": ((404, 404, 404, 404), "/consignments/{consignment}/label", None),
    "GET portal/standing-renewals": ((403, 403, 200, 200), "/standing-renewals?renewer=" + CLINIC, None),
    "POST portal/standing-renewals/{id}/end": ((404, 404, 404, 200), "/standing-renewals/{standing_renewal}/end", None),
    "POST portal/standing-renewals": ((403, 403, 403, 200), "/standing-renewals", {
        "renewer": CLINIC, "standing_mandate": "{standing}", "years": 1, "exempt": []}),
    "POST portal/sign-out": ((204, 204, 204, 204), "/sign-out", None),
}


def name_of(endpoint):
    return f"{endpoint['method']} {endpoint['party']}{endpoint['path']}"


def person(role):
    if not isinstance(PEOPLE[role], foreign.Client):
        PEOPLE[role] = SERVICES.client(PEOPLE[role])
        PEOPLE[role].sign_in()
    return PEOPLE[role]


def fill(value):
    """What stands in braces is a thing of the company's."""
    if isinstance(value, dict):
        return {name: fill(one) for name, one in value.items()}
    if isinstance(value, list):
        return [fill(one) for one in value]
    return THINGS[value[1:-1]] if isinstance(value, str) and value.startswith("{") else value


def path_of(template):
    before, brace, rest = template.partition("{")
    name, _, behind = rest.partition("}")
    return before + THINGS[name] + behind if brace else template


def send(endpoint, headers, path, body=None):
    if endpoint["keyed"]:
        headers["Idempotency-Key"] = f'"{secrets.token_hex(8)}"'
    if body is not None:
        headers["Content-Type"] = "application/json"
    status, _, data = person("stranger").exchange(
        endpoint["party"], endpoint["method"], path, headers, foreign.compact(body) if body is not None else None)
    return status, data


def as_person(role, endpoint, path, body=None):
    client = person(role)
    url = SERVICES.bases[endpoint["party"]] + path.split("?")[0]
    if endpoint["party"] not in client.nonces:
        client.exchange(endpoint["party"], "GET", "/healthz")
    return send(endpoint, {"Authorization": "DPoP " + client.access_token, "DPoP": client.proof(
        endpoint["party"], endpoint["method"], url, client.access_token)}, path, body)


def as_service(caller, endpoint, path):
    """A party, or the staff of one; what they send does not matter, for what is looked at first."""
    name, _, operator = caller.partition("'s ")
    key = PartyKey(SERVICES.state, name + ("-operator" if operator else ""))
    jwt = key.operator_jwt("Noura", endpoint["party"]) if operator else key.jwt(name, endpoint["party"])
    return send(endpoint, {"Authorization": "Bearer " + jwt}, path)


def wait_until_quiet():
    """What was sent has arrived."""
    deadline = time.monotonic() + 20 * harness.SLOW
    for party in PARTIES:
        with SERVICES.database(party) as database:
            while database.execute("SELECT count(*) FROM outbox WHERE state = 'waiting'").fetchone() != (0,):
                assert time.monotonic() < deadline, party
                time.sleep(0.05)


def order_of(client, personal_ids):
    return client.place_order(client.quote([(one, 1) for one in personal_ids], renewer=CLINIC))


@test
def a_company_has_something_of_everything():
    preparer, signatory = person("preparer"), person("signatory")
    with SERVICES.database("ministry") as database:
        staff = [one for (one,) in database.execute("SELECT personal_id FROM permits WHERE renewer = ? LIMIT 5", (CLINIC,))]
        database.execute("UPDATE permits SET hindrance = NULL, late_hindrance = NULL, expires_on = date('now', '+20 days')"
                         " WHERE renewer = ?", (CLINIC,))
        database.commit()
    done, approved, placed = (order_of(preparer, [one]) for one in staff[:3])
    for order in (done, approved):
        signatory.approve(order["id"], signatory.statement(order["id"]))
    bill = signatory.bill([done["id"]])
    signatory.pay(bill)
    done = signatory.wait_for(done["id"], {"delivered"})
    open_bill = signatory.bill([approved["id"]])
    payment = signatory.start_payment(open_bill)
    mandate = signatory.request("portal", "POST", "/mandates", key=secrets.token_hex(8), json_body={
        "renewer": CLINIC, "personal_id": "28581803362", "role": "preparer", "valid_from": "2029-01-01",
        "valid_until": "2029-02-01"})
    today = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 3 * 3600))
    standing = signatory.request("bank", "POST", "/standing-mandates", key=secrets.token_hex(8), json_body={
        "debtor": CLINIC, "monthly_limit": 100, "valid_until": today})
    standing_renewal = signatory.request("portal", "POST", "/standing-renewals", key=secrets.token_hex(8), json_body={
        "renewer": CLINIC, "standing_mandate": standing["id"], "years": 1, "exempt": []})
    signatory.request("portal", "POST", f"/standing-renewals/{standing_renewal['id']}/end", key=secrets.token_hex(8))
    THINGS.update(today=today, standing=standing["id"], standing_renewal=standing_renewal["id"], done=done["id"], approved=approved["id"], placed=placed["id"], payment=payment["id"],
                  request=open_bill["request"], consignment=done["consignment"], mandate=mandate["id"], permit=staff[3],
                  quotation=preparer.quote([(staff[4], 1)], renewer=CLINIC)["id"], number=payment["number"],
                  code="00000000")


@test
def the_table_has_every_endpoint_that_people_may_call():
    wanted = {name_of(one) for one in CONTRACT["endpoints"] if "person" in one["callers"]}
    assert wanted == set(TABLE), wanted ^ set(TABLE)


@test
def who_is_not_named_is_refused():
    """Parties, staff, a key without a person, nobody: by the contract's own rows, about things that are there."""
    services = [*PARTIES, *(party + "'s staff" for party in PARTIES)]
    parameter = {"orders": "done", "mandates": "mandate", "bills": "payment", "payments": "payment",
                 "consignments": "consignment", "executions": "done", "reviews": "mandate", "receipts": "done"}
    for role in PEOPLE:
        person(role)
    wait_until_quiet()
    before = SERVICES.fingerprint()
    seen = 0
    for endpoint in CONTRACT["endpoints"]:
        callers = set(endpoint["callers"])
        path = endpoint["path"].replace("{id}", THINGS[parameter.get(endpoint["path"].split("/")[1], "done")])
        if "anyone" in callers:
            continue
        assert send(endpoint, {}, path)[0] in (400, 401), name_of(endpoint)
        for caller in services:
            party, _, operator = caller.partition("'s ")
            named = "operator" in callers and party == endpoint["party"] if operator else party in callers
            if not named:
                status, data = as_service(caller, endpoint, path)
                assert status in ((400,) if "client" in callers else (401, 403)), (caller, name_of(endpoint), status, data)
                seen += 1
        if not callers & {"person", "client"}:
            for role in PEOPLE:
                assert as_person(role, endpoint, path)[0] in (401, 403), (role, name_of(endpoint))
                seen += 1
    after = SERVICES.fingerprint()
    assert before == after, [table for table in before if before[table] != after[table]]
    assert seen > 400, seen


@test
def people_get_what_the_table_says():
    endpoints = {name_of(one): one for one in CONTRACT["endpoints"]}
    wrong = []
    for name, (expected, path, body) in TABLE.items():
        for role, status in zip(PEOPLE, expected):
            before = SERVICES.fingerprint() if status in (403, 404) and not name.endswith(("authorise", "confirm")) else None
            got, data = as_person(role, endpoints[name], path_of(path), fill(body))
            if got != status:
                wrong.append((name, role, got, status, data[:200]))
            if before is not None and SERVICES.fingerprint() != before:
                wrong.append((name, role, "something is changed"))
    assert not wrong, "\n".join(map(str, wrong))


if __name__ == "__main__":
    harness.run(SERVICES)
