#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Codes, tokens and keys are found nowhere but where they belong: not in what the application has written, said,
been called with or has in its environment. And keyrings that do not open are said in words."""
import glob
import os
import re
import sqlite3

import bed
from bed import BED, resident, rows
from harness import test
from renewal import ELEANOR, MARIA, SARA


def everything_written(home):
    """Every file of the home but the keyring's own, as bytes, by name."""
    found = {}
    for path in glob.glob(os.path.join(home, "**"), recursive=True, include_hidden=True):
        if os.path.isfile(path) and "/keyrings/" not in path and "/screen" not in path:
            with open(path, "rb") as file:
                found[path] = file.read()
    return found


def everything_of_process(pid):
    found = {}
    for name in ("cmdline", "environ"):
        with open(f"/proc/{pid}/{name}", "rb") as file:
            found[name] = file.read()
    return found


def kept_by_keyring(stage):
    """What the keyring has for us, asked for as any program of the session may: the planted secrets."""
    script = ("import gi; gi.require_version('Secret', '1'); from gi.repository import Secret\n"
              "service = Secret.Service.get_sync(Secret.ServiceFlags.LOAD_COLLECTIONS)\n"
              "for collection in service.get_collections():\n"
              "    for item in collection.get_items():\n"
              "        item.load_secret_sync(); print(item.get_secret().get().hex())\n")
    import subprocess  # pylint: disable=import-outside-toplevel
    asked = subprocess.run(["/usr/bin/python3", "-c", script], env=stage.env, capture_output=True, text=True,
                           check=False, timeout=30)
    assert asked.returncode == 0, asked.stderr
    return [bytes.fromhex(line) for line in asked.stdout.split()]


def pieces(kept):
    """A secret as it is kept, and the members of one that is JSON."""
    found = set(kept)
    for secret in kept:
        found.update(piece for piece in re.findall(rb'"([A-Za-z0-9_.-]{20,})"', secret))
    return found


@test
def secrets_are_nowhere_else():
    with resident(SARA) as person:
        person.wait_for_sign_in()
        sign_in_code = person.fresh_code()
        person.enter(SARA, sign_in_code)
        person.wait_for_permits()
        person.choose(SARA)
        person.review()
        person.to_payment()
        signing_code = person.signing_code()
        person.pay(signing_code)
        person.wait_until_paid()
        home = person.app.stage.home
        kept = kept_by_keyring(person.app.stage)
        secrets = pieces(kept) | {word.encode() for word in (sign_in_code, signing_code, person.token.sign_in_secret,
                                                             person.token.signing_secret)}
        assert len(secrets) >= 6, f"the keyring has {len(secrets) - 4} secrets of ours"
        found = everything_of_process(person.app.pid)
        person.app.quit()
        found.update(everything_written(home))
        assert len(found) > 6, sorted(found)
        with open(os.path.join(BED.state, "services.log"), "rb") as file:
            found["services.log"] = file.read()
        for name, content in found.items():
            for secret in secrets:
                assert secret not in content, f"a secret is in {name}"
            assert b"eyJ" not in content or name.endswith(".cache"), f"a token is in {name}"


@test
def a_missing_keyring_is_said_and_the_session_goes_on():
    with resident(MARIA, keyring=None) as person:
        person.sign_in()
        person.app.expect(re.compile("[Kk]eyring"), seconds=15)
        person.choose(MARIA)
        person.review()
        person.app.quit()


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
        left, _, width, _ = person.app.root.children[0].place
        assert left + width <= 1280, "the name pushes the window wider"
        person.app.quit()


if __name__ == "__main__":
    bed.run()
