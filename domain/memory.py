"""What is at hand between a run's turns: its conversation and its film's notes. The database is the truth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from domain.event import Entry
from domain.note import Note
from domain.nouns import ProjectId, RunId, UserId


class Memory(Protocol):
    """Hot memory: it may forget and be away at any time, and is never wrong."""

    @property
    def away(self) -> str:
        """Why it is not there now, with the way out; empty while it is, or when there is none to be away."""
        ...

    async def session(self, owner: UserId, run_id: RunId) -> list[Entry]:
        """The beginning of the owner's run's own log as far as it is at hand, in order and without a gap."""
        ...

    async def keep(self, owner: UserId, run_id: RunId, place: int, entries: Sequence[Entry]) -> None:
        """Keep entries of the owner's run at hand; `place` is how many of its entries come before them."""
        ...

    async def notes(self, owner: UserId, project_id: ProjectId) -> tuple[Note, ...]:
        """The project's notes as they are now, newest first.

        Raises NotFound, and Unavailable when the database is away.
        """
        ...

    async def forget(self, project_id: ProjectId, run_id: RunId | None) -> None:
        """Let go of what is at hand of a film and of a run.

        Raises Unavailable when it cannot.
        """
        ...

    async def close(self) -> None: ...
