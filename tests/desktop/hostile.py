# SPDX-License-Identifier: GPL-3.0-or-later
"""A party that writes what it should not into every text that it may choose, and what must come of it: nothing is
markup, nothing turns what stands around it, nothing is longer than a line, and what is left of it is read."""
import re

MARK = "<b>Bold</b> &amp; %n%s"
LONGEST = 256  # characters of a text; a reply with a longer one is refused as a whole
FREE = {"name_en", "name_ar", "payee_en", "payee_ar", "place_en", "place_ar", "service_en", "service_ar", "summary_en",
        "summary_ar", "title", "detail"}
LISTS = {"en", "ar"}  # of lines of an address
TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2067\u0000-\u0008\u000b-\u001f]")
BEGIN, END = re.compile("[\u2066\u2068]"), re.compile("\u2069")


def poison(length):
    return (f"\u202e\u2066{MARK}\u200f\r\n\tnext\u2028" + "W" * length)[:length]


def poisoned(value, length, key=None):
    if isinstance(value, dict):
        kept = {"payee_en", "payee_ar"} if "signing_text" in value else set()  # else it is not even shown
        return {name: inner if name in kept else poisoned(inner, length, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [poison(length) if key in LISTS and isinstance(inner, str) else poisoned(inner, length) for inner in value]
    return poison(length) if key in FREE and isinstance(value, str) else value


def rewrite(_line, document):
    """For a relay."""
    return poisoned(document, LONGEST)


def rewrite_at_length(line, document):
    """Names of 64 kB."""
    return poisoned(document, 65536) if "/permits" in line else document


def check_harmless(app, page, is_told=True):
    """What is read of a page. is_told: there must be something of it."""
    raw = [seen.raw_name for seen in app.seen() if seen.raw_name]
    told = [text for text in raw if "Bold" in text]
    for text in raw:
        assert not TURNING.search(text), f"{page}: {text!r}"
        assert len(BEGIN.findall(text)) == len(END.findall(text)), f"{page}: {text!r}"
        assert len(text) < 600, f"{page}: {len(text)} characters"
    assert told or not is_told, f"{page} says nothing of it: {raw}"
    for text in told:
        assert MARK in text, f"{page} has taken it for markup: {text!r}"
    for window in app.windows():
        left, _, width, _ = window.place
        if left + width > app.stage.size[0]:
            app.fail(f"{page} is pushed to {width} px")
    said = app.stage.said()
    assert "CRITICAL" not in said and "markup" not in said, said[-2000:]


def check_text(text, what):
    """Of a paper, as it is read out of a PDF; what Arabic is embedded in is pdftotext's own."""
    assert MARK in text, f"{what}: {text}"
    assert not TURNING.search(re.sub("[\u202b\u202c\f]", "", text)), f"{what}: {text!r}"
    assert "W" * 100 not in text, f"{what} is long"
