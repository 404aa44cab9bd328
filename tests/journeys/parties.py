# SPDX-License-Identifier: GPL-3.0-or-later
"""Speaking as one of the parties, with its own key."""
import base64
import json
import os
import secrets
import time

from harness import foreign


class PartyKey(foreign.Key):
    """A party's own key pair, from the state directory, in OpenSSL's hands."""

    def __init__(self, state, name):  # pylint: disable=super-init-not-called
        with open(os.path.join(state, "keys", name + ".jwk"), encoding="utf-8") as file:
            jwk = json.load(file)
        x, y, d = (base64.urlsafe_b64decode(jwk[member] + "==") for member in "xyd")
        der = (bytes.fromhex("30770201010420") + d + bytes.fromhex("a00a06082a8648ce3d030107a14403420004")
               + x + y)
        self.pair = foreign.libcrypto.load(der)
        self.jwk = {member: jwk[member] for member in ("kty", "crv", "x", "y")}
        self.kid = jwk["kid"]

    def operator_jwt(self, name, audience, **changes):
        now = int(time.time())
        claims = {"sub": name, "aud": audience, "iat": now, "exp": now + 60}
        claims.update(changes)
        return self.sign({"alg": "ES256", "typ": "tajdid-operator+jwt", "kid": self.kid}, claims)

    def jwt(self, issuer, audience, **changes):
        now = int(time.time())
        claims = {"iss": issuer, "aud": audience, "iat": now, "exp": now + 60}
        claims.update(changes)
        return self.sign({"alg": "ES256", "typ": "tajdid-party+jwt", "kid": self.kid}, claims)


def unblock(services, party, personal_id):
    """By the party's own staff."""
    jwt = PartyKey(services.state, party + "-operator").operator_jwt("Noura", party)
    status, _, data = services.client("27612405934").exchange(party, "POST", "/unblock", {
        "Authorization": "Bearer " + jwt, "Content-Type": "application/json",
        "Idempotency-Key": f'"{secrets.token_hex(8)}"'},
        foreign.compact({"personal_id": personal_id, "reason": "came to the counter"}))
    assert status == 204 and data == b"", data
