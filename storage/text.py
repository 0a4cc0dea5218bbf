"""Text that every database can keep: the same on all of them."""

from __future__ import annotations

import re
from typing import Any, cast

HASHES = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
"""What may be the hash of a blob, wherever it stands."""
UNREADABLE = "\ufffd"
"""What stands in the place of a character that no database keeps: Unicode's own sign for it."""


def clean(text: str) -> str:
    """Put the sign for an unreadable character where a NUL or half a surrogate pair stands."""
    if "\0" in text:
        text = text.replace("\0", UNREADABLE)
    if text.isascii() or _encodable(text):
        return text
    return "".join(UNREADABLE if "\ud800" <= letter <= "\udfff" else letter for letter in text)


def cleaned(parameters: Any) -> Any:
    """Clean the values of a statement, which stand under names or in a row."""
    if isinstance(parameters, dict):
        named = cast(dict[str, object], parameters)
        return {name: _value(value) for name, value in named.items()}
    return tuple(_value(value) for value in parameters)


def _value(value: object) -> object:
    return clean(value) if type(value) is str else value


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
