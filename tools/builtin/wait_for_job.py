"""The tool that waits for a render or an analysis to end."""

from __future__ import annotations

from pydantic import Field

from domain.errors import ToolError
from domain.job import Job
from domain.render import Render
from tools.context import Parked, ToolContext
from tools.define import READS, Args, Result, tool
from tools.renders import ENDED, LATEST, RenderState, find_job, state_of
from tools.waiting import until_ended

READS_ALONE = READS.model_copy(update={"parallel": False})


class WaitForJob(Args):
    """What to wait for."""

    job_id: str = Field(default=LATEST, max_length=100)
    """As the tool that began it gave it; `latest` is the project's newest render."""
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
    """The render it makes; an analysis makes none."""
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
        await until_ended(ctx, job, after, args.timeout_s)
    return await _state(ctx, job)


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
        summary=f"Job {job.job_id} {stands}.{_more(job)}",
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


def _more(job: Job) -> str:
    """Tell who knows what an analysis has heard."""
    known = job.kind == "analysis" and job.state == "done"
    return f" audio_spectrum_analysis tells now what was heard in {job.payload['path']}." if known else ""
