"""One piece of work for a user: a run of the agent, its limits, and the journal of its steps."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Protocol

from pydantic import Field, JsonValue

from domain.engine import Format, Output
from domain.nouns import AssetId, JobId, Noun, ProjectId, RunId, UserId

RunState = Literal[
    "queued", "running", "waiting", "awaiting_approval", "cancelling", "cancelled", "succeeded", "failed"
]
OPEN: frozenset[RunState] = frozenset({"queued", "running", "waiting", "awaiting_approval", "cancelling"})
"""States from which a run still goes somewhere."""
RunKind = Literal["generate", "refine", "correct"]
FilmFormat = Literal["16:9", "9:16", "1:1"]


class Request(Noun):
    """What a user asked for."""

    prompt: str = Field(min_length=1, max_length=20_000)
    format: FilmFormat | None = None
    """16:9 unless said, here or in the prompt."""
    seconds: float | None = Field(default=None, ge=1, le=600)
    """Length of the film; from the prompt unless said."""
    quality: Literal["draft", "standard", "high"] = "standard"
    file_format: Format = "mp4"
    """What kind of file the film becomes."""
    assets: tuple[AssetId, ...] = ()
    approve: tuple[Literal["plan"], ...] = ()
    """What the user wants to agree to before it happens."""

    def wants(self, made: Output) -> bool:
        """Tell whether a file is of the quality and kind that were asked for."""
        return (made.quality, made.format) == (self.quality, self.file_format)


class Limits(Noun):
    """How far a run may go; each limit ends it with a reason that the user can read."""

    steps: int = 60
    """Tool calls."""
    turns: int = 40
    """Answers of the model."""
    tokens: int = 2_000_000
    cost_usd: float = 5
    seconds: float = 1_800
    """Wall clock, without the time it waited for jobs."""
    repeats: int = 3
    """The same call with the same answer this often means that the run is stuck."""


class Usage(Noun):
    """What a run has used."""

    steps: int = 0
    turns: int = 0
    prompt_tokens: int = 0
    answer_tokens: int = 0
    cached_tokens: int = 0
    cost_usd: float = 0
    """What models cost by their price, and pictures at most."""
    seconds: float = 0

    def plus(self, more: Usage) -> Usage:
        """Add up two usages."""
        both = [(name, value, getattr(more, name)) for name, value in self]
        return Usage.model_validate({name: one + other for name, one, other in both})


class Run(Noun):
    """One prompt on its way to a film."""

    run_id: RunId
    project_id: ProjectId
    owner: UserId
    kind: RunKind
    request: Request
    state: RunState = "queued"
    reason: str = ""
    """Why it ended, for the user."""
    limits: Limits = Limits()
    usage: Usage = Usage()
    created_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None


class Runs(Protocol):
    """The owner's runs."""

    async def add(self, run: Run) -> None: ...

    async def get(self, run_id: RunId) -> Run:
        """Raises NotFound."""
        ...

    async def list(self, project_id: ProjectId, *, limit: int = 50) -> list[Run]: ...

    async def update(
        self,
        run_id: RunId,
        *,
        state: RunState | None = None,
        reason: str | None = None,
        usage: Usage | None = None,
        started_at: datetime | None = None,
        finished_at: datetime | None = None,
    ) -> Run: ...


StepState = Literal["intent", "done", "failed"]


class Step(Noun):
    """One tool call in the journal: the intent is written before the effect, the result after it."""

    run_id: RunId
    seq: int
    """Counts the calls of a run from 1; `run_id:seq` is the effect's idempotency key."""
    call_id: str
    tool: str
    args: dict[str, JsonValue]
    args_hash: str
    state: StepState = "intent"
    result: dict[str, JsonValue] | None = None
    attempt: int
    """The attempt of the job that wrote it."""
    job_id: JobId | None = None
    """A job that the call started."""


class Steps(Protocol):
    """The journal of tool calls."""

    async def intend(self, step: Step) -> Step:
        """Write a call down before it is made; a second time gives the row that is there."""
        ...

    async def finish(
        self,
        run_id: RunId,
        seq: int,
        attempt: int,
        state: StepState,
        result: dict[str, JsonValue],
        job_id: JobId | None = None,
    ) -> None:
        """Write down how a call ended.

        Raises Conflict when a later attempt has taken the run over.
        """
        ...

    async def list(self, run_id: RunId) -> list[Step]: ...
