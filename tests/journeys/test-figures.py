#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Open figures and the catalogue, as anybody reads them; and what is kept no longer than a month."""
import contextlib
import json
import time

import harness
from harness import Services, test

SARA, OMAR = "27612405934", "28581803362"
SERVICES = Services()
MONTH = 30 * 24 * 3600


def read(path):
    status, _, data = SERVICES.client(SARA).exchange("portal", "GET", path)
    assert status == 200, data
    return json.loads(data)


def wait_until(true, what):
    deadline = time.monotonic() + 20 * harness.SLOW
    while not true():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def figures_anew():
    """A minute need not pass: what is gone is counted again."""
    with SERVICES.database("portal") as database:
        database.execute("DELETE FROM statistics")
        database.commit()

    def there():
        return SERVICES.client(SARA).exchange("portal", "GET", "/statistics")[0] == 200
    wait_until(there, "they are counted")
    return read("/statistics")


@test
def figures_are_what_happened():
    before = figures_anew()
    assert before["renewals"] == before["captured"] == before["deliveries"] == 0 and before["refusals"] == []
    assert "median_seconds" not in before
    sara, omar = SERVICES.client(SARA), SERVICES.client(OMAR)
    sara.sign_in()
    omar.sign_in()
    quotation = sara.quote([(SARA, 1), ("27812404417", 3), ("31412400305", 1)])  # the third is too early
    order = sara.place_order(quotation)
    sara.pay(order)
    done = sara.wait_for(order["id"], {"delivered"})
    void = omar.place_order(omar.quote([("28681801190", 1)]))  # a passport that was changed, found when carried out
    omar.pay(void)
    omar.wait_for(void["id"], {"voided"})
    with contextlib.closing(SERVICES.database("portal")) as database:
        database.execute("UPDATE orders SET delivered_at = posted_at + 3600 WHERE id = ?", (order["id"],))
        database.commit()
    after = figures_anew()
    assert after["renewals"] == 2 and after["captured"] == done["captured"] and after["deliveries"] == 1
    assert after["median_seconds"] == after["p95_seconds"] == 3600 and after["within_24_hours"] == 1
    assert {one["reason"]: one["count"] for one in after["refusals"]} == {"too-early": 1, "passport-changed": 1}
    assert abs(after["as_of"] - time.time()) < 60


@test
def percentiles_are_of_the_nearest_rank():
    with contextlib.closing(SERVICES.database("portal")) as database:
        database.execute("PRAGMA foreign_keys = OFF")
        columns = [row[1] for row in database.execute("PRAGMA table_info(orders)")]
        model = dict(zip(columns, database.execute("SELECT * FROM orders WHERE state = 'delivered'").fetchone()))
        for n in range(1, 100):  # with the one above: 1 hour to 100 hours
            row = dict(model, id=f"ord-{n:020d}".replace("0", "a").replace("1", "b").replace("8", "c").replace("9", "d"),
                       quotation=f"q{n}", receipt=None, captured=0, posted_at=1000, delivered_at=1000 + 3600 * (n + 1))
            database.execute(f"INSERT INTO orders ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
                             [row[column] for column in columns])
        database.commit()
    figures = figures_anew()
    assert figures["deliveries"] == 100 and figures["within_24_hours"] == 24
    assert figures["median_seconds"] == 50 * 3600 and figures["p95_seconds"] == 95 * 3600


@test
def the_catalogue_has_renewal_first():
    services = read("/catalogue")["services"]
    assert services[0]["id"] == "renewal" and services[0]["readiness"] == "live"
    assert all(one["name_en"] and one["name_ar"] and one["summary_ar"] for one in services)
    assert [one["readiness"] for one in services[1:]].count("live") == 0


@test
def what_is_no_longer_needed_goes_and_the_rest_stays():
    SERVICES.stop()
    now = int(time.time())
    tables = {"portal": ("replies", "outbox", "quotations"), "ministry": ("replies", "outbox", "quotes"),
              "bank": ("replies", "outbox"), "post": ("replies", "outbox")}

    def count(party, table):
        with contextlib.closing(SERVICES.database(party)) as database:
            return database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    kept = {(party, table): count(party, table) for party, names in tables.items() for table in names}
    for party in tables:
        with contextlib.closing(SERVICES.database(party)) as database:
            database.executemany("INSERT INTO replies VALUES ('x', '/x', ?, 'h', 200, '{}', ?)",
                                 [(f"k{n}", now - MONTH - 60 - n) for n in range(300)])
            database.executemany("INSERT INTO outbox VALUES (?, 's', 's', NULL, NULL, 0, 'done', ?)",
                                 [(f"o{n}", (now - MONTH - 60) * 1000000) for n in range(300)])
            database.execute("INSERT INTO outbox VALUES ('parked', 's', 's', NULL, NULL, 0, 'parked', 1)")
            database.commit()
    with contextlib.closing(SERVICES.database("portal")) as database:
        database.execute("INSERT INTO quotations VALUES ('q-old', 'x', '{}', '{}', ?)", (now - MONTH - 60,))
        database.commit()
    with contextlib.closing(SERVICES.database("ministry")) as database:
        database.execute("INSERT INTO quotes (id, renewer, personal_id, fee, expires_on, renewed_until, honoured_until)"
                         " VALUES ('q-old', 'x', 'y', 1, '2020-01-01', '2021-01-01', ?)", (now - MONTH - 60,))
        database.commit()
    SERVICES.start()

    def gone():
        return all(count(party, table) == n + (table == "outbox") for (party, table), n in kept.items())
    wait_until(gone, {key: count(*key) - n for key, n in kept.items()})


if __name__ == "__main__":
    harness.run(SERVICES)
