#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tajdid-token as its user meets it; the sign-in codes against oathtool, the signing codes against
the foreign client's own reckoning."""
import base64
import os
import secrets
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "journeys"))
import harness  # noqa: E402
from harness import foreign, test  # noqa: E402

TOKEN = os.environ["TAJDID_TOKEN"]
FOLDER = tempfile.TemporaryDirectory(prefix="tajdid-token-")
FILE = os.path.join(FOLDER.name, "mine.token")
OK, USAGE, SECRET, REQUEST, DECLINED = 0, 2, 3, 4, 5


def base32(n_bytes=32):
    return base64.b32encode(secrets.token_bytes(n_bytes)).decode().rstrip("=")


def token_text(sign_in=None, signing=None):
    return (f"otpauth://totp/Tajdid:27612405934?secret={sign_in or base32()}"
            "&issuer=Tajdid&algorithm=SHA256&digits=6&period=30\n"
            f"otpauth://ocra/Tajdid:27612405934?secret={signing or base32()}"
            "&issuer=Tajdid&suite=OCRA-1%3AHOTP-SHA256-8%3AQN08-S064\n")


def write(path, text, mode=0o600):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(path, mode)
    return path


def request_text(number="48151623", amount="1,020.00", until=None, **_):
    until = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(until or time.time() + 600))
    return (f"Tajdid payment request 1\nNumber: {number}\nPayee: Tajdid collection account\n"
            f"Payee in Arabic: حساب تحصيل تجديد\nPayee number: 10002000\nAmount: QAR {amount}\n"
            f"Payment: pay-{'a' * 20}\nOrders: 1\nValid until: {until}\n")


def mandate_text(number="48151623", until=None):
    until = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(until or time.time() + 600))
    return (f"Tajdid standing mandate 1\nNumber: {number}\nPayee: Tajdid collection account\n"
            "Payee in Arabic: حساب تحصيل تجديد\nPayee number: 10002000\nAt most each month: QAR 50,000.00\n"
            f"Until: 2027-11-24\nAccount: 3000100001\nMandate: smd-{'a' * 20}\nValid until: {until}\n")


def run(*arguments, stdin=b""):
    """Without a terminal of its own."""
    return subprocess.run([TOKEN, *arguments], input=stdin, capture_output=True, check=False,
                          start_new_session=True)


@test
def sign_in_codes_are_oathtools():
    for _ in range(20):
        text = token_text()
        write(FILE, text)
        while True:  # both in one half minute
            step = time.time() // 30
            ours = [run("code", "--secret-file", FILE), run("code", stdin=text.encode())]
            theirs = foreign.Token(FILE).sign_in_code()
            if time.time() // 30 == step:
                break
        for process in ours:
            assert process.returncode == OK and process.stdout.decode().strip() == theirs, process


@test
def a_request_is_shown_and_its_code_belongs_to_it():
    write(FILE, token_text())
    token = foreign.Token(FILE)
    for index in range(20):
        number = f"{secrets.randbelow(10 ** 8):08d}"
        text = request_text(number, f"{index + 1},020.50")
        path = write(os.path.join(FOLDER.name, "request"), text, 0o644)
        process = run("sign", "--yes", "--secret-file", FILE, "--request", path)
        assert process.returncode == OK, process
        assert process.stdout.decode() == text + token.signing_code(number, text) + "\n"
        from_stdin = run("sign", "--yes", "--secret-file", FILE, "--request", "-", stdin=text.encode())
        assert from_stdin.stdout == process.stdout
        typed = run("sign", "--yes", "--secret-file", FILE, "--number", number, "--amount",
                    f"{index + 1}020.50", "--payee-number", "10002000")
        short = f"{number}\n{index + 1}020.50\n10002000\n"
        assert typed.stdout.decode() == short + token.signing_code(number, short) + "\n", typed


