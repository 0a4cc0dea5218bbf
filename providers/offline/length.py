"""How long and in which frame a film is wanted."""

from __future__ import annotations

import re
from typing import Final, Literal

from providers.offline.numerals import NUMBER, plain, value

Frame = Literal["16:9", "9:16", "1:1"]
Span = tuple[int, int]

_SECOND: Final = r"(?:seconds?|secs?\b|s\b|sekunden?|sek\b\.?|sekündig\w*|ثانية|ثانيه|ثواني|ثوانٍ|ثوان)"
_MINUTE: Final = r"(?:minutes?|mins?\b|minuten?|minütig\w*|دقيقة|دقيقه|دقائق|دقيقتان|دقيقتين)"
_HOUR: Final = r"(?:hours?|hrs?\b|stunden?|stündig\w*|ساعة|ساعه|ساعات)"
_SPOKEN: Final[tuple[tuple[str, float], ...]] = (
    (r"(?:a|one) minute and a half|one and a half minutes?|(?:anderthalb|eineinhalb)\w* minuten?", 90),
    (r"دقيقة (?:و ?نصف|ونصف دقيقة)", 90),
    (r"three[- ]quarters? of a minute|(?:eine )?dreiviertel ?minute|ثلاثة أرباع دقيقة", 45),
    (
        r"(?:half[- ]a|a half|half an?)[- ]minutes?|half[- ]minute|(?:eine[nr]? )?halbe[nr]? minute|"
        r"halbminütig\w*",
        30,
    ),
    (r"نصف دقيقة|نصف دقيقه", 30),
    (r"(?:a )?quarter(?: of a)?[- ]minute|(?:eine )?viertel ?minute|ربع دقيقة", 15),
    (r"دقيقتان|دقيقتين", 120),
    (
        r"(?:a|one)[- ]minute|(?:eine[nr]?|1) minute|einminütig\w*|دقيقة واحدة|(?<=مدته )دقيقة|(?<=مدتها "
        r")دقيقة|(?<=لمدة )دقيقة",
        60,
    ),
)
_MIXED: Final = re.compile(
    rf"(\d+)\s*:\s*(\d\d)(?=\s*(?:{_MINUTE}|h\b))|(?<=\s)(\d+)\s*{_MINUTE}\s*(?:and|und|"
    rf"و)?\s*(\d+)\s*{_SECOND}",
    re.I,
)
_PLAIN: Final = re.compile(
    rf"(?<!\w)(?<!the )(?<!den )({NUMBER})\s*[-–]?\s*"
    rf"({_SECOND}|{_MINUTE}|{_HOUR})(?!\w)",
    re.I,
)
_ASKS: Final = re.compile(
    r"((?:film|video|clip|spot|teaser|ad|trailer|فيديو|فيلم|مقطع)(?= (?:of|von|mit)\W*$)|"
    r"length|duration|long|runtime|runs?|lasts?|länge|dauer\w*|laufzeit|lang|المدة|مدته|مدتها|مدة|"
    r"طوله)\W*(?:of|is|von|:|für)?\W*$",
    re.I,
)
_WAITS: Final = re.compile(
    r"(?:wait|steep|boil|bake|cook|rest|chill|simmer|stir|brew|takes?|warte\w*|ziehen|backen|kochen|dauert|انتظر)\W+"
    r"(?:(?:for|about|at least|only|just|etwa|nur|mindestens)\W+)*$",
    re.I,
)
_FILM: Final = re.compile(
    r"^[\s-]*(?:long|lang\w*|\w+[- ]?)?\s*(?:\w+[- ]){0,3}?(video|film|clip|teaser|trailer|spot|ad|reel|"
    r"short|title|intro|explainer|"
    r"promo|story|loop|animation|announcement|invitation|greeting|\w*video|\w*film|\w*clip|\w*spot|piece)\b",
    re.I,
)
_FRAMES: Final[tuple[tuple[Frame, str], ...]] = (
    (
        "9:16",
        r"9\s*[:x×/]\s*16|1080\s*[x×]\s*1920|vertical(?:ly)?|portrait|upright|reels?\b|tik ?tok|shorts\b|"
        r"(?:instagram|insta|whatsapp|facebook|social)[- ]stor(?:y|ies)|for stories|youtube short|"
        r"hochkant\w*|hochformat\w*|vertikal\w*|senkrecht\w*|عمودية?|رأسية?|طولية?|بالطول|ستوري|ريلز|ريل\b",
    ),
    (
        "1:1",
        r"(?<!\d)1\s*[:x×/]\s*1(?!\d)|1080\s*[x×]\s*1080|(?-i:square)|(?-i:Square)(?=,? (?:[a-z]|\d))|"
        r"quadrat\w*|مربعة?|مربع الشكل",
    ),
    (
        "16:9",
        r"16\s*[:x×/]\s*9|1920\s*[x×]\s*1080|landscape|wide ?screen|horizontal\w*|querformat\w*|breitbild\w*|"
        r"أفقية?|عرضية?|بالعرض",
    ),
)


