"""Runs of one script, and which letters are emoji."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import category

import uharfbuzz as hb

JOINED = frozenset({"Arab", "Syrc", "Nkoo", "Mong", "Mand", "Phag", "Adlm", "Rohg"})
"""Scripts whose letters join: never spaced out and never taken apart below words."""
EMOJI = "Zsye"
COMMON = "Zyyy"
_PRESENTED = (
    (0x231A, 0x231B), (0x23E9, 0x23EC), (0x23F0, 0x23F0), (0x23F3, 0x23F3), (0x25FD, 0x25FE), (0x2614, 0x2615),
    (0x2648, 0x2653), (0x267F, 0x267F), (0x2693, 0x2693), (0x26A1, 0x26A1), (0x26AA, 0x26AB), (0x26BD, 0x26BE),
    (0x26C4, 0x26C5), (0x26CE, 0x26CE), (0x26D4, 0x26D4), (0x26EA, 0x26EA), (0x26F2, 0x26F3), (0x26F5, 0x26F5),
    (0x26FA, 0x26FA), (0x26FD, 0x26FD), (0x2705, 0x2705), (0x270A, 0x270B), (0x2728, 0x2728), (0x274C, 0x274C),
    (0x274E, 0x274E), (0x2753, 0x2755), (0x2757, 0x2757), (0x2795, 0x2797), (0x27B0, 0x27B0), (0x27BF, 0x27BF),
    (0x2B1B, 0x2B1C), (0x2B50, 0x2B50), (0x2B55, 0x2B55), (0x1F004, 0x1F004), (0x1F0CF, 0x1F0CF),
    (0x1F18E, 0x1F18E), (0x1F191, 0x1F19A), (0x1F1E6, 0x1F1FF), (0x1F300, 0x1F64F), (0x1F680, 0x1F6FF),
    (0x1F7E0, 0x1F7EB), (0x1F900, 0x1F9FF), (0x1FA70, 0x1FAFF),
)  # fmt: skip
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
        shown = after != 0xFE0E and any(first <= code <= last for first, last in _PRESENTED)
        joined = at > 0 and found[at - 1] == EMOJI and (code in _JOINERS or 0x1F3FB <= code <= 0x1F3FF)
        tagged = at > 0 and found[at - 1] == EMOJI and 0xE0020 <= code <= 0xE007F
        asked = after == 0xFE0F or (after == 0x20E3 and letter in "0123456789#*")
        follows = at > 0 and ord(text[at - 1]) == 0x200D and found[at - 1] == EMOJI
        if shown or joined or tagged or asked or (follows and code >= 0x2190):
            found[at] = EMOJI
