"""News: a headline, names with their roles, a ticker."""

from __future__ import annotations

import re
from typing import Final

from providers.offline.kind import NAME, Kind, changed, points_of, without
from providers.offline.lists import capital
from providers.offline.wish import Point, Wish

_PERSON: Final = re.compile(rf"(?<![\w.])({NAME})\s*[,(–—-]\s*((?!\d)[^,.;:()\d\n]{{4,44}})")
_ARABIC_PERSON: Final = re.compile(
    r"[:：]\s*([\u0621-\u064a]{2,}\s[\u0621-\u064a]{2,})\s*[،,]\s*([^،.؛\n]{4,44})"
)
_THIRD: Final = re.compile(
    r"(?<!\w)(?:lower[- ]thirds?|name (?:tag|strap|super)s?|bauchbinden?|شريط(?: سفلي| اسم)?)(?!\w)", re.I
)
_BREAKING: Final = re.compile(r"(?<!\w)(?:breaking|eilmeldung\w*|عاجل)(?!\w)", re.I)
_CLEAR: Final = re.compile(r"(?<!\w)(?:alpha|transparent\w*|clear (?:ground|background)|شفافة?)(?!\w)", re.I)
_PLACE: Final = re.compile(
    r"(?<!\w)(?:live from|reporting from|live aus|مباشر من)\s+([A-ZÄÖÜ][\w-]+|[\u0621-\u064a]{3,})"
)
_TAGS: Final = {
    "en": ("Breaking news", "News"),
    "de": ("Eilmeldung", "Nachrichten"),
    "ar": ("عاجل", "الأخبار"),
}


def fit(wish: Wish) -> Wish:
    """Tell people from lines, and find the headline where the prompt gives it."""
    breaking, plain = _TAGS.get(wish.language, _TAGS["en"])
    tag = breaking if _BREAKING.search(wish.prompt) else plain
    people: list[tuple[str, str]] = []
    if _THIRD.search(wish.prompt):
        found = (_ARABIC_PERSON if wish.language == "ar" else _PERSON).finditer(wish.prompt)
        people = [(match[1].strip(), capital(match[2].strip())) for match in found]
    told = without(wish, *(part for person in people for part in person))
    points: tuple[Point, ...] = (*points_of(people), *told.points)
    title = told.title
    junk = _BREAKING.fullmatch(title) or KIND.called.search(title)
    said = re.search(r"[:：]\s*([^.:;\n]{6,90})[.\n]", wish.prompt)
    if junk and said and not people:
        title = capital(said[1].strip())
        points = tuple(each for each in points if each.title.casefold() != title.casefold())
    brand = "" if KIND.called.search(told.brand) else told.brand
    if junk and title == told.title:
        title = brand or plain
    points = tuple(each for each in points if not _CLEAR.fullmatch(each.title))
    roles = {name.casefold(): role for name, role in people}
    title, brand = roles.get(title.casefold(), title), "" if brand.casefold() in roles else brand
    place = _PLACE.search(wish.prompt)
    more = {"PLACE": place[1] if place else "", "GROUND": "clear" if _CLEAR.search(wish.prompt) else "studio"}
    kicker = "" if tag == title else tag
    return changed(told, more=more, title=title, points=points, kicker=kicker, brand=brand)


KIND = Kind(
    template="news",
    rank=30,
    called=re.compile(
        r"(?<!\w)(?:lower[- ]thirds?|breaking news|news (?:banner|film|clip|ticker|flash|report|bulletin|"
        r"graphics?|show)|bauchbinden?|nachrichten\w*|eilmeldung\w*|"
        r"(?:ال|لل)?أخبار|خبر عاجل|شريط (?:إخباري|سفلي))(?!\w)",
        re.I,
    ),
    base=9,
    each=2.6,
    fit=fit,
    dark=True,
    music="serious",
    intents=("title",),
)
