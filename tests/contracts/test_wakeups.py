"""Bells ring in every process that listens, carry small messages, and never hold anybody up."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from domain.wake import Wakeups
from storage.bells import LARGEST, LocalWakeups, SocketWakeups
from storage.redis.wakeups import RedisWakeups
from tests.engines import redis

WAKEUPS: dict[str, Callable[[Path], LocalWakeups]] = {
    "local": lambda _folder: LocalWakeups(),
    "socket": lambda folder: SocketWakeups(folder / "bells"),
    "redis": lambda folder: RedisWakeups(redis.server().url(), prefix=folder.name),
}


@pytest.fixture(params=WAKEUPS)
async def wakeups(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Wakeups]:
    wakeups = WAKEUPS[request.param](tmp_path)
    yield wakeups
    if isinstance(wakeups, SocketWakeups | RedisWakeups):
        await wakeups.close()


async def test_a_ring_reaches_who_listens_to_its_topic(wakeups: Wakeups) -> None:
    async with wakeups.listen("jobs") as jobs, wakeups.listen("project:a", "project:b") as projects:
        await wakeups.ring("project:b", b"1")
        await wakeups.ring("project:c", b"2")
        await wakeups.ring("jobs")
        assert await jobs.wait(5) == [("jobs", b"")]
        assert await projects.wait(5) == [("project:b", b"1")]


async def test_a_star_means_any(wakeups: Wakeups) -> None:
    async with wakeups.listen("project:*") as bell, wakeups.listen("*") as everything:
        await wakeups.ring("jobs")
        await wakeups.ring("project:x", b"m")
        assert await bell.wait(5) == [("project:x", b"m")]
        assert await everything.wait(5) == [("jobs", b""), ("project:x", b"m")]


async def test_a_wait_ends_with_the_time_or_with_the_ring(wakeups: Wakeups) -> None:
    async with wakeups.listen("jobs") as bell:
        assert await bell.wait(0.01) == []
        waiting = asyncio.create_task(bell.wait(5))
        await asyncio.sleep(0)
        await wakeups.ring("jobs", b"now")
        assert await waiting == [("jobs", b"now")]
        assert await bell.wait(0) == []


async def test_rings_between_two_waits_are_kept_in_order(wakeups: Wakeups) -> None:
    async with wakeups.listen("t") as bell:
        for number in range(100):
            await wakeups.ring("t", str(number).encode())
        assert [message for _, message in await bell.wait(5)] == [str(n).encode() for n in range(100)]


async def test_nobody_listening_is_no_error(wakeups: Wakeups) -> None:
    await wakeups.ring("jobs")
    async with wakeups.listen("jobs") as bell:
        assert await bell.wait(0) == []


async def test_a_listener_that_never_looks_does_not_grow_without_end(wakeups: Wakeups) -> None:
    async with wakeups.listen("t") as bell:
        for number in range(5_000):
            await wakeups.ring("t", str(number).encode())
        heard = await bell.wait(0)
        assert len(heard) < 5_000
        assert heard[-1] == ("t", b"4999")


async def test_a_message_that_is_too_large_is_refused(wakeups: Wakeups) -> None:
    async with wakeups.listen("t") as bell:
        with pytest.raises(ValueError, match="too large"):
            await wakeups.ring("t", b"x" * (LARGEST + 1))
        await wakeups.ring("t", b"x" * (LARGEST - 1))
        assert len((await bell.wait(5))[0][1]) == LARGEST - 1


@pytest.mark.parametrize("depth", ["bells", "a-folder-with-a-long-name/" * 8 + "bells"])
async def test_processes_of_one_machine_hear_each_other(tmp_path: Path, depth: str) -> None:
    folder = tmp_path / depth
    async with AsyncExitStack() as stack:
        ends = [SocketWakeups(folder) for _ in range(3)]
        for end in ends:
            stack.push_async_callback(end.close)
        bells = [await stack.enter_async_context(end.listen("jobs")) for end in ends]
        await ends[0].ring("jobs", b"hello")
        for bell in bells:
            assert await bell.wait(5) == [("jobs", b"hello")]
        assert folder.stat().st_mode & 0o777 == 0o700
        assert len(list(folder.iterdir())) == 3
    assert list(folder.iterdir()) == []


async def test_a_burst_reaches_another_process_whole_and_in_order(tmp_path: Path) -> None:
    here, there = SocketWakeups(tmp_path / "bells"), SocketWakeups(tmp_path / "bells")
    try:
        async with there.listen("t") as bell:
            for number in range(500):
                await here.ring("t", str(number).encode())
            heard: list[bytes] = []
            while len(heard) < 500 and (more := await bell.wait(5)):
                heard += [message for _, message in more]
            assert heard == [str(number).encode() for number in range(500)]
    finally:
        await here.close()
        await there.close()


LISTENER = """
import asyncio, sys
from pathlib import Path
from storage.bells import SocketWakeups

async def main():
    wakeups = SocketWakeups(Path(sys.argv[1]))
    async with wakeups.listen("t") as bell:
        print("listening", flush=True)
        while True:
            for _, message in await bell.wait(60):
                print(message.decode(), flush=True)

asyncio.run(main())
"""


async def test_killed_and_stopped_listeners_hold_nobody_up(tmp_path: Path) -> None:
    folder = tmp_path / "bells"
    wakeups = SocketWakeups(folder)
    argv = [sys.executable, "-c", LISTENER, str(folder)]
    processes = [subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    killed, stopped = processes
    try:
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "listening\n"
        await wakeups.ring("t", b"one")
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "one\n"
        killed.kill()
        killed.wait()
        os.kill(stopped.pid, signal.SIGSTOP)
        async with asyncio.timeout(5), wakeups.listen("t") as own:
            for _ in range(300):
                await wakeups.ring("t", b"two")
            assert len(await own.wait(0)) == 300
        assert [
            int(path.name.split("-")[0]) for path in folder.iterdir() if str(killed.pid) in path.name
        ] == []
        os.kill(stopped.pid, signal.SIGCONT)
        assert stopped.stdout is not None
        assert stopped.stdout.readline() == "two\n"
    finally:
        for process in processes:
            process.kill()
            process.communicate()
        await wakeups.close()


@pytest.mark.parametrize("turns", range(6))
async def test_a_listener_that_is_stopped_stops_though_it_rings_just_then(turns: int) -> None:
    wakeups = LocalWakeups()

    async def listen() -> None:
        async with wakeups.listen("jobs") as bell:
            while True:
                await bell.wait(60)

    listener = asyncio.create_task(listen())
    await asyncio.sleep(0.01)
    await wakeups.ring("jobs")
    for _ in range(turns):
        await asyncio.sleep(0)
    listener.cancel()
    ended, _ = await asyncio.wait({listener}, timeout=2)
    listener.cancel()
    assert ended
