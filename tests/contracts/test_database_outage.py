"""A database that is away says so and how to bring it back; when it is back, everything goes on by itself."""

import asyncio
import contextlib
import signal
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy import exc

from domain.account import LOCAL_USER
from domain.count import BOXES, Untold
from domain.counting import write_down
from domain.errors import Unavailable
from domain.event import Entry, Notice
from domain.project import Project
from storage import dialect, schema
from storage.bells import LocalWakeups
from storage.database import SqlDatabase
from storage.log import DatabaseEventLog
from storage.outage import away
from tests.contracts.databases import House, a_note, a_project
from tests.engines.postgresql import PostgreSQL


@pytest.fixture(scope="module")
def server() -> Iterator[PostgreSQL]:
    """A server of this module's own, because it is killed."""
    server = PostgreSQL()
    server.start()
    yield server
    server.end()


@pytest.fixture
async def database(server: PostgreSQL) -> AsyncIterator[SqlDatabase]:
    url = server.create()
    schema.upgrade(url)
    database = SqlDatabase(url, LocalWakeups())
    yield database
    await database.close()


async def refusal(url: str) -> str:
    database = SqlDatabase(url, LocalWakeups())
    with pytest.raises(Unavailable) as raised:
        await database.check()
    await database.close()
    assert raised.value.part == "database"
    return raised.value.message


WRONG: dict[str, tuple[Callable[[PostgreSQL], str], str]] = {
    "password": (lambda server: server.url(password="wr0ng"), "set the right user and password"),
    "name": (lambda server: server.url("nothing_here"), "createdb"),
    "folder": (lambda _: "postgresql://u:s3cret@/db?host=/nowhere", "start PostgreSQL"),
    "port": (lambda _: "postgresql://u:s3cret@127.0.0.1:1/db", "start PostgreSQL"),
    "host": (lambda _: "postgresql://u:s3cret@host.invalid/db", "mend the host"),
}


@pytest.mark.parametrize("wrong", WRONG)
async def test_what_cannot_be_reached_says_what_to_mend_and_no_secret(server: PostgreSQL, wrong: str) -> None:
    address, way_out = WRONG[wrong]
    message = await refusal(address(server))
    assert way_out in message
    assert "\n" not in message
    assert not any(secret in message for secret in ("wr0ng", "s3cret"))
    with pytest.raises(Unavailable, match=way_out):
        schema.upgrade(address(server))


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL], ids=["restarted", "killed"])
async def test_a_server_that_ends_in_mid_transaction_loses_only_that_and_heals(
    server: PostgreSQL, database: SqlDatabase, project: Project, end: signal.Signals
) -> None:
    async with database.transaction(LOCAL_USER) as tx:
        await tx.events.append(project.project_id, Notice(substitution="kept", reason=""))

    async def torn() -> None:
        async with database.transaction(LOCAL_USER) as tx:
            await tx.events.append(project.project_id, Notice(substitution="lost", reason=""))
            await asyncio.to_thread(server.stop, end)

    with pytest.raises(Unavailable):
        await torn()
    with pytest.raises(Unavailable, match="start PostgreSQL"):
        async with database.transaction(LOCAL_USER) as tx:
            await tx.notes.add(a_note(project))
    with pytest.raises(Unavailable):
        await database.check()
    counted = Untold(3)
    await write_down(database, BOXES, counted)
    assert counted.number == 3
    server.start()
    await database.check()
    async with database.transaction(LOCAL_USER) as tx:
        entry = await tx.events.append(project.project_id, Notice(substitution="new", reason=""))
        assert entry.seq == 2


async def test_a_tail_lives_through_a_killed_server(
    server: PostgreSQL, database: SqlDatabase, project: Project
) -> None:
    log = DatabaseEventLog(database, LocalWakeups())  # no bell of the writer's: it has to look by itself
    tail = log.tail(LOCAL_USER, project.project_id)

    async def heard(count: int) -> list[Entry]:
        async with asyncio.timeout(15):
            return [await anext(tail) for _ in range(count)]

    async with database.transaction(LOCAL_USER) as tx:
        await tx.events.append(project.project_id, Notice(substitution="one", reason=""))
    assert [entry.seq for entry in await heard(1)] == [1]
    waiting = asyncio.create_task(heard(2))
    await asyncio.to_thread(server.stop, signal.SIGKILL)
    assert not (await asyncio.wait([waiting], timeout=1.5))[0]
    server.start()
    async with database.transaction(LOCAL_USER) as tx:
        for name in ("two", "three"):
            await tx.events.append(project.project_id, Notice(substitution=name, reason=""))
    assert [entry.seq for entry in await waiting] == [2, 3]
    await tail.aclose()
    await log.close()


async def test_idle_connections_that_a_server_ended_are_made_anew(
    server: PostgreSQL, database: SqlDatabase, project: Project
) -> None:
    async def look() -> None:
        async with database.transaction(LOCAL_USER, reading=True) as tx:
            await tx.projects.get(project.project_id)

    await asyncio.gather(*(look() for _ in range(30)))
    with psycopg.connect(server.url(), autocommit=True) as connection:
        ended = connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'director' AND pid <> pg_backend_pid()"
        ).fetchall()
    assert len(ended) >= 5
    await asyncio.gather(*(look() for _ in range(30)))


