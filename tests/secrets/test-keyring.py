#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The keyring's six answers, from a real gnome-keyring and its real prompter, and from what stands in
a sandbox for them."""
import os
import secrets
import signal
import subprocess
import sys
import time

sys.path[:0] = [os.path.dirname(os.path.abspath(__file__)),
                os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "journeys")]
import harness  # noqa: E402
from harness import SLOW, test  # noqa: E402
from keyrings import PASSWORD, Session, missing  # noqa: E402

ASK = os.environ["TAJDID_ASK_KEYRING"]
REFRESH_TOKEN, SESSION_KEY, CACHE_KEY, TOKEN = range(4)
LEAKS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "leaks.txt")  # of the library's own
SCREEN = "1024x768x24"
LACKING = missing("dbus-daemon", "gdbus", "gnome-keyring-daemon", "Xvfb", "xdotool", "/usr/libexec/gcr-prompter")


class Asker:
    """One process that asks, as long as a test runs."""

    def __init__(self, session, **env):
        self.process = subprocess.Popen([ASK], env={**session.env, "G_DEBUG": "fatal-criticals", **env}, text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def say(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def hear(self):
        return self.process.stdout.readline().split(" #")[0].strip()

    def __call__(self, line):
        self.say(line)
        return self.hear()

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        self.process.stdin.close()
        code = self.process.wait(timeout=30)
        assert kind is not None or code == 0, code


@test
def what_is_stored_is_read_replaced_listed_forgotten():
    with Session() as session:
        session.open_keyring()
        with Asker(session) as ask:
            assert ask("read 0 a") == "empty"
            for length in (1, 32, 3000):
                value = secrets.token_hex(length)
                assert ask(f"store 0 a {value}") == "stored"
                assert ask("read 0 a") == "=" + value, length
            assert ask("store 0 a 00ff00610a") == "stored" and ask("read 0 a") == "=00ff00610a"
            assert ask("store 0 b 62") == ask("store 3 c 63") == ask("store 3 a 64") == "stored"
            assert (ask("list 0"), ask("list 1"), ask("list 3")) == ("[a,b]", "[]", "[a,c]")
            assert ask("read 3 a") == "=64" and ask("read 3 b") == "empty"
            assert ask("forget 0 a") == ask("forget 0 a") == "forgotten"
            assert ask("read 0 a") == "empty" and ask("list 0") == "[b]" and ask("read 3 a") == "=64"


@test
def a_keyring_started_anew_is_no_trouble():
    with Session() as session:
        session.open_keyring()
        with Asker(session) as ask:
            assert ask("store 2 a 6b6579") == "stored"
            session.open_keyring()
            assert ask("read 2 a") == "=6b6579"
            assert ask("store 2 a 6b") == "stored"


@test
def a_locked_keyring_is_not_an_empty_one():
    with Session(display=SCREEN) as session:
        session.open_keyring()
        with Asker(session) as ask:
            assert ask("store 0 a 73") == "stored"
            session.open_keyring(password=None)
            assert ask("read 0 nobody") == "empty"  # without asking

            ask.say("patience 5000 1500")
            before = time.monotonic()
            assert ask("read 0 a") == "locked"
            assert 1.4 < time.monotonic() - before < 4 * SLOW
            session.answer_prompt(PASSWORD, "Return")  # late, for whoever asks next
            ask.say("patience 5000 20000")
            assert ask("read 0 a") == "=73"


@test
def a_question_can_be_closed_and_answered():
    with Session(display=SCREEN) as session:
        session.open_keyring()
        with Asker(session) as ask:
            assert ask("store 0 a 73") == "stored"
            session.open_keyring(password=None)
            for line in ("read 0 a", "store 0 b 74", "forget 0 a", "list 0"):
                ask.say(line)
                session.answer_prompt("Escape")
                assert ask.hear() == "dismissed", line
            ask.say("list 0")
            session.answer_prompt(PASSWORD, "Return")
            assert ask.hear() == "[a]"
            assert ask("read 0 a") == "=73"


@test
def the_first_keyring_of_all_can_be_refused():
    with Session(display=SCREEN) as session:
        session.open_keyring(password=None)
        with Asker(session) as ask:
            assert ask("read 0 a") == "empty" and ask("list 0") == "[]"
            ask.say("store 0 a 73")
            session.answer_prompt("Escape")
            assert ask.hear() == "dismissed"


@test
def no_service_and_no_bus_are_told_apart():
    with Session(services=False) as session:
        with Asker(session) as ask:
            for line in ("read 0 a", "store 0 a 73", "forget 0 a", "list 0"):
                assert ask(line) == "no-service", line
        with Asker(session, DBUS_SESSION_BUS_ADDRESS="unix:path=/nonexistent") as ask:
            for line in ("read 0 a", "store 0 a 73", "forget 0 a", "list 0"):
                assert ask(line) == "no-bus", line
        del session.env["DBUS_SESSION_BUS_ADDRESS"]
        with Asker(session) as ask:
            assert ask("read 0 a") == "no-bus"


@test
def a_service_that_does_not_answer_is_not_waited_for():
    with Session() as session:
        session.open_keyring()
        with Asker(session) as ask:
            assert ask("store 0 a 73") == "stored"
            session.daemon.send_signal(signal.SIGSTOP)
            ask.say("patience 500 500")
            before = time.monotonic()
            assert ask("read 0 a") == "failed"
            ask.say("patience 20000 500")
            assert ask("cancelled read 0 a") == "cancelled"
            assert time.monotonic() - before < 5 * SLOW
            session.daemon.send_signal(signal.SIGCONT)
            assert ask("read 0 a") == "=73"


@test
def in_a_sandbox_the_simple_functions_do():
    with Session(services=False) as session:
        path = os.path.join(session.home, "sandbox.keyring")
        with Asker(session, SECRET_BACKEND="file", SECRET_FILE_TEST_PATH=path,
                   SECRET_FILE_TEST_PASSWORD=PASSWORD, LSAN_OPTIONS=f"suppressions={LEAKS}:print_suppressions=0",
                   ASAN_OPTIONS="detect_leaks=1:fast_unwind_on_malloc=0") as ask:
            assert ask("read 0 a") == "empty" and ask("list 0") == "[]"
            assert ask("store 0 a 00ff0a73") == ask("store 0 b 74") == "stored"
            assert ask("store 3 a 75") == ask("store 0 b 76") == "stored"
            assert (ask("read 0 a"), ask("read 0 b"), ask("list 0")) == ("=00ff0a73", "=76", "[a,b]")
            assert ask("forget 0 a") == ask("forget 0 a") == "forgotten"
            assert ask("read 0 a") == "empty" and ask("read 3 a") == "=75" and ask("list 0") == "[b]"


if __name__ == "__main__":
    if LACKING:
        print(f"1..0 # SKIP {LACKING}")
    else:
        harness.main()
