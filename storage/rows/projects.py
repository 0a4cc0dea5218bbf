"""Projects in the database."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from pydantic import JsonValue

from domain.nouns import ProjectId
from domain.project import Page, Project, ProjectStatus
from storage.rows.pages import cut, later_than
from storage.rows.scope import PROJECTS, Scope, check_found, missing
from storage.rows.shape import columns, noun_of, record

FIELDS = columns(Project, PROJECTS)


class SqlProjects:
    """The owner's projects as rows."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def add(self, project: Project) -> None:
        self._scope.check_owner(project.owner)
        await self._scope.know_user(project.owner)
        await self._scope.connection.execute(sa.insert(PROJECTS).values(record(project) | {"last_seq": 0}))

    async def get(self, project_id: ProjectId) -> Project:
        query = sa.select(*FIELDS).where(PROJECTS.c.project_id == project_id, *self._seen())
        row = (await self._scope.connection.execute(query)).first()
        return noun_of(Project, check_found(row, "project", project_id))

    async def list(self, page: Page) -> tuple[list[Project], str | None]:
        c = PROJECTS.c
        query = sa.select(*FIELDS).where(self._scope.mine(c.owner), c.deleted_at.is_(None))
        query = later_than(query, page, c.created_at, c.project_id)
        rows = (await self._scope.connection.execute(query)).all()
        found = [noun_of(Project, row) for row in rows]
        return cut(found, page, lambda project: (project.created_at, project.project_id))

    async def update(
        self,
        project_id: ProjectId,
        *,
        name: str | None = None,
        status: ProjectStatus | None = None,
        metadata: dict[str, JsonValue] | None = None,
        shape: tuple[int, int, float] | None = None,
        template: str | None = None,
    ) -> Project:
        await self._scope.check_project(project_id, lock=True)
        new: dict[str, Any] = {"name": name, "status": status, "template": template}
        new = {column: value for column, value in new.items() if value is not None}
        if shape is not None:
            new |= {"width": shape[0], "height": shape[1], "fps": shape[2]}
        if metadata is not None:
            new["metadata"] = (await self.get(project_id)).metadata | metadata
        return await self._change(project_id, new)

    async def delete(self, project_id: ProjectId) -> None:
        await self._scope.check_project(project_id, lock=True)
        await self._change(project_id, {"deleted_at": await self._scope.now()})

    async def _change(self, project_id: ProjectId, new: dict[str, Any]) -> Project:
        change = sa.update(PROJECTS).where(PROJECTS.c.project_id == project_id, *self._seen())
        change = change.values(new | {"updated_at": await self._scope.now()}).returning(*FIELDS)
        row = (await self._scope.connection.execute(change)).first()
        if row is None:
            raise missing("project", project_id)
        return noun_of(Project, row)

    def _seen(self) -> list[sa.ColumnElement[bool]]:
        own = self._scope.mine(PROJECTS.c.owner)
        return [own] if self._scope.owner is None else [own, PROJECTS.c.deleted_at.is_(None)]
