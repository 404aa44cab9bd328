# SPDX-License-Identifier: GPL-3.0-or-later
"""A client of Tajdid's services that shares no code with Tajdid: Python's standard library, OpenSSL for
signatures and oathtool for sign-in codes. The journeys are driven by it; stranger.py beside it was written
by somebody who knew the documents in data/api alone."""
import base64
import hashlib
import hmac
import http.client
import json
import os
import re
import secrets
import subprocess
import time
import urllib.parse

import libcrypto


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def raw_signature(der):
    """The two 32-byte integers of an ECDSA signature in DER, as JWS wants them."""
    def integer(at):
        length = der[at + 1]
        return int.from_bytes(der[at + 2:at + 2 + length], "big").to_bytes(32, "big"), at + 2 + length
    r, at = integer(2)
    s, _ = integer(at)
    return r + s


class Key:
    """A P-256 key pair that OpenSSL made and signs with."""

    def __init__(self):
        self.pair = libcrypto.generate()
        public = libcrypto.public(self.pair)
        self.jwk = {"kty": "EC", "crv": "P-256", "x": base64url(public[-64:-32]),
                    "y": base64url(public[-32:])}

    def sign(self, header, claims):
        return self.sign_bytes(header, compact(claims))

    def sign_bytes(self, header, payload):
        text = base64url(compact(header)) + "." + base64url(payload)
        return text + "." + base64url(raw_signature(libcrypto.sign(self.pair, text.encode())))


class Token:
    """The small device: two secrets, two kinds of code."""

    def __init__(self, path):
        with open(path, encoding="ascii") as file:
            urls = [urllib.parse.urlsplit(line) for line in file.read().split()]
        self.personal_id = urls[0].path.rsplit(":", 1)[1]
        secret = {url.netloc: urllib.parse.parse_qs(url.query) for url in urls}
        self.sign_in_secret = secret["totp"]["secret"][0]
        self.signing_secret = secret["ocra"]["secret"][0]
        self.suite = secret["ocra"]["suite"][0]

    def sign_in_code(self, now=None):
        at = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(now or time.time()))
        return subprocess.run(["oathtool", "--totp=sha256", "-d", "6", "-b", "-N", at, "-"],
                              input=self.sign_in_secret, text=True, check=True,
                              capture_output=True).stdout.strip()

    def signing_code(self, number, text):
        """RFC 6287: the suite, a zero byte, the number as hex padded right to 128 bytes, SHA-512 of
        what was shown."""
        key = base64.b32decode(self.signing_secret + "=" * (-len(self.signing_secret) % 8))
        question = "%x" % int(number)
        message = (self.suite.encode() + b"\0" + bytes.fromhex(question.ljust(256, "0")) +
                   hashlib.sha512(text.encode()).digest())
        digest = hmac.new(key, message, hashlib.sha256).digest()
        offset = digest[-1] & 15
        return "%08d" % ((int.from_bytes(digest[offset:offset + 4], "big") & 0x7fffffff) % 10 ** 8)


class Problem(Exception):
    def __init__(self, status, document):
        super().__init__(f"{status} {document.get('type')}: {document.get('detail')}")
        self.status = status
        self.document = document
        self.name = document.get("type", "").replace("urn:tajdid:problem:", "")


