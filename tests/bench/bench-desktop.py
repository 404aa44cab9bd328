#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop against a bare window of its toolkit (bare.c), turn by turn, and what a renewal asks of the
network. "Mapped and focused" is seen on the screen: the focused entry's frame, a coloured line of more than 300
pixels; the same for both, without a word from either program."""
import os
import re
import statistics
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "desktop"))
import bed  # noqa: E402  pylint: disable=wrong-import-position
from bed import BED  # noqa: E402  pylint: disable=wrong-import-position
from picture import Picture  # noqa: E402  pylint: disable=wrong-import-position
from renewal import SARA, Resident  # noqa: E402  pylint: disable=wrong-import-position
from stage import APP, Stage  # noqa: E402  pylint: disable=wrong-import-position

BARE = os.environ["TAJDID_BARE"]
PAIRS = int(os.environ.get("TAJDID_BENCH_PAIRS", "15"))


def is_coloured(row, x):
    blue, green, red = row[x * 4:x * 4 + 3]
    return blue - red > 40 and blue > green


def shows_focus(picture):
    """A line of the accent's colour, wider than any button."""
    middle = picture.width // 2
    return any(is_coloured(row, middle) and all(is_coloured(row, x) for x in range(middle - 160, middle + 160, 8))
               for row in picture.rows)


def start(stage, *command):
    """Seconds from exec to the focused entry on the screen, and the process's share of memory (PSS) then."""
    began = time.monotonic()
    program = stage.start_program(*command)
    while not shows_focus(Picture.take(stage.folder)):
        assert program.process.poll() is None and time.monotonic() - began < 60, f"{command}: no window"
        time.sleep(0.002)
    seconds = time.monotonic() - began
    with open(f"/proc/{program.pid}/smaps_rollup", encoding="ascii") as file:
        memory = int(re.search(r"^Pss: +(\d+)", file.read(), re.M)[1])
    program.kill()
    while shows_focus(Picture.take(stage.folder)):
        time.sleep(0.01)
    return seconds, memory


def pairs():
    with Stage() as stage:
        ours = (APP, "--addresses", BED.addresses)
        start(stage, BARE), start(stage, *ours)  # files come into the page cache
        taken = [(start(stage, BARE), start(stage, *ours)) for _ in range(PAIRS)]
    for index, name in enumerate(("startup", "memory")):
        ratios = [app[index] / bare[index] for bare, app in taken]
        print(f"bench desktop.{name}_ratio {statistics.median(ratios):.2f} x", flush=True)


def renew(person):
    """From pressing Review Fees to Done: seconds, and requests."""
    person.sign_in()
    person.choose(SARA, "27812404417")
    person.app.go_to(person.words("Review Fees"), "button")
    time.sleep(1)  # what the permits' page asks by itself is answered
    before, began = (len(BED.portal.seen), len(BED.bank.seen)), time.monotonic()
    person.app.press("Return")
    person.app.expect(person.words("Continue to Payment"), seconds=30)
    seconds = time.monotonic() - began
    began = time.monotonic()
    person.to_payment()
    seconds += time.monotonic() - began
    code = person.signing_code()
    person.app.go_to(person.words("Signing code"), "text box")
    person.app.type(code)
    began = time.monotonic()
    person.app.press("Return")
    person.wait_until_paid(60)
    seconds += time.monotonic() - began
    return seconds, BED.portal.seen[before[0]:] + BED.bank.seen[before[1]:]


def journey():
    with Stage() as stage:
        person = Resident(stage.start_app("--addresses", BED.addresses), SARA, os.path.join(BED.state, "tokens"))
        for relay in (BED.portal, BED.bank):
            relay.round_trip = 0.2
        seconds, requests = renew(person)
        for relay in (BED.portal, BED.bank):
            relay.round_trip = 0.0
    until_paid = [line for line in requests]
    print("# " + ", ".join(until_paid), flush=True)
    print(f"bench desktop.journey_requests {len(until_paid)} requests", flush=True)
    print(f"bench desktop.journey_200ms_s {seconds:.2f} s", flush=True)


if __name__ == "__main__":
    if bed.MISSING:
        sys.exit(f"no figures of the desktop: {bed.MISSING}")
    try:
        BED.start()
        pairs()
        journey()
    finally:
        BED.stop()
