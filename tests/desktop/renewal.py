# SPDX-License-Identifier: GPL-3.0-or-later
"""A renewal as a resident makes it, by keyboard, page by page, in either language. Codes come from the foreign
client's own reckoning, over figures that are read from the page, as from a token that is another device."""
import os
import re
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "foreign"))
import client as foreign  # noqa: E402  pylint: disable=wrong-import-position
from program import Program  # noqa: E402  pylint: disable=wrong-import-position
from words import Words, western  # noqa: E402  pylint: disable=wrong-import-position

SARA, OMAR, MARIA, BILAL, ELEANOR = ("27612405934", "28581803362", "28760802145", "29158600533", "27982603006")
ANJALI, JONAS, ELIN = "29035600771", "27812404417", "31012400218"
YUSUF, MEERA, HINA = "31181800452", "29135600918", "29258600841"
NAMES = {  # of permits, in both languages
    SARA: "Sara Lindqvist|سارة ليندكفست", JONAS: "Jonas Lindqvist|يوناس ليندكفست",
    ELIN: "Elin Lindqvist|إلين ليندكفست", ANJALI: "Anjali Nair|أنجالي ناير",
    OMAR: "Omar Haddad|عمر حداد", YUSUF: "Yusuf Haddad|يوسف حداد", MEERA: "Meera Pillai|ميرا بيلاي",
    MARIA: "Maria Santos|ماريا سانتوس", BILAL: "Bilal Qureshi|بلال قريشي",
    HINA: "Hina Qureshi|حنا قريشي", ELEANOR: "Eleanor Whitfield|إليانور ويتفيلد",
}
USED_STEPS = {}  # the half minute of the last code that was used, by the secret it is of


def fresh_code(token, typing=8):
    """A code is good once, for the half minute after its own, and not after a later one: that of the last half minute
    where there are so many seconds to type it, else this one's, else the next."""
    while True:
        step, left = int(time.time()) // 30, 30 - time.time() % 30
        for wanted in (step - 1, step) if left > typing else (step,):
            if wanted > USED_STEPS.get(token.sign_in_secret, 0):
                USED_STEPS[token.sign_in_secret] = wanted
                return token.sign_in_code(wanted * 30)
        time.sleep(left + 0.2)


def in_sandbox(stage, personal_id):
    """Somebody before an application that has services of its own."""
    app = stage.start_app("--services", os.environ["TAJDID_SERVICES"])
    return Resident(app, personal_id, os.path.join(stage.home, ".local/state/tajdid/sandbox/tokens"))


