"""Lists: how prompts put several things beside one another."""

from __future__ import annotations

import re
from typing import Final

from providers.offline.numerals import DIGITS
from providers.offline.wish import Point

_BULLET: Final = re.compile(r"(?m)^[ \t]*(?:[-–—•*·▪‣]|\(?\d{1,2}[.):]|\(\d{1,2}\))[ \t]+")
_NUMBERED: Final = re.compile(r"(?<![\w:.,])\(?\d{1,2}[.)](?!\d)[ \t]*(?=\S)")
_ORDINAL: Final = re.compile(
    r"(?<!\w)(?:(?:step|schritt|point|punkt|tip|tipp|phase|feature|reason|grund|خطوة|الخطوة|نقطة|النقطة|"
    r"مرحلة|المرحلة)\s*"
    r"(?:\d{1,2}|one|two|three|four|five|six|eins|zwei|drei|vier|fünf|sechs|ال\w+)\s*[:：.)–-]\s*"
    r"|(?:first(?:ly)?|second(?:ly)?|third(?:ly)?|fourth|then|next|after that|finally|lastly|zuerst|"
    r"erstens|zweitens|drittens|viertens|dann|danach|"
    r"schließlich|zuletzt|أولاً|أولا|ثانياً|ثانيا|ثالثاً|ثالثا|رابعاً|رابعا|خامساً|خامسا|أخيراً|"
    r"أخيرا)\s*[:：,،]\s*)",
    re.I,
)
_COUNTED: Final = re.compile(r"(?:^|(?<=[\s:(،,;]))\(?([\d٠-٩]{1,2})[.):–-](?![\d٠-٩])\s*(?=\S)")
_STOP: Final = re.compile(r"(?<=[^\s\d])[.!?؟](?=\s|$)|\n\s*\n")
_LINE_END: Final = re.compile(r"\n")
_INTRO: Final = (
    r"(?:(?:in|the|mit|die|den|these|diese|with)\s+)*(?:\w+\s+)?(?:steps?|points?|features?|"
    r"reasons?|tips?|schritten?|punkten?|gründen?|tipps?|الخطوات|خطوات|النقاط|نقاط|المراحل|مراحل)"
)
_AND: Final = r"(?:and|und|or|oder|&|\+|sowie)"
_WA: Final = frozenset(
    "وصفات وقت ورد ورود وجبات ورش ورشة وضوح وطن وسائل واحد واحدة وحدة وفاء وزن ولد وجه وصول وثائق وظائف "
    "واجهة ورق ورقة وسط وسيلة وعي وعد وصفة وجبة وقود".split()
)
"""Words that begin with a wāw of their own."""


def items(text: str, wanted: int | None = None) -> list[str]:
    """Take a list apart: by bullets, numbers, line ends, semicolons or commas, whichever it uses."""
    text = text.strip().strip("•-–— \t")
    for pattern in (_BULLET, _ORDINAL, _NUMBERED):
        if len(pattern.findall(text)) >= (1 if pattern is _BULLET else 2):
            parts = [_clean(part) for part in pattern.split(text)]
            return [part for part in parts if part]
    for separator in (r"\n+", r"\s*[;؛]\s*", r"\s+\|\s+|\s+[/•·→]\s+|\s*→\s*|\s*->\s*"):
        parts = [_clean(part) for part in re.split(separator, text)]
        parts = [re.sub(rf"^{_AND}\s+", "", part, flags=re.I) for part in parts if part]
        if len(parts) > 1:
            return parts
    return _by_commas(text, wanted)


def ordered(text: str) -> tuple[list[str], str]:
    """Take a run of steps out of a text: `Step one: …`, `1. … 2. …`; gives them and the rest."""
    for pattern in (_ORDINAL, _COUNTED):
        marks = list(pattern.finditer(text))
        if pattern is _COUNTED:
            marks = _counting(marks)
        if len(marks) < 2:
            continue
        ends = [mark.start() for mark in marks[1:]]
        in_lines = all("\n" in text[mark.start() - 3 : mark.start() + 1] for mark in marks[1:])
        stop = (_LINE_END if in_lines else _STOP).search(text, marks[-1].end())
        ends.append(stop.start() if stop else len(text))
        found = [_clean(text[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)]
        before = re.sub(rf"(?:{_INTRO})\s*[:：]?\s*$", "", text[: marks[0].start()], flags=re.I)
        return [part for part in found if part], f"{before} . {text[ends[-1] :]}"
    return [], text


def _counting(marks: list[re.Match[str]]) -> list[re.Match[str]]:
    """Keep the marks that count 1, 2, 3 and on."""
    kept: list[re.Match[str]] = []
    for mark in marks:
        if int(mark[1].translate(DIGITS)) == len(kept) + 1:
            kept.append(mark)
    return kept


def _by_commas(text: str, wanted: int | None) -> list[str]:
    parts = [part for part in (_clean(part) for part in re.split(r"\s*(?:,(?!\d)|،)\s*", text)) if part]
    if not parts:
        return []
    opened = re.match(rf"^{_AND}\s+", parts[-1], re.I)
    if opened and len(parts) > 1:
        parts[-1] = parts[-1][opened.end() :]
        return parts
    halves = re.split(rf"\s+{_AND}\s+", parts[-1], flags=re.I)
    if (
        len(halves) > 1
        and (wanted is None or len(parts) < wanted)
        and (len(parts) > 1 or wanted == len(halves))
    ):
        parts[-1:] = [" ".join(_rejoined(parts[-1], halves)), halves[-1]] if len(halves) > 2 else halves
        return parts
    return _arabic_and(parts, wanted)


def _rejoined(text: str, halves: list[str]) -> list[str]:
    return [text[: text.rindex(halves[-1])].rstrip(" &+").removesuffix("and").removesuffix("und").rstrip()]


def _arabic_and(parts: list[str], wanted: int | None) -> list[str]:
    """Take the `and` off the last item of an Arabic list, where it stands as a letter before the word."""
    if len(parts) < 2 and wanted != 2:
        return parts
    last = parts[-1]
    first, _, rest = last.partition(" ")
    if first.startswith("و") and len(first) > 3 and first not in _WA:
        return [*parts[:-1], f"{first[1:]} {rest}".strip()]
    within = re.match(r"^(.+?)\s+و(?=\S{3,})(.+)$", last)
    if (
        within
        and within[2].split()[0] not in _WA
        and (wanted is None or len(parts) < wanted)
        and f"و{within[2].split()[0]}" not in _WA
    ):
        return [*parts[:-1], within[1], within[2]]
    return parts


def point(item: str) -> Point:
    """Make a point of an item: what stands after a colon, a dash or in brackets is its second line."""
    whole = _clean(item)
    for pattern in (
        r"^(.{2,60}?)\s*[:：]\s+(.{2,})$",
        r"^(.{2,60}?)\s+[–—-]\s+(.{2,})$",
        r"^(.{2,60}?)\s*\((.{2,})\)$",
    ):
        match = re.match(pattern, whole)
        if match:
            return Point(title=capital(match[1].strip()), text=match[2].strip())
    return Point(title=capital(whole))


def capital(text: str) -> str:
    """Begin a line with a capital, unless its first word is spelled with one further on."""
    first = text.split(" ", 1)[0]
    if any(letter.isupper() for letter in first[1:]) or "." in first.strip("."):
        return text
    return text[:1].upper() + text[1:]


def _clean(part: str) -> str:
    part = " ".join(part.split()).lstrip("!?؟").strip(" ,;،؛-–—|")
    return part[:-1].rstrip() if part.endswith((".", "。")) and not part.endswith("..") else part
