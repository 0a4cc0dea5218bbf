"""Boxes made by bubblewrap: namespaces, seccomp, limits and a watchdog, on any Linux, without a daemon."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from domain.errors import Unavailable
from domain.sandbox import BoxLimits, ExecResult, Mount, OnLine
from sandbox import canaries, collector
from sandbox.argv import MIB, plan
from sandbox.box import Box, opened
from sandbox.guest import Guest
from sandbox.session import BoxSession
from sandbox.streams import drain, feed, piped, put_away
from sandbox.watchdog import watch

_GO = b"\n"
"""What the door waits for (see argv.py)."""

_SESSION_CPU_SECONDS = 24 * 3600


class BubblewrapConfig(BaseModel):
    """How to find bubblewrap, and what its boxes hold."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

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
        self._first = asyncio.Lock()
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
        """Run one command to its end; only a command that ended by itself leaves files behind.

        Raises Unavailable when no box can be had, ValueError for a mount or a name that no box accepts.
        """
        async with self._box(argv, mounts, limits, files) as box:
            result = await _run_out(box, limits, stdin, on_line)
            if collect is None or result.ended_by != "exit":
                return result
            try:
                await asyncio.to_thread(collector.collect, box.work, collect, limits.output_mb * MIB)
            except collector.TooMuch:
                return result.model_copy(update={"ended_by": "output"})
            return result

    @asynccontextmanager
    async def open(
        self, argv: Sequence[str], *, mounts: Sequence[Mount] = (), limits: BoxLimits
    ) -> AsyncGenerator[BoxSession]:
        """Start a warm guest; `limits.seconds` does not bound it, every question has its own seconds.

        Raises Unavailable when no box can be had, ValueError for a mount that no box accepts.
        """
        cpu = limits.cpu_seconds or _SESSION_CPU_SECONDS
        limits = limits.model_copy(update={"cpu_seconds": cpu})
        async with self._box(argv, mounts, limits, {}) as box:
            await asyncio.get_running_loop().sock_sendall(box.line, _GO)
            eye = asyncio.create_task(watch(box, limits, seconds=None))
            session = BoxSession(box, limits.output_mb * MIB)
            try:
                yield session
            finally:
                await put_away(eye)
                await session.close()

    async def verify(self) -> list[str]:
        """Let canaries try to escape; one sentence for each that did."""
        return await canaries.escapes(self)

    @asynccontextmanager
    async def _box(
        self, argv: Sequence[str], mounts: Sequence[Mount], limits: BoxLimits, files: Mapping[str, bytes]
    ) -> AsyncGenerator[Box]:
        bwrap = shutil.which("bwrap", path=self._config.path)
        if bwrap is None:
            advice = "apt install bubblewrap"
            raise Unavailable("sandbox", f"bubblewrap is not installed: {advice}; nothing was run")
        guest = self._config.guest
        async with self._first:
            if not self._is_warm:
                await asyncio.to_thread(guest.warm_up)
                self._is_warm = True
        order = plan(guest, argv, mounts, limits, files, staged=os.geteuid() == 0)
        async with opened(bwrap, order) as box:
            yield box


async def _run_out(box: Box, limits: BoxLimits, stdin: bytes, on_line: OnLine | None) -> ExecResult:
    """Open the door and stay until the box has ended, by itself or by a limit."""
    started = time.monotonic()
    eye = asyncio.create_task(watch(box, limits, seconds=limits.seconds))
    mouth = asyncio.create_task(feed(box.line, _GO + stdin))
    out = asyncio.create_task(drain(piped(box.process.stdout), limits.stdout_kb * 1024, on_line))
    try:
        stdout, stderr = await asyncio.gather(out, box.words)
        code = await box.process.wait()
    finally:
        await put_away(eye, mouth, out)
    code = code if code >= 0 else 128 - code
    return ExecResult(
        exit_code=code,
        stdout=stdout,
        stderr=stderr,
        ended_by=box.ended_by or ("timeout" if code == 128 + signal.SIGXCPU else "exit"),
        seconds=time.monotonic() - started,
    )
