# SPDX-License-Identifier: GPL-3.0-or-later
"""A window as somebody meets it who neither sees it nor has a mouse: read by AT-SPI, driven by keys."""
import os
import sys
import time

from keyrings import eventually

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "desktop"))
try:
    import names  # pylint: disable=wrong-import-position
    import reader as at_spi  # pylint: disable=wrong-import-position
    MISSING = None
except (ImportError, ValueError) as fault:
    MISSING = f"AT-SPI cannot be read: {fault}"


class Reader:
    """What is seen of one process; eyes: the AT-SPI reader of the session that it is read in."""

    def __init__(self, eyes, session, process, window_class):
        self.eyes = eyes
        self.session = session
        self.process = process
        self.window_class = window_class
        self.known_root = None

    def root(self):
        if self.known_root is None:
            self.known_root = self.eyes.program(self.process.pid)
        return self.known_root

    def seen(self):
        """Everything that is showing, in order. What vanishes while it is read is not there."""
        try:
            windows = self.root().children if self.root() is not None else []
        except at_spi.Gone:
            return []
        read = [self.eyes.read(window) for window in windows]
        return [one for top in read if top is not None for one in top.walk()]

    def texts(self):
        return [one.name for one in self.seen() if one.name]

    def shows(self, *wanted):
        texts = self.texts()
        return all(any(piece in text for text in texts) for piece in wanted)

    def wait(self, *wanted, seconds=12.0):
        deadline = time.monotonic() + seconds
        while not self.shows(*wanted):
            assert time.monotonic() < deadline, f"{wanted} never came; there is: {self.texts()}"
            self.await_change()

    def await_change(self, seconds=0.25):
        """Until something is announced, or a little while: not everything is."""
        before, deadline = self.eyes.changes, time.monotonic() + seconds
        while self.eyes.changes == before and time.monotonic() < deadline:
            time.sleep(0.01)
            self.eyes.listen()

    def spelled(self, digits):
        """The code that is spelled out, so many digits, or None."""
        for text in self.texts():
            pieces = text.split(" ")
            if len(pieces) == digits and all(len(piece) == 1 and piece.isdigit() for piece in pieces):
                return "".join(pieces)
        return None

    def nameless(self):
        """Focusable things that say nothing, or only what they are made of."""
        return names.nameless(self.seen())

    def focus(self):
        """Gives the window the keyboard; without a window manager nobody else does."""
        windows = eventually(lambda: self.session.xdotool("search", "--onlyvisible", "--class",
                                                          self.window_class).split())
        self.session.xdotool("windowfocus", "--sync", windows[-1])
        time.sleep(0.2)

    def press(self, *keys):
        for key in keys:
            self.session.xdotool("key", key)
            time.sleep(0.05)

    def type(self, text):
        self.session.xdotool("type", "--delay", "5", text)
