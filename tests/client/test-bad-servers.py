#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that are not who they should be, or answer as none should: each is refused, nothing of a person's is
sent before its certificate was seen to be good, and time and memory stay bounded."""
import gzip
import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time

import driver
import harness
from harness import foreign, test

SARA = "27612405934"
OFFLINE, NO_REPLY, STRANGE, UNTRUSTED = range(4)
FOLDER = tempfile.mkdtemp(prefix="tajdid-bad-")
OLD_CIPHERS = ("-cipher", "DEFAULT@SECLEVEL=0")


def path(name):
    return os.path.join(FOLDER, name)


def openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, capture_output=True, cwd=FOLDER)


def make_certificates():
    """An authority and what it has signed, expired too; and one that signed itself."""
    with open(path("ca.conf"), "w", encoding="ascii") as file:
        file.write("[ca]\ndefault_ca=d\n[d]\ndatabase=index\nserial=serial\nnew_certs_dir=.\ndefault_md=sha256\n"
                   "policy=p\nunique_subject=no\ncopy_extensions=copy\n[p]\ncommonName=supplied\n")
    open(path("index"), "w", encoding="ascii").close()
    with open(path("serial"), "w", encoding="ascii") as file:
        file.write("01\n")
    new_key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    openssl("req", "-x509", *new_key, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=Authority")
    openssl("req", "-x509", *new_key, "-keyout", "self.key", "-out", "self.pem", "-days", "2", "-subj",
            "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1")
    now = time.time()

    def moment(days):
        return time.strftime("%Y%m%d%H%M%SZ", time.gmtime(now + days * 86400))
    for name, host, begins, ends in (("good", "IP:127.0.0.1", -1, 1), ("expired", "IP:127.0.0.1", -9, -2),
                                     ("early", "IP:127.0.0.1", 2, 9), ("elsewhere", "DNS:elsewhere.example", -1, 1)):
        openssl("req", *new_key, "-keyout", name + ".key", "-out", name + ".csr", "-subj", "/CN=Server", "-addext",
                "subjectAltName=" + host)
        openssl("ca", "-batch", "-config", "ca.conf", "-cert", "ca.pem", "-keyfile", "ca.key", "-in", name + ".csr",
                "-out", name + ".pem", "-startdate", moment(begins), "-enddate", moment(ends), "-notext")


class Secure:
    """openssl's own server, which writes what it was sent to a file."""

    def __init__(self, certificate, *options):
        self.port = harness.free_port()
        self.base = f"https://127.0.0.1:{self.port}"
        self.got = path(f"got-{self.port}")
        with open(self.got, "wb") as file:
            self.process = subprocess.Popen(
                ["openssl", "s_server", "-accept", f"127.0.0.1:{self.port}", "-cert", path(certificate + ".pem"),
                 "-key", path(certificate + ".key"), "-quiet", *options],
                stdin=subprocess.PIPE, stdout=file, stderr=subprocess.DEVNULL)
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    break
            time.sleep(0.02)

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        with open(self.got, "rb") as file:
            return file.read()


class Plain:
    """Answers the first request as told, by a function of the connection."""

    def __init__(self, answer):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.base = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.answer = answer
        self.visits = 0
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.visits += 1
            threading.Thread(target=self.talk, args=(connection,), daemon=True).start()

    def talk(self, connection):
        with connection:
            try:
                with connection.makefile("rb") as file:  # whole: what is not read is a reset at the end
                    if driver.Relay.message(file) is not None:
                        self.answer(connection)
            except OSError:
                pass

    def stop(self):
        self.listener.close()


class Bed:
    def __init__(self, base, authority=True):
        self.state = tempfile.mkdtemp(prefix="bed-", dir=FOLDER)
        self.addresses = os.path.join(self.state, "addresses.json")
        addresses = {"portal": base, "bank": base}
        if authority:
            addresses["portal_ca"] = path("ca.pem")
        with open(self.addresses, "w", encoding="ascii") as file:
            json.dump(addresses, file)
        os.mkdir(os.path.join(self.state, "tokens"))
        with open(os.path.join(self.state, "tokens", SARA + ".token"), "w", encoding="ascii") as file:
            file.write(f"otpauth://totp/Tajdid:{SARA}?secret=AAAA\notpauth://ocra/Tajdid:{SARA}?secret=AAAA&suite=x\n")

    def token(self, personal_id):
        return foreign.Token(os.path.join(self.state, "tokens", personal_id + ".token"))


