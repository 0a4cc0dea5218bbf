"""A quotation and its voice."""

from __future__ import annotations

import re
from typing import Final

from providers.offline.kind import ARABIC_NAME, NAME, Kind, changed, without
from providers.offline.subject import directive
from providers.offline.wish import Wish

_END: Final = "[”“\"»'’‘]"
_VOICE: Final = re.compile(
    rf"{_END}\s*[,.]?\s*(?:(?:by|from|said by|von|–|—|-)\s*)({NAME})(?:\s*[,(]\s*([^,.;()\n–—]{{3,60}}))?"
    rf"|{_END}\s*[,،]?\s*(?:بقلم|قالها|للكاتبة?|للشاعرة?|عن|–|—|-|لـ\s?|ل(?=\w))\s*({ARABIC_NAME})"
    rf"(?:\s*[،(]\s*([^،.؛()\n]{{3,60}}))?"
)
_SAID: Final = re.compile(
    rf"(?<!\w)(?:by|from|von)\s+({NAME})(?:\s*[,(]\s*([^,.:;()\n]{{3,60}})\)?)?\s*:\s*(?P<words>[^\n“”\"«»]{{8,240}})"
)
"""A voice before its words: `a quote by Ada Lind: Slow is smooth`."""
_ROLE: Final = re.compile(r"^(?:an?|the|der|die|das)\s+", re.I)


def fit(wish: Wish) -> Wish:
    """Find who says it, and keep that out of the quotation's own words."""
    found, before = _VOICE.search(wish.prompt), _SAID.search(wish.prompt)
    if not found and before:
        wish = _said(wish, before["words"].strip())
    author = (found[1] or found[3] or "").strip() if found else before[1].strip() if before else ""
    role = (found[2] or found[4] or "").strip() if found else (before[2] or "").strip() if before else ""
    role = "" if directive(role) or re.search(r"\d", role) else _ROLE.sub("", role)
    role = f"{role[:1].upper()}{role[1:]}"
    told = without(wish, author, role, f"by {author}", f"von {author}") if author else wish
    brand = "" if author and author in wish.brand.replace("لأ", "أ") else wish.brand
    if author and wish.brand.startswith("ل") and wish.brand[1:] == author:
        brand = ""
    more = {"AUTHOR": author, "ROLE": role, "HIGHLIGHT": ""}
    return changed(told, more=more, brand=brand, kicker="")


def _said(wish: Wish, words: str) -> Wish:
    """Let the words that follow a voice be the quotation, to the end of its first sentence."""
    first = re.split(r"(?<=[^\W\d_]{2})[.](?=\s|$)", words)[0].strip(" .")
    told = without(wish, first)
    return changed(told, title=f"{first[:1].upper()}{first[1:]}")


KIND = Kind(
    template="quote",
    rank=40,
    called=re.compile(
        r"(?<!\w)(?:quotes?|quotations?|testimonials?|\w*zitat\w*|spruch(?:video|film)?|(?:ال)?اقتباس|مقولة|حكمة)(?!\w)",
        re.I,
    ),
    base=8,
    each=4,
    fit=fit,
    dark=True,
    music="calm",
    picture=True,
)
