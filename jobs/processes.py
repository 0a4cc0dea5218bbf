"""Worker processes that a server starts beside itself, and starts again when they die."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import logging
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

log = logging.getLogger(__name__)

_PR_SET_PDEATHSIG = 1
_LONGEST_PAUSE_S = 10.0


def die_with_parent(parent: int) -> None:
    """Have the kernel end this process when its parent ends, whatever ends the parent (prctl(2))."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit(0)


@dataclass
class Processes:
    """Keeps `count` processes of one command alive until it is cancelled."""

    argv: Sequence[str]
    count: int = 1
    environment: dict[str, str] | None = None
    folder: Path | None = None
    """Where they start."""
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _running: set[asyncio.subprocess.Process] = field(default_factory=set[asyncio.subprocess.Process])

    async def run(self) -> None:
        """Start them, and start again what dies, with growing pauses, until stopped."""
        try:
            async with asyncio.TaskGroup() as tasks:
                for _ in range(self.count):
                    tasks.create_task(self._keep_one())
        finally:
            await self._end_all()

    def stop(self) -> None:
        """Ask all of them to end, and start none again; `run` returns when they have."""
        self._stopping.set()
        for process in self._running:
            with contextlib.suppress(ProcessLookupError):  # a signal to the whole group was faster
                process.terminate()

    async def _keep_one(self) -> None:
        pause = 0.2
        while not self._stopping.is_set():
            started = asyncio.get_running_loop().time()
            process = await asyncio.create_subprocess_exec(*self.argv, env=self.environment, cwd=self.folder)
            self._running.add(process)
            code = await process.wait()
            self._running.discard(process)
            if self._stopping.is_set():
                return
            lived = asyncio.get_running_loop().time() - started
            pause = 0.2 if lived > 60 else min(pause * 2, _LONGEST_PAUSE_S)
            log.warning("worker died", extra={"action": "worker_died", "code": code, "again_in_s": pause})
            await asyncio.sleep(pause)

    async def _end_all(self) -> None:
        for process in self._running:
            with contextlib.suppress(ProcessLookupError):  # a signal to the whole group was faster
                process.terminate()
        for process in list(self._running):
            try:
                async with asyncio.timeout(8):
                    await process.wait()
            except TimeoutError:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
