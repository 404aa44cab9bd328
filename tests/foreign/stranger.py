#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""stranger.py PORT_FILE TOKEN_FILE: one whole renewal over the wire. Its protocol was written by somebody
who had read the four documents in data/api and nothing else of this project; it shares nothing with us, nor
with client.py beside it. Python's standard library, openssl for signatures, oathtool for sign-in codes."""
import base64
import hashlib
import hmac
import http.client
import json
import secrets
import struct
import subprocess
import sys
import tempfile
import time
import urllib.parse


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def jb(value):
    return b64(json.dumps(value, separators=(",", ":")).encode())


def run(*arguments, inp=None):
    return subprocess.run(arguments, input=inp, capture_output=True, check=True).stdout


class Key:
    def __init__(self):
        self.file = tempfile.NamedTemporaryFile(prefix="stranger-")
        self.file.write(run("openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout"))
        self.file.flush()
        point = run("openssl", "ec", "-in", self.file.name, "-pubout", "-outform", "DER")[-65:]
        assert point[0] == 4
        self.jwk = {"kty": "EC", "crv": "P-256", "x": b64(point[1:33]), "y": b64(point[33:])}

    def sign(self, header, claims):
        message = (jb(header) + "." + jb(claims)).encode()
        der = run("openssl", "dgst", "-sha256", "-sign", self.file.name, inp=message)
        at, out = 2, b""
        for _ in range(2):
            length = der[at + 1]
            out += int.from_bytes(der[at + 2:at + 2 + length], "big").to_bytes(32, "big")
            at += 2 + length
        return message.decode() + "." + b64(out)


class Refused(Exception):
    def __init__(self, status, problem):
        super().__init__(f"{status} {problem.get('type')}")
        self.status, self.problem = status, problem


class Client:
    def __init__(self, bases, personal_id, totp_secret, ocra_secret):
        self.base, self.personal_id = bases, personal_id
        self.totp_secret, self.ocra_secret = totp_secret, ocra_secret
        self.key, self.nonce, self.token, self.refresh = Key(), {}, None, None

    def proof(self, party, method, path, token):
        claims = {"jti": secrets.token_urlsafe(16), "htm": method, "htu": self.base[party] + path.split("?")[0],
                  "iat": int(time.time())}
        if token:
            claims["ath"] = b64(hashlib.sha256(token.encode()).digest())
        if party in self.nonce:
            claims["nonce"] = self.nonce[party]
        return self.key.sign({"typ": "dpop+jwt", "alg": "ES256", "jwk": self.key.jwk}, claims)

    def raw(self, party, method, path, body, headers):
        url = urllib.parse.urlsplit(self.base[party])
        connection = http.client.HTTPConnection(url.hostname, url.port, timeout=20)
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        if answer.getheader("DPoP-Nonce"):
            self.nonce[party] = answer.getheader("DPoP-Nonce")
        return answer.status, data

    def call(self, party, method, path, js=None, form=None, keyed=False):
        body, headers = None, {}
        if js is not None:
            body, headers["Content-Type"] = json.dumps(js).encode(), "application/json"
        if form is not None:
            body, headers["Content-Type"] = urllib.parse.urlencode(form).encode(), "application/x-www-form-urlencoded"
        if keyed:
            headers["Idempotency-Key"] = f'"{secrets.token_hex(8)}"'
        token = None if form is not None else self.token
        for attempt in (1, 2):
            if token:
                headers["Authorization"] = "DPoP " + token
            headers["DPoP"] = self.proof(party, method, path, token)
            status, data = self.raw(party, method, path, body, headers)
            if status < 400:
                return json.loads(data) if data else None
            problem = json.loads(data)
            if attempt == 2 or problem.get("type") != "urn:tajdid:problem:nonce-needed":
                break
        raise Refused(status, problem)

    def totp(self):
        return run("oathtool", "--totp=SHA256", "-d", "6", "-s", "30s", "-b", "-",
                   inp=self.totp_secret.encode()).decode().strip()

    def ocra(self, number, text):
        secret = base64.b32decode(self.ocra_secret + "=" * (-len(self.ocra_secret) % 8))
        question = format(int(number), "x")
        question += "0" * (256 - len(question))
        message = (b"OCRA-1:HOTP-SHA256-8:QN08-S064" + b"\0" + bytes.fromhex(question) +
                   hashlib.sha512(text.encode()).digest())
        mac = hmac.new(secret, message, hashlib.sha256).digest()
        at = mac[-1] & 15
        return "%08d" % ((struct.unpack(">I", mac[at:at + 4])[0] & 0x7fffffff) % 10 ** 8)

    def take(self, tokens):
        self.token, self.refresh = tokens["access_token"], tokens["refresh_token"]

    def sign_in(self):
        verifier = secrets.token_urlsafe(48)
        granted = self.call("portal", "POST", "/challenge", form={
            "client_id": "tajdid-desktop", "scope": "renew pay follow", "personal_id": self.personal_id,
            "code_challenge": b64(hashlib.sha256(verifier.encode()).digest()), "code_challenge_method": "S256",
            "code": self.totp()})
        self.take(self.call("portal", "POST", "/token", form={
            "grant_type": "authorization_code", "client_id": "tajdid-desktop",
            "code": granted["authorization_code"], "code_verifier": verifier}))

    def renew_token(self):
        self.take(self.call("portal", "POST", "/token", form={
            "grant_type": "refresh_token", "client_id": "tajdid-desktop", "refresh_token": self.refresh}))

    def revoke(self):
        self.call("portal", "POST", "/revoke", form={"token": self.refresh, "client_id": "tajdid-desktop"})

    def renew_all(self):
        """Everything that may be renewed, for the shortest time offered; the order and its consignment."""
        permits = self.call("portal", "GET", "/permits")["permits"]
        quotation = self.call("portal", "POST", "/quotations", js={"permits": [
            {"personal_id": permit["personal_id"], "years": (permit["years"] or [1])[0]} for permit in permits]})
        order = self.call("portal", "POST", "/orders", js={"quotation": quotation["id"]}, keyed=True)
        payment = self.call("bank", "POST", "/payments", js={"request": order["payment_request"]}, keyed=True)
        self.call("bank", "POST", f"/payments/{payment['id']}/authorise", keyed=True, js={
            "number": payment["number"], "code": self.ocra(payment["number"], payment["signing_text"])})
        end = time.time() + 90
        while order["state"] not in ("delivered", "expired", "voided") and time.time() < end:
            time.sleep(.25)
            order = self.call("portal", "GET", f"/orders/{order['id']}")
        return order, self.call("post", "GET", f"/consignments/{order['consignment']}")


def read_token(path):
    secret = {}
    with open(path, encoding="ascii") as file:
        for line in file:
            url = urllib.parse.urlsplit(line.strip())
            personal_id = urllib.parse.unquote(url.path).split(":")[1]
            secret[url.netloc] = urllib.parse.parse_qs(url.query)["secret"][0]
    return personal_id, secret["totp"], secret["ocra"]


def main(port_file, token_file):
    with open(port_file, encoding="utf-8") as file:
        client = Client(json.load(file), *read_token(token_file))
    client.sign_in()
    order, consignment = client.renew_all()
    client.renew_token()
    client.revoke()
    try:
        client.renew_token()
        ended = False
    except Refused as refusal:
        ended = refusal.problem["type"] == "urn:tajdid:problem:grant-invalid"
    print(json.dumps({"order": order, "consignment": consignment, "session_ended": ended}))


if __name__ == "__main__":
    main(*sys.argv[1:])
