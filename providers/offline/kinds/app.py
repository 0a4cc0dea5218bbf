"""A film for an app."""

from __future__ import annotations

import re

from providers.offline.kind import Kind, changed
from providers.offline.wish import Wish


def fit(wish: Wish) -> Wish:
    """Give the app's rating its place when the prompt names one."""
    rating = re.search(
        r"(?<![\d.,])([3-5][.,]\d)\s*(?:stars?|sterne|of 5|von 5|/ ?5|نجوم|نجمة)", wish.prompt, re.I
    )
    return changed(wish, more={"RATING": rating[1].replace(",", ".") if rating else ""})


KIND = Kind(
    template="app",
    rank=80,
    called=re.compile(
        r"(?<!\w)(?:apps?|mobile app|\w+-app|ios|android|app ?store|play ?store|(?:ال|ل)?تطبيق\w*)(?!\w)",
        re.I,
    ),
    base=9,
    each=3,
    fit=fit,
    music="fresh",
    picture=True,
    intents=("product",),
)
