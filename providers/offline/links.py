"""Addresses in a prompt, and what the viewer is to do there."""

from __future__ import annotations

import re
from typing import Final

_LINK: Final = re.compile(
    r"(?<![\w@])(?:https?://)?(?:www\.)?(?:[\w-]+\.)+(?:[a-z]{2,12})(?:/[\w./#?=&%-]*)?(?![\w@])", re.I
)
_LEADS: Final = re.compile(
    r"(?:(?<!\w)(?:website|web|link|url|visit|at|on|see|auf|unter|besuche|webseite|الرابط|رابط|الموقع|"
    r"موقع|على|زوروا)\s*:?\s*)+$",
    re.I,
)
_CALL: Final = re.compile(
    r"(?:^|(?<=[.!?\n]))\s*((?:apply|join|order|book|sign up|register|enrol|subscribe|donate|"
    r"reserve|shop|buy|"
    r"download|learn more|find out more|get (?:yours|started|tickets)|bewirb dich|bestell\w*|"
    r"jetzt \w+|spende\w*|"
    r"melde dich an|anmeldung)(?:\s+[^\W\d]+){0,3})\s*$",
    re.I,
)
"""A few words that ask for something, right before the address where it is done."""


def take_link(text: str) -> tuple[str, str, str]:
    """Take the first address out of a text; gives the text, the address and the call before it, or ""."""
    match = _LINK.search(text)
    if not match or not re.search(r"[a-z]", match.group()):
        return text, "", ""
    shown = re.sub(r"^https?://(?:www\.)?", "", match.group()).rstrip("/.,")
    before = _LEADS.sub("", text[: match.start()])
    call = _CALL.search(before)
    if call:
        before = before[: call.start()]
    return f"{before} {text[match.end() :]}", shown, call[1] if call else ""
