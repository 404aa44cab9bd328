#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""renew.py STATE_DIR [PERSONAL_ID]: one whole renewal against running services, told in plain words.
Takes the first permit that can be renewed; exit code 3 if nobody has one left."""
import json
import sys
import time

from client import Client, Problem, shown_amount, tokens_in


def riyals(dirhams):
    return f"QAR {dirhams // 100:,}.{dirhams % 100:02d}"


def say(party, text):
    print(f"  {party:9} {text}", flush=True)


def sign_in(client):
    """A code is accepted once: after a run in the same half minute, wait for the next."""
    for attempt in (0, 1):
        try:
            return client.sign_in()
        except Problem as problem:
            if problem.name != "code-wrong" or attempt:
                raise
            wait = 30 - time.time() % 30
            say("portal", f"this code was used before; the next one comes in {wait:.0f} s")
            time.sleep(wait + 0.5)


def choose(client, tried):
    """The first permit that the ministry quotes, for the longest time of at most three years."""
    for permit in client.permits():
        if permit["standing"] in ("valid", "cancelled") or permit["personal_id"] in tried:
            continue
        tried.add(permit["personal_id"])
        years = max((n for n in permit["years"] if n <= 3), default=max(permit["years"]))
        quotation = client.quote([(permit["personal_id"], years)])
        for refusal in quotation["refusals"]:
            say("ministry", f"refuses {permit['name_en']}: {refusal['reason']}")
        if quotation["quotes"]:
            return quotation
    return None


def pay(client, order):
    payment = client.start_payment(order)
    text = payment["signing_text"]
    assert shown_amount(text) == payment["amount"] == order["total"], "not what was ordered"
    say("bank", f"asks for a code over this, for account {payment['account']}:")
    for line in text.splitlines():
        print(f"              | {line}")
    code = client.token.signing_code(payment["number"], text)
    client.authorise(payment, code)
    say("token", "shows it and gives the code that belongs to this payee and amount")
    say("bank", f"holds {riyals(order['total'])}; nothing is debited yet")


STATES = {
    "authorised": ("portal", "knows that the money is held, and sends the order to the ministry"),
    "executed": ("ministry", "has renewed the permit in its register"),
    "captured": ("bank", "has debited what was executed, and split it between ministry and post"),
    "dispatched": ("post", "has collected the envelope: the 24 hours run"),
    "delivered": ("post", "has brought passport and new card back"),
}
STATIONS = {
    "received": "has the envelope", "stamped": "has stamped the passport",
    "card-printed": "has printed the card", "handed-to-post": "has handed it to the post",
}


def follow(client, order):
    told = set()
    ranks = list(STATES)
    while True:
        order = client.order(order["id"])
        rank = ranks.index(order["state"]) if order["state"] in ranks else -1
        for state, (party, text) in STATES.items():
            if state not in told and rank >= ranks.index(state):
                told.add(state)
                say(party, text)
            if state == "dispatched":
                for station in order["stations"]:
                    if station["station"] not in told:
                        told.add(station["station"])
                        say("ministry", STATIONS[station["station"]])
        if order["state"] in ("delivered", "voided", "expired"):
            return order
        time.sleep(0.1)


def renew(client, tried):
    quotation = choose(client, tried)
    if quotation is None:
        say("portal", "nothing more of theirs can be renewed now")
        return None
    quote = quotation["quotes"][0]
    say("ministry", f"{quote['name_en']}, {quote['category']} permit, {quote['years']} year(s), "
        f"until {quote['renewed_until']}:")
    for line in quote["lines"]:
        print(f"              {line['kind']:10} {riyals(line['amount']) if line['amount'] >= 0 else '-' + riyals(-line['amount']):>14}")
    print(f"              {'post':10} {riyals(quotation['post_fee']):>14}")
    print(f"              {'total':10} {riyals(quotation['total']):>14}")
    order = client.place_order(quotation)
    say("portal", f"took order {order['id']} and signed its payment request")
    pay(client, order)
    return follow(client, order)


def renew_one_of(client):
    """An order that was delivered, if this person has one to give."""
    tried = set()
    sign_in(client)
    say("portal", f"signed in {client.token.personal_id} by personal ID and token code")
    while True:
        try:
            order = renew(client, tried)
        except Problem as problem:
            if problem.name not in ("no-account", "funds-insufficient"):
                raise
            say("bank", "refuses: " + problem.document["detail"])
            continue
        if order is None or order["state"] == "delivered":
            return order
        reason = order["items"][0].get("reason")
        say("ministry", f"could not carry it out ({reason}); the bank has released all, nothing is debited")


def main(state_dir, *personal_ids):
    with open(f"{state_dir}/ports.json", encoding="utf-8") as file:
        bases = json.load(file)
    for token in tokens_in(f"{state_dir}/tokens"):
        if personal_ids and token.personal_id not in personal_ids:
            continue
        client = Client(bases, token)
        order = renew_one_of(client)
        if order is None:
            continue
        consignment = client.consignment(order["consignment"])
        say("post", f"carried it as {consignment['out_item']} and back as {consignment['back_item']}")
        print(f"\nOrder {order['id']}: delivered, {riyals(order['captured'])} paid.")
        return 0
    print("\nNobody has a permit left that can be renewed now. ./run --fresh starts over.")
    return 3


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except (Problem, OSError) as fault:
        sys.exit(f"\nThis was refused or failed: {fault}")
