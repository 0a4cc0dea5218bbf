"""A story told by its numbers."""

from __future__ import annotations

import re
from typing import Final

from providers.offline.kind import Kind, changed, points_of, without
from providers.offline.wish import Wish

_AMOUNT: Final = (
    r"[-+]?[€$£]?\s?[\d٠-٩][\d٠-٩.,٫٬]*(?<![.,])(?:\s?(?:%|٪|‰|€|\$|£|percent|prozent|million(?:en)?s?|mio\.?|bn|"
    r"billion(?:en)?s?|thousand|tausend|k|tons?|tonnen|kg|km|gwh|mwh|kwh|points?|punkte|people|menschen|users|"
    r"مليون|مليار|ألف|بالمئة|في المئة)(?!\w))?"
)
_PAIR: Final = re.compile(
    rf"(?<![\w:])(?P<label>(?:19|20)\d\d|[٠-٩]{{4}}|[^\W\d_][^:=,;.()\n،؛]{{0,28}}?)\s*(?:[:=]|\s[–—-]\s)\s*(?P<amount>{_AMOUNT})"
    rf"|(?<!\w)(?:in|im jahr|im|عام|سنة)?\s*(?P<year>(?:19|20)\d\d|[٠-٩]{{4}})\s+(?P<count>{_AMOUNT})",
    re.I,
)
_LEAD: Final = re.compile(
    r"^(?:points?|figures?|numbers?|values|data|zahlen|daten|werte|punkte|الأرقام|أرقام|نقاط|النقاط)\s*[:=]\s*",
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


def _clauses(prompt: str) -> str:
    """Put a break where a colon opens a list, so that it is not read as a label's own."""
    return re.sub(r"(?<=[^\W\d_])\s*:\s*(?=[^\W_][^,:;\n]{0,30}:)", " ; ", prompt)


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
        r"in zahlen|daten(?:film|video|geschichte)|umfrage\w*|(?:ال)?إحصاءات|(?:ال)?إحصائيات|بالأرقام|"
        r"مخطط|رسم بياني|إنفوجرافيك)(?!\w)",
        re.I,
    ),
    base=14,
    each=0.8,
    fit=fit,
    music="modern",
)
