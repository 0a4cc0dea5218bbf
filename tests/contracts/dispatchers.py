"""The ways in which jobs reach workers: those that ask the database, and those that RQ wakes."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from jobs.redis.tokens import Tokens
from jobs.sweeper import Sweeper
from storage.bells import LocalWakeups, SocketWakeups
from storage.database import SqlDatabase
from storage.redis.wakeups import RedisWakeups
from tests.contracts import dispatched
from tests.engines.redis import Redis

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Yard:
    """A queue with workers in processes of their own, as an installation has them."""

    kind: str
    url: str
    folder: Path
    redis: Redis | None
    wakeups: LocalWakeups
    database: SqlDatabase
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list[subprocess.Popen[bytes]])
    tasks: list[asyncio.Task[None]] = field(default_factory=list[asyncio.Task[None]])

    @property
    def prefix(self) -> str:
        return self.folder.name.replace("[", "").replace("]", "")

    @property
    def tokens(self) -> Tokens:
        assert self.redis is not None
        return Tokens(self.redis.url(), self.prefix, self.database, self.wakeups)

    def hire(self) -> subprocess.Popen[bytes]:
        """Start one more worker."""
        redis = self.redis.url() if self.redis else ""
        argv = [
            sys.executable,
            "-m",
            "tests.contracts.dispatched",
            self.url,
            str(self.folder),
            redis,
            self.prefix,
        ]
        with (self.folder / "workers.log").open("ab") as said:
            self.workers.append(
                subprocess.Popen(argv, cwd=ROOT, stdout=said, stderr=said, start_new_session=True)
            )
        return self.workers[-1]

    def open(self) -> None:
        """Do what a server does beside its doors."""
        works: list[Callable[[], object]] = [
            Sweeper(self.database, self.wakeups, dispatched.handlers(self.folder)).run
        ]
        if self.redis:
            works.append(self.tokens.run)
        self.tasks = [asyncio.ensure_future(work()) for work in works]  # pyright: ignore


def kill(worker: subprocess.Popen[bytes]) -> None:
    """End a worker and all that it started, as the power goes."""
    os.killpg(worker.pid, signal.SIGKILL)
    children = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(worker.pid)], capture_output=True, text=True, check=False
    )
    for pid in children.stdout.split():
        os.kill(int(pid), signal.SIGKILL)
    worker.wait()


@asynccontextmanager
async def open_yard(kind: str, url: str, folder: Path, redis: Redis | None) -> AsyncGenerator[Yard]:
    """Open the queue over a database with the newest schema."""
    prefix = folder.name.replace("[", "").replace("]", "")
    wakeups = RedisWakeups(redis.url(), prefix=prefix) if redis else SocketWakeups(folder / "bells")
    yard = Yard(kind, url, folder, redis, wakeups, SqlDatabase(url, wakeups))
    yard.open()
    try:
        yield yard
    finally:
        for task in yard.tasks:
            task.cancel()
        await asyncio.gather(*yard.tasks, return_exceptions=True)
        for worker in yard.workers:
            if worker.poll() is None:
                worker.send_signal(signal.SIGCONT)
                worker.terminate()
        for worker in yard.workers:
            try:
                await asyncio.to_thread(worker.wait, 8)
            except subprocess.TimeoutExpired:
                kill(worker)
        await yard.database.close()
        await wakeups.close()
