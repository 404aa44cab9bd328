#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is not plainly one request is refused and its connection closed; nobody can hold a thread."""
import concurrent.futures
import contextlib
import json
import resource
import socket
import time
import urllib.parse

import harness
from harness import Services, test

SERVICES = Services(limits={"connections-per-address": 6000, "requests-per-second": 0})
HOST = "Host: 127.0.0.1\r\n"
IDLE = 5000
IDLERS = []


def connect():
    address = urllib.parse.urlsplit(SERVICES.bases["portal"])
    return socket.create_connection((address.hostname, address.port), timeout=5 * harness.SLOW)


def read_answer(connection):
    """Status and body of one answer; None where the connection was closed instead."""
    data = b""
    with contextlib.suppress(ConnectionResetError):
        while b"\r\n\r\n" not in data:
            piece = connection.recv(65536)
            if not piece:
                return None
            data += piece
    if b"\r\n\r\n" not in data:
        return None
    head, _, body = data.partition(b"\r\n\r\n")
    length = next((int(line.split(b":")[1]) for line in head.split(b"\r\n")
                   if line.lower().startswith(b"content-length:")), 0)
    while len(body) < length:
        body += connection.recv(65536)
    return int(head.split()[1]), body[:length]


def send(text):
    with connect() as connection:
        connection.sendall(text if isinstance(text, bytes) else text.encode("latin-1"))
        answer = read_answer(connection)
        closed = True
        if answer is not None:
            with contextlib.suppress(ConnectionResetError):
                closed = connection.recv(1) == b""
    return answer, closed


def refused(text, names=("malformed",), status=400):
    answer, closed = send(text)
    assert closed, (text, "the connection stays open")
    if answer is None:
        return  # cut off without a word is a refusal too
    code, body = answer
    if body.startswith(b"{"):
        assert code == status and json.loads(body)["type"].split(":")[-1] in names, (text, answer)
    else:  # the HTTP library's own words, before ours are asked
        assert 400 <= code < 500 or code in (501, 505), (text, answer)


@test
def a_plain_request_is_answered():
    with connect() as connection:
        for _ in range(3):  # and another on the same connection
            connection.sendall(f"GET /healthz HTTP/1.1\r\n{HOST}\r\n".encode())
            status, body = read_answer(connection)
            assert status == 200 and json.loads(body)["party"] == "portal"


@test
def ambiguous_framing_is_refused():
    get = "GET /healthz HTTP/1.1\r\n" + HOST
    post = "POST /challenge HTTP/1.1\r\n" + HOST
    for text in (
            post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
            post + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
            post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            post + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
            post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            post + "Content-Length: +5\r\n\r\nhello",
            post + "Content-Length: 0x5\r\n\r\nhello",
            post + "Content-Length: 5, 5\r\n\r\nhello",
            post + "Content-Length: -1\r\n\r\n",
            post + "Content-Length: 99999999999999999999\r\n\r\n",
            get + "Host: elsewhere\r\n\r\n",
            "GET /healthz HTTP/1.1\r\n\r\n",
            get + "DPoP: a\r\nDPoP: b\r\n\r\n",
            get + "Authorization: a\r\nauthorization: b\r\n\r\n",
            "GET /healthz HTTP/1.1\nHost: 127.0.0.1\n\n",
            get + "X-Odd: a\n\r\n",
            get + "X-Folded: a\r\n b\r\n\r\n",
            get + "X-Folded: a\r\n\tb\r\n\r\n",
            get + " X-Led: a\r\n\r\n",
            get + "X-Spaced : a\r\n\r\n",
            get + "X-Nul: a\0b\r\n\r\n",
            get + "X-Nul\0: a\r\n\r\n",
            get + "No colon\r\n\r\n",
            "GET  /healthz HTTP/1.1\r\n" + HOST + "\r\n",
            "GET /healthz\tHTTP/1.1\r\n" + HOST + "\r\n",
            "GET /healthz HTTP/9.9\r\n" + HOST + "\r\n"):
        refused(text)


