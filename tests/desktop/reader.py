# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader is told: the tree of a program's widgets, over the accessibility bus (AT-SPI). Spoken
directly, without libatspi: that keeps one bus a process and remembers names that have changed since."""
import collections
import contextlib
import re
import time

import gi
gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402  pylint: disable=wrong-import-position

ACCESSIBLE, COMPONENT = "org.a11y.atspi.Accessible", "org.a11y.atspi.Component"
PROPERTIES = "org.freedesktop.DBus.Properties"
IN_WINDOW = 1  # coordinates
STATES = {"active": 1, "checked": 4, "editable": 7, "enabled": 8, "expanded": 10, "focusable": 11, "focused": 12,
          "pressed": 20, "selected": 23, "sensitive": 24, "showing": 25, "visible": 30}
ISOLATES = str.maketrans("", "", "⁦⁧⁨⁩‎‏‪‫‬‭‮")


def plain(text):
    """Without the marks that keep a figure's direction: as it is read."""
    return text.translate(ISOLATES).replace("\u00a0", " ").replace("\u202f", " ")


class Gone(Exception):
    """The widget is no more."""


def states_of(words):
    bits = words[0] | words[1] << 32
    return {name for name, bit in STATES.items() if bits >> bit & 1}


class Node:
    def __init__(self, reader, sender, path):
        self.reader, self.sender, self.path = reader, sender, path

    def __eq__(self, other):
        return isinstance(other, Node) and (self.sender, self.path) == (other.sender, other.path)

    def __hash__(self):
        return hash((self.sender, self.path))

    def __repr__(self):
        try:
            return f"{self.role} “{self.name}”"
        except Gone:
            return "gone"

    def call(self, interface, method, parameters=None):
        try:
            return self.reader.bus.call_sync(self.sender, self.path, interface, method, parameters, None,
                                             Gio.DBusCallFlags.NONE, 20000, None).unpack()
        except GLib.Error as error:
            raise Gone(f"{self.path}: {error.message}") from error

    def look_up(self, name):
        return self.call(PROPERTIES, "Get", GLib.Variant("(ss)", (ACCESSIBLE, name)))[0]

    @property
    def name(self):
        return plain(self.look_up("Name"))

    @property
    def description(self):
        return plain(self.look_up("Description"))

    @property
    def role(self):
        return self.call(ACCESSIBLE, "GetRoleName")[0]

    @property
    def states(self):
        return states_of(self.call(ACCESSIBLE, "GetState")[0])

    @property
    def children(self):
        return [Node(self.reader, sender, path) for sender, path in self.call(ACCESSIBLE, "GetChildren")[0]]

    @property
    def text(self):
        """What stands in an entry; 4.8 wants to be told where it ends."""
        interface = "org.a11y.atspi.Text"
        count = self.call(PROPERTIES, "Get", GLib.Variant("(ss)", (interface, "CharacterCount")))[0]
        return self.call(interface, "GetText", GLib.Variant("(ii)", (0, count)))[0]

    @property
    def place(self):
        """Left, top, width, height in its window."""
        return self.call(COMPONENT, "GetExtents", GLib.Variant("(u)", (IN_WINDOW,)))[0]


def overlap(one, other):
    """How much of the smaller one's place is the other's too, from 0 to 1."""
    width = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    height = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return max(width, 0) * max(height, 0) / min(one[2] * one[3], other[2] * other[3])


LEAVES = {"label", "image", "separator", "progress bar"}  # have nothing in them that is told


class Seen:
    """A widget as it was when the window was read."""

    def __init__(self, node, place):
        self.node, self.place = node, place
        self.raw_name, self.name, self.role, self.states = "", "", None, set()
        self.references = []
        self.children = []

    def take(self, name, role, states):
        self.raw_name, self.name, self.role, self.states = name, plain(name), role, states_of(states)

    def __repr__(self):
        return f"{self.role} “{self.name}”"

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()


