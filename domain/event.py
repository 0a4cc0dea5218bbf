"""What happened to a project, in order: the one log that every reader shares."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from datetime import datetime
from typing import Annotated, Literal, Protocol

from pydantic import Field, JsonValue, TypeAdapter

from domain.engine import FilmFacts
from domain.finding import Finding, Skipped
from domain.nouns import JobId, NoteId, Noun, ProjectId, RenderId, RunId, UserId
from domain.project import Change
from domain.promise import Promise, PromiseLine
from domain.render import RenderStatus
from domain.run import Request, RunKind, Usage


class Link(Noun):
    """Something to open."""

    rel: str
    """`film`, `poster`, `thumbnail`, `sheet`, `frame`, `stream`, `preview`."""
    href: str


class RunQueued(Noun):
    """A prompt was taken in."""

    type: Literal["run.queued"] = "run.queued"
    kind: RunKind
    request: Request
    by: UserId


class RunStarted(Noun):
    """A worker took the run up, for the first time or after a crash."""

    type: Literal["run.started"] = "run.started"
    model: str
    attempt: int


class RunPromised(Noun):
    """What the film is going to be, written down at planning; a newer one takes the place of an older."""

    type: Literal["run.promised"] = "run.promised"
    promise: Promise
    weakened: tuple[str, ...] = ()
    """What it promises less than the one before."""
    reason: str = ""
    """Why it promises less, in the model's words."""


class RunFinished(Noun):
    """The run has ended."""

    type: Literal["run.finished"] = "run.finished"
    status: Literal["succeeded", "failed", "cancelled"]
    reason: str
    usage: Usage
    links: tuple[Link, ...] = ()
    findings: tuple[Finding, ...] = ()
    """What is still red, for people to decide."""
    promise: tuple[PromiseLine, ...] = ()
    """What was promised, and what came of it."""


class ModelDelta(Noun):
    """A piece of what the model is saying; never stored."""

    type: Literal["model.delta"] = "model.delta"
    model: str
    text: str


class Call(Noun):
    """A tool call that the model asks for."""

    call_id: str
    tool: str
    args: dict[str, JsonValue]


class ModelReplied(Noun):
    """One whole answer of the model."""

    type: Literal["model.replied"] = "model.replied"
    model: str
    text: str
    calls: tuple[Call, ...] = ()
    usage: Usage = Usage()
    provider_content: JsonValue = None
    """The provider's own words, to be sent back verbatim; never streamed."""
    stopped: Literal["done", "length", "blocked", "malformed"] = "done"
    """Why the model stopped, as in Reply."""


class ModelReminded(Noun):
    """The run told the model what is missing before it may stop, or that its answer could not be read."""

    type: Literal["model.reminded"] = "model.reminded"
    text: str
    correction: int = 0
    """Which round of mending this begins, from 1; 0 for any other reminder."""


class ToolStarted(Noun):
    """A tool call begins."""

    type: Literal["tool.started"] = "tool.started"
    call_id: str
    tool: str
    args: dict[str, JsonValue]
    tool_hash: str
    """Which version of the tool: SHA-256 of its name, description and schemas."""
    by: UserId | None = None
    """Who called, when it was no run."""


class ToolProgress(Noun):
    """How far a tool is; never stored."""

    type: Literal["tool.progress"] = "tool.progress"
    call_id: str
    message: str
    done: float = 0
    total: float | None = None


class ToolFinished(Noun):
    """A tool call went well."""

    type: Literal["tool.finished"] = "tool.finished"
    call_id: str
    tool: str
    summary: str
    data: dict[str, JsonValue] = {}
    images: tuple[Link, ...] = ()
    revision: int | None = None
    findings: tuple[Finding, ...] = ()
    usage: Usage = Usage()
    """What a model used for the call, besides the one that made it."""


class ToolFailed(Noun):
    """A tool call that somebody can mend."""

    type: Literal["tool.failed"] = "tool.failed"
    call_id: str
    tool: str
    kind: str
    message: str
    usage: Usage = Usage()
    """What the call used, and may have spent, all the same."""


class ProjectRevised(Noun):
    """The source of the film has a new state."""

    type: Literal["project.revised"] = "project.revised"
    revision: int
    message: str
    changed: tuple[Change, ...]


class FrameCaptured(Noun):
    """Frames were drawn to be looked at."""

    type: Literal["frame.captured"] = "frame.captured"
    url: str
    times: tuple[float, ...]
    """Seconds of the film."""
    revision: int


class CheckFinished(Noun):
    """A round of checks is over."""

    type: Literal["check.finished"] = "check.finished"
    subject: Literal["source", "frames", "film"]
    findings: tuple[Finding, ...] = ()
    checked: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()


