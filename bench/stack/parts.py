"""A whole installation on real parts, each in a process that may be killed."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from bench.chaos.server import OWN, ROOT, Server, children
from domain.errors import Unavailable
from domain.sandbox import Sandbox
from sandbox.backends import bubblewrap
from settings import worker_environment
from storage import schema
from tests.contracts.knowledge import ChromaServer
from tests.contracts.sandboxes import on_engine
from tests.engines.docker import IMAGE
from tests.engines.gate import gate
from tests.engines.postgresql import PostgreSQL
from tests.engines.redis import Redis

HORSES = 2
"""Workers of an installation."""


class Workers:
    """RQ workers, each with its work-horse; a killed one is replaced as an operator's supervisor does."""

    def __init__(self, folder: Path, settings: dict[str, str]) -> None:
        self._folder = folder
        self._settings = settings
        self._processes: list[asyncio.subprocess.Process] = []

    @property
    def pids(self) -> list[int]:
        """Their processes."""
        return [process.pid for process in self._processes]

    async def hire(self) -> None:
        """Start one more."""
        environment = {name: value for name, value in worker_environment().items() if name not in OWN}
        with (self._folder / "workers.log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "main", "worker", "--queues", "agent,render,analysis",
                env={**environment, **self._settings}, cwd=ROOT, stdin=asyncio.subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self._processes.append(process)

    async def kill_one(self, pid: int | None = None) -> None:
        """Kill -9 a worker with its work-horse: the one that is named, else one that has work, else any."""
        busy = [each for each in self._processes if (each.pid == pid if pid else children(each.pid))]
        victim = (busy or self._processes)[0]
        horses = children(victim.pid)
        for pid in (victim.pid, *horses):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        await victim.wait()
        self._processes.remove(victim)

    async def end(self) -> None:
        """Let all of them go home."""
        for process in self._processes:
            with suppress(ProcessLookupError):
                process.terminate()
        for process in self._processes:
            try:
                async with asyncio.timeout(15):
                    await process.wait()
            except TimeoutError:
                process.kill()


class Parts:
    """PostgreSQL, Redis, a Chroma server, and an engine behind its gate."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.postgresql = PostgreSQL()
        self.redis = Redis()
        self.chroma = ChromaServer(folder / "chroma")
        self._url = ""

    async def start(self) -> None:
        """Start them all, and make a database with the newest schema."""
        await asyncio.to_thread(self.postgresql.start)
        await asyncio.to_thread(self.redis.start)
        await self.chroma.start()
        self._url = await asyncio.to_thread(self.postgresql.create)
        await asyncio.to_thread(schema.upgrade, self._url)
        await asyncio.to_thread(gate)

    @property
    def settings(self) -> dict[str, str]:
        """What an operator sets to use them."""
        return {
            "DATABASE_URL": self._url,
            "REDIS_URL": self.redis.url(),
            "CHROMA_URL": self.chroma.url,
            "DIRECTOR_SANDBOX": "docker",
            "DIRECTOR_DOCKER_IMAGE": IMAGE,
            "DOCKER_HOST": gate().url,
        }

    async def end(self) -> None:
        """Stop them all for good."""
        await self.chroma.kill()
        await asyncio.to_thread(self.redis.end)
        await asyncio.to_thread(self.postgresql.end)


class Stack:
    """A server and its workers on all of these parts."""

    def __init__(self, parts: Parts, server: Server, workers: Workers) -> None:
        self.parts = parts
        self.server = server
        self.workers = workers

    async def strike(self, victim: str) -> float:
        """Kill -9 a part, have it started again, and tell when it was killed (time.time)."""
        struck = time.time()
        if victim == "worker":
            await self.workers.kill_one()
            await self.workers.hire()
            return struck
        part = self.parts.redis if victim == "redis" else self.parts.postgresql
        await asyncio.to_thread(part.stop, signal.SIGKILL)
        await asyncio.to_thread(part.start)
        return struck

    async def ready(self) -> None:
        """Wait until every part works, workers among them."""
        async with asyncio.timeout(60):
            while True:
                try:
                    await self.server.client.get("/ready")
                except Unavailable:
                    await asyncio.sleep(0.2)
                else:
                    return


@asynccontextmanager
async def opened(folder: Path) -> AsyncGenerator[Stack]:
    """Open the stack; everything is ended with the context."""
    parts = Parts(folder)
    server: Server | None = None
    workers: Workers | None = None
    try:
        await parts.start()
        data = folder / "stack"
        data.mkdir(mode=0o700)
        settings = {**parts.settings, "DIRECTOR_DATA": str(data), "DIRECTOR_MODEL": "offline"}
        workers = Workers(data, settings)
        for _ in range(HORSES):
            await workers.hire()
        async with Server(data, parts.settings) as server:
            yield Stack(parts, server, workers)
    finally:
        if workers is not None:
            await workers.end()
        await parts.end()


def boxes() -> dict[str, Sandbox]:
    """The kinds of boxes that the two films are drawn in."""
    return {
        "embedded": bubblewrap.create(bubblewrap.BubblewrapConfig()),
        "stack": on_engine(gate().url),
    }