async def test_no_wait_for_a_lock_is_without_an_end(
    server: PostgreSQL, database: SqlDatabase, project: Project
) -> None:
    url = database._url  # pyright: ignore[reportPrivateUsage]
    hasty = SqlDatabase(f"{url}&options=-c%20lock_timeout%3D200ms", LocalWakeups())
    async with database.transaction(LOCAL_USER) as tx:
        await tx.events.append(project.project_id, Notice(substitution="held", reason=""))
        begun = time.monotonic()
        with pytest.raises(Unavailable, match="another transaction holds it"):
            async with hasty.transaction(LOCAL_USER) as other:
                await other.events.append(project.project_id, Notice(substitution="late", reason=""))
        assert time.monotonic() - begun < 5
    await hasty.close()


async def test_a_server_with_too_few_connections_names_the_setting(server: PostgreSQL) -> None:
    held: list[psycopg.Connection] = []
    try:
        with contextlib.suppress(psycopg.OperationalError):
            while True:
                held.append(psycopg.connect(server.url()))
        assert "DIRECTOR_DATABASE_CONNECTIONS" in await refusal(server.url())
    finally:
        for connection in held:
            connection.close()


async def test_a_process_waits_its_turn_for_a_connection(server: PostgreSQL) -> None:
    url = server.create()
    schema.upgrade(url)
    database = SqlDatabase(url, LocalWakeups(), connections=2)
    async with database.transaction(LOCAL_USER) as tx:
        await tx.projects.add(a_project())
    await asyncio.gather(*(database.check() for _ in range(50)))
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        ).fetchone()
    assert row is not None
    assert row[0] <= 2 + 1
    await database.close()


async def test_a_full_disk_is_named_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "small.sqlite3"
    url = f"sqlite:///{path}"
    schema.upgrade(url)
    database = SqlDatabase(url, LocalWakeups())
    project = a_project()
    async with database.transaction(LOCAL_USER) as tx:
        await tx.projects.add(project)
    async with database._dialect.writers.connected() as connection:  # pyright: ignore[reportPrivateUsage]
        await connection.execute(sa.text("PRAGMA max_page_count = 1"))

    async def much() -> None:
        async with database.transaction(LOCAL_USER) as tx:
            for _ in range(500):
                await tx.events.append(project.project_id, Notice(substitution="x" * 999, reason=""))

    with pytest.raises(Unavailable, match="free some space"):
        await much()
    async with database.transaction(LOCAL_USER, reading=True) as tx:
        assert await tx.events.last(project.project_id) == 0
    await database.close()
    assert sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone() == ("ok",)


FULL = psycopg.errors.DiskFull('could not extend file "base/1/2": No space left on device\nHINT: Check.')
DEADLOCK = psycopg.errors.DeadlockDetected("deadlock detected\nDETAIL: Process 1 waits …")
SLOW = psycopg.errors.QueryCanceled("canceling statement due to statement timeout")


@pytest.mark.parametrize(
    ("cause", "way_out"), [(FULL, "free some space"), (DEADLOCK, "try again"), (SLOW, "overloaded")]
)
def test_what_a_server_cannot_do_now_is_told_in_one_line(cause: Exception, way_out: str) -> None:
    told = away(exc.OperationalError("INSERT", {}, cause))
    assert told is not None
    assert way_out in told.message
    assert "\n" not in told.message


def test_a_bug_is_not_an_outage() -> None:
    assert away(exc.ProgrammingError("SELECT", {}, psycopg.errors.UndefinedColumn("no column"))) is None
    assert away(exc.IntegrityError("INSERT", {}, psycopg.errors.UniqueViolation("twice"))) is None


def test_an_address_keeps_its_own_ways() -> None:
    given = dialect.parse("postgres://u@h/d?connect_timeout=99&sslmode=require")
    assert given.drivername == "postgresql"
    server = dialect._server(given, dialect.POSTGRESQL)  # pyright: ignore[reportPrivateUsage]
    assert server.query["connect_timeout"] == "99"
    assert server.query["sslmode"] == "require"
    assert "lock_timeout" in str(server.query["options"])


STRANGE = {
    "nul": ("a\0b", "a\ufffdb"),
    "half a pair": ("a\ud800b", "a\ufffdb"),
    "other half": ("\udc00", "\ufffd"),
    "whole": ("Łódź « نور » 🍵 \n\t", "Łódź « نور » 🍵 \n\t"),
}


@pytest.mark.parametrize("given", STRANGE)
async def test_text_that_no_database_keeps_is_marked_the_same_on_all(house: House, given: str) -> None:
    text, kept = STRANGE[given]
    project = a_project().model_copy(update={"name": text, "metadata": {"deep": [text]}})
    async with house.database.transaction(LOCAL_USER) as tx:
        await tx.projects.add(project)
        await tx.notes.add(a_note(project).model_copy(update={"text": text}))
        found = await tx.projects.get(project.project_id)
        assert found.name == kept
        assert (await tx.notes.list(project.project_id))[0].text == kept
        assert (await tx.projects.update(project.project_id, name=f"{text}!")).name == f"{kept}!"


async def test_a_nul_in_json_comes_back_as_it_was_given(house: House) -> None:
    project = a_project().model_copy(update={"metadata": {"deep": ["a\0b"]}})
    async with house.database.transaction(LOCAL_USER) as tx:
        await tx.projects.add(project)
        assert (await tx.projects.get(project.project_id)).metadata == {"deep": ["a\0b"]}