class Sight:
    """What shows of a window. GTK 4.8 says SHOWING of windows alone. What was never mapped has no size; pages of a
    stack that have been are told apart by who is found at their place."""

    def __init__(self, top):
        self.top = top
        self.points, self.parents = {}, {}  # what was asked about already

    def at(self, point):
        """The path of what is there, the innermost; None where nobody says."""
        if point not in self.points:
            self.points[point] = None
            with contextlib.suppress(Gone):
                self.points[point] = self.top.node.call(COMPONENT, "GetAccessibleAtPoint",
                                                        GLib.Variant("(iiu)", (*point, IN_WINDOW)))[0][1]
        return self.points[point]

    def parent(self, path):
        if path not in self.parents:
            self.parents[path] = None
            with contextlib.suppress(Gone):
                self.parents[path] = Node(self.top.node.reader, self.top.node.sender, path).look_up("Parent")[1]
        return self.parents[path]

    def on_top(self, rivals, place):
        """Which of these is above at that place, in the middle or near it; None where nobody says."""
        left, top, width, height = place
        width, height = min(width, self.top.place[2] - left), min(height, self.top.place[3] - top)
        for across, down in ((2, 2), (4, 2), (2, 4), (4, 4), (3, 3)):
            path = self.at((left + width // across, top + height // down))
            while path not in rivals and path not in (None, self.top.node.path):
                path = self.parent(path)
            if path in rivals:
                return rivals[path]
        return None

    def drop_hidden(self, parent):
        shown = []
        for child in parent.children:
            rivals = {other.node.path: other for other in parent.children if overlap(child.place, other.place) > 0.25}
            if len(rivals) == 1 or self.on_top(rivals, child.place) in (None, child):
                shown.append(child)
        parent.children = shown


WHERE = ((COMPONENT, "GetExtents", GLib.Variant("(u)", (IN_WINDOW,))),)
WHAT = ((PROPERTIES, "Get", GLib.Variant("(ss)", (ACCESSIBLE, "Name"))), (ACCESSIBLE, "GetRoleName", None),
        (ACCESSIBLE, "GetState", None))
WITHIN = ((ACCESSIBLE, "GetChildren", None),)


def fits(wanted, text):
    """A pattern is found in it; a text is it."""
    return bool(wanted.search(text)) if isinstance(wanted, re.Pattern) else text in (wanted, f"{wanted} {wanted}")


class Reader:
    """On the accessibility bus of a session."""

    def __init__(self, session_bus):
        session = self.connect(session_bus)
        address = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None,
                                    Gio.DBusCallFlags.NONE, 20000, None).unpack()[0]
        session.close_sync(None)
        self.bus = self.connect(address)
        self.focus_events = collections.deque(maxlen=1000)  # of (monotonic time, node)
        self.roles = {}  # their names by their numbers
        self.changes = self.focus_changes = 0  # how much has been announced
        self.bus.signal_subscribe(None, "org.a11y.atspi.Event.Object", None, None, None, Gio.DBusSignalFlags.NONE,
                                  self.note_change)

    @staticmethod
    def connect(address):
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        connection = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)
        connection.set_exit_on_close(False)
        return connection

    def note_change(self, _bus, sender, path, _interface, signal, parameters):
        self.changes += 1
        if signal == "StateChanged" and parameters.unpack()[:2] == ("focused", 1):
            self.focus_changes += 1
            self.focus_events.append((time.monotonic(), Node(self, sender, path)))

    def listen(self):
        """Takes in what has been announced meanwhile."""
        while GLib.MainContext.default().iteration(False):
            pass

    def programs(self):
        """Roots of the programs that are there, oldest first; none while the registry comes up."""
        with contextlib.suppress(Gone):
            return Node(self, "org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root").children
        return []

    def program(self, pid):
        """The root of a process's widgets; None before it has said so."""
        return next((root for root in self.programs() if self.process_of(root.sender) == pid), None)

    def process_of(self, sender):
        """None of a program that has just ended."""
        with contextlib.suppress(GLib.Error):
            return self.bus.call_sync(
                "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetConnectionUnixProcessID",
                GLib.Variant("(s)", (sender,)), None, Gio.DBusCallFlags.NONE, 5000, None).unpack()[0]
        return None

    def gather(self, calls):
        """Many questions at once: (node, interface, method, parameters) each; None where nobody answers."""
        answers, left = [None] * len(calls), [len(calls)]

        def take(bus, result, index):
            with contextlib.suppress(GLib.Error):
                answers[index] = bus.call_finish(result).unpack()
            left[0] -= 1

        for index, (node, interface, method, parameters) in enumerate(calls):
            self.bus.call(node.sender, node.path, interface, method, parameters, None, Gio.DBusCallFlags.NONE, 20000,
                          None, take, index)
        while left[0]:
            GLib.MainContext.default().iteration(True)
        return answers

    def ask(self, nodes, questions):
        """The answers of each; those that are gone left out."""
        answers = self.gather([(node, *question) for node in nodes for question in questions])
        for at, node in enumerate(nodes):
            of_node = answers[at * len(questions):(at + 1) * len(questions)]
            if None not in of_node:
                yield node, [answer[0] for answer in of_node]

    def look_at(self, nodes, known):
        """Each that has a size, as it is seen; what is known of it is not asked for."""
        seen = {node: Seen(node, place) for node, (place,) in self.ask(nodes, WHERE) if place[2] > 0 and place[3] > 0}
        for node in seen:
            if node.path in known:
                name, role, states = known[node.path]
                seen[node].take(name, self.role_name(role, node), states)
        for node, (name, role, states) in self.ask([node for node in seen if seen[node].role is None], WHAT):
            seen[node].take(name, role, states)
        for node, (children,) in self.ask([node for node in seen if seen[node].role not in LEAVES], WITHIN):
            seen[node].references = children
        return [one for one in seen.values() if one.role is not None]

    def know(self, program):
        """Names, roles and states of a program's widgets by their paths, told at once: not of all, and not where
        they stand. Empty where there is no such answer."""
        with contextlib.suppress(Gone):
            items = Node(self, program, "/org/a11y/atspi/cache").call("org.a11y.atspi.Cache", "GetItems")[0]
            return {item[0][1]: (item[6], item[7], item[9]) for item in items}
        return {}

    def role_name(self, number, node):
        """None where the widget went before it had told it."""
        if number not in self.roles:
            with contextlib.suppress(Gone):
                self.roles[number] = node.role
        return self.roles.get(number)

    def read(self, window):
        """All that is shown of a window, a level of the tree at a time."""
        known = self.know(window.sender)
        tops = self.look_at([window], known)
        sight, level = Sight(tops[0]) if tops else None, tops
        while level:
            below = [(parent, Node(self, *reference)) for parent in level for reference in parent.references]
            looked = {seen.node: seen for seen in self.look_at([node for _, node in below], known)}
            for parent, node in below:
                if node in looked:
                    parent.children.append(looked[node])
            for parent in level:
                sight.drop_hidden(parent)
            level = [child for parent in level for child in parent.children]
        return tops[0] if tops else None

    def close(self):
        if not self.bus.is_closed():
            self.bus.close_sync(None)
