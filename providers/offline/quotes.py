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
    text = _PAIRS.sub(take, text)
    arabic = joined(text)
    return _BRACKETS.sub(
        lambda match: take(match) if joined(match[1]) != arabic else match.group(), text
    ), found


def show(text: str, phrases: list[str]) -> str:
    """Put the phrases back."""
    return re.sub(HIDDEN, lambda match: phrases[ord(match.group()) - FIRST], text)
