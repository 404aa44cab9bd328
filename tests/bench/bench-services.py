#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Single-permit renewals a second, by signed-in people, from order to captured, durable, and a company of
72,000 at once; the load comes from the same machine. People beyond the sandbox's own are put into the
databases before the start."""
import contextlib
import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "journeys"))
from harness import Services, foreign  # noqa: E402

PEOPLE, PERMITS = 48, 40
LOAD, BATCH, GET = (os.environ["TAJDID_" + name] for name in ("LOAD", "BATCH", "GET"))
COMPANY, SIGNATORY = "01099004", "27563400881"
OPEN = {"connections-per-address": 6000, "requests-per-second": 0}  # the load comes from one address


def more_people(services):
    """Each with an account, a token, and permits that are due."""
    secret = foreign.base64.b32encode(b"0123456789abcdef0123456789abcdef").decode().rstrip("=")
    ids = [f"290634{n:05d}" for n in range(PEOPLE)]
    folder = os.path.join(services.state, "tokens")
    for name in os.listdir(folder):
        os.unlink(os.path.join(folder, name))  # the load is by the new people alone
    with services.database("portal") as portal, services.database("bank") as bank, \
            services.database("ministry") as ministry:
        for n, personal_id in enumerate(ids):
            portal.execute("INSERT INTO accounts (renewer, name_en, name_ar) VALUES (?, 'A name', 'اسم')", (personal_id,))
            portal.execute("INSERT INTO people (personal_id, secret) VALUES (?, ?)", (personal_id, secret))
            bank.execute("INSERT INTO signers (personal_id, secret, failures) VALUES (?, ?, 0)", (personal_id, secret))
            account = f"40001{n:05d}"
            bank.execute("INSERT INTO accounts (number, kind, owner) VALUES (?, 'customer', ?)", (account, personal_id))
            for number, amount in (("10000001", -10 ** 9), (account, 10 ** 9)):
                bank.execute("INSERT INTO entries (transfer, account, amount, at) VALUES (?, ?, ?, 0)",
                             (f"funding.{account}", number, amount))
            for permit in range(PERMITS):
                ministry.execute("INSERT INTO permits (personal_id, name_en, name_ar, category, renewer, expires_on)"
                                 " VALUES (?, 'A name', 'اسم', 'family', ?, date('now', '+20 days'))",
                                 (f"31163{n:03d}{permit:03d}", personal_id))
            with open(os.path.join(folder, personal_id + ".token"), "w", encoding="ascii") as file:
                file.write(f"otpauth://totp/Tajdid:{personal_id}?secret={secret}&issuer=Tajdid&algorithm=SHA256"
                           f"&digits=6&period=30\notpauth://ocra/Tajdid:{personal_id}?secret={secret}"
                           "&issuer=Tajdid&suite=OCRA-1%3AHOTP-SHA256-8%3AQN08-S064\n")


def pss(services):
    """Of the process, in MB."""
    with open(f"/proc/{services.process.pid}/smaps_rollup", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("Pss:")) / 1024


def run(program, *arguments):
    return subprocess.run([program, *arguments], capture_output=True, text=True, check=True).stdout.split()


def settled(services):
    services.stop()
    code, said = services.audit("--settled")
    assert code == 0, said


def commits(services):
    """Of the four databases, as each says at its end."""
    with open(os.path.join(services.state, "services.log"), encoding="utf-8") as log:
        return sum(int(line["detail"].split()[0]) for line in map(json.loads, log) if line["event"] == "stop")


def single_renewals():
    with Services(pace=1, limits=OPEN) as services:
        services.stop()
        more_people(services)
        services.start()
        before = commits(services)
        renewals, seconds, _ = run(LOAD, services.state, services.ports)
        assert int(renewals) == PEOPLE * PERMITS
        after_load = pss(services)
        settled(services)
        rate, each = int(renewals) / float(seconds), (commits(services) - before) / int(renewals)
        print(f"bench services.renewals_per_s {rate:.0f} 1/s")
        print(f"bench services.commits_per_renewal {each:.2f} 1")
        print(f"bench services.commit_ratio {rate * each / bare_commits(services.state):.2f} 1")
        print(f"bench services.pss_mb_after_load {after_load:.0f} MB")
        return rate


def bare_commits(folder):
    """A second's commits of a bare loop on the same disk, of a group of four rows as long as ours."""
    with contextlib.closing(sqlite3.connect(os.path.join(folder, "bare.db"), isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute("CREATE TABLE rows (id TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT")
        began, n = time.monotonic(), 0
        while time.monotonic() < began + 3:
            database.execute("BEGIN IMMEDIATE")
            for row in range(4):
                database.execute("INSERT INTO rows VALUES (?, ?)", (f"{os.urandom(10).hex()}.{row}", "x" * 400))
            database.execute("COMMIT")
            n += 1
        return n / (time.monotonic() - began)


def at_half_load(full):
    with Services(pace=1, limits=OPEN) as services:
        services.stop()
        more_people(services)
        services.start()
        _, _, worst = run(LOAD, services.state, services.ports, f"{full / 2:.1f}")
        settled(services)
        print(f"bench services.p99_ms {worst} ms")


def small_requests():
    with Services(pace=1, limits=OPEN) as services:
        port = urllib.parse.urlsplit(services.bases["portal"]).port
        ratio, = run(GET, str(port))
        print(f"bench services.get_ratio {ratio} 1")


def idle_connections():
    """What 5,000 idle connections cost the others: 99th percentiles of the same small request, in turns."""
    with Services(pace=1, limits=OPEN) as services:
        client = services.client("27612405934")
        address = urllib.parse.urlsplit(services.bases["portal"])
        quiet, busy = [], []
        for _ in range(5):
            quiet += [request_time(client) for _ in range(1000)]
            idle = [socket.create_connection((address.hostname, address.port)) for _ in range(5000)]
            busy += [request_time(client) for _ in range(1000)]
            for connection in idle:
                connection.close()
        print(f"bench services.idle_p99_ratio {p99(busy) / p99(quiet):.2f} 1")


def request_time(client):
    began = time.perf_counter()
    assert client.exchange("portal", "GET", "/jwks")[0] == 200
    return time.perf_counter() - began


def p99(times):
    return sorted(times)[len(times) * 99 // 100]


def one_company():
    """72,000 permits in 144 orders under one payment and one code."""
    with Services(pace=1, limits=OPEN) as services:
        services.stop()
        with services.database("ministry") as ministry:
            ministry.execute("UPDATE permits SET hindrance = NULL, late_hindrance = NULL,"
                             " expires_on = date('now', '+20 days') WHERE renewer = ?", (COMPANY,))
            ids = [one for (one,) in ministry.execute("SELECT personal_id FROM permits WHERE renewer = ?", (COMPANY,))]
        names = os.path.join(services.state, "ids")
        with open(names, "w", encoding="ascii") as file:
            file.write("\n".join(ids))
        services.start()
        at_rest = pss(services)
        permits, orders, seconds = run(BATCH, services.state, services.ports, SIGNATORY + ".token", COMPANY, names)
        assert (permits, orders) == ("72000", "144")
        settled(services)
        with services.database("ministry") as ministry, services.database("bank") as bank:
            assert ministry.execute("SELECT count(*) FROM executions WHERE outcome = 'executed'").fetchone() == (72000,)
            assert bank.execute("SELECT count(*) FROM entries WHERE account = '10003000'").fetchone() == (72000,)
        print(f"bench services.batch72k_s {seconds} s")
        print(f"bench services.pss_mb {at_rest:.0f} MB")


if __name__ == "__main__":
    at_half_load(single_renewals())
    small_requests()
    one_company()
    idle_connections()
