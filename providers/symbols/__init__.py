"""Drawings without a model: composed of Lucide's symbols, which are installed with Director."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from importlib.metadata import version
from typing import Final

from domain.errors import ToolError
from domain.imagery import DrawingWish, Drawn
from domain.run import Usage
from providers.symbols.compose import compose
from providers.symbols.find import find, near

LICENCE: Final = "ISC (Lucide), MIT for symbols from Feather"


class Symbols:
    """The Illustrator seam over Lucide (see domain/imagery.py)."""

    name = "Lucide"
    tries = 1

    async def draw(self, wish: DrawingWish, used: Callable[[Usage], None]) -> Drawn:
        return await asyncio.to_thread(_drawn, wish)


def _drawn(wish: DrawingWish) -> Drawn:
    found = find(wish.description)
    if not found:
        close = near(wish.description)
        hint = f"; spelled alike are {', '.join(close)}" if close else ""
        raise ToolError(
            "missing",
            f"no symbol shows {wish.description[:80]!r}{hint}. Name one to three plain things, such as "
            "'leaf', 'rocket, chart' or 'shield'",
        )
    return Drawn(
        svg=compose(found, wish.style, wish.colors),
        maker=f"Lucide {version('lucide')}",
        shows=" with ".join(name.replace("-", " ") for name in found),
        licence=LICENCE,
    )


def create() -> Symbols:
    """Make the illustrator."""
    return Symbols()
