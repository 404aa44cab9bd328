# SPDX-License-Identifier: GPL-3.0-or-later
"""A window as somebody meets it who neither sees it nor has a mouse: read by AT-SPI, driven by keys."""
import time

from keyrings import eventually

try:
    import gi
    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi, GLib
    MISSING = None
except (ImportError, ValueError) as fault:
    MISSING = f"AT-SPI cannot be read: {fault}"

# Isolates, and spaces that do not break, as one would write them.
PLAIN = dict.fromkeys(range(0x2066, 0x206A)) | {0xA0: " "}
# What GTK and libadwaita build their widgets of; it is long, and says nothing.
INNER = ("AdwViewSwitcherTitle", "AdwViewSwitcherBar", "GtkScrollbar")


class Reader:
    """What is seen of one process, given the session that it runs in (whose environment must already be
    that of this process)."""

    def __init__(self, session, process, window_class):
        self.session = session
        self.process = process
        self.window_class = window_class

    def root(self):
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            try:
                child = desktop.get_child_at_index(index)
                if child is not None and child.get_process_id() == self.process.pid:
                    return child
            except GLib.Error:
                continue
        return None

    def nodes(self):
        """Everything that is showing, in order. What vanishes while it is read is not there."""
        root = self.root()
        if root is not None:
            root.clear_cache()
        found, open_nodes = [], [root]
        while open_nodes:
            node = open_nodes.pop()
            if node is None:
                continue
            try:
                states = node.get_state_set()
                if len(found) > 1 and not states.contains(Atspi.StateType.VISIBLE):
                    continue
                if node.get_name() in INNER:
                    continue
                found.append(node)
                open_nodes += [node.get_child_at_index(i) for i in reversed(range(node.get_child_count()))]
            except GLib.Error:
                continue
        return found

    def texts(self):
        texts = []
        for node in self.nodes():
            try:
                texts.append((node.get_name() or "").translate(PLAIN))
            except GLib.Error:
                continue
        return [text for text in texts if text]

    def shows(self, *wanted):
        texts = self.texts()
        return all(any(piece in text for text in texts) for piece in wanted)

    def wait(self, *wanted, seconds=12.0):
        try:
            eventually(lambda: self.shows(*wanted), seconds)
        except AssertionError:
            raise AssertionError(f"{wanted} never came; there is: {self.texts()}") from None

    def spelled(self, digits):
        """The code that is spelled out, so many digits, or None."""
        for text in self.texts():
            pieces = text.split(" ")
            if len(pieces) == digits and all(len(piece) == 1 and piece.isdigit() for piece in pieces):
                return "".join(pieces)
        return None

    def nameless(self):
        """Focusable things that say nothing, or only what they are made of."""
        bad = []
        for node in self.nodes():
            try:
                if node.get_state_set().contains(Atspi.StateType.FOCUSABLE):
                    name = node.get_name() or ""
                    if not name.strip() or name.startswith(("Gtk", "Adw", "_")):
                        bad.append((node.get_role_name(), name, [child.get_name() for child in self.path(node)]))
            except GLib.Error:
                continue
        return bad

    @staticmethod
    def path(node):
        while node is not None and node.get_role() != Atspi.Role.APPLICATION:
            yield node
            node = node.get_parent()

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
