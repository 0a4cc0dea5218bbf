"""A client that writes its own lines to `director mcp`."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from tests.house.tree import ROOT
from tests.mcp.clients import Desk

LONGEST = 4 * 1024 * 1024


class Pipe:
    """A client that says to `director mcp` whatever it likes."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    async def say(self, line: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + b"\n")
        await self.process.stdin.drain()

    async def hear(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        async with asyncio.timeout(20):
            return json.loads(await self.process.stdout.readline())


@asynccontextmanager
async def pipe(at: Desk) -> AsyncGenerator[Pipe]:
    """Run the stdio side and close its stdin at the end; it must end by itself."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.mcp.bridge", str(at.server.socket), cwd=ROOT,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=LONGEST, env=dict(os.environ),
    )  # fmt: skip
    try:
        yield Pipe(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        async with asyncio.timeout(10):
            assert await process.wait() == 0
