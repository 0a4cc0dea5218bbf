"""What is remembered of a project."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Protocol

from domain.nouns import NoteId, Noun, ProjectId, RunId

NoteKind = Literal["color", "font", "style", "tone", "rule", "decision", "fact"]


class Note(Noun):
    """One thing worth knowing the next time somebody works on this film."""

    note_id: NoteId
    project_id: ProjectId
    kind: NoteKind
    text: str
    reason: str = ""
    by: Literal["user", "agent"]
    run_id: RunId | None = None
    created_at: datetime


class Notes(Protocol):
    """The notes of the owner's projects, newest first."""

    async def add(self, note: Note) -> None: ...

    async def list(self, project_id: ProjectId, *, limit: int = 100) -> list[Note]: ...

    async def stamp(self, project_id: ProjectId) -> str:
        """A word that changes when a note is added or removed."""
        ...

    async def remove(self, note_id: NoteId) -> None:
        """Forget a note.

        Raises NotFound.
        """
        ...
