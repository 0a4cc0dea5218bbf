"""Models and migrations agree, and a database that fits neither is refused with the way out."""

import asyncio
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from domain.account import LOCAL_USER
from domain.errors import Unavailable
from storage import schema
from storage.bells import LocalWakeups
from storage.database import SqlDatabase
from storage.dialect import migration_engine
from storage.migrations import runner
from storage.tables import Table
from tests.contracts.databases import DATABASES, House, a_project
from tests.engines import postgresql

EMPTY: dict[str, Callable[[Path], str]] = {
    "sqlite": lambda folder: f"sqlite:///{folder / 'deep' / 'new.sqlite3'}",
    "postgresql": lambda _folder: postgresql.empty_url(),
}
"""Addresses with nothing at them yet, by kind of database."""


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return EMPTY[request.param](tmp_path)


async def refusal(url: str) -> str:
    database = SqlDatabase(url, LocalWakeups())
    with pytest.raises(Unavailable) as raised:
        await database.check()
    await database.close()
    assert raised.value.part == "database"
    return raised.value.message


def set_version(url: str, version: str) -> None:
    engine = migration_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = :v"), {"v": version})
    engine.dispose()


async def test_a_new_database_comes_into_being_and_can_go_back(url: str) -> None:
    assert schema.current(url) is None
    assert "run `director db upgrade`" in await refusal(url)
    assert schema.upgrade(url) == schema.current(url) == schema.expected()
    database = SqlDatabase(url, LocalWakeups())
    await database.check()
    async with database.transaction(LOCAL_USER) as tx:
        await tx.projects.add(a_project())
    await database.close()
    assert schema.upgrade(url) == schema.expected()
    assert schema.downgrade(url, "base") is None
    assert schema.upgrade(url) == schema.expected()


def test_models_and_migrations_agree(url: str) -> None:
    schema.upgrade(url)
    engine = migration_engine(url)
    with engine.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Table.metadata) == []
    engine.dispose()


def test_the_newest_migration_is_the_expected_one(url: str) -> None:
    engine = migration_engine(url)
    with engine.begin() as connection:
        scripts = ScriptDirectory.from_config(runner.config(connection))
    engine.dispose()
    assert scripts.get_heads() == [schema.expected()]
    assert sorted(script.revision for script in scripts.walk_revisions()) == schema.known()


def test_every_foreign_key_is_indexed() -> None:
    for table in Table.metadata.tables.values():
        indexed = {next(iter(index.columns)).name for index in table.indexes}
        indexed.add(next(iter(table.primary_key.columns)).name)
        keys = {key.parent.name for key in table.foreign_keys}
        assert keys <= indexed, table.name


async def test_a_schema_of_another_version_is_refused_with_the_way_out(url: str) -> None:
    schema.upgrade(url)
    set_version(url, "9999")
    assert "newer than" in await refusal(url)
    with pytest.raises(Unavailable, match="install the version that wrote it"):
        schema.upgrade(url)
    assert schema.current(url) == "9999"
    with pytest.raises(Unavailable, match="there is no schema 'nonsense'"):
        schema.downgrade(url, "nonsense")


def test_a_migration_that_is_torn_leaves_nothing(url: str) -> None:
    engine = migration_engine(url)
    connection = engine.connect()
    connection.begin()
    runner.upgrade(connection, "head")
    connection.close()
    engine.dispose()
    assert schema.current(url) is None
    assert schema.upgrade(url) == schema.expected()


async def test_processes_that_start_together_take_turns(url: str) -> None:
    code = "import sys; from storage import schema; print(schema.upgrade(sys.argv[1]))"
    argv = [sys.executable, "-c", code, url]
    starts = [subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    said = [(await asyncio.to_thread(process.communicate))[0].strip() for process in starts]
    assert said == [schema.expected()] * 3


CHECK = """
import asyncio, sys
import storage.blobs, storage.log, storage.schema
from storage.bells import LocalWakeups
from storage.database import SqlDatabase

async def main():
    database = SqlDatabase(sys.argv[1], LocalWakeups())
    await database.check()
    await database.close()

asyncio.run(main())
print("alembic" in sys.modules)
"""


def test_a_server_that_finds_its_schema_does_not_load_alembic(house: House) -> None:
    argv = [sys.executable, "-c", CHECK, house.url]
    assert subprocess.run(argv, capture_output=True, text=True, check=True).stdout == "False\n"


def test_importing_storage_costs_nothing() -> None:
    code = "import sys, storage; print([name for name in ('sqlalchemy', 'alembic') if name in sys.modules])"
    argv = [sys.executable, "-c", code]
    assert subprocess.run(argv, capture_output=True, text=True, check=True).stdout == "[]\n"


def test_the_file_is_its_owner_s_alone(tmp_path: Path) -> None:
    path = tmp_path / "data" / "director.sqlite3"
    schema.upgrade(f"sqlite:///{path}")
    assert path.stat().st_mode & 0o777 == 0o600


async def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "director.sqlite3"
    path.write_bytes(b"This is a letter, not a database. " * 100)
    assert "file is not a database" in await refusal(f"sqlite:///{path}")
    with pytest.raises(Unavailable, match="file is not a database"):
        schema.upgrade(f"sqlite:///{path}")
    assert path.read_bytes().startswith(b"This is a letter")


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://host/db", "sqlite://", "sqlite:///:memory:", "://"])
def test_an_address_that_is_no_database_s_is_refused(url: str) -> None:
    with pytest.raises(Unavailable, match="sqlite:///FILE"):
        SqlDatabase(url, LocalWakeups())
