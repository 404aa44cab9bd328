#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The contrast of texts, rows and buttons in every look, as test-contrast.c measures it on a display."""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", folder) for folder in ("journeys", "secrets")]
import harness  # noqa: E402  pylint: disable=wrong-import-position
import keyrings  # noqa: E402  pylint: disable=wrong-import-position

MISSING = keyrings.missing("Xvfb", "xdotool", "dbus-daemon")


def measure(look):
    from stage import Stage  # pylint: disable=import-outside-toplevel
    with Stage(look=look, keyring=None) as stage:
        path = os.path.join(stage.home, "measured")
        with open(path, "w+", encoding="utf-8") as measured:
            code = stage.start(os.environ["TAJDID_CONTRAST"], stdout=measured, stderr=measured).wait(timeout=60)
            measured.seek(0)
            text = measured.read()
    print("".join(f"# {line[2:]}\n" for line in text.splitlines() if line.startswith("# ") and "at least" in line), end="")
    assert code == 0, "\n".join(text.splitlines()[-3:])


for name in ("light", "dark", "contrast", "dark-contrast"):
    def test(name=name):
        measure(name)
    test.__name__ = f"contrast in the look {name}"
    harness.test(test)

if __name__ == "__main__":
    if MISSING:
        print(f"1..0 # SKIP {MISSING}")
    else:
        harness.main()
