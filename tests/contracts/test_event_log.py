"""One log per project, numbered without a gap, read by many: no event is lost, doubled or out of order."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from domain.account import LOCAL_USER
from domain.errors import NotFound
from domain.event import Entry, ModelDelta, Notice, RunFinished, ToolProgress
from domain.nouns import ProjectId, RunId, UserId
from domain.project import Project
from domain.run import Run, Usage
from storage.bells import LocalWakeups
from storage.database import SqlDatabase
from storage.log import BATCH, LARGEST_WHISPER, MOST_WAITING, DatabaseEventLog
from storage.redis.wakeups import RedisWakeups
from tests.contracts.databases import House, a_project, a_run, open_house
from tests.engines import redis

INSTALLATIONS = {"sqlite": "sqlite", "postgresql": "postgresql", "postgresql and redis": "postgresql"}


@pytest.fixture(params=INSTALLATIONS)
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    return request.param, tmp_path


@pytest.fixture
async def house(installation: tuple[str, Path]) -> AsyncIterator[House]:
    name, folder = installation
    bells = RedisWakeups(redis.server().url(), prefix=folder.name) if "redis" in name else None
    async with open_house(INSTALLATIONS[name], folder, bells) as house:
        yield house
    if bells:
        await bells.close()


@pytest.fixture
async def log(installation: tuple[str, Path], house: House) -> AsyncIterator[DatabaseEventLog]:
    """The log as another process reads it: with Redis, every ring goes through the server."""
    name, folder = installation
    bells = RedisWakeups(redis.server().url(), prefix=folder.name) if "redis" in name else None
    log = DatabaseEventLog(house.database, bells or house.wakeups)
    yield log
    await log.close()
    if bells:
        await bells.close()


@pytest.fixture
def voice(house: House) -> DatabaseEventLog:
    """The log as the writers' process has it."""
    return DatabaseEventLog(house.database, house.wakeups)


def notice(text: object = "b") -> Notice:
    return Notice(substitution="a", reason=str(text))


def finished() -> RunFinished:
    return RunFinished(status="succeeded", reason="done", usage=Usage())


async def append(database: SqlDatabase, project: Project, *texts: object, run: Run | None = None) -> None:
    async with database.transaction(LOCAL_USER) as tx:
        for text in texts:
            await tx.events.append(project.project_id, notice(text), run.run_id if run else None)


async def end(database: SqlDatabase, run: Run) -> None:
    async with database.transaction(LOCAL_USER) as tx:
        await tx.events.append(run.project_id, finished(), run.run_id)


async def take(tail: AsyncIterator[Entry], count: int) -> list[Entry]:
    async with asyncio.timeout(10):
        return [await anext(tail) for _ in range(count)]


def texts(entries: list[Entry]) -> list[str]:
    return [entry.event.reason if isinstance(entry.event, Notice) else entry.event.type for entry in entries]


async def test_events_are_numbered_from_one_and_come_back_as_given(
    database: SqlDatabase, project: Project, run: Run
) -> None:
    async with database.transaction(LOCAL_USER) as tx:
        given = [
            await tx.events.append(project.project_id, notice("Łódź « نور » 🍵 \0 \n")),
            await tx.events.append(project.project_id, finished(), run.run_id),
        ]
        assert await tx.events.read(project.project_id) == given
        assert [entry.seq for entry in given] == [1, 2]
        assert await tx.events.last(project.project_id) == 2


async def test_a_read_goes_on_after_a_number_and_by_run(
    database: SqlDatabase, project: Project, run: Run
) -> None:
    await append(database, project, 1, 2, 3)
    await append(database, project, 4, 5, run=run)
    async with database.transaction(LOCAL_USER, reading=True) as tx:
        assert texts(await tx.events.read(project.project_id, after=2, limit=2)) == ["3", "4"]
        assert texts(await tx.events.read(project.project_id, run_id=run.run_id)) == ["4", "5"]
        assert await tx.events.read(project.project_id, after=5) == []
        assert await tx.events.read(project.project_id, after=2**70) == []
        assert texts(await tx.events.read(project.project_id, after=-7, limit=1)) == ["1"]


async def test_a_transient_event_is_never_stored(database: SqlDatabase, project: Project) -> None:
    async with database.transaction(LOCAL_USER) as tx:
        with pytest.raises(ValueError, match="whisper it"):
            await tx.events.append(project.project_id, ModelDelta(model="m", text="t"))
        assert await tx.events.last(project.project_id) == 0


async def test_each_project_counts_for_itself(database: SqlDatabase, project: Project) -> None:
    other = a_project()
    async with database.transaction(LOCAL_USER) as tx:
        await tx.projects.add(other)
        await tx.events.append(project.project_id, notice())
        assert (await tx.events.append(other.project_id, notice())).seq == 1


