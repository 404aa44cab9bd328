# SPDX-License-Identifier: GPL-3.0-or-later
"""The client without a window (drive.c), driven line by line and killed at will, and what stands between it
and the services: a relay that counts requests and loses what a test wants lost."""
import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "journeys"))
import harness  # noqa: E402  pylint: disable=wrong-import-position
from harness import Services, foreign  # noqa: E402,F401  pylint: disable=wrong-import-position

DRIVE = os.environ["TAJDID_DRIVE"]


class Relay:
    """Before one party: what comes from the client is counted and may be lost. Parties among themselves
    (Bearer) pass. A rule is (what, pattern of "METHOD /path", how often): "request" is not handed on, "reply" is
    handed on and not answered, "hold" is handed on once let_go is set, "deny" is answered with a token-invalid of
    our own."""

    DENIAL = json.dumps({"type": "urn:tajdid:problem:token-invalid", "title": "no", "status": 401}).encode()

    def __init__(self, target):
        self.target = target
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        self.seen = []
        self.rules = []
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
        with connection, connection.makefile("rb") as file, contextlib.suppress(OSError):
            while (request := self.message(file)) is not None:
                line = request.split(b" HTTP/", 1)[0].decode()
                own = b"\nauthorization: bearer" not in request.lower()
                what = self.rule(line) if own else None
                if own:
                    self.seen.append(line)
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
                connection.sendall(reply)

    def lose(self, what, pattern, times=1):
        self.met.clear()
        self.let_go.clear()
        self.rules = [[what, pattern, times]]

    def heal(self):
        self.rules = []
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


class Person:
    """A client with a home and a keyring of its own, the stand-in's or a session's real one; ends and starts
    again as often as the test wants."""

    def __init__(self, bed, personal_id, seconds=30, session=None, environment=None):
        self.bed, self.personal_id, self.seconds, self.session = bed, personal_id, seconds, session
        self.token = bed.token(personal_id)
        self.home = tempfile.mkdtemp(prefix="home-", dir=bed.state)
        self.keyring = tempfile.mkdtemp(prefix="keyring-", dir=bed.state)
        self.environment = environment or {}
        self.terminal = os.path.join(self.home, "..", os.path.basename(self.home) + ".terminal")
        self.process = None
        self.start()

    def start(self):
        environment = {**(self.session.env if self.session else os.environ), "TAJDID_TEST_KEYRING": self.keyring,
                       **self.environment}
        program = os.environ["TAJDID_DRIVE_REAL"] if self.session else DRIVE
        with open(self.terminal, "ab") as terminal:
            self.process = subprocess.Popen([program, self.bed.addresses, self.home, str(self.seconds)], text=True,
                                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=terminal,
                                            env=environment)
        return self

    def said(self):
        """On its standard error."""
        with open(self.terminal, encoding="utf-8") as file:
            return file.read()

    def tell(self, *words):
        self.process.stdin.write(" ".join(words) + "\n")
        self.process.stdin.flush()

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the client has ended: {self.process.wait()}\n{self.said()}")
        return json.loads(line)

    def do(self, *words):
        self.tell(*words)
        return self.answer()

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()

    def end(self):
        self.process.stdin.close()
        code = self.process.wait(timeout=60)
        self.process.stdout.close()
        assert code == 0, f"the client ended with {code}\n{self.said()}"

    def answer_keyring(self, number=None):
        path = os.path.join(self.keyring, "answer")
        if number is None:
            os.unlink(path)
        else:
            with open(path, "w", encoding="ascii") as file:
                file.write(str(number))

    def sign_in(self):
        """By the code of this half minute, or the one before where that was used: each is good once."""
        for when in (time.time() - 30, time.time()):
            answer = self.do("sign-in", self.personal_id, self.token.sign_in_code(when))
            if answer["ok"]:
                return answer
        time.sleep(30.2 - time.time() % 30)
        answer = self.do("sign-in", self.personal_id, self.token.sign_in_code())
        assert answer["ok"], answer
        return answer

    def to_signing(self, wishes):
        self.do("begin")
        answer = self.do("choose", wishes)
        assert answer["step"] == "quoted", answer
        answer = self.do("confirm")
        assert answer["step"] == "signing", answer
        return answer

    def code(self, shown):
        assert foreign.shown_amount(shown["text"]) == shown["total"] == shown["amount"], shown
        return self.token.signing_code(shown["number"], shown["text"])

    def files(self):
        """Everything that it has written, by name."""
        found = {}
        for name in os.listdir(self.home):
            with open(os.path.join(self.home, name), "rb") as file:
                found[name] = file.read()
        return found


def problem(answer, name):
    assert not answer.get("ok") or "problem" in answer, answer
    assert answer.get("problem") == name, answer
    return answer


CLIENT_ERRORS = ("not-signed-in", "session-ended", "clock", "in-doubt", "changed", "address", "services", "cache")


def ours(answer, name):
    assert answer.get("domain") == "tjd-client-error-quark" and CLIENT_ERRORS[answer["code"]] == name, answer
    return answer
