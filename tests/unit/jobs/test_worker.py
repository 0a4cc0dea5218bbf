"""A worker does each job once, gives up what it loses, and leaves the end of every job written down."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.account import LOCAL_USER
from domain.count import BOXES, Untold
from domain.database import Transaction
from domain.errors import Unavailable
from domain.handler import Finished, Lease, Outcome, Parked
from domain.job import MOST_CRASHES, Job, JobKind
from domain.nouns import JobId, ProjectId, new_id
from domain.project import Project
from jobs.sweeper import Sweeper
from jobs.worker import Worker
from storage import schema
from storage.bells import LocalWakeups
from storage.database import SqlDatabase
from tests.contracts.databases import Clock

Does = Callable[[Lease], Awaitable[Outcome]]


class Scene:
    """A database, one project, and jobs whose handler does what the test says."""

    def __init__(self, database: SqlDatabase, wakeups: LocalWakeups) -> None:
        self.database = database
        self.wakeups = wakeups
        self.project_id = ProjectId(new_id())
        self.done: list[str] = []
        self.ends: list[tuple[str, str]] = []
        self.does: Does = self.finish
        self.longest: dict[JobKind, float] = {}
        self.boxes = Untold()

    async def finish(self, lease: Lease) -> Outcome:
        self.done.append(lease.job.job_id)
        return Finished(state="done")

    async def run(self, lease: Lease) -> Outcome:
        return await self.does(lease)

    async def ended(self, tx: Transaction, job: Job) -> None:
        self.ends.append((job.job_id, job.state))

    async def enqueue(self, kind: JobKind = "render", *, priority: int = 0) -> JobId:
        job = Job(
            job_id=JobId(new_id()), kind=kind, owner=LOCAL_USER, project_id=self.project_id,
            priority=priority, created_at=datetime.now(UTC),
        )  # fmt: skip
        async with self.database.transaction(None) as tx:
            await tx.jobs.enqueue(job)
        return job.job_id

    async def job(self, job_id: JobId) -> Job:
        async with self.database.transaction(None, reading=True) as tx:
            return await tx.jobs.get(job_id)

    async def until(self, job_id: JobId, *states: str) -> Job:
        async with asyncio.timeout(10):
            while (job := await self.job(job_id)).state not in states:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        return job

    @asynccontextmanager
    async def working(self, *, slots: int = 1) -> AsyncGenerator[Worker]:
        worker = Worker(
            self.database, self.wakeups, {"render": self, "agent": self},
            name="w", slots={"render": slots, "agent": slots}, longest=self.longest,
            boxes=self.boxes,
        )  # fmt: skip
        task = asyncio.create_task(worker.run())
        try:
            yield worker
        finally:
            worker.stop()
            async with asyncio.timeout(10):
                await task


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncGenerator[Scene]:
    url = f"sqlite:///{tmp_path / 'director.db'}"
    await asyncio.to_thread(schema.upgrade, url)
    wakeups = LocalWakeups()
    database = SqlDatabase(url, wakeups)
    scene = Scene(database, wakeups)
    now = datetime.now(UTC)
    async with database.transaction(LOCAL_USER) as tx:
        await tx.projects.add(
            Project(project_id=scene.project_id, owner=LOCAL_USER, name="p", created_at=now, updated_at=now)
        )
    yield scene
    await database.close()


async def test_a_job_is_done_once_and_ended(scene: Scene) -> None:
    job_id = await scene.enqueue()
    async with scene.working():
        job = await scene.until(job_id, "done")
    assert scene.done == [job_id]
    assert (job.attempt, job.crashes) == (1, 0)
    assert scene.ends == [(job_id, "done")]


async def test_the_highest_priority_goes_first(scene: Scene) -> None:
    low, high = await scene.enqueue(), await scene.enqueue(priority=5)
    async with scene.working():
        await scene.until(low, "done")
    assert scene.done == [high, low]


async def test_a_bug_in_a_handler_fails_the_job_without_telling_internals(scene: Scene) -> None:
    async def bug(lease: Lease) -> Outcome:
        raise ZeroDivisionError("secret")

    scene.does = bug
    job_id = await scene.enqueue()
    async with scene.working():
        job = await scene.until(job_id, "failed")
    assert "secret" not in job.reason
    assert job.job_id in job.reason
    assert scene.ends == [(job_id, "failed")]


async def test_a_cancelled_job_stops_its_handler_within_two_seconds(scene: Scene) -> None:
    began, cleaned = asyncio.Event(), asyncio.Event()

    async def long(lease: Lease) -> Outcome:
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            cleaned.set()
        raise AssertionError

    scene.does = long
    job_id = await scene.enqueue()
    async with scene.working():
        await began.wait()
        async with scene.database.transaction(None) as tx:
            await tx.jobs.cancel(job_id)
        async with asyncio.timeout(2):
            await cleaned.wait()
            await scene.until(job_id, "cancelled")
    assert scene.ends == [(job_id, "cancelled")]


async def test_a_job_that_nobody_holds_is_cancelled_by_the_sweep(scene: Scene) -> None:
    job_id = await scene.enqueue()
    async with scene.database.transaction(None) as tx:
        await tx.jobs.cancel(job_id)
    sweeper = Sweeper(scene.database, scene.wakeups, {"render": scene})
    assert await sweeper.sweep() == 1
    assert (await scene.job(job_id)).state == "cancelled"
    assert scene.ends == [(job_id, "cancelled")]
    assert await sweeper.sweep() == 0


async def test_a_job_that_is_woken_before_its_first_turn_has_closed_is_done_by_the_same_worker(
    scene: Scene,
) -> None:
    """What it waits for may end at once; both turns let go of what they hold themselves."""
    again = asyncio.Event()

    async def does(lease: Lease) -> Outcome:
        job = lease.job
        if job.attempt > 1:
            again.set()
        if again.is_set():
            return await scene.finish(lease)
        async with scene.database.transaction(None) as tx:
            await tx.jobs.park(job.job_id, job.attempt, None)
        async with scene.database.transaction(None) as tx:
            await tx.jobs.wake(job.job_id)
        try:
            await again.wait()
        except asyncio.CancelledError:  # its lease is lost; it lets go slowly
            await again.wait()
        return Parked(waits_for=None)

    scene.does = does
    async with scene.working(slots=2):
        woken = await scene.enqueue()
        assert (await scene.until(woken, "done")).attempt == 2
        other = await scene.enqueue()
        await scene.until(other, "done")
    assert scene.done == [woken, other]


async def test_a_parked_job_goes_on_when_the_other_has_ended(scene: Scene) -> None:
    film = await scene.enqueue()

    async def wait_for_film(lease: Lease) -> Outcome:
        if lease.job.kind == "render":
            return await scene.finish(lease)
        if scene.done:
            return await scene.finish(lease)
        return Parked(waits_for=film)

    scene.does = wait_for_film
    run = await scene.enqueue("agent", priority=9)
    async with scene.working():
        job = await scene.until(run, "done")
    assert scene.done == [film, run]
    assert job.crashes == 0


async def test_a_worker_that_goes_away_puts_its_job_back_unharmed(scene: Scene) -> None:
    began = asyncio.Event()

    async def long(lease: Lease) -> Outcome:
        began.set()
        await asyncio.Event().wait()
        raise AssertionError

    scene.does = long
    job_id = await scene.enqueue()
    async with scene.working():
        await began.wait()
    job = await scene.job(job_id)
    assert (job.state, job.crashes) == ("queued", 0)
    assert scene.ends == []


async def test_one_project_has_one_agent_job_at_a_time(scene: Scene) -> None:
    together: list[int] = []
    running = 0

    async def count(lease: Lease) -> Outcome:
        nonlocal running
        running += 1
        together.append(running)
        await asyncio.sleep(0.05)
        running -= 1
        return Finished(state="done")

    scene.does = count
    jobs = [await scene.enqueue("agent") for _ in range(3)]
    async with scene.working(slots=3):
        for job_id in jobs:
            await scene.until(job_id, "done")
    assert together == [1, 1, 1]


async def test_a_job_whose_workers_keep_dying_is_given_up(tmp_path: Path, scene: Scene) -> None:
    job_id = await scene.enqueue()
    clock = Clock()
    url = f"sqlite:///{tmp_path / 'director.db'}"
    database = SqlDatabase(url, scene.wakeups, clock=clock)
    sweeper = Sweeper(database, scene.wakeups, {"render": scene})
    for _ in range(MOST_CRASHES):
        async with database.transaction(None) as tx:
            assert await tx.jobs.lease(("render",), "dead", 1) is not None
        clock.advance(5)
        await sweeper.sweep()
        clock.advance(60)
    await database.close()
    job = await scene.job(job_id)
    assert (job.state, job.crashes) == ("failed", MOST_CRASHES)
    assert scene.ends == [(job_id, "failed")]


async def test_a_job_whose_part_is_away_is_tried_again_after_a_pause(scene: Scene) -> None:
    async def away_once(lease: Lease) -> Outcome:
        if lease.job.retries == 0:
            raise Unavailable("disk", "there is no room")
        return await scene.finish(lease)

    scene.does = away_once
    job_id = await scene.enqueue()
    async with scene.working():
        job = await scene.until(job_id, "done")
    assert (job.attempt, job.retries, job.crashes) == (2, 1, 0)
    assert scene.ends == [(job_id, "done")]


async def test_a_job_that_takes_too_long_is_ended_with_the_limit_named(scene: Scene) -> None:
    async def long(lease: Lease) -> Outcome:
        await asyncio.Event().wait()
        raise AssertionError

    scene.does, scene.longest = long, {"render": 0.1}
    job_id = await scene.enqueue()
    async with scene.working():
        job = await scene.until(job_id, "failed")
    assert "longer than the 0.1 s that a render job may" in job.reason
    assert scene.ends == [(job_id, "failed")]


async def test_boxes_that_a_worker_starts_are_counted_for_the_whole_house(scene: Scene) -> None:
    async def starts_boxes(lease: Lease) -> Outcome:
        scene.boxes.add()
        return await scene.finish(lease)

    scene.does = starts_boxes
    async with scene.working():
        for _ in range(3):
            await scene.until(await scene.enqueue(), "done")
    async with scene.database.transaction(None, reading=True) as tx:
        assert await tx.counts.get(BOXES) == 3
