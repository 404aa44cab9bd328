#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What operators do: TLS with certificates of an authority of their own, certificates and keys that are changed
while it runs, a configuration that is checked line by line."""
import contextlib
import json
import os
import signal
import socket
import ssl
import subprocess
import tempfile
import time
import urllib.parse

import harness
from harness import PARTIES, SERVICES as PROGRAM, Services, free_port, refused, test

SARA, OMAR = "27612405934", "28581803362"
FOLDER = tempfile.mkdtemp(prefix="tajdid-operations-")


def openssl(*arguments, **more):
    return subprocess.run(["openssl", *arguments], capture_output=True, check=more.pop("check", True), **more)


def path(name):
    return os.path.join(FOLDER, name)


def make_authority(name):
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-subj", f"/CN={name}", "-addext", "basicConstraints=critical,CA:TRUE", "-keyout", path(name + ".key"),
            "-out", path(name + ".crt"))


def make_certificate(name, authority="authority", host="IP:127.0.0.1", days=("-days", "2")):
    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", f"/CN={name}",
            "-keyout", path(name + ".key"), "-out", path(name + ".csr"))
    with open(path(name + ".ext"), "w", encoding="ascii") as file:
        file.write(f"subjectAltName={host}\nextendedKeyUsage=serverAuth\n")
    openssl("x509", "-req", "-in", path(name + ".csr"), "-CA", path(authority + ".crt"), "-CAkey",
            path(authority + ".key"), "-CAcreateserial", *days, "-extfile", path(name + ".ext"), "-out",
            path(name + ".crt"))


class Encrypted:
    """The ministry in a process of its own, the others in another, all with TLS."""

    def __init__(self):
        self.ports = {party: free_port() for party in PARTIES}
        self.config = path("parties.conf")
        with open(self.config, "w", encoding="ascii") as file:
            for party in PARTIES:
                name = "ministry" if party == "ministry" else "others"
                file.write(f"[{party}]\nbase=https://127.0.0.1:{self.ports[party]}\nlisten=127.0.0.1:{self.ports[party]}\n"
                           f"key=keys/{party}.jwk\nca=authority.crt\ncertificate={name}.crt\nprivate-key={name}.key\n")
        self.ministry = Services(state=FOLDER, extra=("--only", "ministry", "--config", self.config))
        self.others = Services(state=FOLDER, extra=("--only", "portal", "--only", "bank", "--only", "post",
                                                    "--config", self.config))

    def client(self):
        client = self.others.client(SARA)
        client.tls = ssl.create_default_context(cafile=path("authority.crt"))
        return client


def show(name, as_):
    """Another certificate takes the place of the one that is shown."""
    for ending in (".crt", ".key"):
        harness.shutil.copy(path(name + ending), path(as_ + ending))


def handshake(port, version):
    run = openssl("s_client", "-connect", f"127.0.0.1:{port}", "-CAfile", path("authority.crt"), version,
                  "-cipher", "DEFAULT@SECLEVEL=0", "-verify_return_error", check=False, input=b"")
    return run.returncode == 0


@test
def four_parties_speak_tls():
    make_authority("authority")
    make_authority("another")
    for name in ("good", "others"):
        make_certificate(name)
    make_certificate("elsewhere", host="DNS:elsewhere.example")
    make_certificate("strangers", authority="another")
    make_certificate("expired", days=("-days", "-1"))
    show("good", as_="ministry")
    with Services(state=FOLDER):
        pass  # keys and tokens are made
    parties = Encrypted()
    try:
        parties.ministry.start()
        parties.others.start()
        assert all(base.startswith("https://") for base in parties.others.bases.values())
        for port in parties.ports.values():
            assert handshake(port, "-tls1_2") and handshake(port, "-tls1_3")
            assert not handshake(port, "-tls1_1") and not handshake(port, "-tls1")
        client = parties.client()
        client.sign_in()
        order = client.place_order(client.quote([(SARA, 1)]))
        client.pay(order)
        client.wait_for(order["id"], {"delivered"}, seconds=60 * harness.SLOW)
        for name in ("elsewhere", "strangers", "expired"):
            show(name, as_="ministry")
            reload_(parties.ministry)
            wait_for_refusal(client)
        show("good", as_="ministry")
        reload_(parties.ministry)
        deadline = time.monotonic() + 20 * harness.SLOW
        while True:
            try:
                assert client.permits()
                break
            except harness.foreign.Problem:
                assert time.monotonic() < deadline
                time.sleep(0.2)
        with open(path("ministry.crt"), "w", encoding="ascii") as file:
            file.write("no certificate")
        reload_(parties.ministry)  # what cannot be read changes nothing
        assert client.permits()
        plain = urllib.parse.urlsplit(parties.others.bases["portal"])
        connection = harness.foreign.http.client.HTTPConnection(plain.netloc, timeout=5)
        try:
            connection.request("GET", "/healthz")
            status = connection.getresponse().status
        except (harness.foreign.http.client.HTTPException, OSError):
            status = None
        assert status != 200, "it answers without TLS"
    finally:
        show("good", as_="ministry")
        codes = [parties.others.stop(), parties.ministry.stop()]
    assert codes == [0, 0]
    code, said = parties.others.audit("--settled")
    assert code == 0, said


def wait_for_refusal(client):
    """A connection that was kept has one more answer; a new one is refused."""
    deadline = time.monotonic() + 20 * harness.SLOW
    while True:
        try:
            client.permits()
        except harness.foreign.Problem as problem:
            assert problem.name == "party-unreachable", problem
            return
        assert time.monotonic() < deadline, "it is still believed"
        time.sleep(0.2)


def reload_(services):
    before = os.path.getsize(os.path.join(services.state, "services.log"))
    services.process.send_signal(signal.SIGHUP)
    deadline = time.monotonic() + 10 * harness.SLOW
    while os.path.getsize(os.path.join(services.state, "services.log")) == before:
        assert time.monotonic() < deadline, "it does not say that it reloads"
        time.sleep(0.02)
    time.sleep(0.1)


def rotate(services):
    return subprocess.run([PROGRAM, "--state-dir", services.state, "--rotate-key", "portal"], capture_output=True,
                          text=True, check=True).stdout


def key_ids(client):
    status, _, data = client.exchange("portal", "GET", "/jwks")
    assert status == 200
    return [key["kid"] for key in json.loads(data)["keys"]]


def signed_by(token):
    head = token.split(".")[0]
    return json.loads(harness.foreign.base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))["kid"]


@test
def a_key_is_rotated_in_the_middle_of_a_renewal():
    with Services(pace=1) as services:
        sara = services.client(SARA)
        sara.sign_in()
        old, = key_ids(sara)
        assert signed_by(sara.access_token) == old
        order = sara.place_order(sara.quote([(SARA, 1)]))
        assert "will sign with" in rotate(services)
        reload_(services)
        assert len(key_ids(sara)) == 2 and key_ids(sara)[0] == old  # published before it signs
        before = sara.access_token
        assert "signs with" in rotate(services)
        reload_(services)
        new = key_ids(sara)[0]
        assert new != old and set(key_ids(sara)) == {old, new}
        sara.pay(order)  # a request that the old key signed, under a token that it signed
        assert sara.permits() and signed_by(sara.access_token) == old
        sara.wait_for(order["id"], {"captured", "dispatched"})
        sara.refresh()
        assert signed_by(sara.access_token) == new
        another = sara.place_order(sara.quote([("27812404417", 1)]))
        sara.pay(another)
        sara.wait_for(another["id"], {"captured", "dispatched"})
        os.unlink(os.path.join(services.state, "keys", f"portal.past-{old}.jwk"))
        reload_(services)
        assert key_ids(sara) == [new] and sara.permits()
        now, sara.access_token = sara.access_token, before
        refused("token-invalid", 401, sara.permits)
        refused("token-invalid", 401, sara.request, "bank", "GET", "/statement")
        sara.access_token = now
        assert sara.request("bank", "GET", "/statement")


def check(text):
    name = path("checked.conf")
    with open(name, "w", encoding="utf-8") as file:
        file.write(text)
    run = subprocess.run([PROGRAM, "--check-config", name], capture_output=True, text=True, check=False)
    return run.returncode, run.stdout + run.stderr


@test
def a_configuration_is_checked_line_by_line():
    code, said = check("[bank]\nbase=https://bank.example/\nlisten=127.0.0.1:8443\ncertificate=a.crt\nprivate-key=a.key\n"
                       "\n# a comment\n[limits]\nconnections=100\nrequest-bytes=4096\n")
    assert code == 0 and "https://bank.example\n" in said and "127.0.0.1:8443 with TLS" in said, said
    for text, line in (("[bank]\nbase=ftp://bank.example\n", 2), ("[bank]\nbase=https://u:p@bank.example\n", 2),
                       ("[bank]\nbasis=https://bank.example\n", 2), ("[bakery]\n", 1), ("base=https://x\n", 1),
                       ("[bank]\nbase=https://a\nbase=https://b\n", 3), ("[limits]\nconnections=0\n", 2),
                       ("[limits]\nconnections=many\n", 2), ("[limits]\nrequest-bytes=99999999999\n", 2),
                       ("[bank]\nbase=http://bank.example\n", 2), ("[bank]\nbase=http://192.0.2.7:8080\n", 2),
                       ("[limits]\nrequests-per-second=-1\n", 2), ("[bank]\nlisten=here\n", 2), ("[bank]\nno equals sign\n", 2), ("[bank\n", 1)):
        code, said = check(text)
        assert code == 3 and f"checked.conf:{line}:" in said, (text, code, said)
    for text in ("[bank]\ncertificate=a.crt\n", "[bank]\nbase=http://[::1]:80\ncertificate=a\nprivate-key=b\n"):
        code, said = check(text)
        assert code == 3 and "[bank]" in said, (text, code, said)


@test
def limits_are_kept():
    with open(path("limits.conf"), "w", encoding="ascii") as file:
        file.write("[limits]\nrequest-bytes=1024\n")
    with Services(pace=1, extra=("--config", path("limits.conf"))) as services:
        sara = services.client(SARA)
        sara.sign_in()
        assert sara.quote([(SARA, 1)])["quotes"]
        status, _, data = sara.exchange("portal", "POST", "/quotations", {"Content-Type": "application/json"}, b" " * 1025)
        assert status == 413 and json.loads(data)["type"].endswith("too-large")


@test
def a_form_is_small():
    with Services(pace=1) as services:
        client = services.client(SARA)
        client.sign_in()
        for body, name in (("a=" + "b" * 16 * 1024, "too-large"), ("&".join(f"a{n}=b" for n in range(65)), "malformed")):
            status, _, data = client.exchange("portal", "POST", "/challenge", {
                "Content-Type": "application/x-www-form-urlencoded",
                "DPoP": client.proof("portal", "POST", services.bases["portal"] + "/challenge")}, body.encode())
            assert status in (400, 413) and json.loads(data)["type"].endswith(name), (status, data)


@test
def one_address_has_its_share_of_connections():
    with Services(pace=1, limits={"connections-per-address": 3}) as services:
        at = urllib.parse.urlsplit(services.bases["portal"])
        kept = [socket.create_connection((at.hostname, at.port), timeout=5) for _ in range(3)]
        for connection in kept:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
            assert connection.recv(12) == b"HTTP/1.1 200"
        with socket.create_connection((at.hostname, at.port), timeout=5) as another, \
                contextlib.suppress(ConnectionResetError, BrokenPipeError):
            another.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
            assert another.recv(12) == b""
        for connection in kept:
            connection.close()


@test
def bodies_have_a_budget():
    """Four bodies of 256 kB less a byte are kept waiting for their ends; a fifth has no room."""
    with Services(pace=1, limits={"body-bytes": 1024 * 1024, "body-bytes-per-address": 1024 * 1024}) as services:
        at = urllib.parse.urlsplit(services.bases["portal"])
        head = b"POST /quotations HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 262144\r\n\r\n"
        kept = [socket.create_connection((at.hostname, at.port), timeout=20) for _ in range(4)]
        for connection in kept:
            connection.sendall(head + b" " * 262143)
        time.sleep(0.5 * harness.SLOW)
        with socket.create_connection((at.hostname, at.port), timeout=5) as another:
            another.sendall(head)
            assert another.recv(12) == b"HTTP/1.1 503"
        for connection in kept:
            connection.close()
        deadline = time.monotonic() + 10 * harness.SLOW
        while True:  # their room is free again
            with socket.create_connection((at.hostname, at.port), timeout=5) as another, \
                    contextlib.suppress(ConnectionResetError, BrokenPipeError):
                another.sendall(head + b" " * 262144)
                if another.recv(12) == b"HTTP/1.1 401":
                    break
            assert time.monotonic() < deadline
            time.sleep(0.1)


@test
def an_address_has_a_share_of_the_budget():
    """What one address announces and does not send leaves the others their room."""
    with Services(pace=1, limits={"body-bytes-per-address": 1024 * 1024}) as services:
        at = urllib.parse.urlsplit(services.bases["portal"])
        head = b"POST /quotations HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 262144\r\n\r\n"
        kept = [socket.create_connection((at.hostname, at.port), source_address=("127.0.0.2", 0)) for _ in range(5)]
        for connection in kept:
            connection.sendall(head)
        assert kept[4].recv(12) == b"HTTP/1.1 503"
        with socket.create_connection((at.hostname, at.port), timeout=5) as another:
            another.sendall(head + b" " * 262144)
            assert another.recv(12) == b"HTTP/1.1 401"
        for connection in kept:
            connection.close()


@test
def a_person_asks_so_often_and_no_more():
    with Services(pace=1, limits={"requests-per-second": 2}) as services:
        sara, omar = services.client(SARA), services.client(OMAR)
        sara.sign_in()
        omar.sign_in()
        for _ in range(19):
            assert sara.account()["personal_id"] == SARA
        deadline = time.monotonic() + 20
        while True:  # slower than they come free
            try:
                sara.account()
            except harness.foreign.Problem as problem:
                assert (problem.name, problem.status) == ("too-many-requests", 429), problem
                break
            assert time.monotonic() < deadline
        assert omar.account()["personal_id"] == OMAR
        time.sleep(2)
        assert sara.account()["personal_id"] == SARA


@test
def a_rotation_wants_a_key_and_a_party_that_are_there():
    for arguments, code in ((["--rotate-key", "bakery"], 2), (["--rotate-key", "portal"], 4)):
        run = subprocess.run([PROGRAM, "--state-dir", path("nowhere"), *arguments], capture_output=True, check=False)
        assert run.returncode == code and run.stderr, run


def run():
    try:
        harness.main()
    finally:
        harness.shutil.rmtree(FOLDER, ignore_errors=True)


if __name__ == "__main__":
    run()
