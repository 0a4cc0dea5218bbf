"""The entries of the handbook that a task is begun with: its kind of film, and the practice it calls for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from domain.knowledge import Entry, EntryKind
from memory.words import WordIndex, readable

MOST: Final[dict[EntryKind, int]] = {"recipe": 1, "practice": 2}
LEAST: Final = 0.08
"""A score below which an entry has nothing to do with a prompt: prompts are long, and name many things."""


class Recall:
    """Finds by words alone: at once, and the same each time."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = [entry for entry in entries if entry.kind in MOST]
        self._words: WordIndex | None = None

    def __call__(self, prompt: str) -> tuple[str, ...]:
        """Name the entries for a prompt."""
        self._words = self._words or WordIndex(self._entries)
        ranked = self._words.rank(readable(prompt))
        found: list[str] = []
        for kind, most in MOST.items():
            of_kind = [
                name for name, score in ranked.items() if name.startswith(f"{kind}/") and score >= LEAST
            ]
            found += of_kind[:most]
        return tuple(found)
