# SPDX-License-Identifier: GPL-3.0-or-later
"""That who listens instead of looking is told the name of everything that takes the focus."""
import re

NAMES_ITSELF = {"frame", "window", "dialog", "alert", "scroll pane"}  # by its title, or by what is in it
NO_NAME = re.compile(r"^$|(?:Gtk|Adw|Tjd)[A-Z]|.*_|(.+) \1$", re.S)  # a type's, a mnemonic, the same twice


def fault_of(role, name, states, place):
    """What takes the focus and has no name to be told, or none that is fit to be. GTK 4.8 says SHOWING of windows
    alone; what has been shown has a size."""
    takes_focus = "focusable" in states and place[2] > 0 and place[3] > 0 and role not in NAMES_ITSELF
    return takes_focus and NO_NAME.match(name) is not None


def nameless(seen):
    """Of widgets as they were seen, those without a name."""
    seen = list(seen)
    assert sum("focusable" in one.states and one.place[2] > 0 for one in seen) > 3, "nothing was read"
    inside, faults = set(), []  # of a combo box, which takes the keyboard for its parts
    for one in seen:
        is_inside = (one.node.sender, one.node.path) in inside
        if one.role == "combo box" or is_inside:
            inside.update(tuple(reference) for reference in one.references)
        if not is_inside and fault_of(one.role, one.raw_name, one.states, one.place):
            faults.append(f"{one} at {one.place}")
    return faults
