"""Which schema a database has, which one the code wants, and the way from one to the other.

Alembic is loaded only when something is migrated: a server that finds its schema starts without it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Protocol, cast

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from domain.errors import Unavailable
from domain.plugins import load
from storage.dialect import migration_engine
from storage.outage import away

VERSIONS = Path(__file__).parent / "migrations" / "versions"
EMPTY = "base"
OLDEST_POSTGRESQL = 13
"""The oldest major version that its makers still mend."""


class Migrator(Protocol):
    """The part that loads Alembic."""

    def upgrade(self, connection: Connection, revision: str) -> None: ...

    def downgrade(self, connection: Connection, revision: str) -> None: ...


@cache
def known() -> list[str]:
    """List the schema versions that this code knew when it was started, oldest first."""
    return sorted(path.name.partition("_")[0] for path in VERSIONS.glob("[0-9]*_*.py"))


def expected() -> str:
    """Tell the schema version that this code works with."""
    return known()[-1]


def version(connection: Connection) -> str | None:
    """Read the schema version of an open database; None when it has none.

    Raises Unavailable for a server that is too old to hold it.
    """
    if connection.dialect.name == "postgresql":
        require(connection.dialect.server_version_info or ())
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.scalar(sa.text("SELECT version_num FROM alembic_version"))


def require(server: Sequence[object]) -> None:
    """Raises Unavailable unless a PostgreSQL server is young enough."""
    major = server[0] if server else None
    if not isinstance(major, int) or major < OLDEST_POSTGRESQL:
        told = ".".join(map(str, server)) or "of an unknown version"
        raise Unavailable(
            "database", f"the server is PostgreSQL {told}: {OLDEST_POSTGRESQL} or later is needed, upgrade it"
        )


def compare(found: str | None) -> None:
    """Raises Unavailable, with the way out, unless a schema is the expected one."""
    if found == expected():
        return
    if found is None:
        raise Unavailable("database", "the database is empty: run `director db upgrade`")
    if found in known():
        message = (
            f"the database has schema {found}, this version needs {expected()}: run `director db upgrade`"
        )
        raise Unavailable("database", message)
    message = f"the database has schema {found}, newer than {expected()}: install the version that wrote it"
    raise Unavailable("database", message)


def current(url: str) -> str | None:
    """Read the schema version at an address; None when there is nothing yet. Blocks.

    Raises Unavailable.
    """
    return _locked(url, version)


def upgrade(url: str, revision: str = "head") -> str | None:
    """Bring a database to the newest schema, creating it when needed; gives the version. Blocks.

    Processes that do it at the same time take turns; a killed one leaves the schema as it was.
    Raises Unavailable, also when the database is newer than this code.
    """

    def work(connection: Connection) -> str | None:
        found = version(connection)
        if found is not None and found not in known():
            compare(found)
        if found != expected():
            _migrator().upgrade(connection, revision)
        return version(connection)

    return _locked(url, work)


def downgrade(url: str, revision: str) -> str | None:
    """Take a database back to an older schema, `base` for none; gives the version. Blocks.

    Raises Unavailable, also for a version that this code does not know.
    """
    if revision not in (EMPTY, *known()):
        raise Unavailable(
            "database", f"there is no schema {revision!r}; there are {', '.join(known())} and base"
        )

    def work(connection: Connection) -> str | None:
        _migrator().downgrade(connection, revision)
        return version(connection)

    return _locked(url, work)


class Schema:
    """The database's tables and their version, asked in a thread."""

    def __init__(self, url: str) -> None:
        self._url = url

    async def current(self) -> str | None:
        return await asyncio.to_thread(current, self._url)

    def expected(self) -> str:
        return expected()

    async def upgrade(self) -> None:
        await asyncio.to_thread(upgrade, self._url)

    async def downgrade(self, version: str) -> None:
        await asyncio.to_thread(downgrade, self._url, version)


class Work(Protocol):
    """Something to be done alone with the database."""

    def __call__(self, connection: Connection, /) -> str | None: ...


def _locked(url: str, work: Work) -> str | None:
    engine = migration_engine(url)
    try:
        with engine.begin() as connection:
            return work(connection)
    except SQLAlchemyError as error:
        if unavailable := away(error):
            raise unavailable from error
        raise
    finally:
        engine.dispose()


def _migrator() -> Migrator:
    return cast(Migrator, load("storage.migrations", "runner"))
