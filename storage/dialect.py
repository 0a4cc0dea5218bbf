"""The one file that knows how databases differ: SQLite on one machine, PostgreSQL for many."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event, exc
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from domain.errors import Unavailable
from storage.steady import SteadyConnection

BUSY_S = 15
"""Seconds that a writer waits for another process to finish its transaction."""
AWAY = (exc.OperationalError, exc.InterfaceError, exc.TimeoutError)
"""What the driver raises when the database is locked, full or gone; a broken file is a bare DatabaseError."""
READERS = 8
MOST_CONNECTIONS = 20


@dataclass(frozen=True)
class Dialect:
    """How one kind of database is opened, told the time, and asked to insert what may be there."""

    name: str
    writers: AsyncEngine
    readers: AsyncEngine
    clock: Callable[[SteadyConnection], Awaitable[datetime]]
    """The time that all processes of the installation agree on."""
    insert_new: Callable[[sa.Table], Any]
    """An INSERT that leaves a row alone that is there already."""


def connect(url: str) -> Dialect:
    """Open a database lazily: nothing is touched before the first transaction.

    Raises Unavailable for an address that is neither SQLite's nor PostgreSQL's.
    """
    parsed = parse(url)
    return _sqlite(parsed) if parsed.get_backend_name() == "sqlite" else _postgresql(parsed)


def parse(url: str) -> URL:
    """Read a database address, without its driver.

    Raises Unavailable for an address that is neither SQLite's nor PostgreSQL's.
    """
    try:
        parsed = make_url(url)
    except exc.ArgumentError as error:
        raise Unavailable("database", "the database's address is no URL; write sqlite:///FILE") from error
    backend = {"postgres": "postgresql"}.get(parsed.get_backend_name(), parsed.get_backend_name())
    if backend not in ("sqlite", "postgresql"):
        raise Unavailable(
            "database", f"{backend!r} is no known database; write sqlite:///FILE or postgresql://…"
        )
    if backend == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise Unavailable("database", "SQLite needs a file that all processes share; write sqlite:///FILE")
    return parsed.set(drivername=backend)


def away(error: exc.SQLAlchemyError) -> Unavailable | None:
    """Say that the database is away, why, and what to do; None for an error that is a bug."""
    if not isinstance(error, AWAY) and type(error) is not exc.DatabaseError:
        return None
    cause = str(getattr(error, "orig", None) or error).strip()
    reason = cause.splitlines()[0][:200] if cause else type(error).__name__
    hint = (
        "another process holds it for too long, try again" if "locked" in reason else "run `director doctor`"
    )
    return Unavailable("database", f"the database does not answer ({reason}): {hint}")


def migration_engine(url: str) -> Engine:
    """An engine without asyncio whose one transaction keeps all others out: for migrations."""
    parsed = parse(url)
    if parsed.get_backend_name() == "postgresql":
        engine = sa.create_engine(parsed.set(drivername="postgresql+psycopg"), poolclass=sa.NullPool)
        event.listen(engine, "begin", _advisory_lock)
        return engine
    _create_private(Path(str(parsed.database)))
    engine = sa.create_engine(parsed, poolclass=sa.NullPool)
    # tables are rebuilt by copying, which foreign keys would forbid
    _prepare_sqlite(engine, "BEGIN IMMEDIATE", ["foreign_keys=OFF", "legacy_alter_table=ON"])
    return engine


def _sqlite(url: URL) -> Dialect:
    url = url.set(drivername="sqlite+aiosqlite")
    # one writer per process waits its turn here, in order, instead of polling the file's lock
    writers = create_async_engine(url, pool_size=1, max_overflow=0, pool_timeout=2 * BUSY_S)
    readers = create_async_engine(url, pool_size=READERS, max_overflow=0, pool_timeout=2 * BUSY_S)
    _prepare_sqlite(writers.sync_engine, "BEGIN IMMEDIATE", ["foreign_keys=ON"])
    _prepare_sqlite(readers.sync_engine, "BEGIN", ["foreign_keys=ON", "query_only=ON"])
    return Dialect("sqlite", writers, readers, _host_clock, sqlite_insert_new)


def _create_private(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)  # its WAL takes the same mode


def _prepare_sqlite(engine: Engine, begin: str, pragmas: list[str]) -> None:
    # WAL + NORMAL: a killed process loses nothing; a power cut may lose the last moments, never consistency
    settings = [f"busy_timeout={BUSY_S * 1000}", "journal_mode=WAL", "synchronous=NORMAL", *pragmas]

    def opened(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin by itself
        cursor = connection.cursor()
        for setting in settings:
            cursor.execute(f"PRAGMA {setting}")
        cursor.close()

    def began(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", opened)
    event.listen(engine, "begin", began)


def sqlite_insert_new(target: sa.Table) -> sqlite.Insert:
    """INSERT … ON CONFLICT DO NOTHING."""
    return sqlite.insert(target).on_conflict_do_nothing()


async def _host_clock(_connection: SteadyConnection) -> datetime:
    return datetime.now(UTC)  # a SQLite file has one host, and its clock is the database's


def _postgresql(url: URL) -> Dialect:
    url = url.set(drivername="postgresql+psycopg")
    writers = create_async_engine(url, pool_size=MOST_CONNECTIONS, max_overflow=0, pool_pre_ping=True)
    readers = writers.execution_options(postgresql_readonly=True)
    return Dialect("postgresql", writers, readers, _server_clock, postgresql_insert_new)


def postgresql_insert_new(target: sa.Table) -> postgresql.Insert:
    """INSERT … ON CONFLICT DO NOTHING."""
    return postgresql.insert(target).on_conflict_do_nothing()


async def _server_clock(connection: SteadyConnection) -> datetime:
    moment = sa.func.clock_timestamp(type_=sa.DateTime(timezone=True))
    return (await connection.execute(sa.select(moment))).scalar_one()


def _advisory_lock(connection: Connection) -> None:
    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7311)")
