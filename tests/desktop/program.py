# SPDX-License-Identifier: GPL-3.0-or-later
"""A person before a program: reads what a screen reader reads, and has a keyboard. Nothing is clicked, nothing
is known by its place; what is looked for and not there within its time is a failure that shows the screen."""
import contextlib
import os
import re
import signal
import time

from reader import Gone, fits

SLOW = float(os.environ.get("TAJDID_SLOW", "1"))
TYPE_NAME = re.compile(r"(Gtk|Adw|Tjd)[A-Z]")
PATIENCE = 10  # seconds for what takes a moment


class Program:
    def __init__(self, stage, pid, process=None):
        self.stage, self.pid, self.process = stage, pid, process
        self.known_root = None

    # --- reading --------------------------------------------------------------------------------------

    @property
    def root(self):
        if self.known_root is None:
            self.known_root = self.wait(lambda: self.stage.reader.program(self.pid), "a window", 30)
        return self.known_root

    def windows(self):
        try:
            return self.root.children
        except Gone:  # it has another window now, or none
            return []

    def seen(self):
        """Every widget that is shown, window by window, as it is now."""
        read = [self.stage.reader.read(window) for window in self.windows()]
        return [seen for top in read if top is not None for seen in top.walk()]

    def find(self, name=None, role=None, state=None):
        """The first shown widget of that name, or that a pattern is found in; None."""
        for seen in self.seen():
            if ((role is None or seen.role == role) and (name is None or fits(name, seen.name)) and
                    (state is None or state in seen.states)):
                return seen
        return None

    def texts(self):
        """Every text in sight, in the order it is read."""
        found = []
        for seen in self.seen():
            if seen.name and not TYPE_NAME.match(seen.name) and (not found or found[-1] != seen.name):
                found.append(seen.name)
        return found

    def wait(self, what, said, seconds=PATIENCE):
        """The first true answer of what()."""
        deadline = time.monotonic() + seconds * SLOW
        while True:
            self.stage.reader.listen()
            answer = what()
            if answer:
                return answer
            if self.process is not None and self.process.poll() is not None:
                raise AssertionError(f"the program has ended ({self.process.returncode}) before: {said}\n"
                                     f"{self.stage.said()[-2000:]}")
            if time.monotonic() > deadline:
                self.fail(f"not within {seconds * SLOW:.0f} s: {said}")
            self.await_change(0.25)

    def await_change(self, seconds, what="changes"):
        """Until something is announced, or a little while: not everything is."""
        reader = self.stage.reader
        before, deadline = getattr(reader, what), time.monotonic() + seconds
        while getattr(reader, what) == before and time.monotonic() < deadline:
            time.sleep(0.01)
            reader.listen()

    def fail(self, why):
        folder = os.environ.get("TAJDID_PICTURES")
        if folder:
            self.stage.see().save(os.path.join(folder, f"failed-{os.getpid()}-{time.time():.0f}.png"))
        raise AssertionError(f"{why}\nin sight:\n  " + "\n  ".join(self.texts()) +
                             f"\nfocus: {self.focused()}, window {self.stage.xdotool('getwindowfocus').strip()}\n{self.stage.said()[-1500:]}")

    def expect(self, name, role=None, seconds=PATIENCE):
        """Waits for it to be in sight."""
        return self.wait(lambda: self.find(name, role), f"{role or 'something'} “{name}”", seconds)

    def expect_gone(self, name, seconds=PATIENCE):
        self.wait(lambda: self.find(name) is None, f"“{name}” goes", seconds)

    def focused(self):
        """The widget that has the keyboard; None where none says so."""
        self.stage.reader.listen()
        for _, node in reversed(self.stage.reader.focus_events):
            if node.sender != self.root.sender:
                continue
            with contextlib.suppress(Gone):
                if "focused" in node.states:
                    return node
            break
        for seen in self.seen():
            if "focused" in seen.states:
                return seen.node
        return None

    def wait_focused(self, name, seconds=PATIENCE):
        """Until the keyboard is in the widget of that name."""
        def is_there():
            node = self.focused()
            with contextlib.suppress(Gone):
                return node is not None and fits(name, node.name)
            return False
        self.wait(is_there, f"the keyboard is in “{name}”", seconds)

    def widths(self):
        """Of the windows that are shown, in pixels."""
        windows = self.stage.xdotool("search", "--onlyvisible", "--pid", str(self.pid)).split()
        return [int(re.search(r"Geometry: (\d+)x", self.stage.xdotool("getwindowgeometry", window))[1])
                for window in windows]

    # --- the keyboard ---------------------------------------------------------------------------------

    def press(self, *keys):
        self.stage.xdotool("key", "--delay", "12", *keys)

    def type(self, text):
        self.stage.xdotool("type", "--delay", "8", text)

    def clear(self):
        self.press("ctrl+a", "BackSpace")

    def go_to(self, name, role=None, key="Tab", at_most=60):
        """Presses Tab until the widget of that name has the keyboard, as who has no pointer does."""
        passed = []
        for _ in range(at_most):
            node = self.focused()
            if node is not None:
                with contextlib.suppress(Gone):
                    if fits(name, node.name) and role in (None, node.role):
                        return node
                    passed.append(repr(node))
            self.press(key)
            self.await_change(0.25, "focus_changes")
        return self.fail(f"{key} does not lead to {role or ''} “{name}”, but to {passed}")

    def activate(self, name, role=None, **more):
        """Goes there by Tab and presses it."""
        self.go_to(name, role, **more)
        self.press("space" if role in ("check box", "toggle button") else "Return")

    # --- its end --------------------------------------------------------------------------------------

    def kill(self):
        os.kill(self.pid, signal.SIGKILL)
        self.process.wait()

    def close_window(self):
        self.press("ctrl+w")
        return self.process.wait(timeout=20 * SLOW)

    def quit(self):
        """Ctrl+Q, at which it must end well."""
        self.press("ctrl+q")
        code = self.process.wait(timeout=30 * SLOW)
        assert code == 0, f"exit code {code}\n{self.stage.said()[-3000:]}"

    def numbers(self, pattern):
        """What a pattern finds in the texts in sight."""
        return [match for text in self.texts() for match in re.findall(pattern, text)]