async def test_a_tail_gives_what_was_and_then_what_comes(
    database: SqlDatabase, log: DatabaseEventLog, project: Project
) -> None:
    await append(database, project, 1, 2, 3)
    tail = log.tail(LOCAL_USER, project.project_id, after=1)
    assert texts(await take(tail, 2)) == ["2", "3"]
    await append(database, project, 4, 5)
    assert [entry.seq for entry in await take(tail, 2)] == [4, 5]
    await tail.aclose()


async def test_a_tail_of_a_run_gives_only_its_events_and_ends_with_it(
    database: SqlDatabase, log: DatabaseEventLog, project: Project, run: Run
) -> None:
    other = a_run(project)
    async with database.transaction(LOCAL_USER) as tx:
        await tx.runs.add(other)
    await append(database, project, "before")
    await append(database, project, 1, run=run)
    tail = log.tail(LOCAL_USER, project.project_id, run_id=run.run_id)
    assert texts(await take(tail, 1)) == ["1"]
    await append(database, project, "other", run=other)
    await end(database, other)
    await append(database, project, 2, run=run)
    await end(database, run)
    await append(database, project, "after", run=run)
    async with asyncio.timeout(10):
        assert texts([entry async for entry in tail]) == ["2", "run.finished"]


@pytest.mark.parametrize("after", [0, 2, 3, 4, 5, 10**30])
async def test_a_tail_of_a_run_that_has_ended_ends_too(
    database: SqlDatabase, log: DatabaseEventLog, project: Project, run: Run, after: int
) -> None:
    await append(database, project, 1, 2, run=run)
    await end(database, run)
    await append(database, project, "later")
    async with asyncio.timeout(10):
        seqs = [
            entry.seq
            async for entry in log.tail(LOCAL_USER, project.project_id, run_id=run.run_id, after=after)
        ]
    assert seqs == list(range(after + 1, 4))


async def test_a_tail_from_the_future_gives_what_comes_next(
    database: SqlDatabase, log: DatabaseEventLog, project: Project
) -> None:
    await append(database, project, 1, 2)
    tail = log.tail(LOCAL_USER, project.project_id, after=10**30)
    waiting = asyncio.ensure_future(anext(tail))
    assert (await asyncio.wait([waiting], timeout=0.2))[0] == set()
    await append(database, project, 3)
    async with asyncio.timeout(10):
        assert texts([await waiting]) == ["3"]
    await tail.aclose()


async def test_a_tail_of_somebody_else_s_project_or_run_is_not_found(
    database: SqlDatabase, log: DatabaseEventLog, project: Project, run: Run
) -> None:
    other = a_project()
    async with database.transaction(LOCAL_USER) as tx:
        await tx.projects.add(other)
    for tail in (
        log.tail(UserId("stranger"), project.project_id),
        log.tail(LOCAL_USER, ProjectId("none")),
        log.tail(LOCAL_USER, project.project_id, run_id=RunId("none")),
        log.tail(LOCAL_USER, other.project_id, run_id=run.run_id),
    ):
        with pytest.raises(NotFound):
            await anext(tail)


async def test_a_whisper_is_heard_in_place_and_never_stored(
    database: SqlDatabase, log: DatabaseEventLog, voice: DatabaseEventLog, project: Project, run: Run
) -> None:
    tail = log.tail(LOCAL_USER, project.project_id, run_id=run.run_id)
    await append(database, project, "first", run=run)
    assert texts(await take(tail, 1)) == ["first"]
    for number in range(3):
        await voice.whisper(project.project_id, ModelDelta(model="m", text=str(number)), run.run_id)
    await voice.whisper(project.project_id, ToolProgress(call_id="c", message="of nobody"))
    await append(database, project, "last", run=run)
    await voice.whisper(project.project_id, ModelDelta(model="m", text="next"), run.run_id)
    await append(database, project, "very last", run=run)
    heard = await take(tail, 6)
    assert [entry.seq for entry in heard] == [0, 0, 0, 2, 0, 3]
    assert [entry.event.text for entry in heard if isinstance(entry.event, ModelDelta)] == [
        "0",
        "1",
        "2",
        "next",
    ]
    await tail.aclose()
    async with database.transaction(LOCAL_USER) as tx:
        assert await tx.events.last(project.project_id) == 3


async def test_a_whisper_that_is_too_large_is_not_shown(
    database: SqlDatabase, log: DatabaseEventLog, voice: DatabaseEventLog, project: Project
) -> None:
    tail = log.tail(LOCAL_USER, project.project_id)
    await append(database, project, 1)
    await take(tail, 1)
    await voice.whisper(project.project_id, ModelDelta(model="m", text="x" * LARGEST_WHISPER))
    await voice.whisper(project.project_id, ModelDelta(model="m", text="small"))
    heard = await take(tail, 1)
    assert isinstance(heard[0].event, ModelDelta)
    assert heard[0].event.text == "small"
    await tail.aclose()


