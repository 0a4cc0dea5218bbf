"""Worker processes are started again when they die, and end with those who started them."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

from jobs.processes import Processes

CODE = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); time.sleep(60)"


async def _pids(path: Path, count: int) -> list[int]:
    async with asyncio.timeout(10):
        while not path.exists() or len(path.read_text().split()) < count:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    return [int(pid) for pid in path.read_text().split()]


def _lives(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


async def test_a_process_that_dies_is_started_again(tmp_path: Path) -> None:
    noted = tmp_path / "pids"
    processes = Processes([sys.executable, "-c", CODE, str(noted)])
    task = asyncio.create_task(processes.run())
    (first,) = await _pids(noted, 1)
    os.kill(first, signal.SIGKILL)
    second = (await _pids(noted, 2))[1]
    processes.stop()
    async with asyncio.timeout(5):
        await task
    assert not _lives(first)
    assert not _lives(second)


async def test_stopping_what_has_just_died_is_no_error(tmp_path: Path) -> None:
    noted = tmp_path / "pids"
    processes = Processes([sys.executable, "-c", CODE, str(noted)], count=2)
    task = asyncio.create_task(processes.run())
    for pid in await _pids(noted, 2):
        os.kill(pid, signal.SIGTERM)
    processes.stop()
    async with asyncio.timeout(5):
        await task
