"""A greeting for Ramadan or Eid."""

from __future__ import annotations

import re
from typing import Final

from providers.offline.kind import Kind, changed, without
from providers.offline.subject import directive
from providers.offline.wish import Wish

_EID: Final = re.compile(r"(?<!\w)(?:eid|bayram|zuckerfest|opferfest|(?:[بول]|ال|بال|وال)?عيد)(?!\w)", re.I)
_GREETS: Final = re.compile(r"رمضان|عيد|كل عام|ramadan|eid|mubarak|kareem", re.I)
_GREETINGS: Final = {
    ("ramadan", "ar"): "رمضان كريم",
    ("eid", "ar"): "عيد مبارك",
    ("ramadan", "en"): "Ramadan Kareem",
    ("eid", "en"): "Eid Mubarak",
}
_WISHES: Final = {
    "ar": "كل عام وأنتم بخير",
    "en": "Peace and joy to you and yours",
    "de": "Frieden und Freude für euch alle",
}
_AFTER: Final = re.compile(r"[”“\"»]\s*[،,.:–—-]?\s*([^\"“”«».\n]{8,120})[^\"“”«»]*$")
_SENDER: Final = re.compile(r"(?<!\w)(?:from|von|من)\s+([^\"“”«»:،,.\n]{3,40})")


def fit(wish: Wish) -> Wish:
    """Let the greeting be the title, and find the wish and the sender."""
    feast = "eid" if _EID.search(wish.prompt) else "ramadan"
    tongue = "ar" if wish.language == "ar" else "en"
    greets = bool(_GREETS.search(wish.title)) and len(wish.title.split()) <= 5
    title = wish.title if greets else _GREETINGS[feast, tongue]
    sender = _SENDER.search(wish.prompt)
    brand = wish.brand or (sender[1].strip() if sender and not directive(sender[1]) else "")
    if not brand and not greets and len(wish.title.split()) <= 4:
        brand = wish.title
    after = _AFTER.search(wish.prompt)
    line = after[1].strip() if after and not directive(after[1]) else ""
    told = without(wish, title, brand)
    junk = not told.subtitle or _GREETS.search(told.subtitle) or told.subtitle in wish.prompt[:40]
    said = line or ("" if junk else told.subtitle) or _WISHES.get(wish.language, _WISHES["en"])
    points = tuple(each for each in told.points if each.title not in said and said not in each.title)
    second = wish.second_title or ("" if tongue == "ar" else _GREETINGS[feast, "ar"])
    second_language = wish.second_language or ("ar" if second else "")
    return changed(
        told,
        more={"YEAR": ""},
        title=title,
        subtitle=said,
        brand=brand,
        kicker="",
        points=points,
        second_title=second,
        second_language=second_language,
    )


KIND = Kind(
    template="ramadan",
    rank=10,
    called=re.compile(
        r"(?<!\w)(?:ramadan|ramzan|eid|bayram|zuckerfest|opferfest|iftar)(?!\w)|رمضان|"
        r"(?<!\w)(?:[بول]|ال|بال|وال)?عيد(?:ي?ة|ية)? (?:الفطر|الأضحى|الاضحى|مبارك|سعيد)|كل عام وأنتم بخير",
        re.I,
    ),
    base=12,
    each=3,
    fit=fit,
    dark=True,
    music="oriental",
    picture=True,
)
