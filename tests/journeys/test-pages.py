#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists in pages, followed from one to the next as a client does: complete, in order, narrowed, refused."""
import re
import time
import urllib.parse

import harness
from harness import Services, refused, test

CLINIC, LATHA = "01012841", "27935600118"  # who prepares for it
GROUP, GROUP_SIGNATORY = "01099004", "27563400881"
SARA, OMAR, MARIA = "27612405934", "28581803362", "28760802145"
SERVICES = Services(pace=1)


def signed_in(personal_id, clients={}):  # noqa: B006 — one session a person: a code is good once
    if personal_id not in clients:
        clients[personal_id] = SERVICES.client(personal_id)
        clients[personal_id].sign_in()
    return clients[personal_id]


def ids(pages):
    return [permit["personal_id"] for page in pages for permit in page["permits"]]


@test
def permits_page_by_page():
    client = signed_in(SARA)
    everything = client.permits()
    assert len(everything) == 5 and client.link is None
    keys = [(permit["expires_on"], permit["personal_id"]) for permit in everything]
    assert keys == sorted(keys), keys
    for limit in (1, 2, 4, 5, 500):
        pages = list(client.pages("portal", f"/permits?limit={limit}"))
        assert ids(pages) == [key[1] for key in keys], limit
        assert [len(page["permits"]) for page in pages[:-1]] == [limit] * (len(pages) - 1)
        assert 1 <= len(pages[-1]["permits"]) <= limit
    assert ids(client.pages("portal", f"/permits?limit=2&renewer={SARA}")) == [key[1] for key in keys]


@test
def permits_narrowed():
    client = signed_in(SARA)

    def found(**query):
        return sorted(ids(client.pages("portal", "/permits?limit=1&" + urllib.parse.urlencode(query))))

    assert found(standing="grace") == ["31012400218"]
    assert found(standing="due", category="family") == ["27812404417"]
    assert found(category="investor") == []
    assert found(text="LINDQ") == sorted(p["personal_id"] for p in client.permits()
                                         if "Lindqvist" in p["name_en"]) != []
    assert found(text="سَارة") == [SARA]
    assert found(text="٢٧٦ ١٢٤") == [SARA]
    expiry = next(p["expires_on"] for p in client.permits() if p["personal_id"] == "29035600771")
    assert found(expires_from=expiry, expires_to=expiry) == ["29035600771"]


@test
def only_what_moved():
    client = signed_in(MARIA)
    page = client.request("portal", "GET", "/permits")
    assert abs(page["as_of"] + 60 - time.time()) < 30, page["as_of"]
    later = int(time.time()) + 60
    assert client.request("portal", "GET", f"/permits?changed_since={later}")["permits"] == []
    with SERVICES.database("ministry") as ministry:
        ministry.execute("UPDATE permits SET changed_at = ? WHERE personal_id = ?", (later, MARIA))
    moved = client.request("portal", "GET", f"/permits?changed_since={later}")["permits"]
    assert [permit["personal_id"] for permit in moved] == [MARIA]


@test
def another_renewers_permits_are_not_shown():
    client = signed_in(SARA)
    refused("not-allowed", 403, client.request, "portal", "GET", f"/permits?renewer={OMAR}")
    refused("not-allowed", 403, client.request, "portal", "GET", "/permits?renewer=01005700")


