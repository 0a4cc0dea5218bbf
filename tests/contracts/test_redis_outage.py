"""Redis may be killed, frozen, emptied, full or strange: no event is lost, nobody waits, and all goes on."""

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from signal import SIGKILL

import pytest

from domain.account import LOCAL_USER
from domain.errors import Unavailable
from domain.event import Notice
from domain.project import Project
from storage.database import SqlDatabase
from storage.log import DatabaseEventLog
from storage.redis.wakeups import KEPT, RedisWakeups
from tests.contracts.databases import House, open_house
from tests.engines.redis import Redis


@pytest.fixture(scope="module")
def server() -> Iterator[Redis]:
    """A server of this module's own, because it is killed; it forgets everything then."""
    server = Redis(keeps=False)
    server.start()
    yield server
    server.end()


@pytest.fixture
async def here(server: Redis) -> AsyncIterator[RedisWakeups]:
    wakeups = RedisWakeups(server.url())
    yield wakeups
    await wakeups.close()


@pytest.fixture
async def there(server: Redis) -> AsyncIterator[RedisWakeups]:
    wakeups = RedisWakeups(server.url())
    yield wakeups
    await wakeups.close()


@pytest.fixture
async def house(here: RedisWakeups, tmp_path: Path) -> AsyncIterator[House]:
    async with open_house("sqlite", tmp_path, here) as house:
        yield house


async def write(database: SqlDatabase, project: Project, count: int, pause_s: float) -> None:
    for number in range(count):
        async with database.transaction(LOCAL_USER) as tx:
            await tx.events.append(project.project_id, Notice(substitution="a", reason=str(number)))
        await asyncio.sleep(pause_s)


def kill(server: Redis) -> None:
    server.stop(SIGKILL)
    server.start()


def flush(server: Redis) -> None:
    with server.client() as client:
        client.flushall()  # pyright: ignore[reportUnknownMemberType]


def freeze(server: Redis) -> None:
    server.freeze()
    time.sleep(0.3)
    server.thaw()


TROUBLES: dict[str, Callable[[Redis], None]] = {"killed": kill, "emptied": flush, "frozen": freeze}


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_a_tail_loses_nothing_and_hears_at_once_again(
    server: Redis, house: House, project: Project, there: RedisWakeups, trouble: str
) -> None:
    log = DatabaseEventLog(house.database, there)
    total = 120
    heard: list[tuple[int, float]] = []

    async def listen() -> None:
        async for entry in log.tail(LOCAL_USER, project.project_id):
            heard.append((entry.seq, asyncio.get_running_loop().time()))
            if entry.seq == total + 20:
                return

    listening = asyncio.create_task(listen())
    writing = asyncio.create_task(write(house.database, project, total, 0.01))
    while len(heard) < 20:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    TROUBLES[trouble](server)
    await writing
    await asyncio.sleep(1.5)  # by now both ends have found the server again
    begun = asyncio.get_running_loop().time()
    await write(house.database, project, 20, 0)
    async with asyncio.timeout(10):
        await listening
    assert [seq for seq, _ in heard] == list(range(1, total + 21))
    assert heard[-1][1] - begun < 0.9  # sooner than by looking
    await log.close()


async def test_a_server_that_is_away_holds_nobody_up_and_is_found_when_it_comes(
    server: Redis, house: House, project: Project, there: RedisWakeups
) -> None:
    server.stop(SIGKILL)
    try:
        log = DatabaseEventLog(house.database, there)
        tail = log.tail(LOCAL_USER, project.project_id)
        begun = time.monotonic()
        await write(house.database, project, 50, 0)
        assert time.monotonic() - begun < 3
        async with asyncio.timeout(6):
            assert [(await anext(tail)).seq for _ in range(50)] == list(range(1, 51))
        with pytest.raises(Unavailable, match="start it, or mend REDIS_URL"):
            await there.check()
    finally:
        server.start()
    async with there.listen("t") as bell:
        async with asyncio.timeout(10):
            while not await bell.wait(0.2):
                await house.wakeups.ring("t", b"again")
    assert (await there.check()).startswith("Redis 7")
    await tail.aclose()
    await log.close()


async def test_a_server_that_stands_still_holds_no_writer_up(
    server: Redis, house: House, project: Project, there: RedisWakeups
) -> None:
    async with there.listen("t"), house.wakeups.listen("t"):
        server.freeze()
        try:
            begun = time.monotonic()
            await write(house.database, project, 50, 0)
            assert time.monotonic() - begun < 3
            with pytest.raises(Unavailable):
                await there.check()
        finally:
            server.thaw()


