"""Quoted phrases: each is hidden behind one private letter, so that no rule looks inside."""

from __future__ import annotations

import re
from typing import Final

FIRST: Final = 0xE000
HIDDEN: Final = "[\ue000-\uf0ff]"
_PAIRS: Final = re.compile(
    r"“([^”“\n]{1,300})[”“]|\"([^\"\n]{1,300})\"|„([^“”\"\n]{1,300})[“”\"]|«\s?([^»\n]{1,300}?)\s?»|»([^«\n]{1,300})«|"
    r"‚([^‘’\n]{1,300})[‘’]|(?<!\w)‘([^’\n]{1,300})’(?!\w)|(?<!\w)'([^'\n]{2,200})'(?!\w)|「([^」]{1,300})」"
)


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
    return _PAIRS.sub(take, text), found


def show(text: str, phrases: list[str]) -> str:
    """Put the phrases back."""
    return re.sub(HIDDEN, lambda match: phrases[ord(match.group()) - FIRST], text)


def quoted(text: str) -> bool:
    """Tell whether a text is one hidden phrase and nothing else."""
    return re.fullmatch(rf"\s*{HIDDEN}\s*[.,;!]?\s*", text) is not None
