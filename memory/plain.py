"""Memory without a place of its own: everything is read from the database each time."""

from __future__ import annotations

from collections.abc import Sequence

from domain.database import Database
from domain.event import Entry
from domain.note import MOST_NOTES, Note
from domain.nouns import ProjectId, RunId, UserId


class DatabaseMemory:
    """The database alone."""

    away = ""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def session(self, run_id: RunId) -> list[Entry]:
        """Nothing is at hand: the log has it all."""
        return []

    async def keep(self, run_id: RunId, place: int, entries: Sequence[Entry]) -> None:
        """The log has them already."""

    async def forget(self, project_id: ProjectId, run_id: RunId | None) -> None:
        """Nothing is at hand."""

    async def notes(self, owner: UserId, project_id: ProjectId) -> tuple[Note, ...]:
        """Read the notes."""
        async with self._database.transaction(owner, reading=True) as tx:
            return tuple(await tx.notes.list(project_id, limit=MOST_NOTES))

    async def close(self) -> None:
        """There is nothing to close."""
