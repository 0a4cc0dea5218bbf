"""A house with a worker in it: runs are asked for, driven to their end, and read back from the log."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from agent.loop import Parts
from agent.runner import AgentHandler
from domain.engine import Engine
from domain.event import Entry, RunFinished, RunQueued
from domain.handler import Handler
from domain.job import Job, JobKind
from domain.model import Model
from domain.nouns import JobId, ProjectId, RunId, new_id
from domain.project import Project
from domain.run import Limits, Request, Run, RunKind
from jobs.sweeper import Sweeper
from jobs.worker import Worker
from memory.plain import DatabaseMemory
from render.engine import BoxEngine, EngineConfig
from render.handler import RenderHandler
from sandbox.backends import bubblewrap
from tests.stands import OWNER, NoBox, Stand, stand

PROMPT = "A 2-second title for Noor Tea: calm, green"


@dataclass
class Studio:
    """The house, and what a user does in it."""

    house: Stand
    engine: Engine
    folder: Path

    async def project(self) -> ProjectId:
        """Make an empty project."""
        project_id, now = ProjectId(new_id()), datetime.now(UTC)
        project = Project(project_id=project_id, owner=OWNER, name="Noor Tea", created_at=now, updated_at=now)
        async with self.house.database.transaction(OWNER) as tx:
            await tx.projects.add(project)
        return project_id

    async def ask(
        self,
        project_id: ProjectId,
        *,
        kind: RunKind = "generate",
        limits: Limits | None = None,
        **request: Any,
    ) -> Run:
        """Store a run, its job and its first event, as the door does."""
        run_id, now = RunId(new_id()), datetime.now(UTC)
        wish = Request.model_validate({"prompt": PROMPT, **request})
        run = Run(
            run_id=run_id, project_id=project_id, owner=OWNER, kind=kind, request=wish,
            limits=limits or Limits(), created_at=now,
        )  # fmt: skip
        job = Job(
            job_id=JobId(new_id()), kind="agent", owner=OWNER, project_id=project_id, run_id=run_id,
            created_at=now,
        )  # fmt: skip
        async with self.house.database.transaction(OWNER) as tx:
            await tx.runs.add(run)
            await tx.jobs.enqueue(job)
            await tx.events.append(project_id, RunQueued(kind=kind, request=wish, by=OWNER), run_id)
        return run

    async def cancel(self, run: Run) -> None:
        """Ask for the end of a run, as the door does."""
        async with self.house.database.transaction(OWNER) as tx:
            jobs = await tx.jobs.list(project_id=run.project_id, kind="agent")
            await tx.runs.update(run.run_id, state="cancelling")
            await tx.jobs.cancel(next(job.job_id for job in jobs if job.run_id == run.run_id))

    @asynccontextmanager
    async def working(self, model: Model, **more: Any) -> AsyncGenerator[None]:
        """Let a worker do the jobs while the context is open; leaving it drains the worker."""
        parts = Parts(
            blobs=self.house.blobs, log=self.house.log, model=model, executor=self.house.executor,
            memory=DatabaseMemory(self.house.database), **more,
        )  # fmt: skip
        handlers: Mapping[JobKind, Handler] = {
            "agent": AgentHandler(self.house.database, parts),
            "render": RenderHandler(
                self.house.database, self.engine, self.house.blobs, self.house.log, self.folder / "films"
            ),
        }
        worker = Worker(
            self.house.database, self.house.wakeups, handlers, name="w", slots={"agent": 2, "render": 1}
        )
        sweeper = Sweeper(self.house.database, self.house.wakeups, handlers)
        tasks = [asyncio.create_task(worker.run()), asyncio.create_task(sweeper.run())]
        try:
            yield
        finally:
            worker.stop()
            async with asyncio.timeout(10):
                await tasks[0]
            tasks[1].cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def end(self, run: Run, *, within: float = 20) -> RunFinished:
        """Follow a run to its end."""
        async with asyncio.timeout(within):
            async with aclosing(self.house.log.tail(OWNER, run.project_id, run_id=run.run_id)) as entries:
                async for entry in entries:
                    if isinstance(entry.event, RunFinished):
                        return entry.event
        raise AssertionError("a run's tail ends with its end")

    async def entries(self, run: Run) -> list[Entry]:
        """Read the run's own part of the log."""
        async with self.house.database.transaction(OWNER, reading=True) as tx:
            return await tx.events.read(run.project_id, run_id=run.run_id)

    async def told(self, run: Run) -> list[str]:
        """The run's events by type, in order."""
        return [entry.event.type for entry in await self.entries(run)]

    async def again(self, run: Run) -> Run:
        """Read a run as it is now."""
        async with self.house.database.transaction(OWNER, reading=True) as tx:
            return await tx.runs.get(run.run_id)


@asynccontextmanager
async def studio(folder: Path, *, engine: Engine | None = None) -> AsyncGenerator[Studio]:
    """Open a house without a box, or with the engine given."""
    async with stand(folder, engine=engine) as house:
        yield Studio(house, engine or NoBox(), folder)


@asynccontextmanager
async def real_engine(folder: Path) -> AsyncGenerator[Engine]:
    """The engine over bubblewrap."""
    box = bubblewrap.create(bubblewrap.BubblewrapConfig())
    engine = BoxEngine(box, EngineConfig(folder=folder / "engine"))
    try:
        yield engine
    finally:
        await engine.close()
