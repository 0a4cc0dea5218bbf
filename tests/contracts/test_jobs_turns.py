"""Whose turn it is: nobody starves, nobody takes the farm for himself, and a full queue says so."""

from collections.abc import AsyncGenerator
from datetime import timedelta

import pytest

from domain.account import LOCAL_USER
from domain.errors import Conflict, Unavailable
from domain.job import LEASE_S, MOST_CRASHES, Job, JobKind, backoff_s
from domain.nouns import UserId
from domain.project import Project
from domain.queue import AGED_S, KINDS, PRIORITIES, QueueFull, Room
from storage.database import SqlDatabase
from tests.contracts.databases import House, a_job, a_project, a_run

GREEDY, MODEST = UserId("greedy"), UserId("modest")


async def add(database: SqlDatabase, owner: UserId = LOCAL_USER) -> Project:
    project = a_project(owner)
    async with database.transaction(owner) as tx:
        await tx.projects.add(project)
    return project


async def put(database: SqlDatabase, *jobs: Job) -> None:
    async with database.transaction(None) as tx:
        for job in jobs:
            await tx.jobs.enqueue(job)


async def take(house: House, kind: JobKind = "render", *, finish: bool = False) -> Job | None:
    """Lease the next job, a second after the one before."""
    house.clock.advance(1)
    async with house.database.transaction(None) as tx:
        job = await tx.jobs.lease((kind,), "w", LEASE_S)
        if job is not None and finish:
            await tx.jobs.finish(job.job_id, job.attempt, "done")
        return job


async def owners(house: House, count: int, *, finish: bool) -> list[str]:
    taken = [await take(house, finish=finish) for _ in range(count)]
    return [job.owner for job in taken if job is not None]


@pytest.mark.parametrize("finish", [True, False], ids=["one worker", "many workers"])
async def test_who_has_many_jobs_waiting_does_not_keep_another_one_out(house: House, finish: bool) -> None:
    greedy, modest = await add(house.database, GREEDY), await add(house.database, MODEST)
    await put(house.database, *(a_job(greedy, age_s=100 + i) for i in range(6)))
    await put(house.database, *(a_job(modest) for _ in range(3)))
    order = await owners(house, 6, finish=finish)
    assert order == [GREEDY, MODEST] * 3


async def test_a_low_job_is_reached_though_high_ones_keep_coming(house: House) -> None:
    project = await add(house.database)
    low = a_job(project, priority=PRIORITIES["low"])
    await put(house.database, low)
    started = house.clock()
    for _ in range(60):
        high = a_job(project, priority=PRIORITIES["high"])
        await put(house.database, high.model_copy(update={"created_at": house.clock()}))
        house.clock.advance(20)
        job = await take(house, finish=True)
        if job is not None and job.job_id == low.job_id:
            break
    else:
        raise AssertionError("it starved")
    assert timedelta(seconds=2 * AGED_S) <= house.clock() - started < timedelta(seconds=2 * AGED_S + 60)


async def test_a_paused_queue_gives_nothing_until_it_is_open_again(house: House) -> None:
    project = await add(house.database)
    await put(house.database, a_job(project), a_job(project, "analysis"))
    async with house.database.transaction(None) as tx:
        paused = await tx.queues.set("render", "paused")
        assert [(queue.kind, queue.state) for queue in await tx.queues.list()] == [
            ("agent", "open"), ("render", "paused"), ("analysis", "open"),
        ]  # fmt: skip
    assert paused.changed_at == house.clock()
    assert await take(house) is None
    assert (await take(house, "analysis")) is not None
    async with house.database.transaction(None) as tx:
        assert await tx.jobs.due(KINDS) == []
        await tx.queues.set("render", "open")
    assert (await take(house)) is not None


async def test_a_draining_queue_takes_nothing_new_but_ends_what_was_begun(house: House) -> None:
    project, run = await add(house.database), None
    run = a_run(project)
    async with house.database.transaction(None) as tx:
        await tx.runs.add(run)
    await put(house.database, a_job(project))
    async with house.database.transaction(None) as tx:
        await tx.queues.set("render", "draining")
    with pytest.raises(Unavailable, match="the render queue is being drained"):
        await put(house.database, a_job(project))
    await put(house.database, a_job(project, run=run))
    assert [await take(house) is not None for _ in range(3)] == [True, True, False]


@pytest.fixture
async def small(house: House) -> AsyncGenerator[SqlDatabase]:
    """The same database with room for few."""
    database = SqlDatabase(house.url, house.wakeups, clock=house.clock, room=Room(all=3, each=2))
    yield database
    await database.close()


async def test_a_full_queue_sends_new_jobs_away_and_takes_them_when_there_is_room(
    house: House, small: SqlDatabase
) -> None:
    greedy, modest = await add(small, GREEDY), await add(small, MODEST)
    await put(small, a_job(greedy), a_job(greedy))
    with pytest.raises(QueueFull, match="2 of your render jobs wait already, and 2 may") as refused:
        await put(small, a_job(greedy))
    assert (refused.value.status, refused.value.retry_after_s) == (429, 30)
    await put(small, a_job(modest), a_job(greedy, "analysis"))
    with pytest.raises(Unavailable, match="the render queue is full: 3 jobs wait"):
        await put(small, a_job(modest))
    assert await take(house) is not None
    await put(small, a_job(modest))


async def test_a_job_can_be_given_another_priority_while_it_has_not_ended(house: House) -> None:
    project = await add(house.database)
    first, second = a_job(project, age_s=5), a_job(project)
    await put(house.database, first, second)
    async with house.database.transaction(None) as tx:
        await tx.jobs.rank(second.job_id, PRIORITIES["high"])
    job = await take(house, finish=True)
    assert job is not None
    assert job.job_id == second.job_id
    async with house.database.transaction(None) as tx:
        with pytest.raises(Conflict, match="is done"):
            await tx.jobs.rank(second.job_id, 0)


async def test_what_waits_for_a_missing_part_comes_back_after_a_pause(house: House) -> None:
    await put(house.database, a_job(await add(house.database)))
    job = await take(house)
    assert job is not None
    async with house.database.transaction(None) as tx:
        await tx.jobs.release(job.job_id, job.attempt, delay_s=4, retry="no disk")
    assert await take(house) is None
    house.clock.advance(4)
    again = await take(house)
    assert again is not None
    assert (again.retries, again.crashes, again.reason) == (1, 0, "no disk")


async def test_a_job_that_is_given_up_tells_its_last_words(house: House) -> None:
    await put(house.database, a_job(await add(house.database)))
    swept: list[Job] = []
    for _ in range(MOST_CRASHES):
        house.clock.advance(60)
        job = await take(house)
        assert job is not None
        async with house.database.transaction(None) as tx:
            await tx.jobs.heartbeat(job.job_id, job.attempt, LEASE_S, "drawing, at 40 %")
        house.clock.advance(LEASE_S)
        async with house.database.transaction(None) as tx:
            swept = await tx.jobs.sweep()
    assert swept[0].reason == "its worker died 3 times, last w; its last words: drawing, at 40 %"


def test_pauses_double_differ_and_end_at_a_minute() -> None:
    for times, most in ((1, 2), (2, 4), (3, 8), (9, 60)):
        drawn = {backoff_s(times) for _ in range(50)}
        assert most / 2 <= min(drawn) < max(drawn) <= most
