#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documents in data/api under a linter of others."""
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "journeys"))
import harness  # noqa: E402
from harness import PARTIES, test  # noqa: E402

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
REDOCLY = os.path.join(ROOT, "build", "tools", "node_modules", ".bin", "redocly")


@test
def every_document_is_without_errors_and_warnings():
    quiet = dict(os.environ, REDOCLY_TELEMETRY="off", REDOCLY_SUPPRESS_UPDATE_NOTICE="true", CI="true")
    run = subprocess.run([REDOCLY, "lint", "--format=json", *(party + ".yaml" for party in PARTIES)],
                         cwd=os.path.join(ROOT, "data", "api"), env=quiet, capture_output=True, text=True, check=False)
    assert run.returncode == 0 and '"problems": []' in run.stdout, run.stdout + run.stderr


if __name__ == "__main__":
    if not os.path.exists(REDOCLY):
        print("1..0 # SKIP the OpenAPI linter (npm: @redocly/cli) could not be installed")
    else:
        harness.main()
