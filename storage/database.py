"""The database behind its seam, by SQLAlchemy: one transaction at a time, told of after it is done."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from domain.account import Audit, Keys
from domain.approval import Approvals
from domain.count import Counts
from domain.event import Events
from domain.job import Jobs
from domain.lesson import Lessons
from domain.note import Notes
from domain.nouns import UserId
from domain.project import Assets, Projects, Revisions
from domain.queue import Queues, Room
from domain.receipt import Receipts
from domain.render import Renders
from domain.run import Runs, Steps
from domain.wake import Wakeups
from storage import schema
from storage.dialect import MOST_CONNECTIONS, connect
from storage.outage import away
from storage.rows.approvals import SqlApprovals
from storage.rows.assets import SqlAssets
from storage.rows.audit import SqlAudit
from storage.rows.counts import SqlCounts
from storage.rows.events import SqlEvents
from storage.rows.jobs import SqlJobs
from storage.rows.keys import SqlKeys
from storage.rows.lessons import SqlLessons
from storage.rows.notes import SqlNotes
from storage.rows.projects import SqlProjects
from storage.rows.queues import SqlQueues
from storage.rows.receipts import SqlReceipts
from storage.rows.renders import SqlRenders
from storage.rows.revisions import SqlRevisions
from storage.rows.runs import SqlRuns
from storage.rows.scope import Scope
from storage.rows.steps import SqlSteps
from storage.steady import SteadyConnection


class SqlTransaction:
    """All nouns over one connection."""

    def __init__(self, scope: Scope, room: Room) -> None:
        self.scope = scope
        self.projects: Projects = SqlProjects(scope)
        self.revisions: Revisions = SqlRevisions(scope)
        self.assets: Assets = SqlAssets(scope)
        self.runs: Runs = SqlRuns(scope)
        self.steps: Steps = SqlSteps(scope)
        self.events: Events = SqlEvents(scope)
        self.renders: Renders = SqlRenders(scope)
        self.jobs: Jobs = SqlJobs(scope, room)
        self.queues: Queues = SqlQueues(scope)
        self.notes: Notes = SqlNotes(scope)
        self.lessons: Lessons = SqlLessons(scope)
        self.keys: Keys = SqlKeys(scope)
        self.audit: Audit = SqlAudit(scope)
        self.receipts: Receipts = SqlReceipts(scope)
        self.approvals: Approvals = SqlApprovals(scope)
        self.counts: Counts = SqlCounts(scope)


class SqlDatabase:
    """SQLite or PostgreSQL, by its address: `sqlite:///FILE` or `postgresql://…`.

    On SQLite a process has one writer, so a transaction must not be opened inside another one.
    """

    def __init__(
        self,
        url: str,
        wakeups: Wakeups,
        *,
        connections: int = MOST_CONNECTIONS,
        room: Room | None = None,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        self._url = url
        self._room = room or Room()
        self._wakeups = wakeups
        self._dialect = connect(url, connections)
        self._given_clock = clock

    @asynccontextmanager
    async def transaction(
        self, owner: UserId | None, *, reading: bool = False
    ) -> AsyncGenerator[SqlTransaction]:
        """Open a transaction; one that only reads neither waits for writers nor keeps them waiting."""
        pool = self._dialect.readers if reading else self._dialect.writers
        try:
            async with pool.connected() as connection:
                scope = Scope(connection, self._dialect, owner, self._now, reading=reading)
                yield SqlTransaction(scope, self._room)
                if reading:
                    return
                try:
                    await connection.commit()
                except asyncio.CancelledError:
                    await self._ring(scope)  # it is committed all the same
                    raise
                await self._ring(scope)
        except SQLAlchemyError as error:
            if unavailable := away(error):
                raise unavailable from error
            raise

    async def check(self) -> None:
        """Raises Unavailable when the database is away or its schema is not this version's."""
        try:
            async with self._dialect.readers.connected() as connection:
                found = await connection.ask(schema.version)
        except SQLAlchemyError as error:
            if unavailable := away(error):
                raise unavailable from error
            raise
        schema.compare(found)

    async def close(self) -> None:
        """Close all connections."""
        await self._dialect.readers.close()
        await self._dialect.writers.close()

    async def _now(self, connection: SteadyConnection) -> datetime:
        return self._given_clock() if self._given_clock else await self._dialect.clock(connection)

    async def _ring(self, scope: Scope) -> None:
        for project_id, seq in scope.appended.items():
            await self._wakeups.ring(f"project:{project_id}", str(seq).encode())
        for job_id in scope.to_cancel:
            await self._wakeups.ring("jobs", job_id.encode())
        if scope.to_lease:
            await self._wakeups.ring("jobs")
