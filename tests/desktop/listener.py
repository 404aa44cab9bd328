# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is shown the notifications of a stage, and clicks on them (notifications.py)."""
import json
import os
import subprocess
import sys

import keyrings


class Listener:
    def __init__(self, stage):
        self.path = os.path.join(stage.home, "notifications")
        self.process = subprocess.Popen(
            [sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), "notifications.py")],
            env=stage.env, stdin=subprocess.PIPE, stdout=open(self.path, "wb"), text=True)

    def lines(self):
        with open(self.path, encoding="utf-8") as file:
            return [line for line in file.read().splitlines() if line]

    def shown(self):
        return [json.loads(line) for line in self.lines()[1:]]

    def titles(self):
        return [shown["title"] for shown in self.shown()]

    def click(self, shown, action="default"):
        self.process.stdin.write(f"{shown['id']} {action}\n")
        self.process.stdin.flush()

    def __enter__(self):
        keyrings.eventually(lambda: self.lines()[:1] == ["ready"], 20)
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.terminate()
        self.process.wait()
