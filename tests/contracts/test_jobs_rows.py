"""The queue hands each job to one worker at a time, in order, and forgets none."""

import asyncio

import pytest

from domain.account import LOCAL_USER
from domain.errors import Conflict, NotFound
from domain.job import LEASE_S, MOST_CRASHES, Job, JobKind
from domain.nouns import JobId
from domain.project import Project
from domain.run import Run
from storage.database import SqlDatabase
from tests.contracts.databases import House, a_job, a_project, a_run

ALL: tuple[JobKind, ...] = ("agent", "render", "analysis")


async def put(database: SqlDatabase, *jobs: Job, run: Run | None = None) -> None:
    async with database.transaction(LOCAL_USER) as tx:
        if run is not None:
            await tx.runs.add(run)
        for job in jobs:
            await tx.jobs.enqueue(job)


async def lease(database: SqlDatabase, *kinds: JobKind, worker: str = "w") -> Job | None:
    async with database.transaction(None) as tx:
        return await tx.jobs.lease(kinds or ALL, worker, LEASE_S)


async def leased(database: SqlDatabase, *kinds: JobKind, worker: str = "w") -> Job:
    job = await lease(database, *kinds, worker=worker)
    assert job is not None
    return job


async def state(database: SqlDatabase, job: Job) -> str:
    async with database.transaction(None, reading=True) as tx:
        return (await tx.jobs.get(job.job_id)).state


async def test_jobs_go_by_priority_then_by_age(database: SqlDatabase, project: Project) -> None:
    young, old = a_job(project), a_job(project, age_s=60)
    urgent, late = a_job(project, priority=5), a_job(project, priority=-1, age_s=90)
    await put(database, young, late, urgent, old)
    async with database.transaction(None, reading=True) as tx:
        due = [job.job_id for job in await tx.jobs.due(ALL)]
        assert [job.job_id for job in await tx.jobs.due(ALL, limit=2)] == due[:2]
        assert await tx.jobs.due(("agent",)) == []
    order = [(await leased(database)).job_id for _ in range(4)]
    assert order == due
    assert order == [job.job_id for job in (urgent, old, young, late)]
    async with database.transaction(None, reading=True) as tx:
        assert await tx.jobs.due(ALL) == []
    assert await lease(database) is None


async def test_a_lease_names_its_worker_and_counts_attempts(
    house: House, database: SqlDatabase, project: Project
) -> None:
    await put(database, a_job(project))
    job = await leased(database, worker="first")
    assert (job.state, job.attempt, job.worker) == ("leased", 1, "first")
    assert job.lease_until is not None
    assert (job.lease_until - house.clock()).total_seconds() == LEASE_S


async def test_a_worker_gets_only_its_kinds(database: SqlDatabase, project: Project) -> None:
    await put(database, a_job(project, "render"))
    assert await lease(database, "agent", "analysis") is None
    assert (await leased(database, "render")).kind == "render"


async def test_one_agent_job_of_a_project_at_a_time_in_the_order_they_came(
    database: SqlDatabase, project: Project
) -> None:
    other = a_project()
    async with database.transaction(LOCAL_USER) as tx:
        await tx.projects.add(other)
    first, second = a_job(project, "agent", age_s=9), a_job(project, "agent", priority=9)
    elsewhere = a_job(other, "agent", priority=-5)
    await put(database, second, first, elsewhere)
    assert (await leased(database, "agent")).job_id == first.job_id
    assert (await leased(database, "agent")).job_id == elsewhere.job_id
    assert await lease(database, "agent") is None
    async with database.transaction(None) as tx:
        await tx.jobs.finish(first.job_id, 1, "done")
    assert (await leased(database, "agent")).job_id == second.job_id


async def test_a_waiting_run_keeps_its_project_s_turn(database: SqlDatabase, project: Project) -> None:
    first, second, render = a_job(project, "agent", age_s=9), a_job(project, "agent"), a_job(project)
    await put(database, first, second, render)
    await leased(database, "agent")
    async with database.transaction(None) as tx:
        parked = await tx.jobs.park(first.job_id, 1, render.job_id)
    assert (parked.state, parked.worker, parked.lease_until) == ("parked", None, None)
    assert await lease(database, "agent") is None
    await leased(database, "render")
    async with database.transaction(None) as tx:
        await tx.jobs.finish(render.job_id, 1, "failed", reason="no frames")
        await tx.jobs.enqueue(a_job(project, "agent", age_s=99, priority=9))
    again = await leased(database, "agent")
    assert (again.job_id, again.attempt, again.waits_for) == (first.job_id, 2, None)


