# SPDX-License-Identifier: GPL-3.0-or-later
"""A company's standing mandates at the bank, as who signs for its account deals with them."""
import datetime
import secrets

def day(offset):
    """In Qatar."""
    now = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=3)))
    return (now.date() + datetime.timedelta(days=offset)).isoformat()


def give(client, debtor, limit=100000000, last=30):
    return client.request("bank", "POST", "/standing-mandates", key=secrets.token_hex(8), json_body={
        "debtor": debtor, "monthly_limit": limit, "valid_until": day(last)})


def confirm(client, mandate, code, number=None):
    return client.request("bank", "POST", f"/standing-mandates/{mandate['id']}/confirm", key=secrets.token_hex(8),
                          json_body={"number": number or mandate["number"], "code": code})


def sign(client, mandate):
    return confirm(client, mandate, client.token.signing_code(mandate["number"], mandate["signing_text"]))


def end(client, mandate):
    return client.request("bank", "POST", f"/standing-mandates/{mandate['id']}/end", key=secrets.token_hex(8))


def read(client, mandate):
    return client.request("bank", "GET", "/standing-mandates/" + mandate["id"])
