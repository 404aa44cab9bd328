#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The token's window under a virtual display, with a real keyring, by keyboard and AT-SPI alone; its codes
against oathtool and the foreign client's own reckoning."""
import base64
import os
import secrets
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "secrets"), os.path.join(HERE, "..", "journeys")]
import harness  # noqa: E402
from harness import SLOW, foreign, test  # noqa: E402
from keyrings import PASSWORD, Session, eventually, missing  # noqa: E402
import reading  # noqa: E402

TOKEN, CLIPBOARD = os.environ["TAJDID_TOKEN"], os.environ["TAJDID_CLIPBOARD"]
ONE, OTHER = "27612405934", "28335600012"
LACKING = reading.MISSING or missing("dbus-daemon", "gdbus", "gnome-keyring-daemon", "Xvfb", "xdotool",
                                     "/usr/libexec/gcr-prompter", "/usr/libexec/at-spi-bus-launcher")


def base32():
    return base64.b32encode(secrets.token_bytes(32)).decode().rstrip("=")


def token_text(personal_id=ONE):
    return (f"otpauth://totp/Tajdid:{personal_id}?secret={base32()}&issuer=Tajdid&algorithm=SHA256&digits=6&period=30\n"
            f"otpauth://ocra/Tajdid:{personal_id}?secret={base32()}"
            "&issuer=Tajdid&suite=OCRA-1%3AHOTP-SHA256-8%3AQN08-S064\n")


def request_text(number="48151623", until=None):
    until = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(until or time.time() + 600))
    return (f"Tajdid payment request 1\nNumber: {number}\nPayee: Tajdid collection account\n"
            "Payee in Arabic: حساب تحصيل تجديد\nPayee number: 10002000\nAmount: QAR 1,020.00\n"
            f"Payment: pay-{'a' * 20}\nOrders: 3\nValid until: {until}\n")


def mandate_text(number="48151623"):
    until = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 600))
    return (f"Tajdid standing mandate 1\nNumber: {number}\nPayee: Tajdid collection account\n"
            "Payee in Arabic: حساب تحصيل تجديد\nPayee number: 10002000\nAt most each month: QAR 50,000.00\n"
            f"Until: 2027-11-24\nAccount: 3000100001\nMandate: smd-{'a' * 20}\nValid until: {until}\n")


