"""An installation whose analyses are done by `director worker`, that asks the database or is woken by RQ."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from agent.loop import Parts
from agent.runner import AgentHandler
from bench.chaos.server import OWN, ROOT, children
from domain.account import LOCAL_USER, Principal
from domain.draft import Draft
from domain.handler import Handler
from domain.job import Job, JobKind
from domain.model import Model
from domain.nouns import JobId, ProjectId, RunId, new_id
from domain.project import Project
from domain.run import Request, Run
from jobs.sweeper import Sweeper
from jobs.worker import Worker
from settings import Settings, worker_environment
from tests.contracts.dispatchers import kill
from tests.engines import postgresql, redis
from tools.answer import Answer
from wiring import Wiring

ASKED = {"audio_file_path": "assets/music.wav"}
TOOL = "audio_spectrum_analysis"


@dataclass
class Place:
    """A server's pieces in this process, and workers in processes of their own."""

    wiring: Wiring
    folder: Path
    environment: dict[str, str]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list[subprocess.Popen[bytes]])

    def hire(self) -> subprocess.Popen[bytes]:
        """Start one more worker of analyses."""
        argv = [sys.executable, "-m", "main", "worker", "--queues", "analysis"]
        with (self.folder / "workers.log").open("ab") as said:
            self.workers.append(
                subprocess.Popen(
                    argv, cwd=ROOT, env=self.environment, stdout=said, stderr=said, start_new_session=True
                )
            )
        return self.workers[-1]

    async def project(self, sound: bytes) -> ProjectId:
        """Make a project that holds a sound."""
        now = datetime.now(UTC)
        project_id = ProjectId(new_id())
        draft = Draft(project_id, None)
        draft.write("assets/music.wav", sound)
        await draft.store(self.wiring.blobs)
        async with self.wiring.database.transaction(LOCAL_USER) as tx:
            await tx.projects.add(
                Project(
                    project_id=project_id, owner=LOCAL_USER, name="Noor Tea", created_at=now, updated_at=now
                )
            )
            await draft.commit(tx, "by hand")
        return project_id

    async def hear(self, project_id: ProjectId) -> Answer:
        """Ask for the sound as a client at a door does."""
        asking = Principal(user_id=LOCAL_USER)
        return await self.wiring.executor.call(asking, TOOL, ASKED, project_id=project_id)

    async def run(self, project_id: ProjectId) -> Run:
        """Store a run of a project with its job."""
        now = datetime.now(UTC)
        run = Run(
            run_id=RunId(new_id()), project_id=project_id, owner=LOCAL_USER, kind="refine",
            request=Request(prompt="Follow the beats"), created_at=now,
        )  # fmt: skip
        job = Job(
            job_id=JobId(new_id()), kind="agent", owner=LOCAL_USER, project_id=project_id, run_id=run.run_id,
            created_at=now,
        )  # fmt: skip
        async with self.wiring.database.transaction(LOCAL_USER) as tx:
            await tx.runs.add(run)
            await tx.jobs.enqueue(job)
        return run

    @asynccontextmanager
    async def directing(self, model: Model) -> AsyncGenerator[None]:
        """Let a worker in this process do runs with a model."""
        wiring = self.wiring
        parts = Parts(
            blobs=wiring.blobs, log=wiring.log, model=model, executor=wiring.executor, memory=wiring.memory
        )
        handlers: dict[JobKind, Handler] = {"agent": AgentHandler(wiring.database, parts)}
        worker = Worker(wiring.database, wiring.wakeups, handlers, name="directs", slots={"agent": 1})
        working = asyncio.create_task(worker.run())
        try:
            yield
        finally:
            worker.stop()
            await working

    async def box(self, worker: subprocess.Popen[bytes]) -> list[int]:
        """Wait until a worker's box listens; gives the processes of it."""
        async with asyncio.timeout(30):
            while not (listening := [pid for pid in family(worker.pid) if b"listen" in command(pid)]):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        return listening

    async def analyses(self, project_id: ProjectId) -> list[Job]:
        """The project's analyses, the newest first."""
        async with self.wiring.database.transaction(LOCAL_USER, reading=True) as tx:
            return await tx.jobs.list(project_id=project_id, kind="analysis")

    async def until(self, project_id: ProjectId, state: str, seconds: float) -> Job:
        """Wait until the project's one analysis is in a state."""
        async with asyncio.timeout(seconds):
            while True:
                (job,) = await self.analyses(project_id)
                if job.state == state:
                    return job
                await asyncio.sleep(0.05)


def family(pid: int) -> list[int]:
    """A process's children, and theirs."""
    return [each for child in children(pid) for each in (child, *family(child))]


def command(pid: int) -> bytes:
    """What a process was started with; nothing when it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def lives(pid: int) -> bool:
    """Whether a process is there and no corpse."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


async def gone(pids: list[int]) -> None:
    """Wait until processes have ended."""
    async with asyncio.timeout(2):
        while any(lives(pid) for pid in pids):  # noqa: ASYNC110
            await asyncio.sleep(0.02)


@asynccontextmanager
async def place(kind: str, folder: Path) -> AsyncGenerator[Place]:
    """Open an installation; `rq` stands on PostgreSQL and Redis."""
    own = {"DIRECTOR_DATA": str(folder), "DIRECTOR_MODEL": "offline"}
    if kind == "rq":
        own |= {
            "DATABASE_URL": postgresql.fresh_url(), "REDIS_URL": redis.server().url(),
            "DIRECTOR_REDIS_PREFIX": "".join(each for each in folder.name if each.isalnum()),
        }  # fmt: skip
    wiring = Wiring(
        Settings(
            data=folder, model="offline", sandbox="bubblewrap", chroma_url="",
            database_url=own.get("DATABASE_URL", ""), redis_url=own.get("REDIS_URL", ""),
            redis_prefix=own.get("DIRECTOR_REDIS_PREFIX", "director"),
        )
    )  # fmt: skip
    await wiring.open()
    kept = {name: value for name, value in worker_environment().items() if name not in OWN}
    made = Place(wiring, folder, {**kept, **own})
    works = [Sweeper(wiring.database, wiring.wakeups, wiring.handlers).run]
    if kind == "rq":
        works.append(wiring.tokens.run)
    tasks = [asyncio.create_task(work()) for work in works]
    try:
        yield made
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for worker in made.workers:
            if worker.poll() is None:
                worker.terminate()
        for worker in made.workers:
            try:
                await asyncio.to_thread(worker.wait, 10)
            except subprocess.TimeoutExpired:
                kill(worker)
        await wiring.log.close()
        await wiring.close()
        if "DATABASE_URL" in own:
            postgresql.give_back(own["DATABASE_URL"])