async def test_events_of_a_process_that_cannot_ring_come_within_a_second(
    house: House, log: DatabaseEventLog, project: Project
) -> None:
    silent = SqlDatabase(house.url, LocalWakeups(), clock=house.clock)
    tail = log.tail(LOCAL_USER, project.project_id)
    waiting = asyncio.create_task(anext(tail))
    await append(silent, project, 1)
    async with asyncio.timeout(1.5):
        assert texts([await waiting]) == ["1"]
    await tail.aclose()
    await silent.close()


async def test_nonsense_on_the_bell_is_left_aside(
    house: House, log: DatabaseEventLog, project: Project
) -> None:
    tail = log.tail(LOCAL_USER, project.project_id)
    await append(house.database, project, 1)
    await take(tail, 1)
    for message in (b"{", b"\xff", b"99999999999999999999999", b"-1", b"{}", b"[]"):
        await house.wakeups.ring(f"project:{project.project_id}", message)
    await append(house.database, project, 2)
    assert texts(await take(tail, 1)) == ["2"]
    await tail.aclose()


async def test_nothing_is_lost_between_reading_and_listening(
    house: House, log: DatabaseEventLog, project: Project
) -> None:
    total, there = 3 * BATCH, 20
    await _write_slowly(house.database, project, there)
    writer = asyncio.create_task(_write_slowly(house.open(), project, total - there))
    tails: list[asyncio.Task[list[int]]] = []
    for number in range(there):
        tails.append(asyncio.create_task(_seqs(log, project, total, after=number)))
        await asyncio.sleep(0.01)
    await writer
    async with asyncio.timeout(30):
        for number, tail in enumerate(tails):
            assert await tail == list(range(number + 1, total + 1))


async def _write_slowly(database: SqlDatabase, project: Project, total: int) -> None:
    for number in range(total):
        await append(database, project, number)


async def _seqs(log: DatabaseEventLog, project: Project, last: int, after: int) -> list[int]:
    seqs: list[int] = []
    async for entry in log.tail(LOCAL_USER, project.project_id, after=after):
        seqs.append(entry.seq)
        if entry.seq == last:
            break
    return seqs


async def test_a_slow_reader_loses_transient_events_only(
    database: SqlDatabase, log: DatabaseEventLog, voice: DatabaseEventLog, project: Project
) -> None:
    tail = log.tail(LOCAL_USER, project.project_id)
    await append(database, project, 1)
    await take(tail, 1)
    total = 3 * MOST_WAITING
    fast = asyncio.create_task(_seqs(log, project, total + 1, after=1))
    for number in range(total):
        await append(database, project, number)
        await voice.whisper(project.project_id, ModelDelta(model="m", text="t"))
    await fast
    slow: list[int] = []
    whispers = 0
    async with asyncio.timeout(10):
        while not slow or slow[-1] <= total:
            entry = await anext(tail)
            if entry.seq:
                slow.append(entry.seq)
            else:
                whispers += 1
    assert slow == list(range(2, total + 2))
    assert whispers < total
    await tail.aclose()


async def test_many_tails_of_a_project_share_one_reader_that_ends_with_them(
    database: SqlDatabase, log: DatabaseEventLog, project: Project
) -> None:
    tails = [log.tail(LOCAL_USER, project.project_id) for _ in range(100)]
    await append(database, project, 1)
    await asyncio.gather(*(take(tail, 1) for tail in tails))
    assert log.tails(project.project_id) == 100
    assert len([task for task in asyncio.all_tasks() if task.get_name().startswith("feed of")]) == 1
    await append(database, project, 2)
    heard = await asyncio.gather(*(take(tail, 1) for tail in tails))
    assert {texts(entries)[0] for entries in heard} == {"2"}
    await asyncio.gather(*(tail.aclose() for tail in tails))
    assert log.tails(project.project_id) == 0
    assert [task for task in asyncio.all_tasks() if task.get_name().startswith("feed of")] == []


async def test_a_cancelled_reader_stops_at_once_in_the_middle_of_a_replay(
    database: SqlDatabase, log: DatabaseEventLog, project: Project
) -> None:
    await append(database, project, *range(4 * BATCH))
    count = 0

    async def read() -> None:
        nonlocal count
        async for _ in log.tail(LOCAL_USER, project.project_id):
            count += 1
            if count == BATCH // 2:
                task.cancel()

    task = asyncio.create_task(read())
    with pytest.raises(asyncio.CancelledError):
        await task
    assert count <= BATCH
    assert log.tails(project.project_id) == 0
