"""A real server in a data folder of its own, and the ways to end it without a word."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Self

from cli.client import Client, Json
from domain.errors import Unavailable
from settings import worker_environment

ROOT = Path(__file__).resolve().parents[2]
_START_S = 60.0
OWN = {
    "GEMINI_API_KEY", "GOOGLE_API_KEY", "DATABASE_URL", "REDIS_URL", "CHROMA_URL", "DIRECTOR_SANDBOX",
    "DOCKER_HOST", "PYTHONDONTWRITEBYTECODE",
}  # fmt: skip
"""Variables of the caller's own installation, which is none of this one's business."""


class Server:
    """One `director serve` on a socket, with its worker; may be killed and started again on the same data."""

    def __init__(
        self, data: Path, settings: dict[str, str] | None = None, first: tuple[str, ...] = ("main",)
    ) -> None:
        """`first`: the module that it is when it is started for the first time, with its arguments."""
        self.data = data
        self._first = first
        self._settings = settings or {}
        self.client = Client(socket=data / "director.sock")
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        await self.start(self._first)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()
        await self.client.__aexit__()

    @property
    def cpu_s(self) -> float:
        """Processor time that the server itself has taken, seconds."""
        assert self._process is not None
        told = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")

    async def start(self, module: tuple[str, ...] = ("main",)) -> None:
        """Start the server, or a module that becomes one, and wait until it answers."""
        environment = {
            **{name: value for name, value in worker_environment().items() if name not in OWN},
            **self._settings,
            "DIRECTOR_DATA": str(self.data),
            "DIRECTOR_MODEL": "offline",
        }  # fmt: skip
        with (self.data / "server.log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", *module, "serve", "--socket-only",
                env=environment, cwd=ROOT, stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        async with asyncio.timeout(_START_S):
            while await self.client.health() is None:
                if self._process.returncode is not None:
                    log_text = (self.data / "server.log").read_text(errors="replace")
                    raise SystemExit(f"the server does not start:\n{log_text[-3000:]}")
                await asyncio.sleep(0.05)

    async def ended(self, seconds: float) -> int | None:
        """Wait a moment for the server's own end; gives its exit code when it came."""
        assert self._process is not None
        try:
            async with asyncio.timeout(seconds):
                return await self._process.wait()
        except TimeoutError:
            return None

    async def status(self, run_id: str) -> Json:
        """How a run stands; nothing when nobody answers."""
        try:
            return await self.client.get(f"/api/generate/{run_id}/status")
        except Unavailable:
            return {}

    @property
    def pid(self) -> int:
        """The server's process."""
        assert self._process is not None
        return self._process.pid

    async def stop(self) -> None:
        """End the server as an operator does."""
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            try:
                async with asyncio.timeout(15):
                    await self._process.wait()
            except TimeoutError:
                await self.kill_server()

    async def kill_server(self) -> None:
        """Kill -9 the server; its workers and their boxes die with it."""
        assert self._process is not None
        self._process.kill()
        await self._process.wait()

    def kill_worker(self) -> bool:
        """Kill -9 the worker process; tells whether there was one."""
        assert self._process is not None
        workers = [pid for pid in children(self._process.pid) if b"worker" in _command(pid)]
        for pid in workers:
            os.kill(pid, signal.SIGKILL)
        return bool(workers)


def children(pid: int) -> list[int]:
    """The processes that a process has started and that live."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""
