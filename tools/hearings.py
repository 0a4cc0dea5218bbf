"""Having sounds heard: a sound and a manner are one job of the project, however often they are asked for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import cast, get_args

from domain.errors import NotFound, ToolError, ToolErrorKind
from domain.hearing import Hearing, HearingKept, HearingWish
from domain.job import Job
from domain.nouns import JobId, Noun, Sha256, new_id
from tools.context import ToolContext
from tools.renders import ENDED
from tools.waiting import until_ended

MOST_LOOKED_AT = 200
"""The project's newest analyses, among which one like it is sought."""


class Told(Noun):
    """What a job has heard, and the picture of it among the blobs."""

    hearing: Hearing
    picture: Sha256


async def hear(ctx: ToolContext, wish: HearingWish) -> Told | Job:
    """Have a sound heard; gives the job while it is open: a run parks, others have waited for it in vain.

    Raises ToolError when it was not heard.
    """
    lost: set[JobId] = set()
    while True:
        job, after = await _ordered(ctx, wish, lost)
        ctx.started(job.job_id)
        if job.state not in ENDED and ctx.run_id is None:
            await until_ended(ctx, job, after, ctx.hearing_s)
            async with ctx.transaction() as tx:
                job = await tx.jobs.get(job.job_id)
        if job.state not in ENDED:
            return job
        try:
            return await _told(ctx, job, wish)
        except NotFound:
            if lost:
                raise
            lost.add(job.job_id)  # somebody has thrown away what it heard: it is heard anew, once


async def _ordered(ctx: ToolContext, wish: HearingWish, lost: Collection[JobId]) -> tuple[Job, int]:
    """The job that hears a sound, and the newest event before its end.

    It is ordered at once and not with the answer, for the answer is what it is to give: a call that was
    killed in between, or parked, finds its order again.
    """
    async with ctx.database.transaction(ctx.principal.user_id) as tx:
        after = await tx.events.last(ctx.project_id)
        jobs = await tx.jobs.list(project_id=ctx.project_id, kind="analysis", limit=MOST_LOOKED_AT)
        found = _like(ctx, wish, [job for job in jobs if job.job_id not in lost])
        if found is not None:
            return found, after
        job = Job(
            job_id=JobId(new_id()), kind="analysis", owner=ctx.principal.user_id, project_id=ctx.project_id,
            run_id=ctx.run_id, payload=wish.model_dump(mode="json"), created_at=ctx.clock(),
        )  # fmt: skip
        await tx.jobs.enqueue(job)
        return job, after


def _like(ctx: ToolContext, wish: HearingWish, jobs: Sequence[Job]) -> Job | None:
    """What this very call has ordered before it was parked, else what hears, or has heard, the same."""
    alike = [
        job for job in jobs
        if (job.payload.get("sound"), job.payload.get("sensitivity")) == (wish.sound, wish.sensitivity)
    ]  # fmt: skip
    for job in alike:
        if ctx.run_id is not None and job.payload.get("ordered_by") == wish.ordered_by:
            return job
    for job in alike:
        heard = job.state == "done" and (job.result or {}).get("ear") == ctx.engine.ear
        if heard or job.state in ("queued", "leased"):
            return job
    return None


async def _told(ctx: ToolContext, job: Job, wish: HearingWish) -> Told:
    """Read what an ended job has heard; raises NotFound when that is gone."""
    if job.state == "cancelled":
        raise ToolError(
            "conflict", f"job {job.job_id}, which heard {wish.path!r}, was called off; call again"
        )
    result = job.result or {}
    if job.state == "failed" and (kind := result.get("kind")) in get_args(ToolErrorKind):
        raise ToolError(cast(ToolErrorKind, kind), job.reason)
    if job.state == "failed":
        raise ToolError("unavailable", f"{wish.path!r} was not heard: {job.reason}")
    kept = HearingKept.model_validate(result)
    hearing = Hearing.model_validate_json(await ctx.blobs.get(kept.hearing))
    await ctx.blobs.size(kept.picture)
    return Told(hearing=hearing, picture=kept.picture)
