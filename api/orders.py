"""Taking a prompt in, and calling it off: the run, its job and its event are one transaction."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import Field

from api.words import AssetRef, Body, Name, ProjectRef, Prompt
from domain.account import Principal
from domain.database import Transaction
from domain.engine import Format
from domain.errors import Conflict
from domain.event import RunQueued
from domain.job import Job, JobState
from domain.nouns import JobId, ProjectId, RunId, new_id
from domain.project import Project
from domain.run import OPEN, FilmFormat, Limits, Request, Run, RunKind

OPEN_JOBS: tuple[JobState, ...] = ("queued", "leased", "parked", "cancelling")
SHAPES: dict[FilmFormat, tuple[int, int]] = {"16:9": (1920, 1080), "9:16": (1080, 1920), "1:1": (1080, 1080)}
_LONGEST_TITLE = 60
Seconds = Annotated[float, Field(ge=1, le=600)]


class Order(Body):
    """What a film is to be."""

    prompt: Prompt
    """In your own words, at most 20,000 characters."""
    assets: tuple[AssetRef, ...] = Field(default=(), max_length=50)
    """Ids of uploaded logos, pictures, sounds and fonts."""
    format: FilmFormat | None = None
    """Shape of the frame; from the prompt unless said."""
    seconds: Seconds | None = None
    """Length of the film; from the prompt unless said."""
    quality: Literal["draft", "standard", "high"] = "standard"
    file_format: Format = "mp4"
    """mp4 is H.264 and plays everywhere; webm, prores and the animated pictures keep transparency."""
    approve: tuple[Literal["plan"], ...] = Field(default=(), max_length=1)
    """`plan` shows you the plan, and waits for your yes before anything is made."""

    @property
    def request(self) -> Request:
        """The order as the run keeps it."""
        return Request(
            prompt=self.prompt,
            format=self.format,
            seconds=self.seconds,
            quality=self.quality,
            file_format=self.file_format,
            assets=self.assets,
            approve=self.approve,
        )


class Start(Order):
    """A film to be made."""

    project_id: ProjectRef | None = None
    """A project to make it in; a new one unless said."""
    name: Name | None = None
    """Name of the new project; from the prompt unless said."""


class Refine(Order):
    """A film to be changed."""

    project_id: ProjectRef


async def start(tx: Transaction, limits: Limits, asking: Principal, order: Start) -> Run:
    """Take a prompt in, with a new project unless it names one.

    Raises NotFound for a project or an asset that is not there.
    """
    if order.project_id is not None:
        project = await tx.projects.get(order.project_id)
    else:
        width, height = SHAPES[order.format or "16:9"]
        project = new_project(asking, order.name or title_of(order.prompt), width, height)
        await tx.projects.add(project)
    return await _enqueue(tx, limits, asking, project, "generate", order)


async def refine(tx: Transaction, limits: Limits, asking: Principal, order: Refine) -> Run:
    """Take a wish for a change in; it waits its turn when the project is busy.

    Raises NotFound, and Conflict when there is nothing to change.
    """
    project = await tx.projects.get(order.project_id)
    busy = any(run.state in OPEN for run in await tx.runs.list(project.project_id))
    if project.revision == 0 and not busy:
        raise Conflict(
            "nothing_to_refine",
            f"project {project.project_id} has no film yet; POST /api/generate/start with it makes one",
        )
    return await _enqueue(tx, limits, asking, project, "refine", order)


async def cancel(tx: Transaction, run_id: RunId) -> Run:
    """Call a run off: it becomes `cancelling`, and whoever works on it ends it; an ended one stays as it is.

    Raises NotFound.
    """
    run = await tx.runs.get(run_id)
    if run.state not in OPEN:
        return run
    for job in await tx.jobs.list(project_id=run.project_id, kind="agent", states=OPEN_JOBS):
        if job.run_id == run_id:
            await tx.jobs.cancel(job.job_id)
    return await tx.runs.update(run_id, state="cancelling")


async def cancel_all(tx: Transaction, project_id: ProjectId) -> None:
    """Call off everything that is under way for a project."""
    for run in await tx.runs.list(project_id):
        if run.state in OPEN:
            await tx.runs.update(run.run_id, state="cancelling")
    for job in await tx.jobs.list(project_id=project_id, states=OPEN_JOBS):
        await tx.jobs.cancel(job.job_id)


def new_project(asking: Principal, name: str, width: int, height: int, fps: float = 30) -> Project:
    """A project with nothing in it."""
    now = datetime.now(UTC)
    return Project(
        project_id=ProjectId(new_id()),
        owner=asking.user_id,
        name=name,
        width=width,
        height=height,
        fps=fps,
        created_at=now,
        updated_at=now,
    )


def title_of(prompt: str) -> str:
    """The first words of a prompt, as a name to know it by."""
    words = " ".join(prompt.split())
    if len(words) <= _LONGEST_TITLE:
        return words
    return f"{words[:_LONGEST_TITLE].rsplit(' ', 1)[0].rstrip(' ,.;:–-')}…"


async def _enqueue(
    tx: Transaction, limits: Limits, asking: Principal, project: Project, kind: RunKind, order: Order
) -> Run:
    for asset_id in order.assets:
        await tx.assets.get(asset_id)
    now = datetime.now(UTC)
    run = Run(
        run_id=RunId(new_id()),
        project_id=project.project_id,
        owner=asking.user_id,
        kind=kind,
        request=order.request,
        limits=limits,
        created_at=now,
    )
    job = Job(
        job_id=JobId(new_id()),
        kind="agent",
        owner=asking.user_id,
        project_id=project.project_id,
        run_id=run.run_id,
        created_at=now,
    )
    await tx.runs.add(run)
    await tx.jobs.enqueue(job)
    event = RunQueued(kind=kind, request=order.request, by=asking.user_id)
    await tx.events.append(project.project_id, event, run.run_id)
    return run
