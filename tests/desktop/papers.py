# SPDX-License-Identifier: GPL-3.0-or-later
"""Papers that are saved and printed by keyboard, and what stands on them."""
import os
import re
import subprocess

import bed
from bed import keyrings


def text_of(path):
    return subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True).stdout


def save(person, button, said, path):
    """By the dialog for files: its field for the name has the keyboard."""
    app = person.app
    app.go_to(person.words(button), "button")
    app.press("Return")
    app.wait(lambda: (node := app.focused()) is not None and node.role == "text box" and node.text.endswith(".pdf"),
             "the name of the file", 20)
    app.press("ctrl+a")
    app.type(path)
    app.press("Return")
    keyrings.eventually(lambda: os.path.exists(path), 20)
    bed.take_keyboard(app.stage)
    app.expect(person.words(said), seconds=20)
    return text_of(path)


def to_print_dialog(person):
    """GTK's own, which has the preview and prints to a file where there is no printer."""
    app = person.app
    app.press("ctrl+p")
    app.wait(lambda: len(app.windows()) > 1, "the dialog", 20)
    bed.take_keyboard(app.stage)
    return app.expect(re.compile("^Print to File$"), seconds=20)