def sign_in(base, authority=True, seconds=3, environment=None):
    """What comes of it, how long it took, and the most memory that the client has had, in kB."""
    client = driver.Person(Bed(base, authority), SARA, seconds, environment=environment)
    began = time.monotonic()
    answer = client.do("sign-in", SARA, "123456")
    took = time.monotonic() - began
    with open(f"/proc/{client.process.pid}/status", encoding="ascii") as file:
        most = next(int(line.split()[1]) for line in file if line.startswith("VmHWM"))
    client.end()
    assert not re.search("[0-9a-f]{32}", client.said()), "keys are written to the terminal"
    assert not answer["ok"] and answer["domain"] == "tjd-transport-error-quark", answer
    return answer["code"], took, most


def refused(server, **more):
    code, took, _ = sign_in(server.base, **more)
    got = server.stop()
    assert code == UNTRUSTED and took < 5 * harness.SLOW, (code, took)
    assert got == b"", got[:200]


@test
def a_good_server_is_spoken_to_by_both_versions():
    for version in ("-tls1_2", "-tls1_3"):
        server = Secure("good", version)
        code, _, _ = sign_in(server.base)
        got = server.stop()
        assert code == NO_REPLY and b"POST /challenge" in got and SARA.encode() in got, (code, got)


@test
def certificates_that_are_not_good_here_and_now():
    for certificate in ("expired", "early", "elsewhere", "self"):
        refused(Secure(certificate))
    refused(Secure("good"), authority=False)  # nobody whom this computer knows has signed it


@test
def versions_that_are_broken():
    for version in ("-tls1", "-tls1_1"):
        refused(Secure("good", version, *OLD_CIPHERS))
        refused(Secure("good", version, *OLD_CIPHERS),
                environment={"G_TLS_GNUTLS_PRIORITY": "NORMAL:+VERS-TLS1.0:+VERS-TLS1.1:%COMPAT"})


@test
def the_environment_changes_nothing():
    keys = path("keys.log")
    server = Secure("good")
    code, _, _ = sign_in(server.base, environment={"SSLKEYLOGFILE": keys, "GIO_EXTRA_MODULES": FOLDER,
                                                   "GNUTLS_DEBUG_LEVEL": "9"})
    server.stop()
    assert code == NO_REPLY and not os.path.exists(keys), code
    refused(Secure("self"), environment={"GIO_USE_TLS": "dummy", "GIO_MODULE_DIR": FOLDER})


@test
def redirects_are_not_followed():
    other = Plain(lambda connection: None)
    for status in (301, 302, 303, 307, 308):
        for target in (other.base + "/challenge", other.base.replace("http", "https"), "//elsewhere.example/x",
                       "file:///etc/passwd"):
            head = f"HTTP/1.1 {status} Go\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n".encode()
            server = Plain(lambda connection, head=head: connection.sendall(head))
            code, _, _ = sign_in(server.base)
            server.stop()
            assert code == STRANGE and server.visits == 1, (status, target, code)
    assert other.visits == 0
    other.stop()


def pour(connection, piece, times):
    for _ in range(times):
        connection.sendall(piece)


def least():
    """The memory of a client that has asked and was answered nothing."""
    return sign_in(Plain(lambda connection: connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")).base)[2]


@test
def a_gigabyte_is_not_read():
    def answer(connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1073741824\r\n\r\n")
        pour(connection, b" " * 1048576, 1024)
    before = least()
    server = Plain(answer)
    code, took, most = sign_in(server.base, seconds=20)
    server.stop()
    assert code == STRANGE and took < 10 * harness.SLOW and most - before < 64 * 1024 * harness.SLOW, (code, took, most)


@test
def a_gzip_bomb_is_not_unpacked():
    bomb = gzip.compress(b" " * (300 * 1048576))
    head = (f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n"
            f"Content-Length: {len(bomb)}\r\n\r\n").encode()
    before = least()
    server = Plain(lambda connection: connection.sendall(head + bomb))
    code, took, most = sign_in(server.base)
    server.stop()
    assert code == STRANGE and took < 3 * harness.SLOW and most - before < 64 * 1024 * harness.SLOW, (code, took, most)


@test
def a_byte_a_second_is_not_waited_for():
    def answer(connection):
        for byte in b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}":
            connection.sendall(bytes((byte,)))
            time.sleep(1)
    server = Plain(answer)
    code, took, _ = sign_in(server.base, seconds=3)
    server.stop()
    assert code == NO_REPLY and took < 6 * harness.SLOW, (code, took)


@test
def heads_without_an_end_are_not_read():
    def answer(connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        pour(connection, b"X-More: " + b"y" * 1000 + b"\r\n", 300000)
    before = least()
    server = Plain(answer)
    code, took, most = sign_in(server.base, seconds=5)
    server.stop()
    assert code in (NO_REPLY, STRANGE) and took < 8 * harness.SLOW and most - before < 64 * 1024 * harness.SLOW, (
        code, took, most)


if __name__ == "__main__":
    try:
        make_certificates()
        harness.main()
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)