class Client:
    def __init__(self, bases, token):
        self.bases = bases
        self.token = token
        self.key = Key()
        self.nonces = {}
        self.access_token = None
        self.refresh_token = None
        self.connections = {}
        self.source = None  # an address of this machine to come from
        self.tls = None  # an ssl.SSLContext, for https
        self.link = None  # of the newest answer

    def moved(self, bases):
        """The services have been started anew, at other addresses."""
        self.bases, self.nonces, self.connections = bases, {}, {}

    # --- a request: built, proved, sent, read -----------------------------------------------------

    def proof(self, party, method, url, access_token=None, **changes):
        claims = {"jti": secrets.token_hex(16), "htm": method, "htu": url, "iat": int(time.time())}
        if access_token:
            claims["ath"] = base64url(hashlib.sha256(access_token.encode()).digest())
        if party in self.nonces:
            claims["nonce"] = self.nonces[party]
        claims.update(changes)
        return self.key.sign({"typ": "dpop+jwt", "alg": "ES256", "jwk": self.key.jwk}, claims)

    def connect(self, base):
        if base.scheme == "https":
            return http.client.HTTPSConnection(base.netloc, timeout=40, context=self.tls)
        return http.client.HTTPConnection(base.netloc, timeout=40,
                                          source_address=(self.source, 0) if self.source else None)

    def exchange(self, party, method, path, headers=None, body=None):
        """One HTTP exchange, nothing added: status, headers, bytes."""
        base = urllib.parse.urlsplit(self.bases[party])
        for attempt in (0, 1):
            reused = party in self.connections
            connection = self.connections.pop(party, None) or self.connect(base)
            try:
                connection.request(method, path, body=body, headers=headers or {})
                response = connection.getresponse()
                data = response.read()
                break
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                connection.close()
                if attempt or not reused:  # a connection kept too long may be closed; a fresh one not
                    raise
        if not response.will_close:
            self.connections[party] = connection
        if response.headers.get("DPoP-Nonce"):
            self.nonces[party] = response.headers["DPoP-Nonce"]
        return response.status, response.headers, data

    def request(self, party, method, path, json_body=None, form=None, key=None, signed_in=True):
        headers = {}
        body = None
        if json_body is not None:
            headers["Content-Type"] = "application/json"
            body = compact(json_body)
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urllib.parse.urlencode(form).encode()
        if key is not None:
            headers["Idempotency-Key"] = f'"{key}"'
        for _ in range(2):
            url = self.bases[party] + path.split("?")[0]
            access_token = self.access_token if signed_in else None
            if access_token:
                headers["Authorization"] = "DPoP " + access_token
            headers["DPoP"] = self.proof(party, method, url, access_token)
            status, answered, data = self.exchange(party, method, path, headers, body)
            self.link = answered.get("Link")
            if status < 300:
                return json.loads(data) if data else None
            document = json.loads(data)
            if document.get("error") != "use_dpop_nonce":
                break
        raise Problem(status, document)

    def pages(self, party, path):
        """Each page of a list, by the addresses that the pages give (RFC 8288)."""
        while path:
            page = self.request(party, "GET", path)
            following = re.fullmatch(r'<([^>]+)>; rel="next"', self.link) if self.link else None
            assert following or not self.link, self.link
            assert not following or following[1].startswith(self.bases[party] + "/"), self.link
            path = following[1][len(self.bases[party]):] if following else None
            yield page

    # --- signing in -------------------------------------------------------------------------------

    def sign_in(self, code=None, personal_id=None):
        verifier = secrets.token_urlsafe(48)
        challenge = base64url(hashlib.sha256(verifier.encode()).digest())
        granted = self.request("portal", "POST", "/challenge", form={
            "client_id": "tajdid-desktop", "scope": "renew pay follow", "code_challenge": challenge,
            "code_challenge_method": "S256", "personal_id": personal_id or self.token.personal_id,
            "code": code or self.token.sign_in_code()}, signed_in=False)
        return self.take(self.request("portal", "POST", "/token", form={
            "grant_type": "authorization_code", "client_id": "tajdid-desktop",
            "code": granted["authorization_code"], "code_verifier": verifier}, signed_in=False))

    def refresh(self, **more):
        return self.take(self.request("portal", "POST", "/token", form={
            "grant_type": "refresh_token", "client_id": "tajdid-desktop",
            "refresh_token": self.refresh_token, **more}, signed_in=False))

    def take(self, reply):
        self.access_token = reply["access_token"]
        self.refresh_token = reply["refresh_token"]
        return reply

    # --- the renewal ------------------------------------------------------------------------------

    def account(self):
        return self.request("portal", "GET", "/account")

    def permits(self):
        return self.request("portal", "GET", "/permits")["permits"]

    def quote(self, wishes, renewer=None):
        asked = {"permits": [{"personal_id": wish[0], "years": wish[1], **dict(wish[2:])} for wish in wishes]}
        if renewer is not None:
            asked["renewer"] = renewer
        return self.request("portal", "POST", "/quotations", json_body=asked)

    def place_order(self, quotation, key=None):
        return self.request("portal", "POST", "/orders", json_body={"quotation": quotation["id"]},
                            key=key or secrets.token_hex(16))

    def order(self, order_id):
        return self.request("portal", "GET", "/orders/" + order_id)

    def cancel(self, order_id, key=None):
        return self.request("portal", "POST", f"/orders/{order_id}/cancel", key=key or secrets.token_hex(16))

    def statement(self, order_id):
        return self.request("portal", "GET", f"/orders/{order_id}/statement")["text"]

    def approve(self, order_id, text, key=None):
        """A signature over exactly this text, by the key of the session, without the text."""
        return self.request("portal", "POST", f"/orders/{order_id}/approve",
                            json_body={"signature": self.sign_detached(text)}, key=key or secrets.token_hex(16))

    def sign_detached(self, text, **changes):
        header = dict({"typ": "tajdid-approval+jws", "alg": "ES256", "jwk": self.key.jwk}, **changes)
        head, _, signature = self.key.sign_bytes(header, text.encode()).split(".")
        return f"{head}..{signature}"

    def bill(self, order_ids, key=None):
        return self.request("portal", "POST", "/bills", json_body={"orders": order_ids},
                            key=key or secrets.token_hex(16))

    def receipt(self, order_id):
        return self.request("portal", "GET", f"/orders/{order_id}/receipt")

    def start_payment(self, order, key=None):
        """By an order that is billed alone, or a bill."""
        return self.request("bank", "POST", "/payments",
                            json_body={"request": order.get("payment_request") or order["request"]},
                            key=key or secrets.token_hex(16))

    def pay(self, order):
        """By the code that the token makes for what the bank says."""
        payment = self.start_payment(order)
        return self.authorise(payment, self.token.signing_code(payment["number"], payment["signing_text"]))

    def authorise(self, payment, code, key=None):
        return self.request("bank", "POST", f"/payments/{payment['id']}/authorise",
                            json_body={"number": payment["number"], "code": code},
                            key=key or secrets.token_hex(16))

    def payment(self, payment_id):
        return self.request("bank", "GET", "/payments/" + payment_id)

    def consignment(self, consignment_id):
        return self.request("post", "GET", "/consignments/" + consignment_id)

    def wait_for(self, order_id, states, seconds=60):
        deadline = time.monotonic() + seconds
        while True:
            order = self.order(order_id)
            if order["state"] in states:
                return order
            if time.monotonic() > deadline:
                raise TimeoutError(f"{order_id} is still {order['state']}")
            time.sleep(0.1)


def shown_amount(signing_text):
    """What the text says, in dirhams: never sign what was not asked for."""
    riyals, dirhams = re.search(r"^Amount: QAR ([0-9,]+)\.([0-9]{2})$", signing_text, re.M).groups()
    return int(riyals.replace(",", "")) * 100 + int(dirhams)


def tokens_in(directory):
    return [Token(os.path.join(directory, name)) for name in sorted(os.listdir(directory))
            if name.endswith(".token")]