@test
def orders_page_by_page_newest_first():
    client = signed_in(OMAR)
    placed = [client.place_order(client.quote([(permit, 1)]))["id"] for permit in (OMAR, "31181800452")]
    for limit in (1, 2, 500):
        pages = list(client.pages("portal", f"/orders?limit={limit}"))
        orders = [order for page in pages for order in page["orders"]]
        assert sorted(order["id"] for order in orders) == sorted(placed), limit
        keys = [(order["placed_at"], order["id"]) for order in orders]
        assert keys == sorted(keys, reverse=True), keys
        assert len(pages) == max(1, 2 // limit)
    narrowed = client.request("portal", "GET", "/orders?state=placed")["orders"]
    assert len(narrowed) == 2 and client.request("portal", "GET", "/orders?state=delivered")["orders"] == []
    mine = next(client.pages("portal", "/orders?limit=1"))["orders"]
    after = re.search(r"[?&]after=([^&>]+)", client.link)[1]
    others = signed_in(SARA).request("portal", "GET", f"/orders?after={after}")["orders"]
    assert mine and others == [], "a cursor opens nobody else's list"


@test
def a_companys_lists_are_its_preparers():
    client = signed_in(LATHA)
    pages = list(client.pages("portal", f"/permits?renewer={CLINIC}&limit=7"))
    everyone = [permit for page in pages for permit in page["permits"]]
    assert len(everyone) == len({permit["personal_id"] for permit in everyone}) == 40
    assert {permit["renewer"] for permit in everyone} == {CLINIC}
    for name in ("name_en", "name_ar"):  # found by what they are called, in either script
        piece = everyone[11][name].split()[0]
        query = urllib.parse.urlencode({"renewer": CLINIC, "text": piece.upper()})
        found = client.request("portal", "GET", "/permits?" + query)["permits"]
        assert [p["personal_id"] for p in found] == [p["personal_id"] for p in everyone if piece in p[name]]
    due = [permit["personal_id"] for permit in everyone if permit["standing"] == "due"]
    order = client.place_order(client.quote([(due[0], 1)], renewer=CLINIC))
    listed = client.request("portal", "GET", f"/orders?renewer={CLINIC}")["orders"]
    assert [one["id"] for one in listed] == [order["id"]]
    assert client.request("portal", "GET", "/orders")["orders"] == []
    refused("not-allowed", 403, signed_in(SARA).request, "portal", "GET", f"/orders?renewer={CLINIC}")


@test
def seventy_two_thousand_in_pages_of_five_hundred():
    client = signed_in(GROUP_SIGNATORY)
    began = time.monotonic()
    seen = ids(client.pages("portal", f"/permits?renewer={GROUP}"))
    took = time.monotonic() - began
    assert len(seen) == len(set(seen)) == 72000
    pages = 72000 / 500
    print(f"# {took / pages * 1000:.1f} ms a page of 500, all in all", flush=True)
    page = client.request("portal", "GET", f"/permits?renewer={GROUP}&limit=1")
    moved = ids(client.pages("portal", f"/permits?renewer={GROUP}&changed_since={page['as_of'] + 120}"))
    assert moved == [], len(moved)


@test
def queries_that_are_refused():
    client = signed_in(SARA)
    for query, member in (("limit=0", "limit"), ("limit=501", "limit"), ("limit=x", "limit"), ("limit=01", "limit"),
                          ("limit=", "limit"), ("after=!", "after"), ("after=YQ", "after"),
                          ("standing=lost", "standing"), ("category=Work", "category"),
                          ("expires_from=2026-02-30", "expires_from"), ("expires_to=tomorrow", "expires_to"),
                          ("changed_since=-1", "changed_since"), ("changed_since=9999999999999", "changed_since"),
                          ("text=", "text"), ("text=" + "x" * 65, "text"), ("renewer=1", "renewer"),
                          ("more=1", "more")):
        problem = refused("invalid", 400, client.request, "portal", "GET", "/permits?" + query)
        assert problem.document["errors"][0]["pointer"] == "#/" + member, (query, problem.document)
    for query, member in (("limit=0", "limit"), ("state=lost", "state"), ("after=YQ", "after"),
                          ("after=YQpi", "after"), ("renewer=1", "renewer")):
        problem = refused("invalid", 400, client.request, "portal", "GET", "/orders?" + query)
        assert problem.document["errors"][0]["pointer"] == "#/" + member, (query, problem.document)
    refused("malformed", 400, client.request, "portal", "GET", "/permits?limit=1&limit=2")
    refused("malformed", 400, client.request, "portal", "GET", "/permits?text=%FF")


if __name__ == "__main__":
    harness.run(SERVICES)
