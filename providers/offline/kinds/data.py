"""A story told by its numbers."""

from __future__ import annotations

import re
from typing import Final

from providers.offline.kind import Kind, changed, points_of, without
from providers.offline.wish import Wish

_AMOUNT: Final = (
    r"[-+]?[€$£]?\s?[\d٠-٩][\d٠-٩.,٫٬]*(?<![.,])(?:\s?(?:%|٪|‰|€|\$|£|percent|prozent|"
    r"million(?:en)?s?|mio\.?|bn|"
    r"billion(?:en)?s?|thousand|tausend|k|m|b|tsd\.?|mrd\.?|tons?|tonnen|kg|km|gwh|mwh|kwh|"
    r"points?|punkte|people|menschen|users|"
    r"مليون|مليار|ألف|بالمئة|في المئة)(?!\w))?"
)
_PAIR: Final = re.compile(
    rf"(?<![\w:])(?P<label>(?:19|20)\d\d|[٠-٩]{{4}}|[^\W\d_][^:=,;.()\n،؛]{{0,28}}?)\s*(?:[:=]|"
    rf"\s[–—-]\s)\s*(?P<amount>{_AMOUNT})"
    rf"|(?<!\w)(?:in|im jahr|im|عام|سنة)?\s*(?P<year>(?:19|20)\d\d|[٠-٩]{{4}})\s+(?P<count>{_AMOUNT})",
    re.I,
)
_MONTHS: Final = tuple(
    names.split()
    for names in (
        "january february march april may june july august september october november december",
        "januar februar märz april mai juni juli august september oktober november dezember",
        "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    )
)
_STAGE: Final = rf"(?:q[1-4]|(?:19|20)\d\d|{'|'.join(name for names in _MONTHS for name in names)})"
_SERIES: Final = re.compile(
    rf"(?P<what>(?:[^\W\d]+\s+){{0,3}})(?P<amounts>{_AMOUNT}(?:\s*(?:,(?!\d)|،|;|and|"
    rf"und)\s*(?:and\s+|und\s+|و)?{_AMOUNT}){{1,11}})"
    rf"\s*,?\s*(?:in|for|from|over|across|von|für|im|من|في)\s+(?P<first>{_STAGE})\s*(?:to|through|"
    rf"until|-|–|bis|إلى|حتى)\s*"
    rf"(?P<last>{_STAGE})(?!\w)",
    re.I,
)
"""Numbers in a row, and where the row begins and ends: `1.2M, 1.8M, 2.4M in Q1 to Q3`."""
_GREW: Final = re.compile(
    rf"(?:grew|grown|rose|risen|fell|fallen|dropped|increased|decreased|went|jumped|wuchs|"
    rf"gewachsen|stieg|gestiegen|sank|"
    rf"gesunken)\w*\s+(?:from|von)\s+(?P<before>{_AMOUNT})\s+(?:to|auf)\s+(?P<now>{_AMOUNT})"
    rf"|(?:von|من)\s+(?P<vor>{_AMOUNT})\s+(?:auf|إلى)\s+(?P<jetzt>{_AMOUNT})",
    re.I,
)
_THEN: Final = {"en": ("Before", "Now"), "de": ("Vorher", "Jetzt"), "ar": ("من قبل", "الآن")}
_LEAD: Final = re.compile(
    r"^(?:points?|figures?|numbers?|values|data|zahlen|daten|werte|punkte|الأرقام|أرقام|نقاط|"
    r"النقاط)\s*[:=]\s*",
    re.I,
)
_GENRE: Final = re.compile(
    r"(?:the |a |eine? )?(?:data|daten|infographic|infografik|chart|statisti[ck]s?|diagramm|stats)[\w -]*",
    re.I,
)
_SOURCE: Final = re.compile(r"(?<!\w)(source|quelle|المصدر|مصدر)\s*[:：]\s*([^.;\n]{3,80})", re.I)


def fit(wish: Wish) -> Wish:
    """Let every label keep its number, and name the source if the prompt does."""
    pairs: list[tuple[str, str]] = []
    for found in _PAIR.finditer(_clauses(wish.prompt)):
        label = _LEAD.sub("", (found["label"] or found["year"]).strip())
        amount = (found["amount"] or found["count"]).strip()
        if label and not _word(label) and all(label != known for known, _ in pairs):
            pairs.append((label[:1].upper() + label[1:], amount))
    if series := _SERIES.search(wish.prompt):
        wish, pairs = _in_a_row(wish, series, pairs)
    elif len(pairs) < 2 and (grew := _GREW.search(wish.prompt)):
        amounts = (grew["before"] or grew["vor"], grew["now"] or grew["jetzt"])
        pairs = list(zip(_THEN.get(wish.language, _THEN["en"]), map(str.strip, amounts), strict=True))
    named = _SOURCE.search(wish.prompt)
    source = f"{named[1].capitalize()}: {named[2].strip()}" if named else ""
    if len(pairs) < 2:
        return changed(wish, more={"SOURCE": source, "FOCUS": ""}, kicker="")
    told = without(wish, *(text for pair in pairs for text in pair), *(f"{a}: {b}" for a, b in pairs))
    told = without(told, source) if source else told
    subtitle = (
        "" if re.search(r"chart|diagramm|data|daten|مخطط|بيانات", told.subtitle, re.I) else told.subtitle
    )
    title, brand = told.title, "" if _GENRE.fullmatch(told.brand) else told.brand
    left = [each for each in told.points if not each.title.startswith(tuple(amount for _, amount in pairs))]
    if _GENRE.fullmatch(title) and left:
        title = left.pop(0).title
    points = (*points_of(pairs), *left)
    more = {"SOURCE": source, "FOCUS": ""}
    return changed(told, more=more, title=title, brand=brand, subtitle=subtitle, points=points, kicker="")


def _in_a_row(
    wish: Wish, series: re.Match[str], pairs: list[tuple[str, str]]
) -> tuple[Wish, list[tuple[str, str]]]:
    """Give each number of a row its own label, when there are as many of both."""
    amounts = [each.group().strip() for each in re.finditer(_AMOUNT, series["amounts"], re.I)]
    labels = _stages(series["first"], series["last"])
    if len(labels) != len(amounts):
        return wish, pairs
    spoken = series.group()
    told = tuple(each for each in wish.points if each.title.casefold() not in spoken.casefold())
    what = series["what"].strip()
    subtitle = wish.subtitle or f"{what[:1].upper()}{what[1:]}"
    return changed(wish, points=told, subtitle=subtitle), list(zip(labels, amounts, strict=True))


def _stages(first: str, last: str) -> list[str]:
    """Name what lies between two quarters, years or months, both of them included."""
    low, high = first.casefold(), last.casefold()
    if low.isdigit() and high.isdigit():
        return [str(year) for year in range(int(low), int(high) + 1)]
    if re.fullmatch("q[1-4]", low) and re.fullmatch("q[1-4]", high):
        return [f"Q{number}" for number in range(int(low[1]), int(high[1]) + 1)]
    for names in _MONTHS:
        if low in names and high in names:
            return [name.capitalize() for name in names[names.index(low) : names.index(high) + 1]]
    return []


def _clauses(prompt: str) -> str:
    """Put a break where a colon opens a list, so that it is not read as a label's own."""
    return re.sub(r"(?<=[^\W\d_])\s*:\s*(?=[^\W_][^,:;\n]{0,30}:|(?:19|20)\d\d\s+\d)", " ; ", prompt)


def _word(label: str) -> bool:
    """Tell whether a label names the film itself, not one of its numbers."""
    return bool(
        re.search(
            r"second|sekunde|ثوان|ثانية|format|title|titel|length|aspect|\d\s*x\s*\d|العنوان", label, re.I
        )
    )


KIND = Kind(
    template="data",
    rank=60,
    called=re.compile(
        r"(?<!\w)(?:data (?:story|film|video|viz|visuali[sz]ation)|charts?|graphs?|statistics?|stats|"
        r"infographics?|survey results|in (?:numbers|figures)|\w*diagramm|statistik\w*|infografik\w*|"
        r"(?:grew|grown|rose|risen|fell|fallen|dropped|increased|jumped) from \S+|"
        r"quarterly results|quartalszahlen|"
        r"in zahlen|daten(?:film|video|geschichte)|umfrage\w*|(?:ال)?إحصاءات|(?:ال)?إحصائيات|بالأرقام|"
        r"مخطط|رسم بياني|إنفوجرافيك)(?!\w)",
        re.I,
    ),
    base=14,
    each=0.8,
    fit=fit,
    music="modern",
)
