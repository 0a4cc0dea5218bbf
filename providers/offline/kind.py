"""Kinds of film: what prompts call them, the template that is made for each, and the words it alone has."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, cast

from domain.plugins import load_all
from providers.offline.colors import find_colors
from providers.offline.wish import Point, Wish

Fit = Callable[[Wish], Wish]
_WORD: Final = r"[A-ZÄÖÜÀ-Þ][\w.’'-]*"
_LINKS: Final = r"(?:(?:von|van|de|del|der|den|al|bin|ibn|und|zu)\s+)*"
NAME: Final = rf"{_WORD}(?:\s+{_LINKS}{_WORD}){{0,4}}"
"""A name in Latin letters, of one word to five."""
ARABIC_NAME: Final = r"[\u0621-\u064a]{2,}(?:\s+[\u0621-\u064a]{2,}){0,3}"


@dataclass(frozen=True)
class Kind:
    """One kind of film."""

    template: str
    rank: int
    """Where several kinds fit a prompt, the lowest rank wins."""
    called: re.Pattern[str]
    """What prompts call it."""
    base: float
    """Seconds that it takes without points."""
    each: float
    """Seconds that every point adds."""
    fit: Fit
    """Gives the wish its texts, once the kind is known."""
    dark: bool | None = None
    """Whether its ground is dark when the prompt does not say."""
    music: str = ""
    """The mood of its music when the prompt names none."""
    picture: bool = False
    """Whether a picture that the user gave has a place of its own in it."""
    intents: tuple[str, ...] = ("title", "product")


@cache
def kinds() -> tuple[Kind, ...]:
    """Every kind, the one that wins first."""
    found = [
        cast("Kind", cast("Any", module).KIND) for module in load_all("providers.offline.kinds").values()
    ]
    return tuple(sorted(found, key=lambda kind: kind.rank))


def kind_of(template: str) -> Kind | None:
    """Find the kind that a template is made for; none for those that suit every film."""
    return next((kind for kind in kinds() if kind.template == template), None)


def fitted(wish: Wish) -> Wish:
    """Tell which kind of film a prompt asks for, and give the wish that kind's words."""
    named = find_colors(f"{wish.brand} {wish.title}")
    if wish.colors and set(wish.colors) <= set(named):
        wish = wish.model_copy(update={"colors": ()})
    kind = next(
        (each for each in kinds() if wish.intent in each.intents and each.called.search(wish.prompt)), None
    )
    return wish if kind is None else kind.fit(wish).model_copy(update={"kind": kind.template})


def changed(wish: Wish, *, more: Mapping[str, object] | None = None, **words: object) -> Wish:
    """Give a wish other texts; `more` are constants that only its template has."""
    return wish.model_copy(update={**words, "more": {**wish.more, **(more or {})}})


def without(wish: Wish, *told: str) -> Wish:
    """Take out of subtitle and points what is told elsewhere."""
    gone = [text.casefold() for text in told if text]

    def said(text: str) -> bool:
        low = text.casefold().strip(" .,–—-")
        return bool(low) and any(low in each or (len(each) > 3 and each in low) for each in gone)

    points = tuple(each for each in wish.points if not said(each.title))
    return changed(wish, subtitle="" if said(wish.subtitle) else wish.subtitle, points=points)


def points_of(pairs: list[tuple[str, str]]) -> tuple[Point, ...]:
    """Make points of titles and texts."""
    return tuple(Point(title=title.strip(), text=text.strip()) for title, text in pairs)
