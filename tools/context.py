"""What a tool may use, and what it leaves behind to be committed when it has gone well."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from domain.account import Principal
from domain.approval import KEPT_OPEN_S
from domain.blob import Blobs
from domain.database import Database, Transaction
from domain.engine import Engine
from domain.event import Event, EventLog, ToolProgress
from domain.fetching import Fetcher
from domain.finding import Finding
from domain.imagery import Illustrator, PictureMaker
from domain.judge import Judge
from domain.knowledge import Knowledge
from domain.nouns import ApprovalId, JobId, Noun, ProjectId, RunId, Sha256
from domain.packages import Packages
from domain.project import Project, Revision
from domain.run import Usage
from domain.template import Template
from tools.answer import Picture
from tools.draft import ProjectDraft
from tools.examination import Examinations

Write = Callable[[Transaction], Awaitable[None]]


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


class Parked(Noun):
    """A tool's answer in a run: it has nothing to say until a job has ended, or a person has answered."""

    waits_for: JobId | None
    approval_id: ApprovalId | None = None


@dataclass(frozen=True)
class Services:
    """The parts of the house that tools work with."""

    database: Database
    blobs: Blobs
    engine: Engine
    log: EventLog
    templates: Mapping[str, Template]
    clock: Callable[[], datetime] = now
    knowledge: Knowledge | None = None
    patience_s: float = KEPT_OPEN_S
    """Seconds that a question to a person stays open."""
    hearing_s: float = 45
    """Seconds that a call outside a run waits for a sound to be heard, before it answers with the job."""
    examinations: Examinations = field(default_factory=Examinations)
    judge: Judge | None = None
    """A model that looks at frames; none where films are made without a model."""
    occasions: frozenset[str] = frozenset()
    """On which tools are offered everywhere, for the operator allows them."""
    fetcher: Fetcher | None = None
    """Nothing where the operator lets nothing be fetched."""
    pictures: PictureMaker | None = None
    """Nothing where nobody is set to make pictures."""
    packages: Packages | None = None
    """Nothing where the operator lets films use no packages."""
    illustrators: tuple[Illustrator, ...] = ()
    """Who draws, the best first."""


@dataclass
class Work:
    """What a call wants to have happened: committed whole with its answer, or not at all."""

    draft: ProjectDraft | None = None
    new_project: Project | None = None
    events: list[Event] = field(default_factory=list[Event])
    writes: list[Write] = field(default_factory=list[Write])
    pictures: list[Picture] = field(default_factory=list[Picture])
    findings: list[Finding] = field(default_factory=list[Finding])
    known: dict[str, str] = field(default_factory=dict[str, str])
    job_id: JobId | None = None
    usage: Usage = field(default_factory=Usage)


class ToolContext:
    """One call's view of the house.

    A tool reads at once and writes by leaving work behind: a draft, rows, events and pictures, which the
    executor commits with the answer in one transaction. Until then nothing has happened, so a call that was
    killed, or that somebody outran, is simply made again.
    """

    def __init__(
        self,
        services: Services,
        principal: Principal,
        *,
        call_id: str,
        project: Project | None = None,
        run_id: RunId | None = None,
        known: Mapping[str, str] | None = None,
        seq: int = 0,
    ) -> None:
        self.principal = principal
        self.call_id = call_id
        self.key = f"{run_id}:{seq}" if run_id else call_id
        """Names this very call, also when it is made again after a crash or a wait."""
        self.run_id = run_id
        self.database = services.database
        self.blobs = services.blobs
        self.engine = services.engine
        self.log = services.log
        self.templates = services.templates
        self.clock = services.clock
        self.hearing_s = services.hearing_s
        self.knowledge = services.knowledge
        self.fetcher = services.fetcher
        self.pictures = services.pictures
        self.packages = services.packages
        self.illustrators = services.illustrators
        self.examinations = services.examinations
        self.judge = services.judge
        self.known: Mapping[str, str] = known or {}
        """Paths whose content this run has seen, to the SHA-256 it saw."""
        self.work = Work()
        self._project = project

    @property
    def has_project(self) -> bool:
        """Whether the call is about a project that exists; only false for tools that need none."""
        return self._project is not None

    @property
    def project(self) -> Project:
        """The project that the call is about."""
        assert self._project is not None, "a tool that needs a project was called without one"
        return self._project

    @property
    def project_id(self) -> ProjectId:
        """The project's id."""
        return self.project.project_id

    def transaction(self) -> AbstractAsyncContextManager[Transaction]:
        """Open a transaction as the caller, to read in."""
        return self.database.transaction(self.principal.user_id, reading=True)

    async def revision(self) -> Revision | None:
        """The project's newest revision; None while it has no source."""
        if self.project.revision == 0:
            return None
        async with self.transaction() as tx:
            return await tx.revisions.get(self.project_id, self.project.revision)

    async def files(self) -> dict[str, Sha256]:
        """The newest revision's files; none while the project has no source."""
        revision = await self.revision()
        return revision.files if revision else {}

    async def tree(self, files: Mapping[str, Sha256] | None = None) -> dict[str, Path]:
        """The files as the engine takes them; the newest revision's unless others are given."""
        held = await self.files() if files is None else files
        return {path: await self.blobs.path(sha256) for path, sha256 in held.items()}

    @asynccontextmanager
    async def draft(self, message: str) -> AsyncGenerator[ProjectDraft]:
        """Write the project's next revision; it counts when the block, and then the call, end well."""
        assert self.work.draft is None, "one call makes one draft"
        draft = ProjectDraft(self.blobs, self.project_id, await self.revision(), message)
        yield draft
        await draft.draft.store(self.blobs)
        self.work.draft = draft

    def make_project(self, project: Project) -> None:
        """Let a new project come into being with this call, and go on as if it were there."""
        self._project = project
        self.work.new_project = project

    def write(self, write: Write) -> None:
        """Let rows be written in the transaction that commits this call."""
        self.work.writes.append(write)

    def emit(self, event: Event) -> None:
        """Let an event be told when this call is committed, before its end."""
        self.work.events.append(event)

    def show(self, picture: Picture) -> None:
        """Put a picture before the caller's eyes."""
        self.work.pictures.append(picture)

    def find(self, *findings: Finding) -> None:
        """Report faults of the film."""
        self.work.findings.extend(findings)

    def saw(self, path: str, sha256: str) -> None:
        """Note that the caller now knows what a file holds; an empty hash says that it is gone."""
        self.work.known[path] = sha256

    def started(self, job_id: JobId) -> None:
        """Note the job that this call started."""
        self.work.job_id = job_id

    def used(self, usage: Usage) -> None:
        """Note what was used and spent for this call, whatever comes of it."""
        self.work.usage = self.work.usage.plus(usage)

    async def progress(self, message: str, done: float = 0, total: float | None = None) -> None:
        """Tell those who are listening how far the call is."""
        if self._project is not None and self.work.new_project is None:
            event = ToolProgress(call_id=self.call_id, message=message, done=done, total=total)
            await self.log.whisper(self.project_id, event, self.run_id)
