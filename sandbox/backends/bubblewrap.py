"""Boxes made by bubblewrap: namespaces, seccomp, limits, and a watchdog, on any Linux, without a daemon."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import BaseModel, Field

from domain.errors import Unavailable
from domain.sandbox import BoxLimits, ExecResult, Mount, OnLine
from sandbox import collector, watchdog
from sandbox.argv import MIB, plan
from sandbox.box import Box, opened
from sandbox.guest import Guest
from sandbox.streams import drain, feed


class BubblewrapConfig(BaseModel):
    """How to find bubblewrap."""

    model_config = {"frozen": True, "extra": "forbid", "use_attribute_docstrings": True}

    path: str | None = None
    """Folders to look for `bwrap` in, separated by colons; nothing means PATH."""
    guest: Guest = Field(default_factory=Guest)
    """What stands inside every box."""


def create(config: BubblewrapConfig) -> Bubblewrap:
    """Make the sandbox; whether bubblewrap works shows at the first box."""
    return Bubblewrap(config)


class Bubblewrap:
    """The Sandbox seam over bubblewrap (see domain/sandbox.py)."""

    name = "bubblewrap"

    def __init__(self, config: BubblewrapConfig) -> None:
        self._config = config
        self._warm = asyncio.Lock()
        self._is_warm = False

    async def run(
        self,
        argv: Sequence[str],
        *,
        mounts: Sequence[Mount] = (),
        limits: BoxLimits,
        stdin: bytes = b"",
        collect: Path | None = None,
        on_line: OnLine | None = None,
        files: Mapping[str, bytes] = {},
    ) -> ExecResult:
        """Run one command to its end (see the seam).

        Raises Unavailable when no box can be had, ValueError for a mount or a name that no box accepts.
        """
        keep = limits.stdout_kb * 1024
        async with self._box(argv, mounts, limits, files) as box:
            started = time.monotonic()
            watch = asyncio.create_task(watchdog.watch(box, limits, seconds=limits.seconds))
            pumps = [
                asyncio.create_task(feed(box.line, b"\n" + stdin)),
                asyncio.create_task(drain(_piped(box.process.stdout), keep, on_line)),
                asyncio.create_task(drain(_piped(box.process.stderr), keep)),
            ]
            try:
                _, stdout, stderr = await asyncio.gather(*pumps)
                code = await box.process.wait()
            finally:
                await _put_away(watch, *pumps)
            result = ExecResult(
                exit_code=code if code >= 0 else 128 - code,
                stdout=stdout or b"",
                stderr=stderr or b"",
                ended_by=box.ended_by or ("timeout" if code == 128 + signal.SIGXCPU else "exit"),
                seconds=time.monotonic() - started,
            )
            if collect is None or result.ended_by != "exit":
                return result
            return await _collected(box, collect, limits, result)

    @asynccontextmanager
    async def _box(
        self, argv: Sequence[str], mounts: Sequence[Mount], limits: BoxLimits, files: Mapping[str, bytes]
    ) -> AsyncIterator[Box]:
        bwrap = shutil.which("bwrap", path=self._config.path)
        if bwrap is None:
            raise Unavailable("sandbox", "bubblewrap is not installed: apt install bubblewrap; nothing was run")
        async with self._warm:
            if not self._is_warm:
                await asyncio.to_thread(self._config.guest.warm_up)
                self._is_warm = True
        order = plan(self._config.guest, argv, mounts, limits, files, staged=os.geteuid() == 0)
        async with opened(bwrap, order) as box:
            yield box


async def _collected(box: Box, into: Path, limits: BoxLimits, result: ExecResult) -> ExecResult:
    try:
        await asyncio.to_thread(collector.collect, box.work, into, limits.output_mb * MIB)
    except collector.TooMuch:
        return result.model_copy(update={"ended_by": "output"})
    return result


def _piped(stream: asyncio.StreamReader | None) -> asyncio.StreamReader:
    assert stream is not None
    return stream


async def _put_away(*tasks: asyncio.Task[object]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
