"""Letters that nobody sees, made visible before a model reads them."""

from __future__ import annotations

import re

from pydantic import JsonValue

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad"  # control characters and escapes of terminals, soft hyphen
    "\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # directions, zero width
    "\U000e0000-\U000e0fff]"  # tags
)


def shown(text: str) -> str:
    """Write each unseen letter as its Python escape: a scene that is written back so means the same."""
    return _UNSEEN.sub(lambda match: _escape(match[0]), text.replace("\r\n", "\n"))


def all_shown(value: JsonValue) -> JsonValue:
    """Do the same to every text of a value, names of fields among them."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, list):
        return [all_shown(each) for each in value]
    if isinstance(value, dict):
        return {shown(name): all_shown(each) for name, each in value.items()}
    return value


def _escape(letter: str) -> str:
    return letter.encode("unicode_escape").decode("ascii")