@test
def a_standing_mandate_is_shown_and_its_code_is_no_payments():
    write(FILE, token_text())
    token = foreign.Token(FILE)
    text = mandate_text()
    process = run("sign", "--yes", "--secret-file", FILE, "--request", "-", stdin=text.encode())
    code = token.signing_code("48151623", text)
    assert process.returncode == OK and process.stdout.decode() == text + code + "\n", process
    for shown in ("Payee: Tajdid collection account", "At most each month: QAR 50,000.00", "Until: 2027-11-24"):
        assert shown in process.stdout.decode()
    payment = run("sign", "--yes", "--secret-file", FILE, "--number", "48151623", "--amount", "50000.00",
                  "--payee-number", "10002000")
    assert payment.returncode == OK and payment.stdout.decode().strip()[-8:] != code
    unasked = run("sign", "--secret-file", FILE, "--request", "-", stdin=text.encode())
    assert unasked.returncode == DECLINED and code not in unasked.stdout.decode()


@test
def what_is_not_a_request_gets_no_code():
    write(FILE, token_text())
    good = request_text()
    for bad in ("", good[:-1], good + "\n", good.replace("1,020.00", "1020.00"),
                good.replace("QAR 1,020.00", "QAR 0.00"), good.replace("Number: 4", "Number:  4"),
                good.replace("collection", "collection\nAmount: QAR 1.00"), good.replace("Payee: ", "Payee: ‮"),
                good.replace("request 1", "request 2"), good.replace("\n", "\r\n"),
                good.replace("Orders: 1", "Orders: 01"), request_text(until=time.time() - 5),
                mandate_text(until=time.time() - 5), mandate_text().replace("standing mandate", "payment request"),
                good.replace("payment request", "standing mandate"), mandate_text().replace("50,000", "50000"),
                mandate_text().replace("Until: 2027-11-24", "Until: 2027-11-31"),
                mandate_text().replace("Until: 2027-11-24\n", ""), mandate_text().replace("mandate 1", "mandate 2"),
                mandate_text().replace("Account: 3", "Account: x"), mandate_text() + "Orders: 1\n"):
        process = run("sign", "--yes", "--secret-file", FILE, "--request", "-", stdin=bad.encode())
        assert process.returncode == REQUEST and process.stdout == b"", (bad, process)
    for changes in (("1234567", "1.00", "10002000"), ("12345678", "1", "10002000"), ("12345678", "1.00", "1")):
        process = run("sign", "--yes", "--secret-file", FILE, "--number", changes[0], "--amount", changes[1],
                      "--payee-number", changes[2])
        assert process.returncode == REQUEST and process.stdout == b"", process


@test
def a_file_that_others_can_read_is_refused():
    for mode in (0o644, 0o640, 0o604, 0o660):
        write(FILE, token_text(), mode)
        process = run("code", "--secret-file", FILE)
        assert process.returncode == SECRET and b"chmod 600" in process.stderr and process.stdout == b""
    write(FILE, token_text())
    link = os.path.join(FOLDER.name, "link")
    os.symlink(FILE, link)
    for path in (link, FOLDER.name, os.path.join(FOLDER.name, "none"), "/dev/zero"):
        assert run("code", "--secret-file", path).returncode == SECRET, path


@test
def other_settings_of_a_token_are_refused():
    good = token_text()
    for bad in ("", good.splitlines()[0], good.replace("SHA256&", "SHA1&"), good.replace("digits=6", "digits=8"),
                good.replace("period=30", "period=60"), good.replace("QN08", "QN06"),
                good.replace("ocra/Tajdid:2", "ocra/Tajdid:3"), good.replace("&issuer", "&x=1&issuer", 1),
                good + "more\n", good.replace("secret=", "secret=1", 1)):
        process = run("code", stdin=bad.encode())
        assert process.returncode == SECRET and process.stdout == b"", (bad, process)
        for secret in [part.split("&")[0] for part in bad.split("secret=")[1:]]:
            assert secret.encode() not in process.stderr


@test
def nothing_is_signed_unasked():
    write(FILE, token_text())
    process = run("sign", "--secret-file", FILE, "--request", "-", stdin=request_text().encode())
    assert process.returncode == DECLINED
    assert not process.stdout.decode().strip().splitlines()[-1].isdigit()
    for arguments in ((), ("sign",), ("sign", "--request", "-"), ("sign", "--number", "12345678"), ("guess",),
                      ("code", "more"), ("sign", "--secret", "GEZDGNBV")):
        assert run(*arguments).returncode == USAGE, arguments
    assert run("--help").returncode == OK


if __name__ == "__main__":
    harness.main()
