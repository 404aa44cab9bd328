# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands between the parties answers in a party's place: an answer is lost, a gateway throttles,
errs, or hangs. No such thing is taken for the party's own no, and nobody else waits for it. And a
party without its tables' contents says so and goes on."""
import concurrent.futures
import contextlib
import http.client
import http.server
import json
import shutil
import socket
import tempfile
import threading
import time

import harness
import parties
from harness import PARTIES, SLOW, Services, foreign, free_port, test

RESIDENT = "27612405934"
TOO_MANY = (429, "application/problem+json", b'{"type":"about:blank","title":"Too Many Requests","status":429}')
NOT_FOUND = (404, "application/problem+json", b'{"type":"about:blank","status":404}')
TEAPOT = (400, "text/html", b"<h1>Bad Request</h1>")
GATEWAY = (502, "text/plain", b"bad gateway")


class Between(http.server.ThreadingHTTPServer):
    """Passes everything on to a port, but for POSTs whose path ends so: there behave (n, forward)
    answers, n counting from 1."""
    daemon_threads = True

    def __init__(self, port, end, behave):
        between = self
        self.seen = 0

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *arguments):
                pass

            def pass_on(self):
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length) if length else None

                def forward():
                    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
                    with contextlib.closing(connection):
                        headers = {name: value for name, value in self.headers.items()
                                   if name.lower() != "connection"}
                        connection.request(self.command, self.path, body, headers)
                        reply = connection.getresponse()
                        return reply.status, reply.getheader("Content-Type"), reply.read()

                if self.command == "POST" and self.path.endswith(end):
                    between.seen += 1
                    status, kind, data = behave(between.seen, forward)
                else:
                    status, kind, data = forward()
                self.send_response(status)
                if kind:
                    self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = pass_on

        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()


@contextlib.contextmanager
def apart(party, end, behave):
    """The portal in a process of its own, with something between it and party."""
    state = tempfile.mkdtemp(prefix="tajdid-")
    Services(state).start().stop()
    ports = {name: free_port() for name in PARTIES}
    between = Between(ports[party], end, behave)
    for name in PARTIES:
        with open(f"{state}/keys/{name}.jwk", encoding="utf-8") as file:
            key = json.load(file)
        key.pop("d")
        with open(f"{state}/{name}.pub", "w", encoding="utf-8") as file:
            json.dump(key, file)

    def configure(name, here):
        with open(f"{state}/{name}.conf", "w", encoding="utf-8") as file:
            for each in PARTIES:
                port = between.server_address[1] if each == party and name == "portal" else ports[each]
                listen = f"listen=127.0.0.1:{ports[each]}\n" if each in here else ""
                file.write(f"[{each}]\n{listen}base=http://127.0.0.1:{port}\nkey={each}.pub\n")

    configure("portal", ["portal"])
    configure("others", PARTIES[1:])
    only = [word for name in PARTIES[1:] for word in ("--only", name)]
    others = Services(state, extra=[*only, "--config", f"{state}/others.conf"])
    portal = Services(state, extra=["--only", "portal", "--config", f"{state}/portal.conf"])
    others.start()
    portal.start()
    client = foreign.Client({name: f"http://127.0.0.1:{ports[name]}" for name in PARTIES},
                            foreign.Token(f"{state}/tokens/{RESIDENT}.token"))
    try:
        yield portal, others, client, between
    finally:
        portal.kill()
        others.kill()
        between.shutdown()
        between.server_close()
        shutil.rmtree(state)


def renew(client):
    client.sign_in()
    order = client.place_order(client.quote([(RESIDENT, 1)]))
    client.pay(order)
    return order["id"]


DONE = ("captured", "dispatched", "delivered")


def lost_then(answer):
    """The party has done it, its answer is lost, and the next try meets the gateway's own."""
    def behave(n, forward):
        if n == 1:
            forward()
            return GATEWAY
        return answer if n == 2 else forward()
    return behave


def settle(portal):
    """Scans may be quicker than the second asking."""
    deadline = time.monotonic() + 20 * SLOW
    with contextlib.closing(portal.database("portal")) as rows:
        while rows.execute("SELECT count(*) FROM outbox WHERE state = 'waiting'").fetchone() != (0,):
            assert time.monotonic() < deadline, "the outbox does not empty"
            time.sleep(0.1)


def check(party, end, behave):
    with apart(party, end, behave) as (portal, others, client, between):
        order = client.wait_for(renew(client), ("delivered",))
        settle(portal)
        assert between.seen >= 2, between.seen
        assert order["items"][0]["outcome"] == "executed", order["items"]
        payment = client.payment(order["payment"])
        assert payment["state"] == "captured" and payment["captured"] == order["captured"], payment
        with contextlib.closing(others.database("bank")) as rows:
            assert rows.execute("SELECT count(*) FROM outbox WHERE state = 'parked'").fetchone() == (0,)


