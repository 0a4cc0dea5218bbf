"""The queue as its operator sees it: every owner's jobs, who works on them, and calling one off."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api import orders
from api.entrance import Operator
from api.house import Home
from api.paging import Limit
from domain.job import Job, JobKind, JobState, Tally
from domain.nouns import JobId, Noun

router = APIRouter(prefix="/api/queue", tags=["queue"])

Kind = Annotated[JobKind | None, Query(description="Only jobs of this kind.")]
State = Annotated[JobState | None, Query(description="Only those in this state.")]


class Queue(Noun):
    """Jobs, newest first, and how many there are of each kind in each state."""

    tally: list[Tally]
    items: list[Job]


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
        return Queue(tally=await tx.jobs.tally(), items=found)


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
    async with house.database.transaction(None) as tx:
        job = await tx.jobs.get(JobId(job_id))
        if job.kind == "agent" and job.run_id is not None:
            await orders.cancel(tx, job.run_id)
        else:
            await tx.jobs.cancel(job.job_id)
        await tx.audit.record(asking, "job.cancelled", job.job_id, owner=job.owner)
        return await tx.jobs.get(job.job_id)
