#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Codes, tokens and keys are found nowhere but where they belong: not in what the application and the token's window
have written, said, been called with or have in their environment, not in the report of the diagnostics, and not in
what a crash leaves behind."""
import contextlib
import glob
import os
import re
import resource
import signal
import sqlite3
import subprocess
import tempfile

import bed
from bed import BED, resident, rows, written
from harness import SLOW, skip, test
from renewal import ELEANOR, SARA


def everything_of_process(pid):
    found = {}
    for name in ("cmdline", "environ"):
        with open(f"/proc/{pid}/{name}", "rb") as file:
            found[f"{pid}'s {name}"] = file.read()
    return found


def kept_by_keyring(stage):
    """What the keyring has for us, asked for as any program of the session may: the planted secrets."""
    script = ("import gi; gi.require_version('Secret', '1'); from gi.repository import Secret\n"
              "service = Secret.Service.get_sync(Secret.ServiceFlags.LOAD_COLLECTIONS)\n"
              "for collection in service.get_collections():\n"
              "    for item in collection.get_items():\n"
              "        item.load_secret_sync(); print(item.get_secret().get().hex())\n")
    asked = subprocess.run(["/usr/bin/python3", "-c", script], env=stage.env, capture_output=True, text=True,
                           check=False, timeout=30)
    assert asked.returncode == 0, asked.stderr
    return [bytes.fromhex(line) for line in asked.stdout.split()]


def pieces(kept):
    """A secret as it is kept, and the members of one that is JSON; x and y of a key are public."""
    found = set(kept)
    for secret in kept:
        found.update(piece for name, piece in re.findall(rb'"([a-z_]+)" *: *"([A-Za-z0-9_.-]{20,})"', secret)
                     if name not in (b"x", b"y"))
    return found


def report_of_diagnostics(person):
    """What is copied, pasted where it can be read: a search takes any text."""
    app = person.app
    app.press("F10")
    app.wait(lambda: app.find(re.compile("Diagnostics"), "menu item"), "the menu")
    app.go_to(re.compile("Diagnostics"), "menu item", key="Down")
    app.press("Return")
    app.expect(person.words("Copy Report"), "button", seconds=20)
    app.wait(lambda: "sensitive" in app.find(person.words("Copy Report"), "button").states, "the report", 30)
    app.go_to(person.words("Copy Report"), "button")
    app.press("Return")
    app.expect(re.compile("There is nothing secret in it"))
    app.press("Escape")
    app.wait(lambda: len(app.windows()) == 1, "the diagnostics go")
    bed.take_keyboard(app.stage)
    app.press("ctrl+f", "ctrl+a", "ctrl+v")
    report = app.wait(lambda: (node := app.focused()) is not None and node.text, "the report is pasted")
    assert "Tajdid" in report and "GTK" in report, report
    return report.encode()


@test
def secrets_are_nowhere_else():
    heard = []

    def listen(line, document):
        if line.endswith("/token"):
            heard.extend((document["access_token"], document["refresh_token"]))
        return document

    with resident(SARA, environment={"G_MESSAGES_DEBUG": "all",
                                     "TAJDID_SANDBOX_TOKENS": os.path.join(BED.state, "tokens")}) as person:
        BED.portal.rewrite = listen
        app = person.app
        person.wait_for_sign_in()
        sign_in_code = person.fresh_code()
        person.enter(SARA, sign_in_code)
        person.wait_for_permits()
        report = report_of_diagnostics(person)
        app.clear()
        person.choose(SARA)
        person.review()
        person.to_payment()
        found = {}
        with person.open_token() as token:
            signing_code = token.show_signing_code()
            found.update(everything_of_process(token.process_id()))
        person.pay(signing_code)
        person.wait_until_paid()
        home = app.stage.home
        kept = kept_by_keyring(app.stage)
        secrets = pieces(kept) | {word.encode() for word in (sign_in_code, signing_code, person.token.sign_in_secret,
                                                             person.token.signing_secret, *heard)}
        assert len(heard) >= 2 and len(secrets) >= 9, (len(heard), len(secrets))
        assert any(heard[-1].encode() in secret for secret in kept), "the keyring has another refresh token"
        found.update(everything_of_process(app.pid))
        found["report"] = report
        app.quit()
        found.update(written(home))
        assert len(found) > 8, sorted(found)
        with open(os.path.join(BED.state, "services.log"), "rb") as file:
            found["services.log"] = file.read()
        for name, content in found.items():
            for secret in secrets:
                assert secret not in content, f"a secret is in {name}"
            assert b"eyJ" not in content or name.endswith(".cache"), f"a token is in {name}"


# --- what a crash leaves ----------------------------------------------------------------------------


def dumps_in(folder):
    return glob.glob(os.path.join(folder, "core*"))


def crash(process, folder):
    process.send_signal(signal.SIGABRT)
    assert process.wait(timeout=60 * SLOW) == -signal.SIGABRT
    return dumps_in(folder)


@contextlib.contextmanager
def where_dumps_go():
    """A folder in which a program that crashes leaves its memory; skipped where the system puts it elsewhere."""
    with open("/proc/sys/kernel/core_pattern", encoding="ascii") as file:
        pattern = file.read().strip()
    if not pattern.startswith("core"):
        skip(f"dumps go to {pattern}")
    limits = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (limits[1], limits[1]))  # what we start may leave as much as it can
    try:
        with tempfile.TemporaryDirectory(prefix="tajdid-dumps-") as folder:
            if not crash(subprocess.Popen(["sleep", "1000"], cwd=folder), folder):
                skip("nothing leaves a dump here")
            for path in dumps_in(folder):
                os.unlink(path)
            yield folder
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, limits)


@test
def a_crash_leaves_no_memory_behind():
    with where_dumps_go() as folder, bed.Stage() as stage:
        app = stage.start_app("--addresses", BED.addresses, cwd=folder)
        person = bed.Resident(app, SARA, os.path.join(BED.state, "tokens"))
        person.sign_in()
        assert crash(app.process, folder) == [], "the application has left its memory"
        stage.env["TAJDID_SANDBOX_TOKENS"] = os.path.join(BED.state, "tokens")
        token = stage.start(os.environ["TAJDID_TOKEN"], "--person", SARA, "--language", "en", cwd=folder)
        stage.focus("app.tajdid.Token|tajdid-token")
        assert crash(token, folder) == [], "the token's window has left its memory"


@test
def hostile_names_are_shown_harmless():
    hostile = "<b>Bold</b> &amp; %n%s ‮txet ‮⁦" + "x" * 30
    with sqlite3.connect(os.path.join(BED.state, "ministry.db"), timeout=10) as database:
        database.execute("UPDATE permits SET name_en = ? WHERE personal_id = ?", (hostile, ELEANOR))
    assert rows("ministry", "SELECT name_en FROM permits WHERE personal_id = ?", ELEANOR)[0][0] == hostile
    with resident(ELEANOR) as person:
        person.sign_in()
        shown = person.app.expect(re.compile("<b>Bold</b> &amp; %n%s"))
        assert "‮" not in shown.raw_name and len(shown.raw_name) < 1000, len(shown.raw_name)
        person.app.go_to(re.compile("Choose.*Bold"), "checkbox")
        person.app.press("space")
        person.review()
        person.app.expect(re.compile("<b>Bold</b> &amp; %n%s"))
        left, _, width, _ = person.app.windows()[0].place
        assert left + width <= 1280, "the name pushes the window wider"
        person.app.quit()


if __name__ == "__main__":
    bed.run()
