# SPDX-License-Identifier: GPL-3.0-or-later
"""The client without a window (drive.c), driven line by line and killed at will."""
import json
import os
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "journeys"))
from harness import foreign  # noqa: E402  pylint: disable=wrong-import-position
from relay import Bed, Relay  # noqa: E402,F401  pylint: disable=wrong-import-position

DRIVE = os.environ["TAJDID_DRIVE"]


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


CLIENT_ERRORS = ("not-signed-in", "session-ended", "clock", "in-doubt", "changed", "address", "services", "cache",
                 "elsewhere", "locked")


def ours(answer, name):
    assert answer.get("domain") == "tjd-client-error-quark" and CLIENT_ERRORS[answer["code"]] == name, answer
    return answer
