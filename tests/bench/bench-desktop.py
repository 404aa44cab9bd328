#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop against a bare window of its toolkit (bare.c), turn by turn: start, memory, and the longest time that
its main loop did not wait for events (gaps.c) in a whole renewal; and what a renewal asks of the network. "Mapped and focused" is seen on the screen: the focused entry's frame, a coloured line of more than 300
pixels; the same for both, without a word from either program."""
import itertools
import mmap
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
from renewal import ELEANOR, OMAR, SARA, Resident  # noqa: E402  pylint: disable=wrong-import-position
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


class Gaps:
    """The longest gap of a program that is started with its environment, since the last look."""

    def __init__(self, stage):
        path = os.path.join(stage.home, "gaps")
        with open(path, "w+b") as file:
            file.write(bytes(8))
            file.flush()
            self.longest = mmap.mmap(file.fileno(), 8)
        self.env = dict(stage.env, LD_PRELOAD=os.environ["TAJDID_GAPS_LIBRARY"], TAJDID_GAPS=path)

    def begin(self):
        self.longest[:] = bytes(8)

    def taken(self):
        seconds = int.from_bytes(self.longest[:], sys.byteorder) / 1e9
        assert seconds > 0, "nothing was measured"
        return seconds


def gap_of_bare(stage, rows):
    """The first page is there; each Return makes the next."""
    gaps = Gaps(stage)
    program = stage.start_program(BARE, *map(str, rows), env=gaps.env)
    program.expect("Personal ID", seconds=30)
    stage.focus(os.path.basename(BARE))
    gaps.begin()
    for n in rows:
        program.press("Return")
        program.wait(lambda n=n: sum(seen.name == "Go On" and seen.role == "button" for seen in program.seen()) == n,
                     f"{n} rows")
        stage.see()
    longest = gaps.taken()
    program.kill()
    return longest


def gap_of_ours(stage, personal_id, permit):
    gaps = Gaps(stage)
    app = stage.start_app("--addresses", BED.addresses, env=gaps.env)
    person = Resident(app, personal_id, os.path.join(BED.state, "tokens"))
    person.wait_for_sign_in()
    gaps.begin()
    person.sign_in()
    person.choose(permit)
    person.review()
    person.to_payment()
    person.pay()
    person.wait_until_paid(60)
    stage.see()
    longest = gaps.taken()
    app.kill()
    return longest


def gaps_of_renewals():
    """A code is good once in half a minute: people take turns, and what they renewed is soon due again."""
    ratios = []
    for _, (personal_id, permit) in zip(range(PAIRS), itertools.cycle(((SARA, SARA), (OMAR, OMAR), (ELEANOR, ELEANOR)))):
        bed.change("ministry", "UPDATE permits SET expires_on = date('now', '+20 days') WHERE personal_id = ?", permit)
        (permits,), = bed.rows("ministry", "SELECT count(*) FROM permits WHERE renewer = ?", personal_id)
        with Stage() as stage:
            bare = gap_of_bare(stage, (permits, 7, 6, 4))
        with Stage() as stage:
            ours = gap_of_ours(stage, personal_id, permit)
        ratios.append(ours / bare)
        print(f"# {ours * 1000:.0f} ms, bare {bare * 1000:.0f} ms", flush=True)
    print(f"bench desktop.gap_ratio {statistics.median(ratios):.2f} x", flush=True)


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
    print("# " + ", ".join(requests), flush=True)
    print(f"bench desktop.journey_requests {len(requests)} requests", flush=True)
    print(f"bench desktop.journey_200ms_s {seconds:.2f} s", flush=True)


if __name__ == "__main__":
    if bed.MISSING:
        sys.exit(f"no figures of the desktop: {bed.MISSING}")
    try:
        BED.start()
        pairs()
        journey()
        gaps_of_renewals()
    finally:
        BED.stop()