async def test_parking_on_what_has_ended_queues_at_once(database: SqlDatabase, project: Project) -> None:
    agent, render = a_job(project, "agent"), a_job(project)
    await put(database, agent, render)
    await leased(database, "render")
    await leased(database, "agent")
    async with database.transaction(None) as tx:
        await tx.jobs.finish(render.job_id, 1, "done")
        assert (await tx.jobs.park(agent.job_id, 1, render.job_id)).state == "queued"


async def test_what_is_not_before_a_moment_waits_for_it(
    house: House, database: SqlDatabase, project: Project
) -> None:
    await put(database, a_job(project))
    job = await leased(database)
    async with database.transaction(None) as tx:
        await tx.jobs.release(job.job_id, job.attempt, delay_s=30)
    assert await lease(database) is None
    house.clock.advance(30)
    again = await leased(database)
    assert (again.attempt, again.crashes, again.not_before) == (2, 0, None)


async def test_a_heartbeat_keeps_a_lease_and_a_missing_one_loses_it(
    house: House, database: SqlDatabase, project: Project
) -> None:
    await put(database, a_job(project))
    job = await leased(database)
    for _ in range(5):
        house.clock.advance(LEASE_S - 1)
        async with database.transaction(None) as tx:
            await tx.jobs.heartbeat(job.job_id, 1, LEASE_S)
            assert await tx.jobs.sweep() == []
    house.clock.advance(LEASE_S)
    async with database.transaction(None) as tx:
        swept = await tx.jobs.sweep()
        assert [(job.state, job.crashes, job.worker) for job in swept] == [("queued", 1, None)]
        with pytest.raises(Conflict, match="no longer holds job"):
            await tx.jobs.heartbeat(job.job_id, 1, LEASE_S)


async def test_a_worker_whose_lease_was_taken_can_write_nothing(
    house: House, database: SqlDatabase, project: Project
) -> None:
    await put(database, a_job(project), a_job(project, "agent"))
    job = await leased(database, "render", worker="stopped")
    house.clock.advance(LEASE_S)
    async with database.transaction(None) as tx:
        await tx.jobs.sweep()
    assert (await leased(database, "render", worker="second")).attempt == 2
    async with database.transaction(None) as tx:
        other = (await tx.jobs.list(kind="agent"))[0].job_id
        for write in (
            tx.jobs.heartbeat(job.job_id, 1, LEASE_S),
            tx.jobs.finish(job.job_id, 1, "done"),
            tx.jobs.park(job.job_id, 1, other),
            tx.jobs.release(job.job_id, 1),
        ):
            with pytest.raises(Conflict) as raised:
                await write
            assert raised.value.code == "lease_lost"
        held = await tx.jobs.get(job.job_id)
    assert (held.state, held.worker, held.attempt) == ("leased", "second", 2)


async def test_a_job_that_kills_its_workers_is_given_up(
    house: House, database: SqlDatabase, project: Project
) -> None:
    agent, render = a_job(project, "agent"), a_job(project)
    await put(database, agent, render)
    await leased(database, "agent")
    async with database.transaction(None) as tx:
        await tx.jobs.park(agent.job_id, 1, render.job_id)
    swept: list[Job] = []
    for _ in range(MOST_CRASHES):
        house.clock.advance(60)
        await leased(database, "render", worker="victim")
        house.clock.advance(LEASE_S)
        async with database.transaction(None) as tx:
            swept = await tx.jobs.sweep()
    assert [job.state for job in swept] == ["failed"]
    assert "its worker died 3 times, last victim" in swept[0].reason
    assert swept[0].finished_at == house.clock()
    assert await state(database, agent) == "queued"


