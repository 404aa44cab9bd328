# SPDX-License-Identifier: GPL-3.0-or-later
"""Real service processes for the journeys: started on a directory of their own, stopped, killed;
and TAP, a line a test."""
import contextlib
import hashlib
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "foreign"))
import client as foreign  # noqa: E402

SERVICES = os.environ["TAJDID_SERVICES"]
AUDIT = os.environ["TAJDID_AUDIT"]
PARTIES = ("portal", "ministry", "bank", "post")
SLOW = float(os.environ.get("TAJDID_SLOW", "1"))  # sanitized builds take longer for the same work


class Watch:
    """What a database holds, read again only when somebody has committed to it."""

    def __init__(self, database):
        self.database, self.version, self.known = database, None, None

    def prints(self):
        version = self.database.execute("PRAGMA data_version").fetchone()
        if version != self.version:
            self.version = version
            self.known = {name: self.digest(name) for (name,) in self.database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()}
        return self.known

    def digest(self, table):
        columns = "id, step, subject, parameter, request" if table == "outbox" else "*"
        rows = repr(sorted(map(repr, self.database.execute(f"SELECT {columns} FROM {table}"))))
        return hashlib.sha256(rows.encode()).hexdigest()


class Services:
    """One process, all four parties unless told otherwise."""

    def __init__(self, state=None, pace=1000000, extra=(), limits=None):
        self.owned = state is None
        self.state = state or tempfile.mkdtemp(prefix="tajdid-")
        self.ports = os.path.join(self.state, f"ports-{os.getpid()}-{id(self)}.json")
        self.arguments = [SERVICES, "--sandbox", "--state-dir", self.state, "--port-file", self.ports,
                          "--pace", str(pace), *extra]
        if limits:
            config = os.path.join(self.state, "limits.conf")
            with open(config, "w", encoding="ascii") as file:
                file.write("[limits]\n" + "".join(f"{name}={value}\n" for name, value in limits.items()))
            self.arguments += ["--config", config]
        self.process = None
        self.bases = None
        self.watches = {}

    def start(self):
        self.log = open(os.path.join(self.state, "services.log"), "ab")
        preload = {"LD_PRELOAD": os.environ["TAJDID_PRELOAD"]} if "TAJDID_PRELOAD" in os.environ else {}
        self.process = subprocess.Popen(self.arguments, stderr=self.log, env={**os.environ, **preload})
        deadline = time.monotonic() + 30 * SLOW
        while not os.path.exists(self.ports):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"services do not come up: {self.process.poll()}\n{self.tail()}")
            time.sleep(0.005)
        with open(self.ports, encoding="utf-8") as file:
            self.bases = json.load(file)
        return self

    def tail(self):
        with open(os.path.join(self.state, "services.log"), encoding="utf-8") as file:
            return "".join(file.readlines()[-20:])

    def races(self):
        """What ThreadSanitizer has said."""
        with open(os.path.join(self.state, "services.log"), encoding="utf-8") as file:
            said = file.read()
        at = said.find("WARNING: ThreadSanitizer")
        return said[at:at + 4000] if at >= 0 else ""

    def look_away(self):
        for watch in self.watches.values():
            watch.database.close()
        self.watches.clear()

    def kill(self):
        self.look_away()
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.log.close()
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.ports)

    def stop(self):
        """SIGTERM, at which it must end well: also the sanitizers speak at the end."""
        self.look_away()
        if self.process.poll() is None:
            self.process.terminate()
        code = self.process.wait(timeout=40 * SLOW)
        self.log.close()
        assert code == 0, f"exit code {code}\n{self.races() or self.tail()}"
        return code

    def client(self, personal_id):
        token = foreign.Token(os.path.join(self.state, "tokens", personal_id + ".token"))
        return foreign.Client(self.bases, token)

    def database(self, party):
        return sqlite3.connect(os.path.join(self.state, party + ".db"), timeout=10)

    def fingerprint(self, without=()):
        """Everything the four parties have stored, as a digest a table; of an outbox what is to be
        sent, not how often it was tried. The open figures are counted anew every minute: they are left out."""
        prints = {}
        for party in PARTIES:
            watch = self.watches.setdefault(party, Watch(self.database(party)))
            prints.update({f"{party}.{table}": print_ for table, print_ in watch.prints().items()})
        return {table: print_ for table, print_ in prints.items() if table not in ("portal.statistics", *without)}

    def audit(self, *options):
        """The audit of what is stored: its exit code and what it says."""
        run = subprocess.run([AUDIT, *options, self.state], capture_output=True, text=True, check=False)
        return run.returncode, run.stdout + run.stderr

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        if self.process and self.process.poll() is None:
            self.stop()
        if self.owned:
            shutil.rmtree(self.state, ignore_errors=True)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def refused(name, status, function, *arguments, **more):
    """The problem that the call is refused with, which must be this one (None: any)."""
    try:
        answer = function(*arguments, **more)
    except foreign.Problem as problem:
        assert name is None or (problem.name == name and problem.status == status), \
            f"refused with {problem}, not with {status} {name}"
        return problem
    raise AssertionError(f"not refused with {name}: {answer}")


TESTS = []


def test(function):
    TESTS.append(function)
    return function


class Skipped(Exception):
    pass


def skip(why):
    raise Skipped(why)


def main():
    missing = [program for program in ("openssl", "oathtool") if shutil.which(program) is None]
    if missing:
        print(f"1..0 # SKIP {' and '.join(missing)} missing")
        return
    print(f"1..{len(TESTS)}", flush=True)
    failures = 0
    for number, function in enumerate(TESTS, 1):
        name = function.__name__.replace("_", " ")
        try:
            function()
            print(f"ok {number} {name}", flush=True)
        except Skipped as why:
            print(f"ok {number} {name} # SKIP {why}", flush=True)
        except Exception:  # pylint: disable=broad-except
            failures += 1
            print(f"not ok {number} {name}", flush=True)
            print("".join("# " + line + "\n" for line in traceback.format_exc().splitlines()), flush=True)
    sys.exit(1 if failures else 0)


def run(services):
    """All tests of a file on one process, which ends with them."""
    try:
        services.start()
        main()
    finally:
        if services.process is not None and services.process.poll() is None:
            services.stop()
        shutil.rmtree(services.state, ignore_errors=True)
