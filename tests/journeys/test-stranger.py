#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The client that was written from the documents alone does a whole renewal."""
import json
import os
import subprocess
import sys

import harness
from harness import Services, test

SARA = "27612405934"
STRANGER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "foreign", "stranger.py")


@test
def a_stranger_renews_a_family():
    with Services() as services:
        run = subprocess.run([sys.executable, STRANGER, services.ports,
                              os.path.join(services.state, "tokens", SARA + ".token")],
                             capture_output=True, text=True, check=False, timeout=150)
        assert run.returncode == 0, run.stderr
        said = json.loads(run.stdout)
        services.stop()
        code, audit = services.audit("--settled")
    assert said["order"]["state"] == "delivered" and said["session_ended"], said
    outcomes = {item["personal_id"]: item["outcome"] for item in said["order"]["items"]}
    assert len(outcomes) == 4 and set(outcomes.values()) == {"executed"}, outcomes
    assert said["order"]["captured"] == said["order"]["total"] == 238000, said["order"]  # 1,000+500+500+300+80
    assert said["consignment"]["cards"] == 4 and said["consignment"]["scans"][-1]["code"] == "EMI"
    assert code == 0, audit


if __name__ == "__main__":
    harness.main()
