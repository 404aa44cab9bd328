#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real app, page by page, by keyboard: what it says, and that who listens instead of looking is told the
name of everything that takes the focus. TAJDID_PICTURES=DIR keeps a picture of each page."""
import re
import subprocess

import bed
from harness import SLOW, test
from names import fault_of
from renewal import ANJALI, ELEANOR, SARA, in_sandbox
from words import Words

if not bed.MISSING:
    from stage import APP, NARROW, Stage

LATHA = "27935600118"  # a clinic's officer
ARABIC = re.compile("[\u0600-\u06ff]")
ALLOWED = re.compile(r"^(Gtk|Adw|Tjd|Atk)[A-Z]|^tajdid$|^English$|^(Ctrl|Alt)$|^http://")
WORDS = {
    "en": {"permit": "Expires in 12 days", "name": "Anjali Nair", "sought": "ANJALI",
           "wrong": "This personal ID and code do not go together.", "tries": "4 tries are left.",
           "short": "A personal ID has 11 digits", "other": "Lindqvist",
           "preferences": "Hijri dates", "diagnostics": "Agrees with the portal’s.",
           "shortcuts": "Do what the page is for", "help": "How a Renewal Goes", "about": "The Tajdid developers"},
    "ar": {"permit": "تنتهي خلال ١٢ يومًا", "name": "أنجالي ناير",
           "sought": ANJALI,  # letters that the keyboard has not, xdotool loses where it has to hurry
           "wrong": "الرقم الشخصي والرمز غير متطابقين.", "tries": "بقيت ٤ محاولات.",
           "short": "يتكوّن الرقم الشخصي من", "other": "ليندكفست",
           "preferences": "التواريخ الهجرية", "diagnostics": "مطابقة لساعة البوابة.",
           "shortcuts": "تنفيذ ما وُضعت له الصفحة", "help": "كيف يتم التجديد", "about": "مطوّرو تجديد"},
}


FRAMED = {"preferences": 370, "about": 370}  # libadwaita's own: 360 and the frame that no window manager hides


def has(text):
    return re.compile(re.escape(text))


def activate(stage, action):
    """An action of the app, as a desktop calls it."""
    subprocess.run(["gdbus", "call", "--session", "--dest", "app.tajdid.Tajdid", "--object-path",
                    "/app/tajdid/Tajdid", "--method", "org.gtk.Actions.Activate", action, "[]", "{}"],
                   check=True, env=stage.env, stdout=subprocess.DEVNULL, timeout=20 * SLOW)


def check(person, page):
    app, language = person.app, person.words.language
    widths = app.widths()
    assert max(widths) <= max(app.stage.size[0], FRAMED.get(page, 0)), f"{page} in {language}: {widths} pixels wide"
    if page == "about":  # which is libadwaita's own window, with its licence
        return
    seen = bed.look_at(app, f"{language}-{page}")
    english = [one.name for one in seen if re.search("[A-Za-z]{3}", one.name) and not ARABIC.search(one.name)]
    left = [text for text in english if not ALLOWED.search(text)]
    assert language != "ar" or not left, f"{page}: not in Arabic: {left}"


def wait_text(app, name, text):
    app.wait(lambda: (entry := app.find(name, "text box")) is not None and entry.node.text == text,
             f"“{name}” holds “{text}”")


def sign_in_after_mistakes(person):
    app, words = person.app, WORDS[person.words.language]
    personal_id, code = person.words("Personal ID"), person.words("Token code")
    app.type("123")  # the focus is there from the start
    wait_text(app, personal_id, "123")
    app.press("Return")
    app.expect(has(words["short"]))
    app.press("ctrl+a")
    person.enter("276-1240 5934", "000000")
    app.expect(has(words["wrong"]))
    app.expect(has(words["tries"]))
    wait_text(app, code, "")
    wait_text(app, personal_id, "276-1240 5934")
    check(person, "sign-in-wrong")
    app.type(person.fresh_code())
    app.press("Return")


def walk(person):
    """From the permits on."""
    app, words = person.app, WORDS[person.words.language]
    app.expect(has(words["permit"]))
    app.expect(has(words["name"]))
    check(person, "permits")
    app.press("ctrl+f")
    app.type(words["sought"])
    app.expect_gone(has(words["other"]))
    app.expect(has(words["name"]))
    app.clear()
    app.expect(has(words["other"]))
    look_at_windows(person)
    app.quit()


def look_at_windows(person):
    """Those over the pages, each closed by Escape."""
    app, words = person.app, WORDS[person.words.language]
    for page in ("preferences", "diagnostics", "shortcuts", "help", "about"):
        activate(app.stage, page)
        app.expect(has(words[page]))
        check(person, page)
        app.press("Escape")
        app.expect_gone(has(words[page]))


@test
def what_has_no_name_is_found():
    here, there = (0, 0, 10, 10), (0, 0, 0, 0)
    for name in ("", "GtkImage", "_Find Find", "Find Find", "AdwAvatar"):
        assert fault_of("button", name, {"focusable"}, here), name
    assert not fault_of("button", "Find", {"focusable"}, here)
    assert not fault_of("button", "", {"focusable"}, there)  # never shown
    assert not fault_of("label", "", set(), here)


@test
def every_page_in_english():
    with bed.resident(SARA) as person:
        person.wait_for_sign_in()
        check(person, "sign-in")
        sign_in_after_mistakes(person)
        walk(person)


@test
def the_sandbox_in_arabic_once_the_language_was_changed():
    with Stage() as stage:
        person = in_sandbox(stage, SARA)
        app = person.app
        person.wait_for_sign_in()
        app.expect(person.words("Sandbox: nothing here is real"))
        app.type(SARA[:7])
        wait_text(app, person.words("Personal ID"), SARA[:7])
        app.go_to("العربية", "button", key="shift+Tab")
        app.press("space")
        person.words = Words("ar")
        app.expect(person.words("Sandbox: nothing here is real"))
        wait_text(app, person.words("Personal ID"), SARA[:7])  # what was typed stays
        check(person, "sign-in")
        app.go_to(person.words("Personal ID"), "text box", key="shift+Tab")
        app.press("ctrl+a")
        sign_in_after_mistakes(person)
        walk(person)


@test
def no_page_is_wider_than_360_pixels_with_large_text():
    for language, permit in (("en", SARA), ("ar", ANJALI)):
        with bed.resident(SARA, language=language, size=NARROW, large=True) as person:
            person.wait_for_sign_in()
            check(person, "large-sign-in")
            person.sign_in()
            person.choose(permit)
            for place in ("Renewals", "Service Figures", "Permits"):
                person.go_to_place(place)
                person.app.stage.see(quiet=0.3)
                check(person, "large-" + place)
            person.review()
            check(person, "large-review")
            person.to_payment()
            person.signing_code()
            check(person, "large-pay")
            person.pay("12345678")
            person.app.expect(has(person.words("Nothing was charged.")), seconds=15)
            check(person, "large-pay-wrong")
            person.app.quit()
    with bed.resident(LATHA, language="ar", size=NARROW, large=True) as person:
        person.wait_for_sign_in()
        person.enter(LATHA, person.fresh_code())
        person.app.expect(person.words("Permits of the company"), seconds=20)
        person.app.press("Return", "Down", "Return")
        person.app.expect(person.words("Review Fees"), "button")
        check(person, "large-company")
        look_at_windows(person)
        person.app.quit()


@test
def a_session_is_kept_and_signed_out_of():
    with bed.resident(ELEANOR) as person:
        person.sign_in()
        second = subprocess.run([APP], env=person.app.stage.env, timeout=30 * SLOW, capture_output=True, check=False)
        assert second.returncode == 0, second.stderr  # it raises the first
        person.app.kill()
        person = bed.start(person.app.stage, ELEANOR)
        person.wait_for_permits()
        activate(person.app.stage, "sign-out")
        person.app.expect(person.words("Token code"))
        person.app.type("1")
        wait_text(person.app, person.words("Personal ID"), "1")
        person.app.quit()
        person = bed.start(person.app.stage, ELEANOR)
        person.wait_for_sign_in()
        person.app.quit()


if __name__ == "__main__":
    bed.run()
