# SPDX-License-Identifier: GPL-3.0-or-later
"""The application on a stage before services that a test can lose, stop and look into."""
import contextlib
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", folder) for folder in ("journeys", "secrets", "foreign")]
import harness  # noqa: E402  pylint: disable=wrong-import-position
import keyrings  # noqa: E402  pylint: disable=wrong-import-position
import relay  # noqa: E402  pylint: disable=wrong-import-position

try:
    from renewal import Resident
    from stage import Stage
    MISSING = keyrings.missing("Xvfb", "xdotool", "dbus-daemon", "gnome-keyring-daemon")
except ImportError as fault:  # python3-gi
    MISSING = str(fault)

BED = relay.Bed()


@contextlib.contextmanager
def resident(personal_id, **more):
    """Somebody before the sign-in page of an application that has never been used."""
    with Stage(**more) as stage:
        yield start(stage, personal_id)


def start(stage, personal_id):
    app = stage.start_app("--addresses", BED.addresses)
    return Resident(app, personal_id, os.path.join(BED.state, "tokens"))


def rows(party, query, *values):
    with contextlib.closing(BED.services.database(party)) as database:
        return database.execute(query, values).fetchall()


def change(party, statement, *values):
    with contextlib.closing(BED.services.database(party)) as database, database:
        assert database.execute(statement, values).rowcount > 0


def held(account):
    """What the bank has taken or holds of an account, in dirhams, by its own books."""
    return sum(amount for (amount,) in rows(
        "bank", "SELECT amount FROM payments WHERE account = ? AND state IN ('authorised', 'captured')", account))


def is_sanitized_failure(text):
    return re.search(r"AddressSanitizer|runtime error|LeakSanitizer", text)


def run():
    """All tests of a file, before services that end with them."""
    if MISSING:
        print(f"1..0 # SKIP {MISSING}")
        return
    try:
        BED.start()
        harness.main()
    finally:
        BED.stop()
