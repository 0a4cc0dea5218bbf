"""A film to be made, and the file that came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Protocol

from domain.engine import FilmFacts, Output
from domain.finding import Report
from domain.nouns import JobId, Noun, ProjectId, RenderId, RunId, Sha256, UserId

RenderStatus = Literal["QUEUED", "PROCESSING", "COMPLETED", "FAILED", "FAILED_CHECKS", "CANCELLED"]
ENDED: frozenset[RenderStatus] = frozenset({"COMPLETED", "FAILED", "FAILED_CHECKS", "CANCELLED"})


class Render(Noun):
    """One wish to see a revision as a film."""

    render_id: RenderId
    job_id: JobId
    project_id: ProjectId
    owner: UserId
    run_id: RunId | None = None
    revision: int
    purpose: Literal["film", "preview"] = "film"
    output: Output = Output()
    status: RenderStatus = "QUEUED"
    percent: float = 0
    film: Sha256 | None = None
    poster: Sha256 | None = None
    thumbnail: Sha256 | None = None
    sheet: Sha256 | None = None
    layout: Sha256 | None = None
    facts: FilmFacts | None = None
    report: Report = Report()
    reason: str = ""
    created_at: datetime
    finished_at: datetime | None = None


class Renders(Protocol):
    """The owner's renders."""

    async def add(self, render: Render) -> None: ...

    async def get(self, render_id: RenderId) -> Render:
        """Raises NotFound."""
        ...

    async def list(self, project_id: ProjectId, *, limit: int = 50) -> list[Render]:
        """Newest first."""
        ...

    async def save(self, render: Render) -> None:
        """Write a render's new state over the old one."""
        ...
