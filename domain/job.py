"""Work that outlives the request that asked for it: leased, fenced, resumable."""

from __future__ import annotations

import random
from datetime import datetime
from typing import Literal, Protocol

from pydantic import JsonValue

from domain.nouns import JobId, Noun, ProjectId, RenderId, RunId, UserId

JobKind = Literal["agent", "render", "analysis"]
JobState = Literal["queued", "leased", "parked", "cancelling", "done", "failed", "cancelled"]
OPEN_STATES: tuple[JobState, ...] = ("queued", "leased", "parked", "cancelling")
PART_OF = "part_of"
"""Where the payload of a job that draws a part of a film names the job that joins it."""
LEASE_S = 10.0
"""Seconds that a job stays its worker's without a heartbeat."""
HEARTBEAT_S = 3.0
SWEEP_S = 2.0
"""Seconds between two looks for leases that ran out."""
MOST_CRASHES = 3
"""A job whose worker died this often is given up with its last words."""
MOST_RETRIES = 3
"""A job that a missing part has stopped this often is given up."""
_LONGEST_PAUSE_S = 60.0


def backoff_s(times: int) -> float:
    """Seconds to wait before a job is tried again: doubled each time, and never the same for two of them."""
    whole = min(2.0**times, _LONGEST_PAUSE_S)
    return random.uniform(whole / 2, whole)


class Job(Noun):
    """One piece of work in the queue."""

    job_id: JobId
    kind: JobKind
    owner: UserId
    project_id: ProjectId
    run_id: RunId | None = None
    """The run this job drives (agent), or that asked for it."""
    render_id: RenderId | None = None
    priority: int = 0
    """Higher goes first."""
    state: JobState = "queued"
    payload: dict[str, JsonValue] = {}
    result: dict[str, JsonValue] | None = None
    reason: str = ""
    waits_for: JobId | None = None
    """While parked: the job whose end wakes this one."""
    attempt: int = 0
    """Counts leases; every write of a worker carries it, and a stale one is refused."""
    crashes: int = 0
    retries: int = 0
    """How often it was put back because a part that it needs was away."""
    worker: str | None = None
    lease_until: datetime | None = None
    not_before: datetime | None = None
    created_at: datetime
    leased_at: datetime | None = None
    """When a worker last took it."""
    finished_at: datetime | None = None


class Tally(Noun):
    """How many jobs of a kind are in a state, and since when the oldest of them is there."""

    kind: JobKind
    state: JobState
    count: int
    oldest: datetime


class Jobs(Protocol):
    """The queue's rows; the caller's transaction makes each step all or nothing."""

    async def enqueue(self, job: Job) -> None:
        """Queue a job, unless its queue is full or drained.

        Raises QueueFull when its owner has too many waiting, Unavailable when everybody together has.
        """
        ...

    async def get(self, job_id: JobId) -> Job:
        """Raises NotFound."""
        ...

    async def list(
        self, *, project_id: ProjectId | None = None, kind: JobKind | None = None,
        states: tuple[JobState, ...] = (), limit: int = 100,
    ) -> list[Job]:  # fmt: skip
        """Newest first."""
        ...

    async def lease(self, kinds: tuple[JobKind, ...], worker: str, seconds: float) -> Job | None:
        """Take the best queued job whose turn it is: attempt goes up, the worker's name and time are set.

        Priority and age decide, then whose jobs are at work least; a paused queue gives nothing.
        An agent job waits while another agent job of its project is leased, parked, cancelling, or is older
        and queued.
        """
        ...

    async def tally(self) -> list[Tally]:
        """Count the jobs by kind and state."""
        ...

    async def due(self, kinds: tuple[JobKind, ...], *, limit: int = 100) -> list[Job]:
        """The jobs that could be leased now, the best first."""
        ...

    async def heartbeat(self, job_id: JobId, attempt: int, seconds: float, words: str = "") -> Job:
        """Keep a lease; the answer tells whether the job is to be cancelled.

        The words are kept: when the worker dies they were its last.
        Raises Conflict when the lease was lost.
        """
        ...

    async def park(self, job_id: JobId, attempt: int, waits_for: JobId | None) -> Job:
        """Give the worker back until another job has ended; queued again at once when it already has.

        A job that waits for no other one waits until `wake`.
        """
        ...

    async def wake(self, job_id: JobId) -> Job:
        """Queue a job again that is parked without waiting for another one; any other stays as it is."""
        ...

    async def finish(
        self,
        job_id: JobId,
        attempt: int,
        state: Literal["done", "failed", "cancelled"],
        *,
        result: dict[str, JsonValue] | None = None,
        reason: str = "",
    ) -> Job:
        """End a job and queue those that are parked on it.

        Raises Conflict when the lease was lost.
        """
        ...

    async def release(
        self, job_id: JobId, attempt: int, *, delay_s: float = 0, retry: str | None = None
    ) -> None:
        """Put a job back unharmed: its worker is going away, or, with a reason, a part it needs is."""
        ...

    async def rank(self, job_id: JobId, priority: int) -> Job:
        """Give a job another priority.

        Raises Conflict when it has ended.
        """
        ...

    async def cancel(self, job_id: JobId) -> Job:
        """Ask for the end of a job: it becomes `cancelling`, and its worker ends it.

        When no worker holds it, the next sweep does, and is rung for at once. An ended job stays as it is.
        """
        ...

    async def sweep(self) -> list[Job]:
        """Put the jobs in order that nobody holds any more; returns those that were touched, as they now are.

        A lease that ran out is a crash: the job is queued again, or `failed` after MOST_CRASHES. One that
        is `cancelling` without a living lease becomes `cancelled`.
        """
        ...
