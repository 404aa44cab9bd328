#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real app, page by page, by keyboard: what it says, and that who listens instead of looking is told the
name of everything that takes the focus. TAJDID_PICTURES=DIR keeps a picture of each page."""
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import session as desktop  # noqa: E402

SARA = "27612405934"
ARABIC = re.compile("[\u0600-\u06ff]")
SERVICES = ("--services", os.environ.get("TAJDID_SERVICES", ""))
WORDS = {
    "en": {"id": "Personal ID", "code": "Token code", "sandbox": "Sandbox: nothing here is real",
           "wrong": "This personal ID and code do not go together.", "tries": "4 tries are left.",
           "short": "A personal ID has 11 digits", "permit": "Expires in 12 days", "name": "Anjali Nair",
           "search": "Search permits", "bar": "permit", "renewals": "No Renewals Yet", "figures": "Permits renewed",
           "preferences": "Hijri dates", "diagnostics": "Agrees with the portal’s.", "copy": "Copy Report",
           "help": "How a renewal goes", "about": "The Tajdid developers"},
    "ar": {"id": "الرقم الشخصي", "code": "رمز الدخول", "sandbox": "بيئة تجريبية: لا شيء هنا حقيقي",
           "wrong": "الرقم الشخصي والرمز غير متطابقين.", "tries": "بقيت ٤ محاولات.",
           "short": "يتكوّن الرقم الشخصي من", "permit": "تنتهي خلال ١٢ يومًا", "name": "أنجالي ناير",
           "search": "البحث في الإقامات", "bar": "إقامة", "renewals": "لا تجديدات بعد", "figures": "إقامات جُدّدت",
           "preferences": "التواريخ الهجرية", "diagnostics": "مطابقة لساعة البوابة.", "copy": "انسخ التقرير",
           "help": "كيف يتم التجديد", "about": "مطوّرو تجديد"},
}
SESSION = None


def session():
    global SESSION
    SESSION = SESSION or desktop.Session()
    return SESSION


def picture(name):
    if "TAJDID_PICTURES" in os.environ:
        os.makedirs(os.environ["TAJDID_PICTURES"], exist_ok=True)
        session().picture(os.path.join(os.environ["TAJDID_PICTURES"], name + ".png"))


NAMES_ITSELF = {"frame", "window", "dialog", "alert", "scroll pane"}  # by its title, or by what is in it
NO_NAME = re.compile(r"^$|(?:Gtk|Adw|Tjd)[A-Z]|.*_|(.+) \1$", re.S)  # a type's, a mnemonic, the same twice


def fault_of(role, name, states, place):
    """What takes the focus and has no name to be told, or none that is fit to be. GTK 4.8 says SHOWING of windows
    alone; what has been shown has a size."""
    takes_focus = "focusable" in states and place[2] > 0 and place[3] > 0 and role not in NAMES_ITSELF
    return takes_focus and NO_NAME.match(name) is not None


def nameless(app):
    seen = list(app.walk())
    assert sum("focusable" in one.states and one.place[2] > 0 for one in seen) > 3, "nothing was read"
    inside, faults = set(), []  # of a combo box, which takes the keyboard for its parts
    for one in seen:
        is_inside = (one.node.sender, one.node.path) in inside
        if one.role == "combo box" or is_inside:
            inside.update(tuple(reference) for reference in one.references)
        if not is_inside and fault_of(one.role, one.raw_name, one.states, one.place):
            faults.append(f"{one} at {one.place}")
    return faults


def what_has_no_name_is_found():
    here, there = (0, 0, 10, 10), (0, 0, 0, 0)
    for name in ("", "GtkImage", "_Find Find", "Find Find", "AdwAvatar"):
        assert fault_of("button", name, {"focusable"}, here), name
    assert not fault_of("button", "Find", {"focusable"}, here)
    assert not fault_of("button", "", {"focusable"}, there)  # never shown
    assert not fault_of("label", "", set(), here)


def check(app, page, language):
    picture(f"{language}-{page}")
    faults = nameless(app) if page != "about" else []  # which is libadwaita's own window
    assert not faults, f"{page} in {language}: without a name:\n" + "\n".join(faults)
    if language == "ar":
        english = [text for text in app.texts() if re.search("[A-Za-z]{3}", text) and not ARABIC.search(text)]
        allowed = re.compile(r"^(Gtk|Adw|Tjd|Atk)[A-Z]|^tajdid$|^English$|^http://|"
                             "^(No Results Found|Try a different search.)$")  # libadwaita's, behind what shows
        left = [text for text in english if not allowed.search(text)]
        assert page == "about" or not left, f"{page}: not in Arabic: {left}"  # there the licence is libadwaita's


def walk(language):
    words = WORDS[language]
    session()
    with desktop.App({"language": f"'{language}'"}, SERVICES) as app:
        app.wait_for(words["sandbox"], 40)
        check(app, "sign-in", language)
        app.type("123")
        app.wait_text(words["id"], "123")  # the focus is there from the start
        app.keys("Return")
        app.wait_for(words["short"])
        app.keys("ctrl+a")
        app.type("276-1240 5934")
        app.wait_text(words["id"], "276-1240 5934")
        app.keys("Return")
        app.type("000000")
        app.wait_text(words["code"], "000000")
        app.keys("Return")
        app.wait_for(words["wrong"])
        app.wait_for(words["tries"])
        app.wait_text(words["code"], "")
        app.wait_text(words["id"], "276-1240 5934")
        check(app, "sign-in-wrong", language)
        app.type(app.code(SARA))
        app.keys("Return")
        app.wait_for(words["permit"])
        app.wait_for(words["name"])
        check(app, "permits", language)
        app.keys("ctrl+f")
        app.type(words["name"].split()[0].upper())
        app.wait_gone("Lindqvist" if language == "en" else "ليندكفست")
        app.wait_for(words["name"])
        app.keys("ctrl+a", "BackSpace")
        app.wait_for("Sara" if language == "en" else "سارة")
        for page, action in (("preferences", "preferences"), ("diagnostics", "diagnostics"), ("help", "help"),
                             ("about", "about")):
            app.act(action)
            app.wait_for(words[page])
            check(app, page, language)
            app.keys("Escape")
            app.wait_gone(words[page])


def every_page_in_english():
    walk("en")


def every_page_in_arabic():
    walk("ar")


def the_language_changes_and_what_was_typed_stays():
    session()
    with desktop.App({"language": "'en'"}, SERVICES) as app:
        app.wait_for(WORDS["en"]["sandbox"], 40)
        app.type("2761240")
        app.wait_text(WORDS["en"]["id"], "2761240")
        app.keys("shift+Tab", "shift+Tab", "space")  # back over the menu to the language
        app.wait_for(WORDS["ar"]["sandbox"])
        app.wait_text(WORDS["ar"]["id"], "2761240")
        app.keys("shift+Tab", "End")
        app.type("5934")
        app.wait_text(WORDS["ar"]["id"], SARA)
        app.keys("Return")
        app.type(app.code(SARA))
        app.keys("Return")
        app.wait_for(WORDS["ar"]["permit"])


def a_second_start_raises_the_first():
    session()
    with desktop.App({"language": "'en'"}, SERVICES) as app:
        app.wait_for(WORDS["en"]["sandbox"], 40)
        second = desktop.subprocess.run([os.environ["TAJDID_DESKTOP"]], env=app.environment, timeout=30,
                                        capture_output=True, check=False)
        assert second.returncode == 0, second.stderr
        assert app.process.poll() is None


def a_session_is_kept_and_signed_out_of():
    session()
    home = desktop.tempfile.mkdtemp(prefix="tajdid-home-")
    try:
        with desktop.App({"language": "'en'"}, SERVICES, home) as app:
            app.wait_for(WORDS["en"]["sandbox"], 40)
            app.sign_in(SARA)
            app.wait_for(WORDS["en"]["permit"])
        with desktop.App(None, SERVICES, home) as app:
            app.wait_for(WORDS["en"]["permit"], 40)
            app.act("sign-out")
            app.wait_for(WORDS["en"]["sandbox"])
            app.type("1")
            app.wait_text(WORDS["en"]["id"], "1")
        with desktop.App(None, SERVICES, home) as app:
            app.wait_for(WORDS["en"]["sandbox"], 40)
    finally:
        desktop.shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    desktop.run([what_has_no_name_is_found, every_page_in_english, every_page_in_arabic, the_language_changes_and_what_was_typed_stays,
                 a_second_start_raises_the_first, a_session_is_kept_and_signed_out_of])
