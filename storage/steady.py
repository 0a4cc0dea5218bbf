"""Awaiting the database to the end: a cancellation waits for the answer, so that no connection is torn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncTransaction

T = TypeVar("T")


async def to_the_end(work: Coroutine[Any, Any, T]) -> T:
    """Await something that must not be torn; a cancellation is kept until it is done.

    A driver that is cancelled half way drops its connection with whatever transaction and lock it holds.
    """
    task = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError as error:
            cancelled = error
    found = task.result()
    if cancelled is not None:
        raise cancelled
    return found


class SteadyConnection:
    """A connection whose every statement is awaited to the end."""

    def __init__(self, raw: AsyncConnection) -> None:
        self.raw = raw

    async def begin(self) -> AsyncTransaction:
        """Begin a transaction."""
        return await to_the_end(self.raw.begin().start())

    async def execute(
        self, statement: sa.Executable, row: dict[str, Any] | None = None
    ) -> sa.CursorResult[Any]:
        """Execute a statement; its rows are all there."""
        return await to_the_end(self.raw.execute(statement, row))

    async def scalar(self, statement: sa.Executable) -> Any:
        """Execute a statement and give the first column of its first row, None when there is none."""
        return (await self.execute(statement)).scalar()

    async def scalars(self, statement: sa.Executable) -> sa.ScalarResult[Any]:
        """Execute a statement and give the first column of its rows."""
        return (await self.execute(statement)).scalars()


@asynccontextmanager
async def connected(engine: AsyncEngine) -> AsyncGenerator[SteadyConnection]:
    """Take a connection for as long as the context is open; what is not committed is rolled back."""
    raw = engine.connect()
    try:
        await to_the_end(raw.start())
        yield SteadyConnection(raw)
    finally:
        if raw.sync_connection is not None:
            await to_the_end(raw.close())
