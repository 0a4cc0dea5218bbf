"""The tool that waits for a render or an analysis to end."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

from pydantic import Field

from domain.errors import ToolError
from domain.event import RenderFinished, RenderProgress
from domain.job import Job
from domain.render import Render
from tools.context import Parked, ToolContext
from tools.define import READS, Args, Result, tool
from tools.renders import ENDED, LATEST, RenderState, find_job, state_of

READS_ALONE = READS.model_copy(update={"parallel": False})


class WaitForJob(Args):
    """What to wait for."""

    job_id: str = Field(default=LATEST, max_length=100)
    """As render_video or run_preview gave it; `latest` is the project's newest."""
    timeout_s: float = Field(default=45, ge=0, le=45)
    """Seconds to wait at most; 0 only looks. A run waits until the end, however long."""


class JobState(Result):
    """How the job stands."""

    job_id: str
    """The job."""
    ended: bool
    """Whether it is over; call again when not."""
    state: str
    """queued, leased, parked, cancelling, done, failed or cancelled."""
    render: RenderState | None = None
    """The render it makes."""
    reason: str = ""
    """Why it failed."""


@tool(effects=READS_ALONE, example=WaitForJob(timeout_s=0))
async def wait_for_job(ctx: ToolContext, args: WaitForJob) -> JobState | Parked:
    """Wait for a job to end and tell how it went. Giving up does not stop the job; cancel_job does."""
    async with ctx.transaction() as tx:
        after = await tx.events.last(ctx.project_id)
        job = await find_job(tx, ctx, args.job_id)
    if job.kind == "agent":
        raise ToolError(
            "invalid", f"job {job.job_id} is a run, which ends by itself; follow its events instead"
        )
    if job.state not in ENDED and args.timeout_s > 0:
        if ctx.run_id is not None:
            return Parked(waits_for=job.job_id)
        await _wait(ctx, job, after, args.timeout_s)
    return await _state(ctx, job)


async def _wait(ctx: ToolContext, job: Job, after: int, seconds: float) -> None:
    try:
        async with (
            asyncio.timeout(seconds),
            aclosing(ctx.log.tail(ctx.principal.user_id, ctx.project_id, after=after)) as entries,
        ):
            async for entry in entries:
                match entry.event:
                    case RenderFinished(render_id=job.render_id):
                        return
                    case RenderProgress(render_id=job.render_id, stage=stage, percent=percent):
                        await ctx.progress(stage, percent, 100)
                    case _:
                        pass
    except TimeoutError:
        return


async def _state(ctx: ToolContext, job: Job) -> JobState:
    async with ctx.transaction() as tx:
        job = await tx.jobs.get(job.job_id)
        render = await tx.renders.get(job.render_id) if job.render_id else None
    told = state_of(render) if render else None
    ended = job.state in ENDED
    how = f"render {told.status}, {told.percent:g} %" if told else job.state
    if render is not None:
        ctx.find(*render.report.findings)
    stands = f"has ended: {how}{_why(job, render)}" if ended else f"goes on: {how}"
    return JobState(
        summary=f"Job {job.job_id} {stands}.",
        job_id=job.job_id,
        ended=ended,
        state=job.state,
        render=told,
        reason=job.reason,
    )


def _why(job: Job, render: Render | None) -> str:
    """Tell why a job did not end well, and where its first fault stands; nothing when it did."""
    if not job.reason:
        return ""
    faults = [each for each in (render.report.findings if render else ()) if each.severity == "error"]
    place = next((f" ({each.file}:{each.line or 1})" for each in faults if each.file), "")
    more = f", and {len(faults) - 1} more" if len(faults) > 1 else ""
    return f": {job.reason.rstrip('.')}{place}{more}"
