# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands between a client and the services: a relay that counts requests, makes them late, and loses what a
test wants lost."""
import contextlib
import json
import os
import re
import shutil
import socket
import tempfile
import threading
import time

import harness
from harness import Services, foreign


class Relay:
    """Before one party: what comes from the client is counted and may be lost. Parties among themselves
    (Bearer) pass. A rule is (what, pattern of "METHOD /path", how often): "request" is not handed on, "reply" is
    handed on and not answered, "hold" is handed on once let_go is set, "deny" is answered with a token-invalid of
    our own. rewrite(line, document) gives another document in place of what the party has answered to the client."""

    DENIAL = json.dumps({"type": "urn:tajdid:problem:token-invalid", "title": "no", "status": 401}).encode()

    def __init__(self, target):
        self.target = target
        self.round_trip = 0.0  # seconds that each request takes longer, and each connection
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        self.seen = []
        self.rules = []
        self.rewrite = None
        self.met = threading.Event()
        self.let_go = threading.Event()
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def rule(self, line):
        for rule in self.rules:
            if rule[2] > 0 and re.search(rule[1], line):
                rule[2] -= 1
                self.met.set()
                return rule[0]
        return None

    def rewritten(self, line, reply):
        head, _, body = reply.partition(b"\r\n\r\n")
        if self.rewrite is None or not body:
            return reply
        body = json.dumps(self.rewrite(line, json.loads(body)), ensure_ascii=False).encode()
        head = re.sub(rb"(?i)(\r\ncontent-length: *)\d+", rb"\g<1>%d" % len(body), head)
        return head + b"\r\n\r\n" + body

    @staticmethod
    def message(file):
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            line = file.readline()
            if not line:
                return None
            head += line
        length = re.search(rb"(?i)^content-length: *(\d+)", head, re.M)
        return head + (file.read(int(length[1])) if length else b"")

    def serve(self, connection):
        time.sleep(self.round_trip)
        with connection, connection.makefile("rb") as file, contextlib.suppress(OSError):
            while (request := self.message(file)) is not None:
                line = request.split(b" HTTP/", 1)[0].decode()
                own = b"\nauthorization: bearer" not in request.lower()
                what = self.rule(line) if own else None
                if own:
                    self.seen.append(line)
                    time.sleep(self.round_trip)
                if what == "request":
                    return
                if what == "deny":
                    connection.sendall(b"HTTP/1.1 401 No\r\nContent-Type: application/problem+json\r\n"
                                       b"Content-Length: %d\r\n\r\n%s" % (len(self.DENIAL), self.DENIAL))
                    continue
                if what == "hold":
                    self.let_go.wait(60)
                with socket.create_connection(("127.0.0.1", self.target)) as onward:
                    onward.sendall(request)
                    with onward.makefile("rb") as answer:
                        reply = self.message(answer)
                if reply is None or what == "reply":
                    return
                connection.sendall(self.rewritten(line, reply) if own else reply)

    def lose(self, what, pattern, times=1):
        self.met.clear()
        self.let_go.clear()
        self.rules = [[what, pattern, times]]

    def heal(self):
        self.rules = []
        self.rewrite = None
        self.let_go.set()


class Bed:
    """Services with a relay before portal and bank."""

    def __init__(self, **more):
        self.state = tempfile.mkdtemp(prefix="tajdid-client-")
        ports = {party: harness.free_port() for party in ("portal", "bank")}
        self.portal, self.bank = Relay(ports["portal"]), Relay(ports["bank"])
        config = os.path.join(self.state, "services.conf")
        with open(config, "w", encoding="ascii") as file:
            for party, relay in (("portal", self.portal), ("bank", self.bank)):
                file.write(f"[{party}]\nlisten=127.0.0.1:{ports[party]}\nbase={relay.base}\n")
        self.services = Services(state=self.state, extra=["--config", config], **more)
        self.people = 0

    def start(self):
        self.services.start()
        self.addresses = os.path.join(self.state, "addresses.json")
        with open(self.addresses, "w", encoding="ascii") as file:
            json.dump(self.services.bases, file)
        return self

    def restart(self):
        self.services.start()
        return self

    def token(self, personal_id):
        return foreign.Token(os.path.join(self.state, "tokens", personal_id + ".token"))

    def requests(self):
        return len(self.portal.seen) + len(self.bank.seen)

    def stop(self):
        for relay in (self.portal, self.bank):
            relay.heal()
        if self.services.process.poll() is None:
            self.services.stop()
        shutil.rmtree(self.state, ignore_errors=True)
