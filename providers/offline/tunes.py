"""The music of a film: which a prompt asks for, and which an order changes."""

from __future__ import annotations

import re
from typing import Final

from providers.offline.tones import find_tone

_SILENT: Final = re.compile(
    r"(?<!\w)(?:(?:no|without|remove|drop|mute|delete)(?: the| any| all)? (?:background )?"
    r"(?:music|sound|audio)|mute(?: it)?|ohne (?:musik|ton)|keine musik|(?:die )?musik (?:weg|entfernen)|"
    r"(?:entferne?|lösche?) (?:die )?musik|silent|stumm|"
    r"(?:بدون|بلا|من دون|احذف|أزل) (?:ال)?(?:موسيقى|صوت))(?!\w)",
    re.I,
)
_WORD: Final = r"(?:(?!\s(?:and|und)\s)[^.,;!?؟،\n])*"
_CLAUSE: Final = re.compile(rf"{_WORD}(?<!\w)(?:ال)?(?:music|soundtrack|musik|موسيقى)(?!\w){_WORD}", re.I)


def silent(text: str) -> bool:
    """Tell whether a text wants no music."""
    return _SILENT.search(text) is not None


def ordered(text: str) -> tuple[str | None, str]:
    """Find the music that an order asks for, empty for none, and what else the order says."""
    clause = _CLAUSE.search(text)
    if clause is None:
        return ("", _SILENT.sub(" . ", text)) if silent(text) else (None, text)
    rest = text[: clause.start()] + " . " + text[clause.end() :]
    if silent(clause[0]):
        return "", rest
    tone = find_tone(clause[0])
    return (tone, rest) if tone else (None, text)