class RenderQueued(Noun):
    """A film is wanted."""

    type: Literal["render.queued"] = "render.queued"
    render_id: RenderId
    job_id: JobId
    revision: int
    purpose: Literal["film", "preview"]


class RenderProgress(Noun):
    """How far a render is; never stored."""

    type: Literal["render.progress"] = "render.progress"
    render_id: RenderId
    stage: str
    percent: float
    fps: float = 0
    eta_s: float | None = None


class RenderFinished(Noun):
    """A render has ended, well or not."""

    type: Literal["render.finished"] = "render.finished"
    render_id: RenderId
    status: RenderStatus
    purpose: Literal["film", "preview"] = "film"
    url: str | None = None
    facts: FilmFacts | None = None
    findings: tuple[Finding, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    reason: str = ""
    links: tuple[Link, ...] = ()


class AnalysisFinished(Noun):
    """A sound was heard as a job, or could not be; the call that asked for it tells what was heard."""

    type: Literal["analysis.finished"] = "analysis.finished"
    job_id: JobId
    path: str
    """What the sound is called."""
    status: Literal["done", "failed", "cancelled"]
    reason: str = ""
    """Why it was not heard."""


class MemoryNoted(Noun):
    """Something was remembered."""

    type: Literal["memory.noted"] = "memory.noted"
    note_id: NoteId
    kind: str
    text: str
    by: Literal["user", "agent"]


class MemoryRecalled(Noun):
    """The director was given entries of the handbook for the task at hand."""

    type: Literal["memory.recalled"] = "memory.recalled"
    entries: tuple[str, ...]
    """Their names, `kind/name`."""


class ApprovalRequested(Noun):
    """Somebody has to say yes first."""

    type: Literal["approval.requested"] = "approval.requested"
    approval_id: str
    call_id: str = ""
    """The call that waits."""
    tool: str = ""
    args: dict[str, JsonValue] = {}
    what: str
    why: str
    cost_usd: float = 0
    expires_at: datetime | None = None


class ApprovalResolved(Noun):
    """Somebody said yes, no, or yes but."""

    type: Literal["approval.resolved"] = "approval.resolved"
    approval_id: str
    decision: Literal["approved", "edited", "rejected", "expired", "cancelled"]
    by: UserId | None = None
    reason: str = ""
    """What the person said to it."""


class Notice(Noun):
    """Something is not as it was asked for, and why: substitutions are never silent."""

    type: Literal["notice"] = "notice"
    substitution: str
    reason: str


Event = Annotated[
    RunQueued | RunStarted | RunPromised | RunFinished | ModelDelta | ModelReplied | ModelReminded
    | ToolStarted | ToolProgress | ToolFinished | ToolFailed
    | ProjectRevised | FrameCaptured | CheckFinished
    | RenderQueued | RenderProgress | RenderFinished | AnalysisFinished
    | MemoryNoted | MemoryRecalled | ApprovalRequested | ApprovalResolved | Notice,
    Field(discriminator="type"),
]  # fmt: skip
"""Everything that can happen; an old event always loads."""

Transient = ModelDelta | ToolProgress | RenderProgress
"""Events that are shown and forgotten: they have no number."""

EVENTS: TypeAdapter[Event] = TypeAdapter(Event)


class Entry(Noun):
    """An event in its place: `seq` counts the project's events from 1, no gaps; 0 marks a transient one."""

    seq: int
    project_id: ProjectId
    run_id: RunId | None = None
    at: datetime
    event: Event


class Events(Protocol):
    """The log inside a transaction."""

    async def append(self, project_id: ProjectId, event: Event, run_id: RunId | None = None) -> Entry:
        """Write an event as the project's next; it is there if and only if the transaction commits."""
        ...

    async def read(
        self, project_id: ProjectId, *, after: int = 0, run_id: RunId | None = None, limit: int = 1000
    ) -> list[Entry]:
        """Read on from a sequence number, in order; of one run only, when it is named."""
        ...

    async def last(self, project_id: ProjectId) -> int:
        """The newest sequence number, 0 when nothing happened yet."""
        ...


class EventLog(Protocol):
    """The log as readers and whisperers know it, outside any transaction."""

    def tail(
        self, owner: UserId, project_id: ProjectId, *, run_id: RunId | None = None, after: int = 0
    ) -> AsyncGenerator[Entry, None]:
        """Give every event after `after`, then each new one as it happens, for ever.

        Transient events come in between with seq 0. A reader that is too slow loses transient events only.
        With `run_id` the iterator ends after that run's `run.finished`.
        Closing it ends the reading. Raises NotFound for a project that is not the owner's.
        """
        ...

    async def whisper(self, project_id: ProjectId, event: Transient, run_id: RunId | None = None) -> None:
        """Show a transient event to those who are listening now, in this process and the others."""
        ...
