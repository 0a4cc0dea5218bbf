"""The queue in the database: every change names the state it starts from, so that none is made twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Literal

import sqlalchemy as sa
from pydantic import JsonValue

from domain.errors import Conflict
from domain.job import MOST_CRASHES, Job, JobKind, JobState, Tally, backoff_s
from domain.nouns import JobId, ProjectId
from domain.queue import Room
from storage.rows.scope import PROJECTS, Scope, check_found
from storage.rows.shape import columns, noun_of, record
from storage.rows.turns import HELD, JOBS, check_room, due

FIELDS = columns(Job, JOBS)
ENDED = ("done", "failed", "cancelled")
FREE: dict[str, Any] = {"worker": None, "lease_until": None}


class SqlJobs:
    """The owner's jobs as rows."""

    def __init__(self, scope: Scope, room: Room) -> None:
        self._scope = scope
        self._room = room

    async def enqueue(self, job: Job) -> None:
        self._scope.check_owner(job.owner)
        await self._scope.check_project(job.project_id)
        await check_room(self._scope, job, self._room)
        await self._scope.connection.execute(sa.insert(JOBS).values(record(job)))
        self._scope.to_lease = True

    async def get(self, job_id: JobId) -> Job:
        query = sa.select(*FIELDS).where(JOBS.c.job_id == job_id, self._scope.mine(JOBS.c.owner))
        row = (await self._scope.connection.execute(query)).first()
        return noun_of(Job, check_found(row, "job", job_id))

    async def list(
        self, *, project_id: ProjectId | None = None, kind: JobKind | None = None,
        states: tuple[JobState, ...] = (), limit: int = 100,
    ) -> list[Job]:  # fmt: skip
        query = sa.select(*FIELDS).where(self._scope.mine(JOBS.c.owner))
        if project_id is not None:
            await self._scope.check_project(project_id)
            query = query.where(JOBS.c.project_id == project_id)
        if kind is not None:
            query = query.where(JOBS.c.kind == kind)
        if states:
            query = query.where(JOBS.c.state.in_(states))
        query = query.order_by(JOBS.c.created_at.desc(), JOBS.c.job_id.desc()).limit(limit)
        return [noun_of(Job, row) for row in (await self._scope.connection.execute(query)).all()]

    async def tally(self) -> list[Tally]:
        c = JOBS.c
        counted = (c.kind, c.state, sa.func.count(), sa.func.min(c.created_at))
        query = sa.select(*counted).where(self._scope.mine(c.owner)).group_by(c.kind, c.state)
        rows: Any = (await self._scope.connection.execute(query.order_by(c.kind, c.state))).all()
        return [
            Tally(kind=kind, state=state, count=count, oldest=oldest) for kind, state, count, oldest in rows
        ]

    async def due(self, kinds: tuple[JobKind, ...], *, limit: int = 100) -> list[Job]:
        query = due(self._scope, kinds, await self._scope.now()).with_only_columns(*FIELDS).limit(limit)
        return [noun_of(Job, row) for row in (await self._scope.connection.execute(query)).all()]

    async def lease(self, kinds: tuple[JobKind, ...], worker: str, seconds: float) -> Job | None:
        now = await self._scope.now()
        query = due(self._scope, kinds, now).limit(1).with_for_update(skip_locked=True, of=JOBS)
        best = (await self._scope.connection.execute(query)).first()
        if best is None:
            return None
        held = {
            "state": "leased",
            "attempt": best.attempt + 1,
            "worker": worker,
            "lease_until": now + timedelta(seconds=seconds),
            "leased_at": now,
            "not_before": None,
        }
        change = sa.update(JOBS).where(JOBS.c.job_id == best.job_id).values(held).returning(*FIELDS)
        row = (await self._scope.connection.execute(change)).first()
        return noun_of(Job, check_found(row, "job", best.job_id))

    async def heartbeat(self, job_id: JobId, attempt: int, seconds: float, words: str = "") -> Job:
        await self._hold(job_id)
        new: dict[str, Any] = {"lease_until": await self._scope.now() + timedelta(seconds=seconds)}
        return await self._write(job_id, attempt, HELD, new | ({"reason": words} if words else {}))

    async def park(self, job_id: JobId, attempt: int, waits_for: JobId | None) -> Job:
        await self._hold(job_id)
        awaited = await self._locked(waits_for) if waits_for is not None else None
        held = await self._locked(job_id)
        if held.state == "cancelling" and held.attempt == attempt:
            return held  # it stays its worker's, who sees the state and ends it
        if awaited is not None and awaited.state in ENDED:
            self._scope.to_lease = True
            return await self._write(job_id, attempt, ("leased",), FREE | {"state": "queued"})
        return await self._write(
            job_id, attempt, ("leased",), FREE | {"state": "parked", "waits_for": waits_for}
        )

    async def wake(self, job_id: JobId) -> Job:
        await self._hold(job_id)
        job = await self._locked(job_id)
        if job.state != "parked" or job.waits_for is not None:
            return job
        self._scope.to_lease = True
        return await self._set(job_id, {"state": "queued"})

    async def finish(
        self,
        job_id: JobId,
        attempt: int,
        state: Literal["done", "failed", "cancelled"],
        *,
        result: dict[str, JsonValue] | None = None,
        reason: str = "",
    ) -> Job:
        await self._hold(job_id)
        new = {"state": state, "result": result, "reason": reason, "finished_at": await self._scope.now()}
        job = await self._write(job_id, attempt, HELD, FREE | new)
        await self._wake(job_id)
        return job

    async def release(
        self, job_id: JobId, attempt: int, *, delay_s: float = 0, retry: str | None = None
    ) -> None:
        await self._hold(job_id)
        now = await self._scope.now()
        held = await self._locked(job_id)
        if held.state == "cancelling" and held.attempt == attempt:
            await self._write(job_id, attempt, HELD, {"lease_until": now})  # the next sweep ends it
            self._scope.to_cancel.append(job_id)
            return
        later = now + timedelta(seconds=delay_s) if delay_s > 0 else None
        new: dict[str, Any] = FREE | {"state": "queued", "not_before": later}
        if retry is not None:
            new |= {"retries": held.retries + 1, "reason": retry}
        await self._write(job_id, attempt, ("leased",), new)
        self._scope.to_lease = True

    async def cancel(self, job_id: JobId) -> Job:
        await self._hold(job_id)
        job = await self._locked(job_id)
        if job.state not in ("queued", "parked", "leased"):
            return job
        self._scope.to_cancel.append(job_id)
        return await self._set(job_id, {"state": "cancelling"})

    async def rank(self, job_id: JobId, priority: int) -> Job:
        await self._hold(job_id)
        job = await self._locked(job_id)
        if job.state in ENDED:
            raise Conflict("job_ended", f"job {job_id} is {job.state}; nothing waits in front of it")
        self._scope.to_lease = True
        return await self._set(job_id, {"priority": priority})

    async def sweep(self) -> list[Job]:
        now = await self._scope.now()
        unheld = sa.and_(JOBS.c.state == "cancelling", JOBS.c.lease_until.is_(None))
        late = sa.select(*FIELDS).where(
            sa.or_(unheld, sa.and_(JOBS.c.state.in_(HELD), JOBS.c.lease_until <= now)),
            self._scope.mine(JOBS.c.owner),
        )
        if self._scope.dialect.many_writers:
            late = late.where(JOBS.c.project_id.in_(await self._quiet(late)))
        rows = (await self._scope.connection.execute(_in_turn(late))).all()
        return [await self._bury(noun_of(Job, row)) for row in rows]

    async def _quiet(self, late: sa.Select[Any]) -> list[str]:
        """Hold those projects of some jobs that nobody is writing to; the next sweep sees to the others."""
        wanted = late.with_only_columns(JOBS.c.project_id)
        query = sa.select(PROJECTS.c.project_id).where(PROJECTS.c.project_id.in_(wanted))
        query = query.order_by(PROJECTS.c.project_id).with_for_update(key_share=True, skip_locked=True)
        return await self._scope.connection.scalars(query)

    async def _hold(self, job_id: JobId) -> None:
        project = sa.select(JOBS.c.project_id).where(JOBS.c.job_id == job_id)
        await self._scope.hold(project.scalar_subquery())

    async def _bury(self, job: Job) -> Job:
        if job.state == "cancelling":
            return await self._end(job, "cancelled", job.reason)
        crashes = job.crashes + 1
        if crashes >= MOST_CRASHES:
            words = f"its worker died {crashes} times, last {job.worker}"
            last = f"; its last words: {job.reason}" if job.reason else ""
            return await self._end(job, "failed", words + last, crashes)
        self._scope.to_lease = True
        # the first time it was the machine, most likely; a job that does it again is kept away for a while
        pause_s = backoff_s(crashes - 1) if crashes > 1 else 0
        later = await self._scope.now() + timedelta(seconds=pause_s) if pause_s else None
        return await self._set(
            job.job_id, FREE | {"state": "queued", "crashes": crashes, "not_before": later}
        )

    async def _end(self, job: Job, state: JobState, reason: str, crashes: int | None = None) -> Job:
        new: dict[str, Any] = {"state": state, "reason": reason, "waits_for": None}
        new |= {
            "finished_at": await self._scope.now(),
            "crashes": job.crashes if crashes is None else crashes,
        }
        ended = await self._set(job.job_id, FREE | new)
        await self._wake(job.job_id)
        return ended

    async def _wake(self, ended: JobId) -> None:
        parked = sa.update(JOBS).where(JOBS.c.waits_for == ended, JOBS.c.state == "parked")
        woken = await self._scope.connection.execute(parked.values(state="queued", waits_for=None))
        self._scope.to_lease = True if woken.rowcount else self._scope.to_lease

    async def _locked(self, job_id: JobId) -> Job:
        query = sa.select(*FIELDS).where(JOBS.c.job_id == job_id, self._scope.mine(JOBS.c.owner))
        row = (await self._scope.connection.execute(query.with_for_update())).first()
        return noun_of(Job, check_found(row, "job", job_id))

    async def _set(self, job_id: JobId, new: dict[str, Any]) -> Job:
        change = sa.update(JOBS).where(JOBS.c.job_id == job_id).values(new).returning(*FIELDS)
        row = (await self._scope.connection.execute(change)).first()
        return noun_of(Job, check_found(row, "job", job_id))

    async def _write(self, job_id: JobId, attempt: int, states: tuple[str, ...], new: dict[str, Any]) -> Job:
        """Change a job as the worker of this attempt; Conflict when it is no longer that."""
        change = sa.update(JOBS).where(
            JOBS.c.job_id == job_id,
            JOBS.c.attempt == attempt,
            JOBS.c.state.in_(states),
            self._scope.mine(JOBS.c.owner),
        )
        row = (await self._scope.connection.execute(change.values(new).returning(*FIELDS))).first()
        if row is None:
            now = await self.get(job_id)
            message = (
                f"attempt {attempt} no longer holds job {job_id}: it is {now.state}, at attempt {now.attempt}"
            )
            raise Conflict("lease_lost", message)
        return noun_of(Job, row)


def _in_turn(late: sa.Select[Any]) -> sa.Select[Any]:
    return late.order_by(JOBS.c.job_id).with_for_update(skip_locked=True)