@test
def a_lost_execution_is_not_taken_for_refused():
    for answer in (TOO_MANY, NOT_FOUND, TEAPOT):
        check("ministry", "/executions", lost_then(answer))


@test
def a_lost_capture_is_asked_for_again():
    for answer in (TOO_MANY, NOT_FOUND):
        check("bank", "/capture", lost_then(answer))
    check("bank", "/capture", lambda n, forward: TOO_MANY if n == 1 else forward())


@test
def a_lost_consignment_is_asked_for_again():
    check("post", "/consignments", lost_then(TOO_MANY))


@test
def a_party_that_hangs_holds_nobody_else_up():
    """The bank hangs at what should be captured; the ministry goes on being asked."""
    hold = threading.Event()

    def behave(n, forward):
        hold.wait(60)
        return forward()

    with apart("bank", "/capture", behave) as (_, _, client, _):
        client.sign_in()
        quotation = client.quote([(permit["personal_id"], 1) for permit in client.permits()])
        orders = []
        for personal_id in [quote["personal_id"] for quote in quotation["quotes"]]:
            order = client.place_order(client.quote([(personal_id, 1)]))
            client.pay(order)
            orders.append(order["id"])
        assert len(orders) >= 2, quotation
        for order in orders:
            client.wait_for(order, ("executed", *DONE), seconds=15 * SLOW)
        hold.set()
        for order in orders:
            client.wait_for(order, DONE)


@test
def a_party_that_hangs_leaves_the_front_its_threads():
    """Anybody may ask for the tariff; while the ministry hangs, what needs no ministry is answered."""
    with socket.create_server(("127.0.0.1", 0)) as silent, tempfile.TemporaryDirectory() as folder:
        config = f"{folder}/portal.conf"
        with open(config, "w", encoding="ascii") as file:
            file.write(f"[ministry]\nbase=http://127.0.0.1:{silent.getsockname()[1]}\n")
        with Services(pace=1, extra=["--config", config]) as services:
            at = services.bases["portal"].removeprefix("http://")

            def ask(path):
                connection = http.client.HTTPConnection(at, timeout=60)
                with contextlib.closing(connection):
                    connection.request("GET", path)
                    reply = connection.getresponse()
                    reply.read()
                    return reply.status

            with concurrent.futures.ThreadPoolExecutor(40) as many:
                asked = [many.submit(ask, "/tariff") for _ in range(40)]
                time.sleep(1.5 * SLOW)
                began = time.monotonic()
                assert ask("/healthz") == 200
                assert time.monotonic() - began < 2 * SLOW
                assert sum(one.done() and one.result() == 503 for one in asked) >= 20
                silent.close()


@test
def what_was_parked_waits_until_an_operator_says_so():
    """What was parked waits for good, until an operator says to ask again."""
    with Services() as services:
        client = services.client(RESIDENT)
        order = renew(client)
        client.wait_for(order, DONE)
        services.stop()
        with contextlib.closing(services.database("portal")) as rows:
            rows.execute("UPDATE outbox SET state = 'parked' WHERE step = 'consign'")
            rows.execute("UPDATE orders SET consignment = NULL WHERE id = ?", (order,))
            rows.commit()
        services.start()
        time.sleep(1)
        with contextlib.closing(services.database("portal")) as rows:
            assert rows.execute("SELECT count(*) FROM outbox WHERE state = 'parked'").fetchone() == (1,)
        services.stop()
        services.arguments.append("--retry-parked")
        services.start()
        deadline = time.monotonic() + 10 * SLOW
        state = None
        while state != "done" and time.monotonic() < deadline:
            with contextlib.closing(services.database("portal")) as rows:
                state = rows.execute("SELECT state FROM outbox WHERE step = 'consign'").fetchone()[0]
            time.sleep(0.1)
        assert state == "done", state


@test
def a_post_without_a_tariff_says_so_and_stays():
    """Without a tariff in force nothing can be sent; the process says so and stays."""
    services = Services()
    services.arguments.remove("--sandbox")
    with services:
        key = parties.PartyKey(services.state, "portal")
        body = json.dumps({"order": "ord-" + "a" * 20, "renewer": RESIDENT, "applicant_en": "x",
                           "applicant_ar": "x", "cards": 1})
        connection = http.client.HTTPConnection(services.bases["post"].removeprefix("http://"), timeout=10)
        with contextlib.closing(connection):
            connection.request("POST", "/consignments", body, {
                "Content-Type": "application/json", "Idempotency-Key": '"k1"',
                "Authorization": "Bearer " + key.jwt("portal", "post")})
            reply = connection.getresponse()
            problem = json.load(reply)
        assert reply.status == 503 and problem["type"].endswith("unavailable"), problem
        assert services.process.poll() is None


if __name__ == "__main__":
    harness.main()
