"""The tool that stops a render or an analysis."""

from __future__ import annotations

from pydantic import Field

from domain.database import Transaction
from domain.errors import ToolError
from tools.context import ToolContext
from tools.define import Args, Effects, Result, tool
from tools.renders import ENDED, LATEST, find_job


class CancelJob(Args):
    """What to stop."""

    job_id: str = Field(default=LATEST, max_length=100)
    """As the tool that began it gave it; `latest` is the project's newest render."""


class Cancelled(Result):
    """A job that is being stopped."""

    job_id: str
    """The job."""
    state: str
    """What it was before: queued, leased, done…"""


@tool(effects=Effects(writes=True), example=CancelJob(), scope="render")
async def cancel_job(ctx: ToolContext, args: CancelJob) -> Cancelled:
    """Stop a job of this project within two seconds; one that has ended stays as it is."""
    async with ctx.transaction() as tx:
        job = await find_job(tx, ctx, args.job_id)
    if job.kind == "agent":
        raise ToolError(
            "denied", f"job {job.job_id} is a run; only its user stops it, by /api/generate/cancel"
        )
    if job.state in ENDED:
        return Cancelled(
            summary=f"Job {job.job_id} has ended: {job.state}.", job_id=job.job_id, state=job.state
        )

    async def cancel(tx: Transaction) -> None:
        await tx.jobs.cancel(job.job_id)

    ctx.write(cancel)
    return Cancelled(summary=f"Job {job.job_id} is being stopped.", job_id=job.job_id, state=job.state)
