"""The one file that knows how databases differ: SQLite on one machine, PostgreSQL for many."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event, exc
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, Connection, Engine, make_url

from domain.errors import Unavailable
from storage.steady import Pool, SteadyConnection
from storage.text import cleaned

BUSY_S = 15
"""Seconds that a writer waits for another process to finish its transaction."""
READERS = 8
MOST_CONNECTIONS = 10
"""Connections to a server that a process opens when it needs them."""
POSTGRESQL = {
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "15000",
    "application_name": "director",
    "options": " ".join(
        (
            f"-c lock_timeout={BUSY_S}s",
            f"-c statement_timeout={2 * BUSY_S}s",
            f"-c idle_in_transaction_session_timeout={4 * BUSY_S}s",
        )
    ),
}
"""How a server is spoken to, unless its address says otherwise: no wait is without an end."""
MIGRATION_OPTIONS = "-c lock_timeout=120s"


@dataclass(frozen=True)
class Dialect:
    """How one kind of database is opened, told the time, and asked to insert what may be there."""

    name: str
    writers: Pool
    readers: Pool
    clock: Callable[[SteadyConnection], Awaitable[datetime]]
    """The time that all processes of the installation agree on."""
    insert_new: Callable[[sa.Table], Any]
    """An INSERT that leaves a row alone that is there already."""
    many_writers: bool
    """Whether transactions write at the same time; else each waits for the one before it."""


def connect(url: str, connections: int = MOST_CONNECTIONS) -> Dialect:
    """Open a database lazily: nothing is touched before the first transaction.

    A process opens at most so many connections to a server.

    Raises Unavailable for an address that is neither SQLite's nor PostgreSQL's.
    """
    parsed = parse(url)
    return _sqlite(parsed) if parsed.get_backend_name() == "sqlite" else _postgresql(parsed, connections)


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


def migration_engine(url: str) -> Engine:
    """An engine without asyncio whose one transaction keeps all others out: for migrations."""
    parsed = parse(url)
    if parsed.get_backend_name() == "postgresql":
        address = _server(parsed, POSTGRESQL | {"options": MIGRATION_OPTIONS})
        engine = sa.create_engine(address, poolclass=sa.NullPool)
        event.listen(engine, "begin", _advisory_lock)
        return engine
    _create_private(Path(str(parsed.database)))
    engine = sa.create_engine(parsed, poolclass=sa.NullPool)
    # tables are rebuilt by copying, which foreign keys would forbid
    _prepare_sqlite(engine, "BEGIN IMMEDIATE", ["foreign_keys=OFF", "legacy_alter_table=ON"])
    return engine


def _sqlite(url: URL) -> Dialect:
    # one writer per process waits its turn here, in order, instead of polling the file's lock
    writers = sa.create_engine(url, pool_size=1, max_overflow=0)
    readers = sa.create_engine(url, pool_size=READERS, max_overflow=0)
    _prepare_sqlite(writers, "BEGIN IMMEDIATE", ["foreign_keys=ON"])
    _prepare_sqlite(readers, "BEGIN", ["foreign_keys=ON", "query_only=ON"])
    return Dialect(
        "sqlite",
        Pool(writers, 1, 2 * BUSY_S, waits=("open", "begin", "commit")),
        Pool(readers, READERS, 2 * BUSY_S, waits=("open",)),  # a reader of a WAL waits for no writer
        _host_clock,
        sqlite_insert_new,
        many_writers=False,
    )


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
    event.listen(engine, "before_cursor_execute", _cleaned, retval=True)


def sqlite_insert_new(target: sa.Table) -> sqlite.Insert:
    """INSERT … ON CONFLICT DO NOTHING."""
    return sqlite.insert(target).on_conflict_do_nothing()


async def _host_clock(_connection: SteadyConnection) -> datetime:
    return datetime.now(UTC)  # a SQLite file has one host, and its clock is the database's


def _postgresql(url: URL, connections: int) -> Dialect:
    engine = sa.create_engine(
        _server(url, POSTGRESQL), pool_size=connections, max_overflow=0, pool_pre_ping=True
    )
    event.listen(engine, "before_cursor_execute", _cleaned, retval=True)
    writers = Pool(engine, connections, 2 * BUSY_S, waits=("open", "begin", "statement", "commit"))
    # as in SQLite, one reading transaction sees one moment
    readers = writers.seen_as(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return Dialect("postgresql", writers, readers, _server_clock, postgresql_insert_new, many_writers=True)


def _server(url: URL, ways: Mapping[str, str]) -> URL:
    wanted = {name: value for name, value in ways.items() if name not in url.query}
    return url.set(drivername="postgresql+psycopg").update_query_dict(wanted)


def _cleaned(
    _connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool
) -> tuple[str, Any]:
    return statement, [cleaned(row) for row in parameters] if many else cleaned(parameters)


def postgresql_insert_new(target: sa.Table) -> postgresql.Insert:
    """INSERT … ON CONFLICT DO NOTHING."""
    return postgresql.insert(target).on_conflict_do_nothing()


async def _server_clock(connection: SteadyConnection) -> datetime:
    moment = sa.func.clock_timestamp(type_=sa.DateTime(timezone=True))
    return await connection.scalar(sa.select(moment))


def _advisory_lock(connection: Connection) -> None:
    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7311)")
