"""Doing a job once more that failed or was called off: what has ended stays as it is, a new one is made."""

from __future__ import annotations

from datetime import UTC, datetime

from domain.database import Transaction
from domain.errors import Conflict
from domain.event import RenderQueued, RunQueued
from domain.job import Job, JobKind
from domain.nouns import JobId, RenderId, RunId, new_id
from domain.render import Render
from domain.run import Run

AGAIN = "again"
"""Where a new job's payload names the one that it repeats."""
MOST = 10_000
"""Jobs that are looked through at once."""


async def again(tx: Transaction, job: Job) -> Job:
    """Make a job like one that has ended badly, with a run or a render of its own.

    Raises NotFound for a deleted project, Conflict for a job that did not fail.
    """
    if job.state not in ("failed", "cancelled"):
        raise Conflict("job_not_failed", f"job {job.job_id} is {job.state}; only what failed is tried again")
    await tx.projects.get(job.project_id)
    now = datetime.now(UTC)
    new = Job(
        job_id=JobId(new_id()), kind=job.kind, owner=job.owner, project_id=job.project_id,
        priority=job.priority, payload={**job.payload, AGAIN: job.job_id}, created_at=now,
    )  # fmt: skip
    if job.kind == "agent" and job.run_id is not None:
        new = new.model_copy(update={"run_id": await _run_again(tx, await tx.runs.get(job.run_id), now)})
    if job.render_id is not None:
        render = await _render_again(tx, await tx.renders.get(job.render_id), new.job_id, now)
        new = new.model_copy(update={"render_id": render.render_id})
    await tx.jobs.enqueue(new)
    return new


async def failed_ones(tx: Transaction, kind: JobKind | None) -> list[Job]:
    """The failed jobs that nobody has tried again, the oldest first."""
    repeated = {str(job.payload.get(AGAIN, "")) for job in await tx.jobs.list(kind=kind, limit=MOST)}
    failed = await tx.jobs.list(kind=kind, states=("failed",), limit=MOST)
    return [job for job in reversed(failed) if job.job_id not in repeated]


async def _run_again(tx: Transaction, run: Run, now: datetime) -> RunId:
    new = Run(
        run_id=RunId(new_id()), project_id=run.project_id, owner=run.owner, kind=run.kind,
        request=run.request, limits=run.limits, created_at=now,
    )  # fmt: skip
    await tx.runs.add(new)
    queued = RunQueued(kind=run.kind, request=run.request, by=run.owner)
    await tx.events.append(run.project_id, queued, new.run_id)
    return new.run_id


async def _render_again(tx: Transaction, render: Render, job_id: JobId, now: datetime) -> Render:
    new = Render(
        render_id=RenderId(new_id()), job_id=job_id, project_id=render.project_id, owner=render.owner,
        revision=render.revision, purpose=render.purpose, output=render.output, created_at=now,
    )  # fmt: skip
    await tx.renders.add(new)
    queued = RenderQueued(render_id=new.render_id, job_id=job_id, revision=new.revision, purpose=new.purpose)
    await tx.events.append(render.project_id, queued, None)
    return new
