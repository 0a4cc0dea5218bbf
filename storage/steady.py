"""Connections whose work is always done to its end: a cancellation waits for it, so that none is torn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, Literal, NamedTuple, TypeVar

import sqlalchemy as sa
from sqlalchemy import exc

T = TypeVar("T")
Moment = Literal["open", "begin", "statement", "commit"]
"""When a transaction may have to wait, for another process, the disk or a server."""


class Found(NamedTuple):
    """What a statement came to: all its rows, and how many it changed."""

    rows: tuple[sa.Row[Any], ...]
    rowcount: int

    def all(self) -> tuple[sa.Row[Any], ...]:
        """Give all rows."""
        return self.rows

    def first(self) -> sa.Row[Any] | None:
        """Give the first row, None when there is none."""
        return self.rows[0] if self.rows else None


class Pool:
    """An engine's connections, each used by one transaction at a time; who comes first is served first.

    What is done at a moment that `waits` is done in a thread; all else takes less time than the way to one.
    """

    def __init__(self, engine: sa.Engine, connections: int, wait_s: float, waits: tuple[Moment, ...]) -> None:
        self.engine = engine
        self._waits = waits
        self._connections = connections
        self._wait_s = wait_s
        self._turns = asyncio.Semaphore(connections)
        self._threads = ThreadPoolExecutor(connections, "database")

    def seen_as(self, **options: Any) -> Pool:
        """Give the same connections, with other options of their transactions."""
        engine = self.engine.execution_options(**options)
        other = Pool(engine, self._connections, self._wait_s, self._waits)
        other._turns = self._turns
        return other

    @asynccontextmanager
    async def connected(self) -> AsyncGenerator[SteadyConnection]:
        """Begin a transaction; what is not committed when the context closes is rolled back.

        Raises SQLAlchemy's TimeoutError when no connection became free in time.
        """
        await asyncio.sleep(0)  # who reads batch after batch lets others work, and can be cancelled
        await self._take_turn()
        try:
            connection = SteadyConnection(self)
            try:
                await connection.begin()
                yield connection
            finally:
                await connection.close()
        finally:
            self._turns.release()

    @property
    def has_idle(self) -> bool:
        """Whether a connection stands open that nobody uses."""
        pool = self.engine.pool
        return isinstance(pool, sa.QueuePool) and pool.checkedin() > 0

    async def to_the_end(self, moment: Moment, work: Callable[..., T], *args: Any) -> T:
        """Do something that must not be torn; a cancellation is kept until it is done.

        A driver that is cancelled half way drops its connection with whatever transaction and lock it holds.
        """
        if moment not in self._waits:
            return work(*args)
        task = asyncio.get_running_loop().run_in_executor(self._threads, work, *args)
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

    async def close(self) -> None:
        """Close all connections; the next transaction would open new ones."""
        await self.to_the_end("open", self.engine.dispose)
        self._threads.shutdown(wait=False)
        self._threads = ThreadPoolExecutor(self._connections, "database")

    async def _take_turn(self) -> None:
        if not self._turns.locked():
            await self._turns.acquire()
            return
        try:
            async with asyncio.timeout(self._wait_s):
                await self._turns.acquire()
        except TimeoutError as error:
            raise exc.TimeoutError(
                f"QueuePool limit of size {self._connections} reached, waited {self._wait_s:g} s"
            ) from error


class SteadyConnection:
    """One transaction of a connection; each of its statements is done to the end."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._raw: sa.Connection | None = None

    async def begin(self) -> None:
        """Take a connection and begin its transaction."""
        await self._pool.to_the_end("begin" if self._pool.has_idle else "open", self._begin)

    async def commit(self) -> None:
        """Commit and give the connection back."""
        await self._pool.to_the_end("commit", self._commit)

    async def close(self) -> None:
        """Roll back what was not committed and give the connection back."""
        if self._raw is not None:
            await self._pool.to_the_end("statement", self._close)

    async def ask(self, question: Callable[[sa.Connection], T]) -> T:
        """Ask the connection something that may take several statements."""
        assert self._raw is not None, "the transaction is over"
        return await self._pool.to_the_end("statement", question, self._raw)

    async def execute(self, statement: sa.Executable, row: dict[str, Any] | None = None) -> Found:
        """Execute a statement; its rows are all there."""
        return await self.ask(lambda raw: _found(raw.execute(statement, row)))

    async def scalar(self, statement: sa.Executable) -> Any:
        """Execute a statement and give the first column of its first row, None when there is none."""
        row = (await self.execute(statement)).first()
        return None if row is None else row[0]

    async def scalars(self, statement: sa.Executable) -> list[Any]:
        """Execute a statement and give the first column of its rows."""
        return [row[0] for row in (await self.execute(statement)).rows]

    def _begin(self) -> None:
        self._raw = self._pool.engine.connect()
        self._raw.begin()

    def _commit(self) -> None:
        assert self._raw is not None, "the transaction is over"
        self._raw.commit()
        self._close()

    def _close(self) -> None:
        if self._raw is not None:
            raw, self._raw = self._raw, None
            raw.close()


def _found(result: sa.CursorResult[Any]) -> Found:
    return Found(tuple(result.all()) if result.returns_rows else (), result.rowcount)
