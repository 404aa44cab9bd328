#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program: four parties in four processes, parties that are away, exit codes, the port file."""
import json
import os
import signal
import stat
import subprocess
import tempfile
import time

import harness
from harness import PARTIES, SERVICES as PROGRAM, Services, free_port, refused, test

SARA = "27612405934"


class Apart:
    """A process a party, each with its own state, knowing the others by addresses and public keys."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="tajdid-apart-")
        self.ports = {party: free_port() for party in PARTIES}
        self.config = os.path.join(self.folder, "parties.conf")
        self.parties = {}
        with open(self.config, "w", encoding="utf-8") as file:
            for party in PARTIES:
                file.write(f"[{party}]\nbase=http://127.0.0.1:{self.ports[party]}\n"
                           f"listen=127.0.0.1:{self.ports[party]}\nkey=keys/{party}.jwk\n")
        for party in PARTIES:
            self.parties[party] = Services(state=self.folder, extra=("--only", party, "--config", self.config))

    def make_keys(self):
        """A first start of all four in one makes keys and tokens; operators would carry them over."""
        with Services(state=self.folder):
            pass


@test
def four_processes_carry_a_renewal():
    apart = Apart()
    apart.make_keys()
    try:
        for services in apart.parties.values():
            services.start()
        portal = apart.parties["portal"]
        assert portal.bases == {party: f"http://127.0.0.1:{port}" for party, port in apart.ports.items()}
        client = portal.client(SARA)
        client.sign_in()
        quotation = client.quote([(SARA, 1)])
        order = client.place_order(quotation)
        payment = client.start_payment(order)
        apart.parties["ministry"].stop()
        client.authorise(payment, client.token.signing_code(payment["number"], payment["signing_text"]))
        client.wait_for(order["id"], {"authorised"})
        refused("party-unreachable", 502, client.permits)  # the ministry is away: said so, nothing lost
        time.sleep(0.5)
        assert client.order(order["id"])["state"] == "authorised"
        apart.parties["ministry"].start()
        apart.parties["portal"].stop()
        apart.parties["post"].kill()
        apart.parties["post"].start()  # it believes tokens by the keys of its configuration, and asks nobody
        refused("not-found", 404, client.consignment, "con-aaaaaaaaaaaaaaaaaaaa")
        apart.parties["portal"].start()
        apart.parties["bank"].kill()
        apart.parties["bank"].start()
        order = client.wait_for(order["id"], {"delivered"}, seconds=60 * harness.SLOW)
        assert order["captured"] == 102000  # FACTS: work, one year, with its post
    finally:
        codes = {party: services.stop() for party, services in apart.parties.items()}
    assert set(codes.values()) == {0}, codes
    code, said = portal.audit("--settled")
    assert code == 0, said
    harness.shutil.rmtree(apart.folder)


def exit_code(*arguments):
    run = subprocess.run([PROGRAM, *arguments], capture_output=True, timeout=60, check=False)
    assert run.stderr, "it says why"
    return run.returncode


@test
def it_says_why_it_does_not_start():
    with tempfile.TemporaryDirectory(prefix="tajdid-") as folder:
        state = os.path.join(folder, "state")
        assert exit_code() == 2
        assert exit_code("--state-dir", state, "--only", "police") == 2
        assert exit_code("--state-dir", state, "--sandbox", "--pace", "0") == 2
        assert exit_code("--state-dir", state, "--config", os.path.join(folder, "none")) == 3
        assert exit_code("--state-dir", state, "--only", "bank") == 3  # where are the others?
        assert exit_code("--state-dir", "/proc/nowhere") == 4
        config = os.path.join(folder, "parties.conf")
        with open(config, "w", encoding="utf-8") as file:
            file.write("[bank]\nlisten=192.0.2.1:80\n")  # an address of documentation: not ours
        assert exit_code("--state-dir", state, "--config", config) == 5
        with Services(state=state):
            assert exit_code("--state-dir", state) == 4  # taken
        with open(os.path.join(state, "bank.db"), "r+b") as file:
            file.write(b"not a database at all")
        assert exit_code("--state-dir", state) == 4


@test
def files_of_the_state_are_private_and_the_port_file_goes():
    services = Services().start()
    for folder in ("keys", "tokens"):
        for name in os.listdir(os.path.join(services.state, folder)):
            mode = os.stat(os.path.join(services.state, folder, name)).st_mode
            assert stat.S_IMODE(mode) == 0o600, name
    for party in PARTIES:
        assert stat.S_IMODE(os.stat(os.path.join(services.state, party + ".db")).st_mode) == 0o600
    with open(services.ports, encoding="utf-8") as file:
        assert set(json.load(file)) == set(PARTIES)
    began = time.monotonic()
    services.process.send_signal(signal.SIGINT)
    assert services.stop() == 0 and time.monotonic() - began < 5 * harness.SLOW
    assert not os.path.exists(services.ports)
    harness.shutil.rmtree(services.state)


@test
def the_log_is_json_with_request_ids():
    services = Services().start()
    client = services.client(SARA)
    client.sign_in()
    problem = refused("not-found", 404, client.order, "ord-aaaaaaaaaaaaaaaaaaaa")
    services.stop()
    with open(os.path.join(services.state, "services.log"), encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    request_id = problem.document["instance"].rsplit(":", 1)[1]
    (line,) = [line for line in lines if line.get("request") == request_id]
    assert line["path"] == "/orders/{id}" and line["status"] == 404 and line["caller"] == "person"
    assert line["problem"] == "not-found" and line["party"] == "portal" and line["time"]
    harness.shutil.rmtree(services.state)


if __name__ == "__main__":
    harness.main()
