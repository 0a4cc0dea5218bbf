"""The truth, one transaction at a time."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from domain.account import Audit, Keys
from domain.approval import Approvals
from domain.count import Counts
from domain.event import Events
from domain.job import Jobs
from domain.lesson import Lessons
from domain.note import Notes
from domain.nouns import UserId
from domain.project import Assets, Projects, Revisions
from domain.queue import Queues
from domain.receipt import Receipts
from domain.render import Renders
from domain.run import Runs, Steps


class Transaction(Protocol):
    """All nouns as one owner sees them; everything done in it is committed together, or nothing is."""

    projects: Projects
    revisions: Revisions
    assets: Assets
    runs: Runs
    steps: Steps
    events: Events
    renders: Renders
    jobs: Jobs
    queues: Queues
    notes: Notes
    lessons: Lessons
    keys: Keys
    audit: Audit
    receipts: Receipts
    approvals: Approvals
    counts: Counts


class Database(Protocol):
    """Where everything is kept."""

    def transaction(
        self, owner: UserId | None, *, reading: bool = False
    ) -> AbstractAsyncContextManager[Transaction]:
        """Open a transaction in which only the owner's rows exist; None is the house itself and sees all.

        Commits when the block ends, rolls back when it raises. No I/O but the database's own happens
        inside, no other transaction is opened inside. One that is `reading` cannot write, and waits for none.
        After a commit the topics of what was appended and enqueued are rung.
        Raises Unavailable when the database is away.
        """
        ...

    async def check(self) -> None:
        """Raises Unavailable when the database is away or its schema is not this version's."""
        ...
