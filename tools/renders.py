"""Ordering renders and telling how they stand."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from domain import links
from domain.database import Transaction
from domain.engine import Output
from domain.errors import Conflict, NotFound, ToolError
from domain.event import RenderQueued
from domain.job import PART_OF, Job, JobState
from domain.nouns import JobId, RenderId, new_id
from domain.project import Page
from domain.render import Render
from tools.context import ToolContext

LATEST = "latest"
ENDED: frozenset[JobState] = frozenset({"done", "failed", "cancelled"})
_GOOD = ("QUEUED", "PROCESSING", "COMPLETED", "FAILED_CHECKS")
"""A render of these statuses is, or will be, what another order of the same would give."""
_PRIORITY = {"film": 0, "preview": 10}


class RenderState(BaseModel):
    """How a render stands."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    render_id: str
    """The render."""
    purpose: str
    """`film` or `preview`."""
    revision: int
    """What it shows."""
    status: str
    """QUEUED, PROCESSING, COMPLETED, FAILED, FAILED_CHECKS or CANCELLED."""
    percent: float
    """How far it is."""
    url: str = ""
    """The film, once it is there."""
    seconds: float | None = None
    """Length of the finished film."""
    format: str = "mp4"
    """What kind of file it is."""
    size: str = ""
    """Width and height of the finished film, px."""
    findings: list[str] = []
    """Faults of the finished film."""
    reason: str = ""
    """Why it failed."""


def state_of(render: Render) -> RenderState:
    """Put a render in words."""
    facts = render.facts
    return RenderState(
        render_id=render.render_id,
        purpose=render.purpose,
        revision=render.revision,
        status=render.status,
        percent=round(render.percent, 1),
        url=links.film(render.render_id) if render.film else "",
        seconds=facts.seconds if facts else None,
        format=render.output.format,
        size=f"{facts.width}x{facts.height}" if facts else "",
        findings=[f"{each.severity}: {each.message}" for each in render.report.findings],
        reason=render.reason,
    )


async def order(ctx: ToolContext, purpose: str, output: Output) -> tuple[Render, bool]:
    """Order the newest revision as a film or a preview; gives the order, and whether it is a new one.

    The same order twice is one render.
    Raises ToolError("missing", …) when there is nothing to render.
    """
    revision = ctx.project.revision
    if revision == 0:
        raise ToolError("missing", "the project has no source yet; scaffold_project makes some")
    async with ctx.transaction() as tx:
        found = await _same(tx, ctx, revision, purpose, output)
    if found is not None:
        ctx.started(found.job_id)
        return found, False
    render = Render(
        render_id=RenderId(new_id()),
        job_id=JobId(new_id()),
        project_id=ctx.project_id,
        owner=ctx.principal.user_id,
        run_id=ctx.run_id,
        revision=revision,
        purpose="preview" if purpose == "preview" else "film",
        output=output,
        created_at=ctx.clock(),
    )
    _leave(ctx, render)
    return render, True


def _leave(ctx: ToolContext, render: Render) -> None:
    job = Job(
        job_id=render.job_id,
        kind="render",
        owner=render.owner,
        project_id=render.project_id,
        run_id=render.run_id,
        render_id=render.render_id,
        priority=_PRIORITY[render.purpose],
        created_at=render.created_at,
    )

    async def enqueue(tx: Transaction) -> None:
        if await _same(tx, ctx, render.revision, render.purpose, render.output) is not None:
            raise Conflict("render_queued", "the same render was just queued by somebody else")
        await tx.renders.add(render)
        await tx.jobs.enqueue(job)
        if render.purpose == "film":
            await tx.projects.update(render.project_id, status="RENDERING")

    ctx.write(enqueue)
    ctx.emit(
        RenderQueued(
            render_id=render.render_id, job_id=job.job_id, revision=render.revision, purpose=render.purpose
        )
    )
    ctx.started(job.job_id)


async def _same(
    tx: Transaction, ctx: ToolContext, revision: int, purpose: str, output: Output
) -> Render | None:
    for render in await tx.renders.list(ctx.project_id):
        alike = (render.revision, render.purpose, render.output) == (revision, purpose, output)
        if alike and render.status in _GOOD:
            return render
    return None


async def find_job(tx: Transaction, ctx: ToolContext, job_id: str) -> Job:
    """The project's job of that id, or its newest render; where nothing is rendered, its newest analysis.

    Raises ToolError("missing", …) that names the jobs there are.
    """
    listed_jobs = await tx.jobs.list(project_id=ctx.project_id, limit=50)
    jobs = [job for job in listed_jobs if job.kind != "agent" and PART_OF not in job.payload]
    if job_id == LATEST and jobs:
        return next((job for job in jobs if job.kind == "render"), jobs[0])
    try:
        job = await tx.jobs.get(JobId(job_id))
    except NotFound:
        job = None
    if job is None or job.project_id != ctx.project_id:
        listed = ", ".join(f"{each.job_id} ({each.kind}, {each.state})" for each in jobs[:5])
        raise ToolError(
            "missing",
            f"the project has no job {job_id[:60]!r}; "
            + (f"it has {listed}" if listed else "render_video or run_preview start one"),
        )
    return job


async def versions(tx: Transaction, ctx: ToolContext) -> list[str]:
    """The project's labelled revisions and its newest ones, in words."""
    newest, _ = await tx.revisions.list(ctx.project_id, Page(limit=100))
    named = [f"{each.version_id} ({each.label!r}, revision {each.number})" for each in newest if each.label]
    plain = [str(each.number) for each in newest[:10]]
    return [*named[:10], *plain]
