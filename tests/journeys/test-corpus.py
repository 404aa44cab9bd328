#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every request of corpus.txt is refused, whole and in pieces; none reaches a handler, nothing is stored, and the
process is well afterwards."""
import collections
import contextlib
import json
import os
import re
import socket
import time
import urllib.parse

import harness
from harness import Services, foreign, test

SARA = "27612405934"
SERVICES = Services(pace=1)
CORPUS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "corpus.txt")
COUNTS = collections.Counter()
ESCAPE = re.compile(r"\\(r|n|t|\\|x[0-9a-f]{2})")
SEEN = {"r": b"\r", "n": b"\n", "t": b"\t", "\\": b"\\"}


def entries():
    with open(CORPUS, encoding="utf-8") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                name, allowed, text = line.rstrip("\n").split("\t")
                yield name, allowed.split(), text


def to_bytes(text):
    parts, at = [], 0
    for match in ESCAPE.finditer(text):
        parts.append(text[at:match.start()].encode())
        parts.append(SEEN.get(match[1]) or bytes([int(match[1][1:], 16)]))
        at = match.end()
    return b"".join(parts + [text[at:].encode()])


def headers(client, request):
    method, target = request.split(b" ")[:2]
    url = SERVICES.bases["portal"] + target.split(b"?")[0].decode()
    proof = client.proof("portal", method.decode(), url, client.access_token)
    bare = client.proof("portal", method.decode(), url)
    token = f"Authorization: DPoP {client.access_token}\r\n"
    return {b"PERSON": (token + f"DPoP: {proof}\r\n").encode(), b"TOKEN": token.encode(),
            b"CLIENT": f"DPoP: {bare}\r\n".encode()}


def build(client, text):
    request = to_bytes(text)
    request = re.sub(rb"<<((?:(?!>>).){1,60}?)\*(\d+)>>", lambda m: m[1].replace(b"|", b"\r\n") * int(m[2]), request)
    request = request.replace(b"<<HOST>>", b"Host: 127.0.0.1\r\n")
    if b"<<LENGTH>>" in request:
        body = request.partition(b"\r\n\r\n")[2]
        request = request.replace(b"<<LENGTH>>", b"Content-Length: %d\r\n" % len(body))
    if re.search(rb"<<(PERSON|TOKEN|CLIENT)>>", request):
        for name, value in headers(client, request).items():
            request = request.replace(b"<<" + name + b">>", value)
    assert b"<<" not in request and b">>" not in request, request[:200]
    return request


def answer_to(request, pieces):
    """The status of the answer, or "closed"; who sent half a request ends it after a while."""
    address = urllib.parse.urlsplit(SERVICES.bases["portal"])
    with socket.create_connection((address.hostname, address.port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with contextlib.suppress(ConnectionResetError, BrokenPipeError):
            for piece in pieces(request):
                connection.sendall(piece)
        try:
            connection.settimeout(0.4 * harness.SLOW)
            data = read_some(connection)
        except TimeoutError:
            connection.shutdown(socket.SHUT_WR)
            connection.settimeout(5 * harness.SLOW)
            data = read_some(connection)
    return int(data.split()[1]) if data.startswith(b"HTTP/1.1 ") else "closed"


def read_some(connection):
    try:
        return connection.recv(65536)
    except ConnectionResetError:
        return b""


def is_allowed(answer, allowed):
    if answer == "closed":
        return "refused" in allowed or "closed" in allowed
    return str(answer) in allowed or ("refused" in allowed and (400 <= answer < 500 or answer in (501, 505)))


def whole(request):
    yield request


def halved(request):
    middle = len(request) // 2
    yield request[:middle]
    time.sleep(0.002)
    yield request[middle:]


def byte_by_byte(request):
    if len(request) > 300:
        yield from halved(request)
        return
    for at in range(len(request)):
        yield request[at:at + 1]


def stored():
    """All but the count of sessions' uses: the client of this test is signed in."""
    return SERVICES.fingerprint(without=("portal.sessions",))


def log_lines():
    with open(os.path.join(SERVICES.state, "services.log"), encoding="utf-8") as log:
        return [json.loads(line) for line in log]


def refuse_all(pieces):
    client = SERVICES.client(SARA)
    with contextlib.closing(SERVICES.database("portal")) as database:  # the code may be used again
        database.execute("UPDATE attempts SET last_step = 0")
        database.commit()
    client.sign_in()
    before, lines = stored(), len(log_lines())
    wrong = []
    for name, allowed, text in entries():
        answer = answer_to(build(client, text), pieces)
        COUNTS[answer] += 1
        if not is_allowed(answer, allowed):
            wrong.append(f"{name}: {answer}, not {' '.join(allowed)}")
    assert not wrong, "\n".join(wrong)
    assert stored() == before
    reached = [line for line in log_lines()[lines:] if line["event"] == "request" and line["status"] < 400]
    failed = [line for line in log_lines()[lines:] if line["event"] == "failure"]
    assert not reached and not failed, (reached[:3], failed[:3])


@test
def the_corpus_is_large_and_each_entry_is_its_own():
    listed = list(entries())
    assert len(listed) >= 300
    assert len({name for name, _, _ in listed}) == len({text for _, _, text in listed}) == len(listed)


@test
def every_one_is_refused_in_one_piece():
    refuse_all(whole)


@test
def every_one_is_refused_in_two_pieces():
    refuse_all(halved)


@test
def every_one_is_refused_byte_by_byte():
    refuse_all(byte_by_byte)


@test
def the_process_is_well_after_all_this():
    print("# answers:", ", ".join(f"{answer} {count}" for answer, count in COUNTS.most_common()), flush=True)
    client = SERVICES.client(SARA)
    status, _, _ = client.exchange("portal", "GET", "/healthz")
    assert status == 200 and SERVICES.stop() == 0


if __name__ == "__main__":
    harness.run(SERVICES)