@test
def odd_methods_and_targets_are_refused():
    for method in ("TRACE", "CONNECT", "OPTIONS", "GETS", "get", "DELETE"):
        answer, _ = send(f"{method} /healthz HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n")
        assert answer is None or answer[0] in (400, 405, 501), (method, answer)
    for target in ("/a/../healthz", "/./healthz", "/healthz/", "//healthz", "/%68ealthz", "healthz", "*",
                   "http://127.0.0.1/healthz", "/healthz#x", "/healthz;x"):
        answer, _ = send(f"GET {target} HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n")
        assert answer is None or answer[0] in (400, 404), (target, answer)


@test
def size_is_capped():
    refused("POST /challenge HTTP/1.1\r\n" + HOST + f"Content-Length: {256 * 1024 + 1}\r\n\r\n",
            names=("too-large",), status=413)
    refused("GET /healthz HTTP/1.1\r\n" + HOST + "X-Long: " + "a" * 100000 + "\r\n\r\n")
    refused("GET /" + "a" * 100000 + " HTTP/1.1\r\n" + HOST + "\r\n")
    refused("GET /healthz HTTP/1.1\r\n" + HOST + "".join(f"X-{n}: a\r\n" for n in range(10000)) + "\r\n")


@test
def thousands_may_be_connected_and_idle():
    """They are cut off at their deadline, which who_drips_is_cut_off waits for."""
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if limit < IDLE + 500:
        harness.skip(f"only {limit} files may be open")
    with connect() as patient:
        for _ in range(IDLE):
            IDLERS.append(connect())
        took = []
        for _ in range(1000):
            began = time.perf_counter()
            patient.sendall(f"GET /jwks HTTP/1.1\r\n{HOST}\r\n".encode())
            assert read_answer(patient)[0] == 200
            took.append(time.perf_counter() - began)
    assert sorted(took)[990] < 0.5 * harness.SLOW, sorted(took)[990]


@test
def slow_clients_hold_nobody_up():
    stuck = [connect() for _ in range(100)]
    try:
        for connection in stuck:
            connection.sendall(b"POST /challenge HTTP/1.1\r\n" + HOST.encode() + b"Content-Length: 500\r\n\r\nx")
        began = time.monotonic()
        answer, _ = send(f"GET /healthz HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n")
        assert answer[0] == 200 and time.monotonic() - began < 2 * harness.SLOW
    finally:
        for connection in stuck:
            connection.close()


def drip(head, piece):
    """Seconds until the connection of one who sends a piece now and then is cut."""
    began = time.monotonic()
    with connect() as connection:
        connection.sendall(head)
        try:
            while time.monotonic() - began < 90:
                connection.sendall(piece)
                connection.settimeout(0.5)
                with contextlib.suppress(TimeoutError):
                    if connection.recv(1) == b"":
                        break
        except OSError:
            pass
    return time.monotonic() - began


@test
def who_drips_is_cut_off():
    post = b"POST /challenge HTTP/1.1\r\n" + HOST.encode() + b"Content-Length: 1000\r\n\r\n"
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        head = pool.submit(drip, b"GET /healthz HTTP/1.1\r\n" + HOST.encode(), b"X-A: a\r\n")
        line = pool.submit(drip, b"GET /", b"a")
        body = pool.submit(drip, post, b"a")
        silent = pool.submit(drip, b"", b"")
    assert 15 < body.result() < 25, body.result()
    for waiting in (head, line, silent):
        assert 25 < waiting.result() < 45, waiting.result()


@test
def the_idle_ones_are_gone():
    open_still = 0
    for connection in IDLERS:
        connection.settimeout(5 * harness.SLOW)
        with contextlib.suppress(ConnectionResetError):
            open_still += connection.recv(1) != b""
        connection.close()
    assert open_still == 0


@test
def many_at_once_are_all_answered():
    waiting = [connect() for _ in range(300)]
    for connection in waiting:
        connection.sendall(f"GET /jwks HTTP/1.1\r\n{HOST}\r\n".encode())
    for connection in waiting:
        status, body = read_answer(connection)
        assert status == 200 and json.loads(body)["keys"][0]["crv"] == "P-256"
        connection.close()


@test
def the_process_is_well_after_all_this():
    with connect() as connection:
        connection.sendall(f"GET /healthz HTTP/1.1\r\n{HOST}\r\n".encode())
        assert read_answer(connection)[0] == 200
    assert SERVICES.stop() == 0


if __name__ == "__main__":
    harness.run(SERVICES)
