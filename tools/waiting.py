"""Waiting for a job to end, with what it tells meanwhile."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

from domain.event import AnalysisFinished, RenderFinished, RenderProgress
from domain.job import Job
from tools.context import ToolContext


async def until_ended(ctx: ToolContext, job: Job, after: int, seconds: float) -> None:
    """Wait until a job of the project tells its end, so many seconds at most, and pass its progress on.

    `after` is the project's newest event at the moment in which the job was seen open.
    """
    try:
        async with (
            asyncio.timeout(seconds),
            aclosing(ctx.log.tail(ctx.principal.user_id, ctx.project_id, after=after)) as entries,
        ):
            async for entry in entries:
                match entry.event:
                    case RenderFinished(render_id=job.render_id) | AnalysisFinished(job_id=job.job_id):
                        return
                    case RenderProgress(render_id=job.render_id, stage=stage, percent=percent):
                        await ctx.progress(stage, percent, 100)
                    case _:
                        pass
    except TimeoutError:
        return
