"""Who does the work of one kind of job, and how it tells what came of it."""

from __future__ import annotations

from typing import Literal, Protocol

from pydantic import JsonValue

from domain.database import Transaction
from domain.job import Job
from domain.nouns import JobId, Noun


class Parked(Noun):
    """A handler's answer: it has nothing to do until another job has ended, or somebody has answered."""

    waits_for: JobId | None
    """None when it is not a job but a person who is waited for."""


class Finished(Noun):
    """A handler's answer: the job has ended, well or not."""

    state: Literal["done", "failed", "cancelled"]
    result: dict[str, JsonValue] = {}
    reason: str = ""


Outcome = Parked | Finished


class Lease(Protocol):
    """What a handler knows of its hold on a job."""

    job: Job

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked for the end of this job; the handler's task is cancelled too."""
        ...

    def note(self, words: str) -> None:
        """Remember where the work stands, for the case that these are its last words."""
        ...


class Handler(Protocol):
    """Does the work of one kind of job."""

    async def run(self, lease: Lease) -> Outcome:
        """Do the work; cancelled as a task when the lease is lost or the job is to end.

        Before it returns Finished it has written its own end (of the run, of the render) itself, in one
        transaction with `jobs.finish`.
        """
        ...

    async def ended(self, tx: Transaction, job: Job) -> None:
        """Write down what the end of a job means, when `run` could not: cancelled, failed by a bug, given up.

        Called inside the transaction that ends the job; `job.state` and `job.reason` tell how.
        """
        ...
