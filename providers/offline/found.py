"""What rules have read so far, and how texts are kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from providers.offline.lists import point
from providers.offline.quotes import HIDDEN, show
from providers.offline.subject import GONE
from providers.offline.wish import Point

LONGEST: Final = 160
"""Letters of one text; a longer one is cut at a word."""


@dataclass
class Found:
    """What was read so far."""

    tongue: str
    phrases: list[str]
    texts: dict[str, str] = field(default_factory=dict[str, str])
    points: list[Point] = field(default_factory=list[Point])
    asides: list[str] = field(default_factory=list[str])
    listed: bool = False
    """Whether the points were given as a list."""

    def put(self, kind: str, text: str) -> bool:
        """Keep a text if its place is free."""
        text = text.strip()
        quote = re.fullmatch(rf"{HIDDEN}[.,;]?", text)
        text = cut(show(text.rstrip(".,;"), self.phrases)) if quote else tidy(show(text, self.phrases))
        if not text or self.texts.get(kind):
            return False
        self.texts[kind] = text
        return True

    def tell(self, text: str) -> None:
        """Keep something that has no place of its own: below the title, else as a point."""
        said = tidy(show(text, self.phrases))
        again = re.compile(rf"(?<!\w){re.escape(said)}(?!\w)", re.I)
        if said and not any(
            again.search(known) for known in (*self.texts.values(), *(each.title for each in self.points))
        ):
            self.points.append(point(said))


def cut(text: str) -> str:
    """Bound a text's length, at a word."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rsplit(' ', 1)[0]}…"


def tidy(text: str) -> str:
    """Bring a text into one line of bounded length, without what only joined it to others."""
    text = re.sub(rf"\(\s*[{GONE},;\s]*\)", " ", text)
    line = (
        " ".join(text.replace(GONE, " ").split()).lstrip(" .").strip(" ,;،؛:–—-").removesuffix("(").rstrip()
    )
    line = line.rstrip(".") if line.count(".") == 1 and line.endswith(".") else line
    return cut(line)
