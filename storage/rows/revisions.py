"""Revisions in the database: whole trees by the hashes of their content."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from domain.errors import Conflict
from domain.nouns import ProjectId, Sha256, VersionId, new_id
from domain.project import Change, Page, Revision, changes
from storage.rows.pages import bad_cursor
from storage.rows.scope import PROJECTS, Scope, check_found, missing
from storage.rows.shape import columns, noun_of, record, table
from storage.tables import RevisionRow

REVISIONS = table(RevisionRow)
FIELDS = columns(Revision, REVISIONS)
MOST_NAMED = 20
"""Paths that a conflict lists."""


class SqlRevisions:
    """The revisions of the owner's projects as rows; the project's row is their lock."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def commit(
        self, project_id: ProjectId, base: int, files: Mapping[str, Sha256], message: str
    ) -> tuple[Revision, list[Change]]:
        head = await self._scope.check_project(project_id, lock=True)
        newest = await self._find(project_id, head.revision)
        if base != head.revision:
            raise await self._conflict(project_id, base, newest)
        changed = changes(newest.files if newest else {}, files)
        if newest is not None and not changed:
            return newest, []
        revision = Revision(
            project_id=project_id,
            number=head.revision + 1,
            message=message,
            files=dict(files),
            created_at=await self._scope.now(),
        )
        await self._scope.connection.execute(sa.insert(REVISIONS).values(record(revision)))
        move = sa.update(PROJECTS).where(PROJECTS.c.project_id == project_id)
        await self._scope.connection.execute(
            move.values(revision=revision.number, updated_at=await self._scope.now())
        )
        return revision, changed

    async def get(self, project_id: ProjectId, number: int | None = None) -> Revision:
        head = await self._scope.check_project(project_id)
        wanted = head.revision if number is None else number
        found = await self._find(project_id, wanted)
        if found is None:
            raise missing("revision", f"{wanted} of {project_id}")
        return found

    async def list(self, project_id: ProjectId, page: Page) -> tuple[list[Revision], str | None]:
        await self._scope.check_project(project_id)
        query = sa.select(*FIELDS).where(REVISIONS.c.project_id == project_id)
        if page.after is not None:
            if not page.after.isascii() or not page.after.isdigit() or len(page.after) > 9:
                raise bad_cursor(page.after)
            query = query.where(REVISIONS.c.number < int(page.after))
        query = query.order_by(REVISIONS.c.number.desc()).limit(page.limit + 1)
        found = [noun_of(Revision, row) for row in (await self._scope.connection.execute(query)).all()]
        kept = found[: page.limit]
        return kept, str(kept[-1].number) if len(found) > len(kept) else None

    async def label(self, project_id: ProjectId, number: int, label: str) -> Revision:
        await self._scope.check_project(project_id, lock=True)
        version_id = (await self.get(project_id, number)).version_id or VersionId(new_id())
        change = sa.update(REVISIONS).where(
            REVISIONS.c.project_id == project_id, REVISIONS.c.number == number
        )
        change = change.values(label=label, version_id=version_id).returning(*FIELDS)
        row = (await self._scope.connection.execute(change)).first()
        return noun_of(Revision, check_found(row, "revision", f"{number} of {project_id}"))

    async def by_version(self, project_id: ProjectId, version_id: VersionId) -> Revision:
        await self._scope.check_project(project_id)
        found = await self._one(REVISIONS.c.project_id == project_id, REVISIONS.c.version_id == version_id)
        if found is None:
            raise missing("version", version_id)
        return found

    async def _find(self, project_id: ProjectId, number: int) -> Revision | None:
        if not 0 < number < 2**31:
            return None
        return await self._one(REVISIONS.c.project_id == project_id, REVISIONS.c.number == number)

    async def _one(self, *conditions: sa.ColumnElement[bool]) -> Revision | None:
        row: sa.Row[Any] | None
        row = (await self._scope.connection.execute(sa.select(*FIELDS).where(*conditions))).first()
        return None if row is None else noun_of(Revision, row)

    async def _conflict(self, project_id: ProjectId, base: int, newest: Revision | None) -> Conflict:
        number = newest.number if newest else 0
        if base > number:
            message = f"revision {base} does not exist, the newest is {number}: read again, then write"
            return Conflict("revision_conflict", message)
        before = await self._find(project_id, base)
        changed = changes(before.files if before else {}, newest.files if newest else {})
        named = [f"{change.path} {change.what}" for change in changed[:MOST_NAMED]]
        more = f" and {len(changed) - len(named)} more" if len(changed) > len(named) else ""
        since = f"{', '.join(named)}{more}" if named else "nothing in the end"
        message = (
            f"the project is at revision {number}, not {base}; since then: {since}. Read again, then write"
        )
        return Conflict("revision_conflict", message)
