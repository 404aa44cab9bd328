#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Receipt and label by keyboard to GTK's own print dialog: its preview is shown what is printed, and where there is no
printer it prints to a file."""
import glob
import os
import re

import bed
import papers
from bed import BED, keyrings, rows
from harness import test
from renewal import ANJALI, SARA, Resident


def on_done(stage):
    """At the end of a renewal. A preview leaves its file where we find it."""
    with open(os.path.join(stage.home, ".config/gtk-4.0/settings.ini"), "a", encoding="utf-8") as file:
        file.write(f"gtk-print-preview-command=mv %f {stage.home}/preview.pdf\n")
    app = stage.start_app("--addresses", BED.addresses, cwd=stage.home)
    person = Resident(app, SARA, os.path.join(BED.state, "tokens"))
    person.bring_to_payment(ANJALI)
    person.pay()
    app.expect(person.words("Renewed and Paid"), seconds=40)
    receipt = app.wait(lambda: next(iter(app.numbers(r"^rcp-[0-9A-Za-z_-]+$")), None), "the receipt's number", 20)
    return person, receipt


@test
def the_label_is_previewed_and_the_receipt_printed():
    with bed.Stage() as stage:
        person, receipt = on_done(stage)
        app = person.app
        papers.to_print_dialog(person)
        app.go_to(re.compile("Preview$"), "button")
        app.press("Return")
        preview = keyrings.eventually(lambda: glob.glob(os.path.join(stage.home, "preview.pdf")), 30)[0]
        keyrings.eventually(lambda: os.path.getsize(preview) > 0, 10)
        text = papers.text_of(preview)
        item, = rows("post", "SELECT out_item FROM consignments ORDER BY rowid DESC LIMIT 1")[0]
        assert item.replace(" ", "") in text.replace(" ", ""), text
        app.wait(lambda: len(app.windows()) == 1, "the dialog goes", 20)
        bed.take_keyboard(stage)
        app.press("alt+Left")
        person.wait_for_permits()
        person.open_order(re.compile("Anjali Nair, "))
        papers.to_print_dialog(person)
        app.go_to("GtkListItemWidget")  # the printer; GTK 4.8 does not name it
        app.press("space")
        app.go_to(re.compile("Print$"), "button")
        app.press("Return")
        path = os.path.join(stage.home, f"tajdid-{receipt}.pdf")
        keyrings.eventually(lambda: os.path.exists(path) and os.path.getsize(path) > 0, 30)
        text = keyrings.eventually(lambda: papers.text_of(path), 10)
        assert receipt in text and "Anjali Nair" in text, text
        app.wait(lambda: len(app.windows()) == 1, "the dialog goes", 20)
        bed.take_keyboard(stage)
        app.quit()


if __name__ == "__main__":
    bed.run()
