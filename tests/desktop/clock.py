# SPDX-License-Identifier: GPL-3.0-or-later
"""The clocks of one program, which a test puts forward (ahead.c)."""
import os
import struct


class Clock:
    """Those of the programs that are started on this stage from now on."""

    def __init__(self, stage):
        self.path = os.path.join(stage.home, "ahead")
        self.set(0, 0)
        stage.env.update(LD_PRELOAD=os.environ["TAJDID_AHEAD_SO"], TAJDID_AHEAD=self.path)

    def set(self, calendar, steady):
        """In seconds. The steady one must not be put back."""
        with open(self.path, "r+b" if os.path.exists(self.path) else "w+b") as file:
            file.write(struct.pack("=qq", calendar, steady))
