"""Where vectors stand: the seam between the handbook and Chroma."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from domain.knowledge import Entry

PREFIX: Final = "director-"
"""How the names of our collections begin."""


@dataclass(frozen=True)
class Card:
    """An entry as an index keeps it."""

    entry: Entry
    vector: Sequence[float]

    @property
    def facts(self) -> dict[str, str]:
        """What stands beside the vector."""
        entry = self.entry
        return {"sha256": entry.sha256, "kind": entry.kind, "title": entry.title, "source": entry.source}


class Shelf(Protocol):
    """Vectors by the ids of their entries. Every method raises Unavailable."""

    @property
    def using(self) -> str:
        """What it is, for the doctor."""
        ...

    async def open(self, space: str) -> str:
        """Open the collection of one embedder; says what had to be repaired."""
        ...

    async def held(self) -> dict[str, str]:
        """The entries that are there: id to SHA-256."""
        ...

    async def put(self, cards: Sequence[Card]) -> None: ...

    async def drop(self, ids: Sequence[str]) -> None: ...

    async def nearest(self, vector: Sequence[float], most: int) -> dict[str, float]:
        """The entries next to a vector, the nearest first: id to cosine."""
        ...

    async def clear(self) -> None:
        """Throw everything of this collection away, and close it."""
        ...

    async def check(self) -> str:
        """Look from outside whether it could be used."""
        ...

    async def close(self) -> None: ...
