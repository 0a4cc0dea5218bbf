"""The lines that a request adds below its prompt: format, length, quality, kind of file, assets."""

from __future__ import annotations

import re
from typing import Any, Final

from domain.engine import SUFFIXES

_REQUEST: Final = re.compile(r"^(Format|Length|Render quality|File format|Assets to use): (.+)$")


def request_of(text: str) -> tuple[str, dict[str, Any]]:
    """Take off the lines that say what the request itself holds; they stand last."""
    lines = text.strip().split("\n")
    asked: dict[str, Any] = {}
    while lines and (match := _REQUEST.match(lines[-1].strip())):
        name, said = match[1], match[2].strip()
        if name == "Format" and said in ("16:9", "9:16", "1:1"):
            asked["frame"] = said
        elif name == "Length" and (number := re.match(r"(\d+(?:\.\d+)?) seconds$", said)):
            asked["seconds"] = float(number[1])
        elif name == "Render quality" and said in ("draft", "standard", "high"):
            asked["quality"] = said
        elif name == "File format" and said in SUFFIXES:
            asked["file_format"] = said
        elif name == "Assets to use":
            asked["assets"] = tuple(part.strip() for part in said.split(",") if part.strip())
        else:
            break
        lines.pop()
    return "\n".join(lines).strip(), asked
