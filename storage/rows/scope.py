"""One transaction as its rows see it: the connection, whose it is, what time it is, what to ring after it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from domain.errors import Denied, NotFound
from domain.nouns import JobId, ProjectId, UserId
from storage.dialect import Dialect
from storage.rows.shape import table
from storage.steady import SteadyConnection
from storage.tables import ProjectRow, UserRow

PROJECTS = table(ProjectRow)
USERS = table(UserRow)


class Head(NamedTuple):
    """Where a project's history stands."""

    revision: int
    last_seq: int


class Scope:
    """What the rows of a transaction share.

    A deleted project is gone for everybody but the house: nothing new can be added to it or listed from it.
    What was under way is still found by its own id, and the log still takes its end, so that work can finish.
    """

    def __init__(
        self,
        connection: SteadyConnection,
        dialect: Dialect,
        owner: UserId | None,
        clock: Callable[[SteadyConnection], Awaitable[datetime]],
        *,
        reading: bool,
    ) -> None:
        self.connection = connection
        self.dialect = dialect
        self.owner = owner
        self.reading = reading
        self.appended: dict[ProjectId, int] = {}
        """The newest sequence number of each project whose log grew."""
        self.to_lease = False
        """Whether there may be new work for a worker."""
        self.to_cancel: list[JobId] = []
        """Jobs whose worker should stop."""
        self._clock = clock
        self._now: datetime | None = None

    async def now(self) -> datetime:
        """The moment of this transaction, by the clock that all workers share."""
        if self._now is None:
            self._now = await self._clock(self.connection)
        return self._now

    def mine(self, owner: sa.Column[Any]) -> sa.ColumnElement[bool]:
        """The condition that a row is the owner's; the house sees all."""
        return sa.true() if self.owner is None else owner == self.owner

    def sees(self, owner: str | None) -> bool:
        """Whether a loaded row may be given out: asked of the row, in case its query forgot to ask."""
        return self.owner in (None, owner)

    def check_owner(self, owner: UserId) -> None:
        """Raises Denied when something is to be written in somebody else's name."""
        if self.owner is not None and owner != self.owner:
            raise Denied("not_yours", f"{self.owner!r} cannot write in the name of {owner!r}")

    async def know_user(self, user_id: UserId) -> None:
        """See to it that a user has a row."""
        row = {"user_id": user_id, "created_at": await self.now()}
        await self.connection.execute(self.dialect.insert_new(USERS).values(row))

    async def hold(self, project_id: ProjectId | sa.ScalarSelect[Any]) -> None:
        """Take a project's row before any other row of it is changed.

        Its writers take turns by that, so that no two of them wait for each other; a row that does not exist
        holds nobody up.
        """
        if self.dialect.many_writers:
            query = sa.select(PROJECTS.c.project_id).where(PROJECTS.c.project_id == project_id)
            await self.connection.execute(query.with_for_update(key_share=True))

    async def check_project(self, project_id: ProjectId, *, lock: bool = False) -> Head:
        """Give the head of a project.

        Raises NotFound, also for somebody else's.
        """
        c = PROJECTS.c
        query = sa.select(c.revision, c.last_seq).where(c.project_id == project_id, self.mine(c.owner))
        if self.owner is not None:
            query = query.where(c.deleted_at.is_(None))
        locking = query.with_for_update(key_share=True)
        row = (await self.connection.execute(locking if lock else query)).first()
        if row is None:
            raise missing("project", project_id)
        return Head(*row)


def missing(what: str, name: str) -> NotFound:
    """The answer for what does not exist, and for what is somebody else's."""
    return NotFound(f"{what}_not_found", f"there is no {what} {name[:80]!r}")


def check_found(row: sa.Row[Any] | None, what: str, name: str) -> sa.Row[Any]:
    """Give the row.

    Raises NotFound when there is none.
    """
    if row is None:
        raise missing(what, name)
    return row