class Resident:
    def __init__(self, app, personal_id, tokens):
        self.app, self.personal_id = app, personal_id
        self.words = Words(app.stage.language)
        self.tokens = tokens

    @property
    def token(self):
        return foreign.Token(os.path.join(self.tokens, self.personal_id + ".token"))

    def field(self, title):
        """What stands in it."""
        return self.app.find(self.words(title), "text box").node.text

    # --- signing in -----------------------------------------------------------------------------------

    def fresh_code(self):
        return fresh_code(self.token)

    def wait_for_sign_in(self):
        self.app.expect(self.words("Personal ID"), seconds=30)
        self.app.wait(lambda: "showing" in self.app.root.children[0].states, "the window")
        self.app.stage.see(quiet=0.3)

    def enter(self, personal_id, code):
        """Where the keyboard is in the first of the two fields."""
        self.app.type(personal_id)
        self.app.press("Return")
        self.app.type(code)
        self.app.press("Return")

    def sign_in(self):
        self.wait_for_sign_in()
        self.enter(self.personal_id, self.fresh_code())
        self.wait_for_permits()

    def sign_in_again(self):
        """Over the page, where one's ID stands and the code is to be typed."""
        self.wait_for_sign_in()
        self.app.wait_focused(self.words("Token code"))
        assert self.field("Personal ID") == self.personal_id
        self.app.type(self.fresh_code())
        self.app.press("Return")

    def wait_for_permits(self, seconds=20):
        self.app.expect(self.words("Permits, most urgent first"), seconds=seconds)
        self.app.expect_gone(self.words("Token code"))

    # --- choosing and reviewing -------------------------------------------------------------------------

    def choose(self, *personal_ids):
        for personal_id in personal_ids:
            self.app.go_to(re.compile(NAMES[personal_id]), "checkbox")
            self.app.press("space")
            self.app.wait(lambda name=NAMES[personal_id]: self.app.find(re.compile(name), "checkbox", "checked"),
                          f"{NAMES[personal_id]} is chosen")

    def review(self):
        self.app.go_to(self.words("Review Fees"), "button")
        self.app.press("Return")
        self.app.expect(self.words("Continue to Payment"))

    def total(self):
        """What is to be paid, in dirhams, as the page says."""
        texts = self.app.texts()
        at = max(index for index, text in enumerate(texts) if text == self.words("Total"))
        return dirhams(texts[at + 1])

    def go_to_place(self, title):
        """A place of the switcher; it has one above and, in a narrow window, another below."""
        self.app.go_to(self.words(title), "tab")
        self.app.press("space")

    def open_order(self, name):
        """Over the list of what was renewed; name: a pattern of its row."""
        self.go_to_place("Renewals")
        self.app.expect(name, seconds=20)
        self.app.go_to(name, "list item")
        self.app.press("Return")
        self.app.expect(self.words("Order number"), seconds=20)

    # --- paying -------------------------------------------------------------------------------------------

    def to_payment(self):
        self.app.go_to(self.words("Continue to Payment"), "button")
        self.app.press("Return")
        self.app.expect(self.words.like("Pay %s"), "button", seconds=20)

    def bring_to_payment(self, *personal_ids):
        """From the sign-in page on; what is to be paid, in dirhams."""
        self.sign_in()
        self.choose(*personal_ids)
        self.review()
        total = self.total()
        self.to_payment()
        return total

    def renew(self, *personal_ids):
        """From the sign-in page to what is to be done then; what it cost."""
        total = self.bring_to_payment(*personal_ids)
        self.pay()
        self.wait_until_paid()
        return total

    def open_figures(self):
        """The figures to type into a token that is another device."""
        name = self.words("Token on another device")
        number = self.words("Request number")
        if number not in self.app.texts():
            self.app.go_to(name, key="shift+Tab")
            self.app.press("Return")
            self.app.expect(number)

    def figure(self, title):
        texts = self.app.texts()
        at = max(index for index, text in enumerate(texts) if text == self.words(title))
        return western(texts[at + 1])

    def signing_code(self):
        """By hand: number, amount, payee's number."""
        self.open_figures()
        number, payee = self.figure("Request number"), self.figure("Payee’s number")
        amount = dirhams(self.figure("Amount"))
        return self.token.signing_code(number, f"{number}\n{amount // 100}.{amount % 100:02d}\n{payee}\n")

    def pay(self, code=None):
        code = code or self.signing_code()
        self.app.go_to(self.words("Signing code"), "text box")
        self.app.clear()
        self.app.type(code)
        self.app.press("Return")

    def wait_until_paid(self, seconds=20):
        self.app.expect(self.words("What to Do Now"), seconds=seconds)

    def open_token(self):
        """The token's own window, with the request that this payment asks to be signed."""
        self.app.go_to(self.words("Open Token"), "button", key="shift+Tab")
        self.app.press("Return")
        return Token(self.app, self.words)


class Token(Program):
    """tajdid-token's window; who looks at it leaves it by closing it."""

    def __init__(self, app, words):
        super().__init__(app.stage, None)
        self.app, self.words = app, words
        reader = app.stage.reader
        self.known_root = app.wait(
            lambda: next((root for root in reader.programs() if root.sender != app.root.sender), None),
            "the token's window", 20)

    def __enter__(self):
        self.stage.focus("app.tajdid.Token|tajdid-token")
        self.expect(self.words("Show Code"))
        return self

    def process_id(self):
        return self.stage.reader.process_of(self.root.sender)

    def show_signing_code(self):
        self.go_to(self.words("Show Code"), "button")
        self.press("Return")
        return self.wait(self.spelled, "the signing code")

    def spelled(self):
        """The code of eight digits, which is told digit by digit."""
        for text in self.texts():
            digits = western(text).split()
            if len(digits) == 8 and all(len(digit) == 1 and digit.isdigit() for digit in digits):
                return "".join(digits)
        return None

    def __exit__(self, kind, *_):
        if kind is None:
            self.press("ctrl+q")
            self.stage.focus("app.tajdid.Tajdid|tajdid")


def dirhams(text):
    """Of an amount as it is shown, in either language."""
    found = re.search(r"(\d[\d,]*)\.(\d\d)", western(text))
    assert found, f"no amount: “{text}”"
    return int(found[1].replace(",", "")) * 100 + int(found[2])
