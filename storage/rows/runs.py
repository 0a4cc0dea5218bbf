"""Runs in the database."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from domain.nouns import ProjectId, RunId
from domain.run import Run, RunState, Usage
from storage.rows.scope import Scope, check_found
from storage.rows.shape import columns, noun_of, record, table
from storage.tables import RunRow

RUNS = table(RunRow)
FIELDS = columns(Run, RUNS)


class SqlRuns:
    """The owner's runs as rows; what a query brings is held against its owner once more."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def add(self, run: Run) -> None:
        self._scope.check_owner(run.owner)
        await self._scope.check_project(run.project_id)
        await self._scope.connection.execute(sa.insert(RUNS).values(record(run)))

    async def get(self, run_id: RunId) -> Run:
        query = sa.select(*FIELDS).where(RUNS.c.run_id == run_id, self._scope.mine(RUNS.c.owner))
        return self._own((await self._scope.connection.execute(query)).first(), run_id)

    async def list(self, project_id: ProjectId, *, limit: int = 50) -> list[Run]:
        await self._scope.check_project(project_id)
        query = sa.select(*FIELDS).where(RUNS.c.project_id == project_id)
        query = query.order_by(RUNS.c.created_at.desc(), RUNS.c.run_id.desc()).limit(limit)
        rows = (await self._scope.connection.execute(query)).all()
        return [noun_of(Run, row) for row in rows if self._scope.sees(row.owner)]

    async def update(
        self,
        run_id: RunId,
        *,
        state: RunState | None = None,
        reason: str | None = None,
        usage: Usage | None = None,
        started_at: datetime | None = None,
        finished_at: datetime | None = None,
    ) -> Run:
        new: dict[str, Any] = {
            "state": state,
            "reason": reason,
            "usage": usage and usage.model_dump(mode="json"),
            "started_at": started_at,
            "finished_at": finished_at,
        }
        new = {column: value for column, value in new.items() if value is not None}
        if not new:
            return await self.get(run_id)
        await self._scope.hold(project_of(run_id))
        change = sa.update(RUNS).where(RUNS.c.run_id == run_id, self._scope.mine(RUNS.c.owner))
        return self._own(
            (await self._scope.connection.execute(change.values(new).returning(*FIELDS))).first(), run_id
        )

    def _own(self, row: sa.Row[Any] | None, run_id: RunId) -> Run:
        """Give the run of a row; raised in a transaction that writes, the refusal takes the change back."""
        if row is not None and not self._scope.sees(row.owner):
            row = None
        return noun_of(Run, check_found(row, "run", run_id))


def project_of(run_id: RunId) -> sa.ScalarSelect[Any]:
    """The project that a run belongs to, for a condition."""
    return sa.select(RUNS.c.project_id).where(RUNS.c.run_id == run_id).scalar_subquery()
