"""Numbers as prompts write them: digits of two scripts, and number words of three languages."""

from __future__ import annotations

from typing import Final

DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫", "01234567890123456789.")

_ENGLISH: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
).split()
_GERMAN: Final = (
    "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn "
    "siebzehn achtzehn neunzehn zwanzig"
).split()
_TENS: Final = {
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "dreißig": 30,
    "dreissig": 30,
    "vierzig": 40,
    "fünfzig": 50,
    "sechzig": 60,
    "siebzig": 70,
    "achtzig": 80,
    "neunzig": 90,
    "عشرين": 20,
    "عشرون": 20,
    "ثلاثين": 30,
    "ثلاثون": 30,
    "أربعين": 40,
    "أربعون": 40,
    "خمسين": 50,
    "خمسون": 50,
    "ستين": 60,
    "ستون": 60,
    "سبعين": 70,
    "سبعون": 70,
    "ثمانين": 80,
    "ثمانون": 80,
    "تسعين": 90,
    "تسعون": 90,
}
_ARABIC: Final = {
    "واحد": 1,
    "واحدة": 1,
    "اثنان": 2,
    "اثنين": 2,
    "اثنتين": 2,
    "ثلاث": 3,
    "ثلاثة": 3,
    "أربع": 4,
    "أربعة": 4,
    "خمس": 5,
    "خمسة": 5,
    "ست": 6,
    "ستة": 6,
    "سبع": 7,
    "سبعة": 7,
    "ثمان": 8,
    "ثماني": 8,
    "ثمانية": 8,
    "تسع": 9,
    "تسعة": 9,
    "عشر": 10,
    "عشرة": 10,
}

WORDS: Final[dict[str, int]] = {
    **{word: number for number, word in enumerate(_ENGLISH) if number},
    **{word: number for number, word in enumerate(_GERMAN) if number},
    **{"eine": 1, "einen": 1, "einer": 1, "both": 2, "beide": 2, "beiden": 2, "couple": 2},
    **{
        f"{tens}{dash}{one}": value + number
        for tens, value in list(_TENS.items())[:7]
        for dash in "- "
        for number, one in enumerate(_ENGLISH[:10])
        if number
    },
    **{f"twenty-{one}": 20 + number for number, one in enumerate(_ENGLISH[:10]) if number},
    **{
        f"{one}und{tens}": value + number
        for tens, value in _TENS.items()
        for number, one in enumerate(_GERMAN[:10])
        if number and tens.endswith("ig")
    },
    **{f"{one}und{'zwanzig'}": 20 + number for number, one in enumerate(_GERMAN[:10]) if number},
    **_TENS,
    **_ARABIC,
}
"""Number words to their value; also the stem of a German compound such as zwölfsekündig."""

NUMBER: Final = r"(?:\d+(?:[.,]\d+)?|" + "|".join(sorted(map(str, WORDS), key=len, reverse=True)) + ")"
"""Matches any of them, after digits were made plain."""


def plain(text: str) -> str:
    """Write the digits of all scripts as 0 to 9; no place in the text moves."""
    return text.translate(DIGITS)


def value(text: str) -> float:
    """Read what NUMBER has matched."""
    low = text.strip().lower()
    return float(WORDS[low]) if low in WORDS else float(low.replace(",", "."))
