# SPDX-License-Identifier: GPL-3.0-or-later
"""What the application says in either language, from the catalogue that it reads itself: a test names a text by
its English and looks for it as it is shown."""
import gettext
import os
import re

from reader import plain

PLACEHOLDER = re.compile(r"%(?:\d\$)?l?[sud]|%%")


class Words:
    def __init__(self, language):
        folder = os.environ["TAJDID_LOCALE"]
        self.language = language
        self.catalogue = (gettext.NullTranslations() if language == "en" else
                          gettext.translation("tajdid", folder, [language]))
        with open(os.path.join(folder, "ar", "LC_MESSAGES", "tajdid.mo"), "rb") as file:
            known = gettext.GNUTranslations(file)._catalog  # pylint: disable=protected-access
        self.with_mnemonics = {english.replace("_", ""): english for english in known if isinstance(english, str)}

    def __call__(self, english):
        """The text alone, without a mnemonic, which it may have or not."""
        said = self.catalogue.gettext(self.with_mnemonics.get(english, english))
        assert english in self.with_mnemonics, f"no longer a text of ours: “{english}”"
        return plain(said).replace("_", "")

    def like(self, english, plural=None, number=1):
        """A pattern for a text with figures in it."""
        said = (self.catalogue.ngettext(english, plural, number) if plural else self.catalogue.gettext(english))
        assert self.language == "en" or said not in (english, plural), f"not translated: “{english}”"
        pieces = PLACEHOLDER.split(plain(said).replace("_", ""))
        return re.compile(".+?".join(re.escape(piece) for piece in pieces))


EASTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩٬٫", "0123456789,.")


def western(text):
    """Figures as a machine reads them."""
    return text.translate(EASTERN)
