"""Notes in the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from domain.errors import LimitReached
from domain.note import MOST_NOTES, Note
from domain.nouns import NoteId, ProjectId
from storage.rows.forgetting import forget
from storage.rows.scope import PROJECTS, Scope, missing
from storage.rows.shape import columns, record, table
from storage.tables import NoteRow

NOTES = table(NoteRow)
FIELDS = columns(Note, NOTES)


class SqlNotes:
    """The notes of the owner's projects as rows.

    Each row carries its owner, and what a query brings is looked at once more: a condition that somebody
    forgets gives nobody else's notes.
    """

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def add(self, note: Note) -> None:
        await self._scope.check_project(note.project_id)
        query = sa.select(sa.func.count()).where(NOTES.c.project_id == note.project_id)
        if (await self._scope.connection.scalar(query) or 0) >= MOST_NOTES:
            raise LimitReached(
                "too_many_notes",
                f"the project remembers {MOST_NOTES} notes; forget some: director memory list --project "
                f"{note.project_id}",
            )
        owner = sa.select(PROJECTS.c.owner).where(PROJECTS.c.project_id == note.project_id).scalar_subquery()
        await self._scope.connection.execute(sa.insert(NOTES).values(record(note) | {"owner": owner}))

    async def get(self, note_id: NoteId) -> Note:
        found = await self._own(NOTES.c.note_id == note_id, limit=1)
        if not found:
            raise missing("note", note_id)
        await self._scope.check_project(found[0].project_id)
        return found[0]

    async def list(self, project_id: ProjectId, *, limit: int = 100) -> list[Note]:
        await self._scope.check_project(project_id)
        return await self._own(NOTES.c.project_id == project_id, limit=limit)

    async def accept(self, project_id: ProjectId, note_ids: Sequence[NoteId] | None = None) -> int:
        await self._scope.check_project(project_id)
        change = sa.update(NOTES).where(
            NOTES.c.project_id == project_id, NOTES.c.by == "agent", NOTES.c.accepted_at.is_(None)
        )
        if note_ids is not None:
            change = change.where(NOTES.c.note_id.in_(note_ids))
        done = await self._scope.connection.execute(change.values(accepted_at=await self._scope.now()))
        return done.rowcount

    async def stamp(self, project_id: ProjectId) -> str:
        await self._scope.check_project(project_id)
        query = sa.select(
            sa.func.count(), sa.func.max(NOTES.c.note_id), sa.func.count(NOTES.c.accepted_at)
        ).where(NOTES.c.project_id == project_id)
        row: Any = (await self._scope.connection.execute(query)).first()
        return f"{row[0]} {row[1] or ''} {row[2]}"

    async def remove(self, note_id: NoteId) -> None:
        note = await self.get(note_id)
        await self._scope.connection.execute(sa.delete(NOTES).where(NOTES.c.note_id == note_id))
        await forget(self._scope, note)

    async def _own(self, condition: sa.ColumnElement[bool], *, limit: int) -> list[Note]:
        """Read notes and leave out what is not the owner's, whatever the condition let through."""
        query = sa.select(*FIELDS, NOTES.c.owner).where(condition)
        query = query.order_by(NOTES.c.created_at.desc(), NOTES.c.note_id.desc()).limit(limit)
        rows = (await self._scope.connection.execute(query)).all()
        return [_note(row) for row in rows if self._scope.sees(row.owner)]


def _note(row: sa.Row[Any]) -> Note:
    return Note.model_validate(dict(zip(Note.model_fields, row[:-1], strict=True)))
