"""Runs of one script, and which letters are emoji."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import category

import uharfbuzz as hb

JOINED = frozenset({"Arab", "Syrc", "Nkoo", "Mong", "Mand", "Phag", "Adlm", "Rohg"})
"""Scripts whose letters join: never spaced out and never taken apart below words."""
EMOJI = "Zsye"
COMMON = "Zyyy"
_PRESENTED = tuple(
    (int(part.split("-")[0], 16), int(part.split("-")[-1], 16))
    for part in (
        "231A-231B 23E9-23EC 23F0 23F3 25FD-25FE 2614-2615 2648-2653 267F 2693 26A1 26AA-26AB 26BD-26BE "
        "26C4-26C5 26CE 26D4 26EA 26F2-26F3 26F5 26FA 26FD 2705 270A-270B 2728 274C 274E 2753-2755 2757 "
        "2795-2797 27B0 27BF 2B1B-2B1C 2B50 2B55 1F004 1F0CF 1F18E 1F191-1F19A 1F1E6-1F1FF 1F300-1F64F "
        "1F680-1F6FF 1F7E0-1F7EB 1F900-1F9FF 1FA70-1FAFF "
    ).split()
)
"""Letters that are emoji without being asked to be."""
_JOINERS = (0x200D, 0xFE0F, 0x20E3)


@lru_cache(maxsize=8192)
def script_of(letter: str) -> str:
    """Name the script of one letter by its ISO 15924 tag; `Zyyy` when it belongs to none."""
    buffer = hb.Buffer()
    buffer.add_str(letter)
    buffer.guess_segment_properties()
    return buffer.script or COMMON


@lru_cache(maxsize=8192)
def is_visible(letter: str) -> bool:
    """Tell whether a letter is something to be seen: no space, and nothing that only steers others."""
    return category(letter) not in ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp")


_LOWEST = min(first for first, _ in _PRESENTED)


def scripts(text: str) -> list[str]:
    """Give every letter its script; those that belong to none follow their neighbours."""
    found = [script_of(letter) for letter in text]
    _mark_emoji(text, found)
    before = ""
    for at, script in enumerate(found):
        if script in (COMMON, "Zinh") and before:
            found[at] = before
        elif script != EMOJI and script not in (COMMON, "Zinh"):
            before = script
    first = next((s for s in found if s not in (COMMON, "Zinh", EMOJI)), "Latn")
    return [first if s in (COMMON, "Zinh") else s for s in found]


def _mark_emoji(text: str, found: list[str]) -> None:
    for at, letter in enumerate(text):
        code = ord(letter)
        after = ord(text[at + 1]) if at + 1 < len(text) else 0
        shown = code >= _LOWEST and after != 0xFE0E and _presented(code)
        joined = at > 0 and found[at - 1] == EMOJI and (code in _JOINERS or 0x1F3FB <= code <= 0x1F3FF)
        tagged = at > 0 and found[at - 1] == EMOJI and 0xE0020 <= code <= 0xE007F
        asked = after == 0xFE0F or (after == 0x20E3 and letter in "0123456789#*")
        follows = at > 0 and ord(text[at - 1]) == 0x200D and found[at - 1] == EMOJI
        if shown or joined or tagged or asked or (follows and code >= 0x2190):
            found[at] = EMOJI


def _presented(code: int) -> bool:
    return any(first <= code <= last for first, last in _PRESENTED)