async def test_a_held_job_that_is_cancelled_is_told_by_its_heartbeat(
    house: House, database: SqlDatabase, project: Project
) -> None:
    await put(database, a_job(project))
    job = await leased(database)
    async with house.wakeups.listen("jobs") as bell:
        async with database.transaction(LOCAL_USER) as tx:
            assert (await tx.jobs.cancel(job.job_id)).state == "cancelling"
        assert await bell.wait(0) == [("jobs", job.job_id.encode())]
    async with database.transaction(None) as tx:
        assert (await tx.jobs.heartbeat(job.job_id, 1, LEASE_S)).state == "cancelling"
        assert await tx.jobs.sweep() == []
        assert (await tx.jobs.park(job.job_id, 1, job.job_id)).state == "cancelling"
        ended = await tx.jobs.finish(job.job_id, 1, "cancelled", reason="asked for")
    assert (ended.state, ended.reason, ended.worker) == ("cancelled", "asked for", None)


@pytest.mark.parametrize("how", ["queued", "parked", "released", "dead"])
async def test_a_cancelled_job_that_nobody_holds_is_ended_by_the_sweep(
    house: House, database: SqlDatabase, project: Project, how: str
) -> None:
    agent, render = a_job(project, "agent"), a_job(project)
    await put(database, agent, render)
    if how != "queued":
        await leased(database, "agent")
    async with database.transaction(None) as tx:
        if how == "parked":
            await tx.jobs.park(agent.job_id, 1, render.job_id)
        await tx.jobs.cancel(agent.job_id)
        if how == "released":
            await tx.jobs.release(agent.job_id, 1)
    assert await lease(database, "agent") is None
    if how == "dead":
        house.clock.advance(LEASE_S)
    async with database.transaction(None) as tx:
        assert [job.state for job in await tx.jobs.sweep()] == ["cancelled"]
        assert await tx.jobs.sweep() == []
        assert (await tx.jobs.cancel(agent.job_id)).state == "cancelled"


async def test_many_workers_never_share_a_job(house: House, project: Project) -> None:
    await put(house.database, *(a_job(project, age_s=i) for i in range(40)))
    workers = [house.open() for _ in range(4)]

    async def work(number: int) -> list[JobId]:
        found: list[JobId] = []
        while job := await lease(workers[number % 4], worker=str(number)):
            found.append(job.job_id)
        return found

    found = [
        job_id for some in await asyncio.gather(*(work(number) for number in range(8))) for job_id in some
    ]
    assert len(found) == len(set(found)) == 40


async def test_jobs_are_listed_newest_first_by_project_kind_and_state(
    database: SqlDatabase, project: Project
) -> None:
    jobs = [a_job(project, "render", age_s=i) for i in range(3)] + [a_job(project, "agent", age_s=9)]
    await put(database, *jobs)
    await leased(database, "agent")
    async with database.transaction(LOCAL_USER, reading=True) as tx:
        listed = await tx.jobs.list(project_id=project.project_id)
        assert [job.job_id for job in listed] == [job.job_id for job in jobs]
        assert [job.kind for job in await tx.jobs.list(states=("leased", "parked"))] == ["agent"]
        assert len(await tx.jobs.list(kind="render", limit=2)) == 2


async def test_unknown_jobs_are_not_found(database: SqlDatabase, project: Project) -> None:
    job = a_job(project)
    await put(database, job)
    await leased(database)
    none = JobId("none")
    async with database.transaction(None) as tx:
        for call in (
            tx.jobs.get(none),
            tx.jobs.cancel(none),
            tx.jobs.finish(none, 1, "done"),
            tx.jobs.heartbeat(none, 1, 1),
            tx.jobs.park(job.job_id, 1, none),
        ):
            with pytest.raises(NotFound):
                await call


async def test_a_run_s_job_is_tied_to_its_run(database: SqlDatabase, project: Project) -> None:
    run = a_run(project)
    job = a_job(project, "agent", run=run).model_copy(update={"payload": {"a": [1, None]}})
    await put(database, job, run=run)
    found = await leased(database, "agent")
    assert (found.run_id, found.payload) == (run.run_id, {"a": [1, None]})
    async with database.transaction(None) as tx:
        done = await tx.jobs.finish(found.job_id, 1, "done", result={"ok": True})
    assert done.result == {"ok": True}
