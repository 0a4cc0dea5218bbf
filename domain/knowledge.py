"""What every film can use: short entries of vetted knowledge, found by meaning and by words."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Literal, Protocol

from domain.nouns import Noun

EntryKind = Literal["stage", "practice", "recipe", "fix"]
"""How something is written · how it looks good · how a kind of film is built · how a finding is mended."""


class Entry(Noun):
    """One short piece of knowledge."""

    entry_id: str
    """`kind/name`, the same in every version."""
    kind: EntryKind
    title: str
    text: str
    source: str
    """Where it comes from: a file of this repository."""
    language: str = "en"
    tags: tuple[str, ...] = ()
    """Other words that people use for it, in any language."""

    @property
    def written(self) -> str:
        """The whole entry as a searcher reads it; its first paragraph is a heading: title and tags."""
        return f"{self.title}. {', '.join(self.tags)}\n\n{self.text}"

    @property
    def sha256(self) -> str:
        """What tells a changed entry from an unchanged one."""
        told = "\0".join((self.kind, self.title, self.source, self.language, *self.tags, self.text))
        return hashlib.sha256(told.encode()).hexdigest()


class Hit(Noun):
    """An entry that was found."""

    entry: Entry
    score: float
    """How well it answers, 0 to 1; comparable within one search."""


class Found(Noun):
    """What a search came to, the best first."""

    hits: tuple[Hit, ...] = ()
    notice: str = ""
    """Why the search was less than it should be; empty when it was whole."""


class Stock(Noun):
    """What an index holds after it was brought up to date."""

    entries: int
    embedded: int
    """Entries whose vectors were computed anew."""
    removed: int
    notice: str = ""
    """What was repaired on the way; empty when nothing was."""


class Embedder(Protocol):
    """Turns texts into vectors of length 1."""

    @property
    def name(self) -> str:
        """Which model, and which of its versions: another name is another space."""
        ...

    @property
    def dimension(self) -> int: ...

    async def embed(self, texts: Sequence[str], *, asking: bool = False) -> list[list[float]]:
        """Give each text its vector, all zeros for one that the model cannot read.

        `asking` says that they are questions, not entries.

        Raises Unavailable.
        """
        ...

    async def close(self) -> None: ...


class Knowledge(Protocol):
    """The entries, and the way to them."""

    async def search(self, query: str, k: int = 5) -> Found:
        """Find the entries that answer a question best; never fails, but says when it knows less."""
        ...

    async def rebuild(self) -> Stock:
        """Throw the index away and make it anew.

        Raises Unavailable.
        """
        ...

    async def check(self) -> str:
        """Say what is in use.

        Raises Unavailable.
        """
        ...

    async def close(self) -> None: ...
