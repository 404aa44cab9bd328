#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hostile texts from a server in every field that is text, on every page and on paper; in a notification:
test-following.py."""
import os
import re

import bed
import papers
from bed import BED, resident
from harness import test
from hostile import check_harmless, check_text, rewrite, rewrite_at_length
from renewal import ANJALI, ELEANOR, SARA

JONAS, LATHA = "27812404417", "27935600118"  # a clinic's officer


def poison():
    BED.portal.rewrite = BED.bank.rewrite = rewrite


def choose_first(person):
    person.app.go_to(re.compile("^Choose "), "checkbox")
    person.app.press("space")
    person.app.wait(lambda: person.app.find(re.compile("^Choose "), "checkbox", "checked"), "it is chosen")


@test
def on_every_page_of_a_renewal():
    with resident(SARA) as person:
        app, words = person.app, person.words
        person.wait_for_sign_in()
        poison()
        person.enter(SARA, "000000")
        app.expect(words("This personal ID and code do not go together."), seconds=20)
        check_harmless(app, "sign-in", is_told=False)
        app.type(person.fresh_code())
        app.press("Return")
        app.expect(words("Permits, most urgent first"), seconds=20)
        app.expect(re.compile("Bold"))
        check_harmless(app, "permits")
        app.go_to(re.compile("Bold"), "checkbox")
        app.press("space")
        person.review()
        check_harmless(app, "review")
        person.to_payment()
        person.open_figures()
        check_harmless(app, "pay", is_told=False)
        person.pay()
        app.expect(words("Renewed and Paid"), seconds=40)
        check_harmless(app, "done")
        folder = app.stage.home
        for button, said, name in (("Save Receipt", "The receipt was saved.", "receipt.pdf"),):
            check_text(papers.save(person, button, said, os.path.join(folder, name)), name)
        app.go_to(words("Follow"), "button")
        app.press("Return")
        app.expect(words("What Happened"), seconds=20)
        app.expect(words("Delivered back to you"), seconds=90)
        check_harmless(app, "follow")
        check_text(papers.save(person, "Save Label", "The label was saved.", os.path.join(folder, "label.pdf")), "label")
        app.press("alt+Left")
        app.expect(words("What to Do Now"))
        app.press("alt+Left")
        app.expect(words("Permits, most urgent first"))
        person.go_to_place("Renewals")
        app.expect(words("Renewals, newest first"))
        app.expect(re.compile("Bold"), seconds=20)
        check_harmless(app, "renewals")
        app.go_to(re.compile("Bold"), "list item")
        app.press("Return")
        app.expect(words("Order number"), seconds=20)
        check_harmless(app, "order")
        app.press("alt+Left")
        app.expect(words("Renewals, newest first"))
        person.go_to_place("Service Figures")
        app.expect(words("Permits renewed"))
        app.expect(re.compile("Bold"), seconds=20)
        check_harmless(app, "figures")
        app.quit()


@test
def on_every_page_in_arabic():
    with resident(ELEANOR, language="ar") as person:
        person.wait_for_sign_in()
        poison()
        person.enter(ELEANOR, person.fresh_code())
        person.app.expect(person.words("Permits, most urgent first"), seconds=20)
        person.app.expect(re.compile("Bold"))
        check_harmless(person.app, "permits")
        person.app.go_to(re.compile("Bold"), "checkbox")
        person.app.press("space")
        person.review()
        check_harmless(person.app, "review")
        person.to_payment()
        check_harmless(person.app, "pay", is_told=False)
        person.pay()
        person.app.expect(person.words("Renewed and Paid"), seconds=40)
        check_harmless(person.app, "done")
        person.app.quit()


@test
def a_payee_who_is_not_the_one_that_is_signed_is_not_paid():
    for language, name in (("en", "payee_en"), ("ar", "payee_ar")):
        with resident(SARA, language=language) as person:
            person.sign_in()
            person.choose(ANJALI if language == "en" else JONAS)
            person.review()
            BED.bank.rewrite = lambda _line, document, name=name: {
                key: "Somebody" if key == name else value for key, value in document.items()}
            person.app.go_to(person.words("Continue to Payment"), "button")
            person.app.press("Return")
            person.app.expect(person.words("What is to be paid is not what was shown."), seconds=20)
            assert any(person.words("Nothing was charged.") in text for text in person.app.texts())
            assert person.app.find(person.words.like("Pay %s"), "button") is None
            person.app.quit()


@test
def names_that_are_too_long_are_no_reply():
    with resident(ELEANOR) as person:
        person.wait_for_sign_in()
        BED.portal.rewrite = rewrite_at_length
        person.enter(ELEANOR, person.fresh_code())
        person.app.expect(person.words("Something answered that is not the service as Tajdid knows it."), seconds=30)
        check_harmless(person.app, "permits", is_told=False)
        BED.portal.heal()
        person.app.press("ctrl+r")
        person.app.expect(person.words("Permits, most urgent first"), seconds=20)
        person.app.quit()


@test
def in_a_companys_columns():
    for size in ((1280, 860), (360, 720)):
        with resident(LATHA, size=size) as person:
            person.wait_for_sign_in()
            poison()
            person.enter(LATHA, person.fresh_code())
            person.app.expect(re.compile("^Choose "), seconds=30)
            check_harmless(person.app, "columns")
            choose_first(person)
            person.review()
            check_harmless(person.app, "review of a company")
            person.app.quit()


if __name__ == "__main__":
    bed.run()
