"""Quoted phrases: each is hidden behind one private letter, so that no rule looks inside."""

from __future__ import annotations

import re
from typing import Final

from providers.offline.tongues import joined

FIRST: Final = 0xE000
HIDDEN: Final = "[\ue000-\uf0ff]"
_PAIRS: Final = re.compile(
    r"“([^”“\n]{1,300})[”“]|\"([^\"\n]{1,300})\"|„([^“”\"\n]{1,300})[“”\"]|«\s?([^»\n]{1,300}?)\s?»|"
    r"»([^«\n]{1,300})«|"
    r"‚([^‘’\n]{1,300})[‘’]|(?<!\w)‘([^’\n]{1,300})’(?!\w)|(?<!\w)'([^'\n]{2,200})'(?!\w)|「([^」]{1,300})」"
)
_SHORT: Final = re.compile(
    r"(?<!\w)(Dr|Prof|Mr|Mrs|Ms|St|Jr|Sr|Inc|Ltd|vs|ca|approx|bzw|z\.B|e\.g|i\.e|Dipl|Ing|Hr|Fr)\.(?=\s+\w)"
)
"""Words that are shortened: their full stop ends no sentence."""
_DAY: Final = re.compile(
    r"(?<!\d)(\d{1,2})\.(?=\s?(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)[a-zä]*)"
)
"""German days: `21. Juni`."""
_STOP: Final = "\u2024"
"""Stands for such a full stop until the text is shown."""
_BRACKETS: Final = re.compile(r"\(([^()\n]{2,160})\)")
"""What stands in brackets in another script is a phrase too."""


def hide(text: str) -> tuple[str, list[str]]:
    """Put a private letter in the place of each quoted phrase."""
    found: list[str] = []

    def take(match: re.Match[str]) -> str:
        phrase = next(group for group in match.groups() if group is not None).strip()
        if not phrase or len(found) > 4_000:
            return match.group()
        found.append(phrase)
        return chr(FIRST + len(found) - 1)

    text = re.sub(r"[\ue000-\uf8ff]", " ", text)
    text = _DAY.sub(rf"\1{_STOP}", _SHORT.sub(rf"\1{_STOP}", _PAIRS.sub(take, text)))
    arabic = joined(text)
    return _BRACKETS.sub(
        lambda match: take(match) if joined(match[1]) != arabic else match.group(), text
    ), found


def show(text: str, phrases: list[str]) -> str:
    """Put the phrases back."""
    return re.sub(HIDDEN, lambda match: phrases[ord(match.group()) - FIRST], text).replace(_STOP, ".")
