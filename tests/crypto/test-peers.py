#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our codes and signatures against independent peers, a thousand random cases each: oathtool, jose, and
for OCRA, which has no peer, the foreign client's own reckoning. TAJDID_SEED repeats a run."""
import base64
import json
import os
import random
import shutil
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "journeys"))
import harness  # noqa: E402
from harness import foreign, test  # noqa: E402

CASES = 1000
SEED = int(os.environ.get("TAJDID_SEED", time.time()))
ANSWER = os.environ["TAJDID_ANSWER_PEERS"]
chance = random.Random(SEED)


def encode(data):
    return foreign.base64url(data)


def decode(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def ours(questions):
    run = subprocess.run([ANSWER], input="".join(q + "\n" for q in questions), text=True, check=True,
                         capture_output=True)
    answers = run.stdout.splitlines()
    assert len(answers) == len(questions)
    return answers


def compare(questions, theirs):
    wrong = [(q, a, b) for q, a, b in zip(questions, ours(questions), theirs) if a != b]
    assert len(theirs) == CASES and not wrong, f"{len(wrong)} differ with seed {SEED}: {wrong[:3]}"


@test
def hotp_is_oathtools():
    cases = [(chance.randbytes(chance.randint(16, 64)), chance.choice((6, 7, 8)), chance.randrange(2 ** 48))
             for _ in range(CASES)]
    compare([f"hotp sha1 {digits} {encode(key)} {counter}" for key, digits, counter in cases],
            [peers.hotp(key, counter, digits) for key, digits, counter in cases])


@test
def totp_is_oathtools():
    cases = [(chance.choice(("sha1", "sha256", "sha512")), chance.randbytes(chance.randint(16, 64)),
              chance.choice((6, 8)), chance.randrange(4102444800)) for _ in range(CASES)]
    compare([f"sign-in {encode(key)} {now}" if name == "sha256" and digits == 6 else
             f"hotp {name} {digits} {encode(key)} {now // 30}" for name, key, digits, now in cases],
            [peers.totp(name, key, now, digits) for name, key, digits, now in cases])
    assert sum(1 for name, _, digits, _ in cases if name == "sha256" and digits == 6) > 100


@test
def payment_codes_are_the_foreign_clients():
    token = object.__new__(foreign.Token)
    token.suite = "OCRA-1:HOTP-SHA256-8:QN08-S064"
    questions, theirs = [], []
    for _ in range(CASES):
        key, number = chance.randbytes(32), f"{chance.randrange(10 ** 8):08d}"
        text = "".join(chance.choice("abc ٠١٢تجديد€\n:") for _ in range(chance.randint(1, 400)))
        token.signing_secret = base64.b32encode(key).decode().rstrip("=")
        questions.append(f"payment {encode(key)} {number} {encode(text.encode())}")
        theirs.append(token.signing_code(number, text))
    compare(questions, theirs)


def jose(*arguments, stdin=b""):
    return subprocess.run(["jose", *arguments], input=stdin, capture_output=True, check=False)


def new_keys(n):
    """Of jose's making, as it writes them and as we read them."""
    keys = []
    for _ in range(n):
        made = json.loads(jose("jwk", "gen", "-i", '{"alg":"ES256"}').stdout)
        keys.append({member: made[member] for member in ("kty", "crv", "x", "y", "d")})
    return keys


@test
def thumbprints_are_joses():
    keys = new_keys(20)
    theirs = [jose("jwk", "thp", "-i-", "-a", "S256", stdin=foreign.compact(key)).stdout.decode().strip() for key in keys]
    assert ours([f"thumbprint {encode(foreign.compact(key))}" for key in keys]) == theirs


@test
def our_signatures_are_good_with_jose_and_theirs_with_us():
    keys = new_keys(10)
    payloads = [json.dumps({"n": n, "text": encode(chance.randbytes(chance.randint(0, 90)))}).encode()
                for n in range(CASES)]
    encoded = [encode(foreign.compact(key)) for key in keys]
    read = [peers.Json(key) for key in keys]
    made = ours([f"sign {encoded[n % 10]} {encode(payload)}" for n, payload in enumerate(payloads)])
    assert [decode(jws.split(".")[1]) for jws in made] == payloads
    assert all(peers.verify(jws, read[n % 10]) for n, jws in enumerate(made)), SEED
    theirs = [peers.sign(payload, read[n % 10], {"alg": "ES256", "typ": "peer"}) for n, payload in enumerate(payloads)]
    answers = ours([f"verify {encoded[n % 10]} {jws}" for n, jws in enumerate(theirs)])
    assert [decode(answer) for answer in answers] == payloads, SEED

    def tampered(jws):
        at = chance.randrange(jws.index(".") + 1, jws.rindex(".") + 80)
        other = "A" if jws[at] != "A" else "B"
        return jws if jws[at] == "." else jws[:at] + other + jws[at + 1:]

    bad = [(n, tampered(jws)) for n, jws in enumerate(theirs[:100])]
    bad = [(n, jws) for n, jws in bad if jws != theirs[n]]
    assert set(ours([f"verify {encoded[n % 10]} {jws}" for n, jws in bad])) == {"no"}
    spoilt = [(n, tampered(made[n])) for n in range(20)]
    assert not any(peers.verify(jws, read[n % 10]) for n, jws in spoilt if jws != made[n])
    assert set(ours([f"verify {encoded[(n + 1) % 10]} {jws}" for n, jws in enumerate(theirs[:100])])) == {"no"}


if __name__ == "__main__":
    print(f"# TAJDID_SEED={SEED}")
    if shutil.which("jose") is None:
        print("1..0 # SKIP jose is missing")
    else:
        import peers  # whose libraries come with jose
        harness.main()