def find_length(text: str) -> tuple[float | None, list[Span]]:
    """Find the film's length, seconds, and where the text says so."""
    told = plain(text)
    found: list[tuple[int, int, float, Span]] = []
    for pattern, seconds in _SPOKEN:
        for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", told, re.I):
            found.append((_weight(told, match.span()), -match.start(), seconds, match.span()))
    for match in _MIXED.finditer(told):
        minutes, rest = match[1] or match[3], match[2] or match[4]
        span = (match.start(), match.end())
        found.append((9, -match.start(), int(minutes) * 60 + int(rest), span))
    for match in _PLAIN.finditer(told):
        amount = value(match[1])
        factor = 60 if re.fullmatch(_MINUTE, match[2], re.I) else 1
        factor = 3600 if re.fullmatch(_HOUR, match[2], re.I) else factor
        weight = _weight(told, match.span())
        if weight > 0 or not _within(told[: match.start()], minutes=factor > 1):
            found.append((weight, -match.start(), amount * factor, match.span()))
    found = [each for each in found if each[2] > 0]
    if not found:
        return None, []
    best = max(found, key=lambda each: (each[0], each[1], each[3][1] - each[3][0]))
    return best[2], [best[3]]


def find_frame(text: str) -> tuple[Frame | None, list[Span]]:
    """Find the frame's shape, and where the text says so; the first one named is meant."""
    told = plain(text)
    found: list[tuple[int, Frame, Span]] = []
    for frame, pattern in _FRAMES:
        for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", told, re.I):
            found.append((match.start(), frame, match.span()))
    found.sort()
    first = found[0][1] if found else None
    return first, [span for _, frame, span in found if frame == first]


def _within(before: str, *, minutes: bool) -> bool:
    """Tell whether a time is one that the film speaks of: `wait 3 minutes`, or one in a list."""
    return bool(_WAITS.search(before)) or (minutes and ":" in before)


def _weight(text: str, span: Span) -> int:
    """How surely a time is the film's own and not one it speaks of."""
    before, after = text[: span[0]], text[span[1] : span[1] + 60]
    weight = 4 if _ASKS.search(before) else 0
    weight += 3 if _FILM.search(after) else 0
    weight += (
        2
        if not before.strip(" \n.,")
        or re.fullmatch(
            r"\W*(?:an?|ein\w*|the|make|create|erstelle?|mach\w*)?\W*(?:an?|ein\w*)?\W*", before, re.I
        )
        else 0
    )
    alone = re.search(r"(?:^|[.,;:،؛\n])\s*$", before) and re.match(r"\s*(?:$|[.,;:،؛\n])", after)
    weight += 3 if alone else 0
    return weight + (1 if re.search(r"[-–]\s*\w+$", text[span[0] : span[1]]) else 0)
