# SPDX-License-Identifier: GPL-3.0-or-later
"""The application on a stage before services that a test can lose, stop and look into."""
import contextlib
import glob
import os
import sqlite3
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", folder) for folder in ("journeys", "secrets", "foreign")]
import harness  # noqa: E402  pylint: disable=wrong-import-position
import keyrings  # noqa: E402  pylint: disable=wrong-import-position
import relay  # noqa: E402  pylint: disable=wrong-import-position
from names import nameless  # noqa: E402  pylint: disable=wrong-import-position

try:
    from renewal import Resident
    from stage import Stage
    MISSING = keyrings.missing("Xvfb", "xdotool", "dbus-daemon", "gnome-keyring-daemon")
except ImportError as fault:  # python3-gi
    MISSING = str(fault)

BED = relay.Bed()


@contextlib.contextmanager
def resident(personal_id, environment=None, **more):
    """Somebody before the sign-in page of an application that has never been used; what the test does to the services
    ends with it."""
    with Stage(**more) as stage:
        try:
            yield start(stage, personal_id, environment)
        finally:
            BED.portal.heal()
            BED.bank.heal()


def take_keyboard(stage):
    """For the application's window, where there is no window manager to give it."""
    stage.focus("app.tajdid.Tajdid|tajdid", 30)


def start(stage, personal_id, environment=None):
    """environment: of the application alone."""
    app = stage.start_app("--addresses", BED.addresses, env={**stage.env, **(environment or {})})
    return Resident(app, personal_id, os.path.join(BED.state, "tokens"))


def rows(party, query, *values):
    with contextlib.closing(BED.services.database(party)) as database:
        return database.execute(query, values).fetchall()


def change(party, statement, *values):
    with contextlib.closing(BED.services.database(party)) as database, database:
        assert database.execute(statement, values).rowcount > 0


def clock(utc_seconds):
    """As the application says a moment: by Qatar's hour."""
    return time.strftime("%H:%M", time.gmtime(utc_seconds + 3 * 3600))


def payments(owner):
    """Amount in dirhams and state of each of somebody's, the last one last, by the bank's own books."""
    return rows("bank", "SELECT amount, state FROM payments WHERE account IN "
                "(SELECT number FROM accounts WHERE owner = ?) ORDER BY rowid", owner)


def held(owner):
    """What the bank has taken or holds of somebody's account."""
    return sum(amount for amount, state in payments(owner) if state in ("authorised", "captured"))


def settle():
    """Until the four parties' books agree, which what is under way may hinder for a moment."""
    deadline = time.monotonic() + 20 * harness.SLOW
    while (audit := BED.services.audit())[0] != 0:
        assert time.monotonic() < deadline, audit[1]
        time.sleep(0.3)


def journal(stage):
    """What the client has written down and not been told to forget."""
    path, = glob.glob(os.path.join(stage.home, ".local/share/tajdid/**/journal.db"), recursive=True)
    with contextlib.closing(sqlite3.connect(path)) as database:
        return database.execute("SELECT step FROM journeys").fetchall()


def look_at(app, page):
    """All that is read of it: what takes the focus must be told by a name. TAJDID_PICTURES=DIR keeps a picture."""
    if "TAJDID_PICTURES" in os.environ:
        app.stage.see().save(os.path.join(os.environ["TAJDID_PICTURES"], f"{page}.png"))
    seen = app.seen()
    faults = nameless(seen)
    assert not faults, f"{page}: without a name:\n" + "\n".join(faults)
    return seen


def written(home):
    """Every file of the home but the keyring's own and the screen, as bytes, by name."""
    found = {}
    for path in glob.glob(os.path.join(home, "**"), recursive=True, include_hidden=True):
        if os.path.isfile(path) and "/keyrings/" not in path and "/screen" not in path:
            with open(path, "rb") as file:
                found[path] = file.read()
    return found


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
