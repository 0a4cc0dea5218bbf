"""Languages: which one a text is written in, and which ones a prompt names."""

from __future__ import annotations

import re
from typing import Final

NAMES: Final = {
    "en": r"english|englisch\w*|(?:و?(?:ال|بال|لل|ب))?(?:إ|ا)نجليزية?|(?:و?(?:ال|بال|لل))?(?:إ|ا)نكليزية?",
    "ar": r"arabic|arabisch\w*|(?:و?(?:ال|بال|لل))عربية?|عربي",
    "de": r"german|deutsch\w*|(?:و?(?:ال|بال|لل))?ألمانية?",
    "fr": r"french|französisch\w*|(?:و?(?:ال|بال|لل))?فرنسية?",
    "es": r"spanish|spanisch\w*|(?:و?(?:ال|بال|لل))?إسبانية?",
    "it": r"italian|italienisch\w*",
    "tr": r"turkish|türkisch\w*",
}
TITLES: Final = {
    "en": "English",
    "ar": "Arabic",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "tr": "Turkish",
}
_GERMAN: Final = frozenset(
    "der die das ein eine einen einem einer und für mit von über aus im am zum zur ist sind nicht unser "
    "unsere "
    "mach mache erstelle erkläre wie sekunden sekunde punkte titel film auf deutsch bitte warum wird vom "
    "den dem "
    "kürzer länger blau rot grün ändere füge hinzu".split()
)
_ENGLISH: Final = frozenset(
    "the a an and for with of about from in on to is are not our make create explain how seconds second "
    "points "
    "title film video please what why this that it my by at new".split()
)


def joined(text: str) -> bool:
    """Tell whether a text is mostly in Arabic letters."""
    arabic = sum(1 for letter in text if "\u0600" <= letter <= "\u06ff" and letter.isalpha())
    return arabic * 2 > sum(1 for letter in text if letter.isalpha())


def tongue_of(text: str, default: str = "en") -> str:
    """Tell the language of a text: Arabic by its letters, German and English by their small words."""
    if joined(text):
        return "ar"
    words = re.findall(r"[^\W\d_]+", text.lower())
    german = sum(1 for word in words if word in _GERMAN) + sum(
        1 for letter in text.lower() if letter in "äöüß"
    )
    english = sum(1 for word in words if word in _ENGLISH)
    if german == english:
        return default
    return "de" if german > english else "en"


_NAMED: Final = [
    (
        code,
        re.compile(
            rf"(?<!\w)(?:{pattern})(?!\w)(?![- ](?:rose|breakfast|tea|coffee|garden|school|bread|food|"
            rf"shepherd|market|class))",
            re.I,
        ),
    )
    for code, pattern in NAMES.items()
]


def named(text: str) -> list[str]:
    """List the languages that a text names, in their order."""
    found = [(match.start(), code) for code, pattern in _NAMED for match in pattern.finditer(text)]
    return list(dict.fromkeys(code for _, code in sorted(found)))
