"""A countdown to an event."""

from __future__ import annotations

import re
from typing import Final

from providers.offline.kind import Kind, changed, without
from providers.offline.numerals import NUMBER, plain, value
from providers.offline.wish import Wish

_MONTH: Final = (
    r"(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-zä]*|يناير|فبراير|مارس|"
    r"أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر"
)
_TIME: Final = r"(?:,?\s*(?:at |um |الساعة )?\d{1,2}(?:[:.]\d{2})?\s*(?:pm|am|uhr|o'clock|مساء|صباحا))?"
_DATE: Final = re.compile(
    rf"(?<!\w)(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:[\d٠-٩]{{1,2}}(?:st|nd|rd|th|\.)?\s+(?:of\s+)?"
    rf"(?:{_MONTH})|(?:{_MONTH})\s+\d{{1,2}}(?:st|nd|rd|th)?)(?!\w)(?:,?\s+\d{{4}}(?!\w))?{_TIME}",
    re.I,
)
_LEFT: Final = re.compile(
    rf"(?<!\w)(?P<days>{NUMBER})\s+(?:days?|tage?n?)(?:\s+(?:to go|left|until|before|bis|noch))?(?!\w)"
    rf"|(?:noch|باقي|بقي|متبقي|تبقى)\s+(?P<more>{NUMBER})\s*(?:tage?n?|أيام|يوما|يومًا|يوم)",
    re.I,
)
_UNITS: Final = {
    "de": ["Tage", "Stunden", "Minuten", "Sekunden"],
    "ar": ["يوم", "ساعة", "دقيقة", "ثانية"],
    "en": ["Days", "Hours", "Minutes", "Seconds"],
}
_LEAD: Final = re.compile(
    r"^(?:the\s+)?(?:a\s+)?(?:countdown|count-?down|(?:ال)?عد (?:ال)?تنازلي)\s*"
    r"(?:to|for|until|zum|zur|bis|إلى|حتى|ل(?=\w)|لـ)?\s*",
    re.I,
)
_WHEN: Final = re.compile(r"\s+(?:on|am|vom|ab|at|um|until|bis|يوم|في)\s*$", re.I)


def fit(wish: Wish) -> Wish:
    """Find the day, and how many days are left."""
    told = plain(wish.prompt)
    date = _DATE.search(told)
    day = wish.prompt[date.start() : date.end()].strip(" ,") if date else ""
    left = _LEFT.search(told)
    number = int(value(left["days"] or left["more"])) if left else 0
    named = wish.prompt[left.start() : left.end()] if left else ""
    rest = without(wish, f"am {day}", f"on {day}", f"يوم {day}", f"في {day}", named) if day or named else wish
    title = _LEAD.sub("", wish.title).strip() or wish.title
    if day and day in title:
        title = _WHEN.sub("", title.replace(day, " ").strip()).strip(" ,") or title
    first = rest.points[0] if rest.points else None
    common = title.casefold() in ("launch", "event", "party", "start", "show", "opening")
    if common and first is not None and not first.text:
        title, rest = first.title, changed(rest, points=rest.points[1:])
    brand = "" if wish.brand in (day, title) or (day and wish.brand in day) else wish.brand
    if day and brand.startswith(title):
        brand = ""
    more = {
        "DATE": day,
        "LEFT": f"{number:02d}:00:00:00" if number > 0 else "",
        "UNITS": _UNITS.get(wish.language, _UNITS["en"]),
    }
    return changed(rest, more=more, title=f"{title[:1].upper()}{title[1:]}", brand=brand)


KIND = Kind(
    template="countdown",
    rank=50,
    called=re.compile(
        rf"(?<!\w)(?:countdowns?|count-downs?|counting down|days to go|(?:ال)?عد (?:ال)?تنازلي)(?!\w)"
        rf"|(?<!\w)noch {NUMBER} tage",
        re.I,
    ),
    base=9,
    each=2.5,
    fit=fit,
    dark=True,
    music="energetic",
    picture=True,
)
