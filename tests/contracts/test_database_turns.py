"""Writers of one project take turns: none waits for another that waits for it, whatever they do and when."""

import asyncio
import random
from collections.abc import Awaitable, Callable

import pytest
import sqlalchemy as sa

from domain.account import LOCAL_USER
from domain.errors import Conflict
from domain.event import Notice
from domain.job import LEASE_S, Job
from domain.nouns import JobId, RenderId, new_id
from domain.project import Project
from domain.render import Render
from domain.run import Run
from storage.database import SqlDatabase, SqlTransaction
from tests.contracts.databases import House, a_job, a_note, a_project, a_render, a_run, a_step

SEED = 7
ROUNDS = 25
WRITERS = 8
NOTICE = Notice(substitution="a", reason="b")


class Work:
    """A run, its job and a render, and everything that is done with them in the house."""

    def __init__(self, project: Project, run: Run, job: Job, render: Render) -> None:
        self.project, self.run, self.job, self.render = project, run, job, render
        self.seq = 0

    async def say(self, tx: SqlTransaction) -> None:
        await tx.events.append(self.project.project_id, NOTICE, self.run.run_id)

    async def beat(self, tx: SqlTransaction) -> None:
        await tx.jobs.heartbeat(self.job.job_id, 1, LEASE_S)

    async def count(self, tx: SqlTransaction) -> None:
        await tx.runs.update(self.run.run_id, state="running")

    async def draw(self, tx: SqlTransaction) -> None:
        await tx.renders.save(self.render)

    async def rename(self, tx: SqlTransaction) -> None:
        await tx.projects.update(self.project.project_id, name="new")

    async def note(self, tx: SqlTransaction) -> None:
        await tx.notes.add(a_note(self.project))

    async def step(self, tx: SqlTransaction) -> None:
        self.seq += 1
        await tx.steps.intend(a_step(self.run, seq=self.seq))

    async def queue(self, tx: SqlTransaction) -> None:
        job = a_job(self.project).model_copy(update={"job_id": JobId(new_id())})
        await tx.jobs.enqueue(job)
        await tx.jobs.cancel(job.job_id)

    async def sweep(self, tx: SqlTransaction) -> None:
        for job in await tx.jobs.sweep():
            await tx.events.append(job.project_id, NOTICE)


@pytest.fixture
async def works(database: SqlDatabase) -> list[Work]:
    works: list[Work] = []
    for _ in range(2):
        project = a_project()
        run = a_run(project)
        job = a_job(project, "agent", run=run)
        render = a_render(project, job).model_copy(update={"render_id": RenderId(new_id())})
        async with database.transaction(LOCAL_USER) as tx:
            await tx.projects.add(project)
            await tx.runs.add(run)
            await tx.jobs.enqueue(job)
            await tx.renders.add(render)
        async with database.transaction(None) as tx:
            leased = await tx.jobs.lease(("agent",), "w", 3_600)
        assert leased is not None
        works.append(Work(project, run, leased, render))
    return works


async def test_nobody_waits_in_a_circle(house: House, works: list[Work]) -> None:
    """Every transaction does some of these things in an order of its own."""
    databases = [house.database, house.open()]
    random_ = random.Random(SEED)

    async def write(number: int) -> None:
        for _ in range(ROUNDS):
            work = works[number % 2]
            acts: list[Callable[[SqlTransaction], Awaitable[None]]] = [
                work.say, work.beat, work.count, work.draw, work.rename, work.note, work.step, work.queue,
            ]  # fmt: skip
            chosen = random_.sample(acts, 3)
            owner = LOCAL_USER
            if random_.random() < 0.2:
                chosen, owner = [work.sweep], None
            async with databases[number % 3 % 2].transaction(owner) as tx:
                for act in chosen:
                    await act(tx)
                    await asyncio.sleep(0)

    async with asyncio.timeout(50):
        await asyncio.gather(*(write(number) for number in range(WRITERS)))
    if house.url.startswith("postgresql"):
        async with house.database._dialect.readers.connected() as connection:  # pyright: ignore[reportPrivateUsage]
            query = sa.text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
            assert await connection.scalar(query) == 0
    for work in works:
        async with house.database.transaction(None, reading=True) as tx:
            entries = await tx.events.read(work.project.project_id)
        assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))


async def test_cancelling_and_ending_at_the_same_moment_end_well(house: House, works: list[Work]) -> None:
    work = works[0]
    other = house.open()
    begun = asyncio.Event()

    async def cancel() -> None:
        async with house.database.transaction(LOCAL_USER) as tx:
            await tx.jobs.cancel(work.job.job_id)
            begun.set()
            await asyncio.sleep(0.05)
            await tx.runs.update(work.run.run_id, state="cancelling")

    async def end() -> None:
        await begun.wait()
        async with other.transaction(LOCAL_USER) as tx:
            await work.say(tx)
            await tx.runs.update(work.run.run_id, state="failed", reason="told")
            await tx.jobs.finish(work.job.job_id, 1, "failed")

    async with asyncio.timeout(5):
        await asyncio.gather(cancel(), end())
    async with house.database.transaction(None) as tx:
        assert (await tx.jobs.get(work.job.job_id)).state == "failed"
        with pytest.raises(Conflict):
            await tx.jobs.heartbeat(work.job.job_id, 1, LEASE_S)
