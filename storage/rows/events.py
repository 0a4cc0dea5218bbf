"""The log in the database: the project's row hands out the numbers."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from domain.event import EVENTS, Entry, Event, Transient
from domain.nouns import ProjectId, RunId
from storage.rows.scope import PROJECTS, Scope, missing
from storage.rows.shape import table
from storage.tables import EventRow

LOG = table(EventRow)
OWNED = sa.select(LOG, PROJECTS.c.owner).join(PROJECTS, PROJECTS.c.project_id == LOG.c.project_id)
"""Rows of the log, each with its owner: whoever owns the project."""


class SqlEvents:
    """The log of the owner's projects as rows.

    Each row is read with its project's owner and looked at once more: a condition that somebody forgets gives
    nobody else's conversation, and nothing is written into it.
    """

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def append(self, project_id: ProjectId, event: Event, run_id: RunId | None = None) -> Entry:
        if isinstance(event, Transient):
            raise ValueError(f"{event.type} is shown and forgotten: whisper it")
        # the row stays locked until the end of the transaction, so numbers are taken in the order of commits
        taken = sa.update(PROJECTS).where(
            PROJECTS.c.project_id == project_id, self._scope.mine(PROJECTS.c.owner)
        )
        taken = taken.values(last_seq=PROJECTS.c.last_seq + 1).returning(
            PROJECTS.c.last_seq, PROJECTS.c.owner
        )
        head = (await self._scope.connection.execute(taken)).first()
        if head is None or not self._scope.sees(head.owner):
            raise missing("project", project_id)
        seq: int = head.last_seq
        entry = Entry(seq=seq, project_id=project_id, run_id=run_id, at=await self._scope.now(), event=event)
        row = {
            "project_id": project_id,
            "seq": seq,
            "run_id": run_id,
            "at": entry.at,
            "type": event.type,
            "body": event.model_dump_json(),
        }
        await self._scope.connection.execute(sa.insert(LOG), row)
        self._scope.appended[project_id] = seq
        return entry

    async def read(
        self, project_id: ProjectId, *, after: int = 0, run_id: RunId | None = None, limit: int = 1000
    ) -> list[Entry]:
        await self._scope.check_project(project_id)
        if after >= 2**63:
            return []
        query = OWNED.where(LOG.c.project_id == project_id, LOG.c.seq > after)
        if run_id is not None:
            query = query.where(LOG.c.run_id == run_id)
        query = query.order_by(LOG.c.seq).limit(limit)
        rows = (await self._scope.connection.execute(query)).all()
        return [_entry(row) for row in rows if self._scope.sees(row.owner)]

    async def last(self, project_id: ProjectId) -> int:
        head = await self._scope.check_project(project_id)
        return head.last_seq

    async def end_of(self, run_id: RunId) -> int | None:
        """The number of a run's `run.finished`, None while it goes on."""
        query = OWNED.where(LOG.c.run_id == run_id, LOG.c.type == "run.finished").order_by(LOG.c.seq).limit(1)
        row = (await self._scope.connection.execute(query)).first()
        return row.seq if row is not None and self._scope.sees(row.owner) else None


def _entry(row: sa.Row[Any]) -> Entry:
    event = EVENTS.validate_json(row.body)
    return Entry(seq=row.seq, project_id=row.project_id, run_id=row.run_id, at=row.at, event=event)