class Desk:
    """One session for all tests; each starts from an unlocked keyring with what it puts there."""

    def __init__(self, session):
        self.session = session
        session.env.update(GSK_RENDERER="cairo", TZ="UTC")
        self.eyes = reading.at_spi.Reader(session.env["DBUS_SESSION_BUS_ADDRESS"])
        self.tokens = os.path.join(session.home, "tokens")
        os.mkdir(self.tokens)
        self.texts = {person: token_text(person) for person in (ONE, OTHER)}
        for person, text in self.texts.items():
            path = os.path.join(self.tokens, person + ".token")
            with open(path, "w", encoding="ascii") as file:
                file.write(text)
            os.chmod(path, 0o600)
        self.clipboard = None
        self.opened = []

    def start(self, *arguments, stdin=None, language="en", env=None):
        log = open(os.path.join(self.session.home, "token.log"), "ab")
        process = subprocess.Popen([TOKEN, "--language", language, *arguments], stdin=subprocess.PIPE,
                                   stderr=log, env={**self.session.env, "G_DEBUG": "fatal-criticals", **(env or {})})
        log.close()
        process.stdin.write((stdin or "").encode())
        process.stdin.close()
        return process

    def open(self, *arguments, **more):
        for left in self.opened:  # by a test that failed
            left.kill()
            left.wait()
        process = self.start(*arguments, **more)
        self.opened = [process]
        reader = reading.Reader(self.eyes, self.session, process, "tajdid-token")
        eventually(reader.root, 15 * SLOW)
        return reader

    def hand_over(self, reader, *arguments, **more):
        """A second start, which ends well at once."""
        second = self.start(*arguments, **more)
        assert second.wait(timeout=15 * SLOW) == 0
        assert reader.process.poll() is None

    def close(self, reader):
        reader.focus()
        reader.press("ctrl+q")
        assert reader.process.wait(timeout=15 * SLOW) == 0, self.log()

    def log(self):
        with open(os.path.join(self.session.home, "token.log"), encoding="utf-8") as file:
            return file.read()[-2000:]

    def hold(self, text):
        if self.clipboard is not None:
            self.clipboard.kill()
            self.clipboard.wait()
        self.clipboard = subprocess.Popen([CLIPBOARD, "set"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                          env=self.session.env)
        self.clipboard.stdin.write(text.encode())
        self.clipboard.stdin.close()
        assert self.clipboard.stdout.readline() == b"held\n"

    def clipped(self):
        return subprocess.run([CLIPBOARD, "get"], env=self.session.env, capture_output=True, check=False,
                              timeout=20).stdout.decode()


DESK = None


def now_code(person):
    return foreign.Token(os.path.join(DESK.tokens, person + ".token")).sign_in_code()


def shows_code_of(reader, person):
    before = now_code(person)
    return reader.spelled(6) in (before, now_code(person))


@test
def a_token_is_added_by_its_lines_and_shows_its_code():
    reader = DESK.open()
    reader.wait("Add Your Token", "Paste Lines")
    assert not reader.shows("Sandbox") and not reader.nameless(), reader.nameless()
    reader.focus()
    DESK.hold(DESK.texts[ONE].replace("digits=6", "digits=8"))
    reader.press("ctrl+v")
    reader.wait("These are not a token’s two lines")
    DESK.hold(DESK.texts[ONE])
    reader.press("ctrl+v")
    reader.wait("Sign-in code", "A new code in", ONE)
    eventually(lambda: shows_code_of(reader, ONE))
    assert not reader.nameless(), reader.nameless()
    before = now_code(ONE)
    reader.press("ctrl+c")
    reader.wait("The code was copied.")
    assert DESK.clipped() in (before, now_code(ONE))  # another half minute may have begun
    DESK.close(reader)

    reader = DESK.open()  # it is kept
    reader.wait("Sign-in code")
    eventually(lambda: shows_code_of(reader, ONE))
    DESK.close(reader)


@test
def a_request_is_seen_before_its_code():
    token = foreign.Token(os.path.join(DESK.tokens, ONE + ".token"))
    text = request_text()
    reader = DESK.open("--request-from-stdin", stdin=text)
    reader.wait("QAR 1,020.00", "Payee: ", "Tajdid collection account", "حساب تحصيل تجديد", "10002000", "Orders: ",
                "48151623", "Valid until", "Show Code")
    assert reader.spelled(8) is None and not reader.nameless(), reader.nameless()
    reader.focus()
    reader.press("Return")
    code = eventually(lambda: reader.spelled(8))
    assert code == token.signing_code("48151623", text)
    assert reader.shows("QAR 1,020.00", "Tajdid collection account")
    reader.press("ctrl+c")
    reader.wait("The code was copied.")
    assert DESK.clipped() == code

    mandate = mandate_text("00000007")
    DESK.hand_over(reader, "--request-from-stdin", stdin=mandate)
    reader.wait("Standing mandate", "QAR 50,000.00", "At most, in each calendar month", "24 November 2027",
                "3000100001")
    assert reader.spelled(8) is None
    reader.press("Return")
    assert eventually(lambda: reader.spelled(8)) == token.signing_code("00000007", mandate)
    DESK.close(reader)


@test
def what_was_altered_or_has_expired_gets_no_code():
    text = request_text()
    reader = DESK.open()
    reader.wait("Sign-in code")
    reader.focus()
    for altered in (text.replace("1,020", "1020"), text[:-1], text.replace("Tajdid coll", "Tajdid\u202e coll"),
                    "hello"):
        DESK.hold(altered)
        reader.press("ctrl+v")
        reader.wait("This is not a signing request")
        assert not reader.shows("Show Code") and reader.spelled(8) is None
        reader.press("alt+1")
    DESK.hand_over(reader, "--request-from-stdin", stdin=request_text(until=time.time() - 5))
    reader.wait("This request has expired")
    DESK.hand_over(reader, "--request-from-stdin", stdin=request_text(until=time.time() + 4 * SLOW))
    reader.wait("Show Code")
    reader.press("Return")
    reader.wait("This request has expired", seconds=8 * SLOW)  # while it is looked at
    assert reader.spelled(8) is None
    DESK.close(reader)


@test
def number_amount_and_payee_can_be_typed():
    token = foreign.Token(os.path.join(DESK.tokens, ONE + ".token"))
    reader = DESK.open()
    reader.wait("Sign-in code")
    reader.focus()
    reader.press("alt+2", "alt+t")
    reader.wait("Amount in riyals")
    assert not reader.nameless(), reader.nameless()
    reader.type("48151623\t10x\t10002000")
    reader.press("Return")
    reader.wait("The amount is in riyals")
    reader.press("ctrl+a")
    reader.type("1,020")
    reader.press("Return")
    reader.wait("QAR 1,020.00", "This is what you typed", "10002000")
    reader.press("Return")
    code = eventually(lambda: reader.spelled(8))
    assert code == token.signing_code("48151623", "48151623\n1020.00\n10002000\n")
    DESK.close(reader)


@test
def the_sandbox_has_tokens_to_add_and_to_forget():
    reader = DESK.open("--sandbox", DESK.session.home, "--person", OTHER)
    reader.wait("Sandbox: nothing here is real", "Sign-in code")
    eventually(lambda: shows_code_of(reader, OTHER))
    assert not reader.nameless(), reader.nameless()
    DESK.hand_over(reader, "--person", ONE)
    eventually(lambda: shows_code_of(reader, ONE))
    reader.focus()
    reader.press("F10")
    reader.wait("Forget This Token…")
    reader.press("Down", "Return")
    reader.wait("Forget the token of")
    reader.press("Escape")
    eventually(lambda: not reader.shows("Forget the token of"))
    DESK.session.xdotool("search", "--class", "tajdid-token")
    reader.focus()
    reader.press("F10", "Down", "Return")
    reader.wait("Forget the token of")
    reader.press("alt+f")
    eventually(lambda: shows_code_of(reader, OTHER))
    DESK.close(reader)
    DESK.hold(DESK.texts[ONE])


@test
def the_keyrings_answers_are_said_in_words():
    DESK.session.open_keyring(password=None)
    reader = DESK.open()
    DESK.session.answer_prompt("Escape")
    reader.wait("The Keyring Stayed Locked", "You closed the question", "Try Again")
    assert not reader.nameless(), reader.nameless()
    reader.focus()
    reader.press("Return")
    DESK.session.answer_prompt(PASSWORD, "Return")
    reader.wait("Sign-in code")
    eventually(lambda: shows_code_of(reader, OTHER))
    DESK.close(reader)

    with Session(services=False) as bare:
        reader = DESK.open(env={"DBUS_SESSION_BUS_ADDRESS": bare.env["DBUS_SESSION_BUS_ADDRESS"],
                                "AT_SPI_BUS_ADDRESS": DESK.accessibility_bus})
        reader.wait("No Keyring Here", "GNOME Keyring or KWallet")
        DESK.close(reader)
    # Without a bus nobody can read it by AT-SPI either; that it is up and ends well is all that is seen.
    # The display remembers a bus for AT-SPI, which would be none there.
    process = DESK.start(env={"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent", "GTK_A11Y": "none"})
    lost = reading.Reader(DESK.eyes, DESK.session, process, "tajdid-token")
    lost.focus()
    DESK.close(lost)


@test
def arabic_says_the_same():
    text = request_text()
    reader = DESK.open("--sandbox", DESK.session.home, "--person", OTHER, language="ar")
    reader.wait("رمز الدخول", "يظهر رمز جديد بعد", "بيئة تجريبية: لا شيء هنا حقيقي", "٢٨٣٣٥٦٠٠٠١٢")
    eventually(lambda: shows_code_of(reader, OTHER))
    DESK.hand_over(reader, "--request-from-stdin", stdin=text)
    reader.wait("١٬٠٢٠٫٠٠", "الجهة المستفيدة: ", "حساب تحصيل تجديد", "Tajdid collection account", "رقم العملية", "إظهار الرمز")
    assert not reader.nameless(), reader.nameless()
    reader.focus()
    reader.press("Return")
    token = foreign.Token(os.path.join(DESK.tokens, OTHER + ".token"))
    assert eventually(lambda: reader.spelled(8)) == token.signing_code("48151623", text)
    DESK.close(reader)


@test
def secrets_are_in_the_keyring_alone():
    planted = [part.split("&")[0].encode() for text in DESK.texts.values() for part in text.split("secret=")[1:]]
    reader = DESK.open("--sandbox", DESK.session.home, "--person", OTHER)
    reader.wait("Sign-in code")
    places = [f"/proc/{reader.process.pid}/{name}" for name in ("cmdline", "environ")]
    for where, _, names in os.walk(DESK.session.home):
        places += [os.path.join(where, name) for name in names if not name.endswith(".token")]
    for place in places:
        if os.path.isfile(place):
            with open(place, "rb") as file:
                said = file.read()
            assert not any(secret in said for secret in planted), place
    DESK.close(reader)


def main():
    global DESK
    with Session(display="1024x768x24") as session:
        session.open_keyring()
        DESK = Desk(session)
        asked = subprocess.run(["gdbus", "call", "--session", "--dest", "org.a11y.Bus", "--object-path", "/org/a11y/bus",
                                "--method", "org.a11y.Bus.GetAddress"], env=session.env, capture_output=True, text=True,
                               check=True)
        DESK.accessibility_bus = asked.stdout.split("'")[1]
        try:
            harness.main()
        finally:
            if DESK.clipboard is not None:
                DESK.clipboard.kill()


if __name__ == "__main__":
    if LACKING:
        print(f"1..0 # SKIP {LACKING}")
    else:
        main()
