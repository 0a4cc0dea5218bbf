"""Lines of code taken apart into colored pieces."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, cast

from pygments import lexers
from pygments.util import ClassNotFound

LOOKS: dict[str, dict[str, str]] = {
    "dark": {
        "Token": "#E6EAF2", "Comment": "#7F8AA3", "Keyword": "#FF7AB2", "Keyword.Constant": "#F2A65A",
        "Operator.Word": "#FF7AB2", "String": "#8BD49C", "String.Interpol": "#F2A65A", "Number": "#F2A65A",
        "Name.Function": "#6CB6FF", "Name.Class": "#FFD479", "Name.Decorator": "#FFD479",
        "Name.Builtin": "#7FDBDA", "Name.Tag": "#FF7AB2", "Name.Attribute": "#FFD479",
        "Name.Constant": "#F2A65A", "Operator": "#A9B4CC",
    },
    "light": {
        "Token": "#1E2430", "Comment": "#6B7280", "Keyword": "#B0246B", "Keyword.Constant": "#9A4B00",
        "Operator.Word": "#B0246B", "String": "#1B6B3A", "String.Interpol": "#9A4B00", "Number": "#9A4B00",
        "Name.Function": "#1D4ED8", "Name.Class": "#7A4F00", "Name.Decorator": "#7A4F00",
        "Name.Builtin": "#0B6E75", "Name.Tag": "#B0246B", "Name.Attribute": "#7A4F00",
        "Name.Constant": "#9A4B00", "Operator": "#4B5563",
    },
}  # fmt: skip
"""Colors by what a piece is; every one reads at 4.5 : 1 or more on `#12161F` and on `#FFFFFF`."""
MOST_LETTERS = 20_000


@lru_cache(maxsize=64)
def pieces(code: str, language: str, look: str) -> tuple[tuple[str, str | None], ...]:
    """Split code into pieces, each with its color; None is a plain word.

    Raises ValueError when no such language is known.
    """
    try:
        lexer = cast("Any", lexers).get_lexer_by_name(language or "text", stripnl=False, ensurenl=False)
    except ClassNotFound:
        raise ValueError(f"no language {language!r} is known; give 'python', 'javascript', 'text'…") from None
    colors = LOOKS[look]
    found: list[tuple[str, str | None]] = []
    tokens = cast("Iterator[tuple[object, str]]", lexer.get_tokens(code[:MOST_LETTERS]))
    for kind, text in tokens:
        own = _color(str(kind).replace("Literal.", ""), colors)
        if found and found[-1][1] == own:
            found[-1] = (found[-1][0] + text, own)
        elif text:
            found.append((text, own))
    return tuple(found)


def _color(kind: str, colors: dict[str, str]) -> str | None:
    """Find the color of a kind of piece, or of what it is a kind of."""
    name = kind.removeprefix("Token").lstrip(".")
    while name:
        if name in colors:
            return colors[name]
        name = name.rpartition(".")[0]
    return None


def plain(look: str) -> str:
    """The color of plain words."""
    return LOOKS[look]["Token"]


def lines_of(text: str) -> frozenset[int]:
    """Read line numbers: `3-5,8`; what is no number is passed over."""
    found: set[int] = set()
    for part in text.replace(" ", "").split(","):
        first, _, last = part.partition("-")
        if first.isdecimal() and (not last or last.isdecimal()):
            found.update(range(int(first), min(int(last or first), int(first) + 10_000) + 1))
    return frozenset(found)
