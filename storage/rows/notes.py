"""Notes in the database."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from domain.note import Note
from domain.nouns import NoteId, ProjectId
from storage.rows.scope import PROJECTS, Scope, missing
from storage.rows.shape import columns, noun_of, record, table
from storage.tables import NoteRow

NOTES = table(NoteRow)
FIELDS = columns(Note, NOTES)


class SqlNotes:
    """The notes of the owner's projects as rows."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def add(self, note: Note) -> None:
        await self._scope.check_project(note.project_id)
        await self._scope.connection.execute(sa.insert(NOTES).values(record(note)))

    async def list(self, project_id: ProjectId, *, limit: int = 100) -> list[Note]:
        await self._scope.check_project(project_id)
        query = sa.select(*FIELDS).where(NOTES.c.project_id == project_id)
        query = query.order_by(NOTES.c.created_at.desc(), NOTES.c.note_id.desc()).limit(limit)
        return [noun_of(Note, row) for row in (await self._scope.connection.execute(query)).all()]

    async def stamp(self, project_id: ProjectId) -> str:
        await self._scope.check_project(project_id)
        query = sa.select(sa.func.count(), sa.func.max(NOTES.c.note_id))
        query = query.where(NOTES.c.project_id == project_id)
        row: Any = (await self._scope.connection.execute(query)).first()
        return f"{row[0]} {row[1] or ''}"

    async def remove(self, note_id: NoteId) -> None:
        own = sa.select(PROJECTS.c.project_id).where(self._scope.mine(PROJECTS.c.owner))
        gone = sa.delete(NOTES).where(NOTES.c.note_id == note_id, NOTES.c.project_id.in_(own))
        if not (await self._scope.connection.execute(gone)).rowcount:
            raise missing("note", note_id)