async def test_old_rings_are_not_told_late(server: Redis, here: RedisWakeups, there: RedisWakeups) -> None:
    async with there.listen("t") as bell:
        await here.ring("t", b"first")
        assert await bell.wait(5) == [("t", b"first")]
        server.stop(SIGKILL)
        await here.ring("t", b"old")
        await asyncio.sleep(2.6)
        server.start()
        heard: list[bytes] = []
        async with asyncio.timeout(10):
            while not heard:
                await here.ring("t", b"new")
                heard += [message for _, message in await bell.wait(0.2)]
        assert b"old" not in heard


async def test_a_ring_reaches_other_processes_in_order_and_once(
    server: Redis, here: RedisWakeups, there: RedisWakeups
) -> None:
    async with there.listen("t") as bell, here.listen("t") as own:
        for number in range(900):
            await here.ring("t", str(number).encode())
        heard: list[bytes] = []
        while len(heard) < 900 and (more := await bell.wait(5)):
            heard += [message for _, message in more]
        assert heard == [str(number).encode() for number in range(900)]
        assert len(await own.wait(0)) == 900
        assert await own.wait(0.1) == []


async def test_the_stream_does_not_grow_without_end(server: Redis, here: RedisWakeups) -> None:
    for _ in range(13):
        for _ in range(1000):
            await here.ring("t", b"m")
        await asyncio.sleep(0.05)
    await here.close()
    with server.client() as client:
        length = client.xlen("director:wakes")  # pyright: ignore[reportUnknownMemberType]
        assert isinstance(length, int)
        assert length <= KEPT + 200


async def test_nonsense_in_the_stream_is_left_aside(
    server: Redis, here: RedisWakeups, there: RedisWakeups
) -> None:
    async with there.listen("t") as bell:
        with server.client() as client:
            for fields in (
                {"x": "y"},
                {"p": "q", "n": "-1", "t": "t"},
                {"p": b"\xff", "n": "a", "t": b"\xff"},
            ):
                client.xadd("director:wakes", fields)  # pyright: ignore
        await here.ring("t", b"sense")
        assert await bell.wait(5) == [("t", b"sense")]


async def test_a_full_server_loses_hints_only(
    server: Redis, house: House, project: Project, there: RedisWakeups
) -> None:
    with server.client() as client:
        client.config_set("maxmemory", "1mb")  # pyright: ignore[reportUnknownMemberType]
        try:
            log = DatabaseEventLog(house.database, there)
            tail = log.tail(LOCAL_USER, project.project_id)
            await write(house.database, project, 5, 0)
            async with asyncio.timeout(8):
                assert [(await anext(tail)).seq for _ in range(5)] == [1, 2, 3, 4, 5]
            await tail.aclose()
            await log.close()
        finally:
            client.config_set("maxmemory", "0")  # pyright: ignore[reportUnknownMemberType]


@pytest.mark.parametrize(
    ("address", "way_out"),
    [
        ("wrong password", "set the right password in REDIS_URL"),
        ("redis://127.0.0.1:1/0", "start it, or mend REDIS_URL"),
        ("redis://host.invalid:6379/0", "start it, or mend REDIS_URL"),
        ("unix:///nowhere/redis.sock", "start it, or mend REDIS_URL"),
    ],
)
async def test_what_cannot_be_reached_says_what_to_mend_and_no_secret(
    server: Redis, address: str, way_out: str
) -> None:
    wakeups = RedisWakeups(server.url("wr0ng") if address == "wrong password" else address)
    with pytest.raises(Unavailable, match=way_out) as raised:
        await wakeups.check()
    assert raised.value.part == "redis"
    assert "wr0ng" not in raised.value.message
    await wakeups.close()


@pytest.mark.parametrize("address", ["nonsense", "http://host", "redis://h:port/x"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(Unavailable, match="REDIS_URL is no address"):
        RedisWakeups(address)


def test_without_an_address_the_library_is_not_loaded() -> None:
    code = "import sys, main; print([name for name in ('redis', 'rq', 'psycopg') if name in sys.modules])"
    argv = [sys.executable, "-c", code]
    assert subprocess.run(argv, capture_output=True, text=True, check=True).stdout == "[]\n"
