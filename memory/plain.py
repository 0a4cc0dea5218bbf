"""Memory without a place of its own: the database is asked each time whether anything is new."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from domain.database import Database
from domain.event import Entry
from domain.note import MOST_NOTES, Note
from domain.nouns import ProjectId, RunId, UserId

MOST_FILMS: Final = 16
"""Films whose notes are at hand."""


class DatabaseMemory:
    """The database alone."""

    away = ""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._read: dict[tuple[UserId, ProjectId], tuple[str, tuple[Note, ...]]] = {}
        """The notes that were read last, by whose they are, with the stamp of the rows."""

    async def session(self, owner: UserId, run_id: RunId) -> list[Entry]:
        """Nothing is at hand: the log has it all."""
        return []

    async def keep(self, owner: UserId, run_id: RunId, place: int, entries: Sequence[Entry]) -> None:
        """The log has them already."""

    async def forget(self, project_id: ProjectId, run_id: RunId | None) -> None:
        """Let go of the notes that were read last."""
        for key in [key for key in self._read if key[1] == project_id]:
            del self._read[key]

    async def notes(self, owner: UserId, project_id: ProjectId) -> tuple[Note, ...]:
        """Give the notes that were read last when the rows are still the same, else read them."""
        key = (owner, project_id)
        async with self._database.transaction(owner, reading=True) as tx:
            now = await tx.notes.stamp(project_id)
            stamp, notes = self._read.get(key, ("", ()))
            if stamp != now:
                notes = tuple(await tx.notes.list(project_id, limit=MOST_NOTES))
                while len(self._read) >= MOST_FILMS:
                    del self._read[next(iter(self._read))]
                self._read[key] = now, notes
        return notes

    async def close(self) -> None:
        """There is nothing to close."""
