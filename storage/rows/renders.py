"""Renders in the database; their films lie in the blobs."""

from __future__ import annotations

import sqlalchemy as sa

from domain.nouns import ProjectId, RenderId
from domain.render import Render
from storage.rows.scope import Scope, check_found, missing
from storage.rows.shape import columns, noun_of, record, table
from storage.tables import RenderRow

RENDERS = table(RenderRow)
FIELDS = columns(Render, RENDERS)


class SqlRenders:
    """The owner's renders as rows."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def add(self, render: Render) -> None:
        self._scope.check_owner(render.owner)
        await self._scope.check_project(render.project_id)
        await self._scope.connection.execute(sa.insert(RENDERS).values(record(render)))

    async def get(self, render_id: RenderId) -> Render:
        query = sa.select(*FIELDS).where(RENDERS.c.render_id == render_id, self._scope.mine(RENDERS.c.owner))
        row = (await self._scope.connection.execute(query)).first()
        return noun_of(Render, check_found(row, "render", render_id))

    async def list(self, project_id: ProjectId, *, limit: int = 50) -> list[Render]:
        await self._scope.check_project(project_id)
        query = sa.select(*FIELDS).where(RENDERS.c.project_id == project_id)
        query = query.order_by(RENDERS.c.created_at.desc(), RENDERS.c.render_id.desc()).limit(limit)
        return [noun_of(Render, row) for row in (await self._scope.connection.execute(query)).all()]

    async def save(self, render: Render) -> None:
        await self._scope.hold(render.project_id)
        # whose it is, and when it was wished for, never changes
        kept = ("render_id", "owner", "project_id", "created_at")
        new = {column: value for column, value in record(render).items() if column not in kept}
        change = sa.update(RENDERS).where(
            RENDERS.c.render_id == render.render_id, self._scope.mine(RENDERS.c.owner)
        )
        if not (await self._scope.connection.execute(change.values(new))).rowcount:
            raise missing("render", render.render_id)
