"""The queue as its operator sees it: every owner's jobs, who works on them, and calling one off."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api import orders
from api.again import MOST, again, failed_ones
from api.entrance import Operator
from api.house import Home, House
from api.paging import Limit
from api.words import Body
from domain.account import Principal
from domain.errors import NotFound, Unavailable, UserError
from domain.job import Job, JobKind, JobState, Tally
from domain.nouns import JobId, Noun
from domain.queue import KINDS, PRIORITIES, Priority, QueueState
from domain.queue import Queue as QueueStand

router = APIRouter(prefix="/api/queue", tags=["queue"])

Kind = Annotated[JobKind | None, Query(description="Only jobs of this kind.")]
State = Annotated[JobState | None, Query(description="Only those in this state.")]


class Queue(Noun):
    """Jobs, newest first, and how many there are of each kind in each state."""

    tally: list[Tally]
    queues: list[QueueStand]
    items: list[Job]


class Some(Body):
    """Which queues are meant."""

    kind: JobKind | None = None
    """One kind of jobs; all of them unless said."""


class Rank(Body):
    """Where a job is to stand."""

    priority: Priority


class Touched(Noun):
    """What an order to the queue came to."""

    jobs: list[JobId]
    """The jobs that were made or called off."""
    left: int = 0
    """Those that could not be tried again: their project is gone, or their queue is full."""


class Stands(Noun):
    """How the queues stand."""

    queues: list[QueueStand]


class WorkerAtWork(Noun):
    """A worker that holds jobs; one that waits for work holds none, and is not listed."""

    worker: str
    jobs: list[Job]


class WorkerList(Noun):
    """Everybody who is at work."""

    items: list[WorkerAtWork]


@router.get("")
async def list_jobs(
    house: Home, asking: Operator, kind: Kind = None, state: State = None, limit: Limit = 50
) -> Queue:
    """The queue."""
    async with house.database.transaction(None, reading=True) as tx:
        found = await tx.jobs.list(kind=kind, states=(state,) if state else (), limit=limit)
        return Queue(tally=await tx.jobs.tally(), queues=await tx.queues.list(), items=found)


@router.get("/workers")
async def list_workers(house: Home, asking: Operator) -> WorkerList:
    """Who is at work, and on what."""
    async with house.database.transaction(None, reading=True) as tx:
        held = await tx.jobs.list(states=("leased", "cancelling"), limit=1_000)
    by_name: dict[str, list[Job]] = {}
    for job in held:
        if job.worker is not None:
            by_name.setdefault(job.worker, []).append(job)
    return WorkerList(items=[WorkerAtWork(worker=name, jobs=by_name[name]) for name in sorted(by_name)])


@router.get("/{job_id}")
async def get_job(job_id: str, house: Home, asking: Operator) -> Job:
    """One job."""
    async with house.database.transaction(None, reading=True) as tx:
        return await tx.jobs.get(JobId(job_id))


@router.post("/{job_id}/cancel", status_code=202)
async def cancel_job(job_id: str, house: Home, asking: Operator) -> Job:
    """Call a job off, with the run that it drives; an ended one stays as it is."""
    return await _call_off(house, asking, JobId(job_id))


@router.post("/{job_id}/priority")
async def rank_job(job_id: str, body: Rank, house: Home, asking: Operator) -> Job:
    """Give a job another priority; one that has ended has none."""
    async with house.database.transaction(None) as tx:
        job = await tx.jobs.rank(JobId(job_id), PRIORITIES[body.priority])
        await tx.audit.record(asking, "job.ranked", job_id, owner=job.owner, priority=body.priority)
        return job


@router.post("/{job_id}/retry", status_code=202)
async def retry_job(job_id: str, house: Home, asking: Operator) -> Job:
    """Do a job once more that failed or was called off; answers with the new job."""
    async with house.database.transaction(None, reading=True) as tx:
        job = await tx.jobs.get(JobId(job_id))
    return await _again(house, asking, job)


@router.post("/requeue-failed", status_code=202)
async def requeue_failed(body: Some, house: Home, asking: Operator) -> Touched:
    """Do all failed jobs once more that nobody has tried again yet."""
    async with house.database.transaction(None, reading=True) as tx:
        failed = await failed_ones(tx, body.kind)
    made: list[JobId] = []
    for job in failed:
        try:
            made.append((await _again(house, asking, job)).job_id)
        except NotFound:
            continue
        except (UserError, Unavailable):
            break  # the queue is full or drained: the others wait for another try
    return Touched(jobs=made, left=len(failed) - len(made))


@router.post("/pause")
async def pause(body: Some, house: Home, asking: Operator) -> Stands:
    """Give no more jobs out; those at work go on, new ones wait."""
    return await _set(house, asking, body.kind, "paused")


@router.post("/resume")
async def resume(body: Some, house: Home, asking: Operator) -> Stands:
    """Take jobs in and give them out."""
    return await _set(house, asking, body.kind, "open")


@router.post("/drain")
async def drain(body: Some, house: Home, asking: Operator) -> Stands:
    """Take no new jobs in, and work off those that are there; runs under way may still render."""
    return await _set(house, asking, body.kind, "draining")


@router.post("/purge", status_code=202)
async def purge(body: Some, house: Home, asking: Operator) -> Touched:
    """Call off every job that waits for a worker, with the run that it drives."""
    async with house.database.transaction(None, reading=True) as tx:
        waiting = await tx.jobs.list(kind=body.kind, states=("queued",), limit=MOST)
    return Touched(jobs=[(await _call_off(house, asking, job.job_id)).job_id for job in waiting])


async def _call_off(house: House, asking: Principal, job_id: JobId) -> Job:
    async with house.database.transaction(None) as tx:
        job = await tx.jobs.get(job_id)
        if job.kind == "agent" and job.run_id is not None:
            await orders.cancel(tx, job.run_id)
        else:
            await tx.jobs.cancel(job.job_id)
        await tx.audit.record(asking, "job.cancelled", job.job_id, owner=job.owner)
        return await tx.jobs.get(job.job_id)


async def _again(house: House, asking: Principal, job: Job) -> Job:
    async with house.database.transaction(job.owner) as tx:
        new = await again(tx, job)
        await tx.audit.record(asking, "job.again", new.job_id, owner=job.owner, instead_of=job.job_id)
        return new


async def _set(house: House, asking: Principal, kind: JobKind | None, state: QueueState) -> Stands:
    async with house.database.transaction(None) as tx:
        for each in (kind,) if kind else KINDS:
            await tx.queues.set(each, state)
        await tx.audit.record(asking, f"queue.{state}", kind or "all")
        return Stands(queues=await tx.queues.list())
