"""Jobs are done once, in order, and to their end, whoever wakes the workers and whoever dies meanwhile."""

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from rq import Queue
from rq.serializers import JSONSerializer

from domain.account import LOCAL_USER
from domain.errors import Unavailable
from domain.event import Notice
from domain.job import Job, JobKind
from domain.nouns import JobId, new_id
from domain.project import Project
from domain.run import Run
from tests.contracts.databases import DATABASES, a_job, a_project, a_run
from tests.contracts.dispatchers import Yard, kill, open_yard
from tests.engines import postgresql, redis

YARDS = {"own": "sqlite", "rq": "postgresql"}


@pytest.fixture(params=YARDS)
async def yard(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Yard]:
    url = DATABASES[YARDS[request.param]](tmp_path)
    server = redis.server() if request.param == "rq" else None
    async with open_yard(request.param, url, tmp_path, server) as yard:
        yield yard
    if YARDS[request.param] == "postgresql":
        postgresql.give_back(url)


@pytest.fixture
async def project(yard: Yard) -> Project:
    return await new_project(yard)


async def new_project(yard: Yard) -> Project:
    project = a_project()
    async with yard.database.transaction(LOCAL_USER) as tx:
        await tx.projects.add(project)
    return project


async def put(
    yard: Yard,
    project: Project,
    kind: JobKind = "render",
    *,
    run: Run | None = None,
    priority: int = 0,
    **payload: object,
) -> Job:
    job = a_job(project, kind, run=run, priority=priority)
    job = job.model_copy(update={"job_id": JobId(new_id()), "payload": payload})
    async with yard.database.transaction(LOCAL_USER) as tx:
        if run is not None:
            await tx.runs.add(run)
        await tx.jobs.enqueue(job)
    return job


async def until(yard: Yard, job: Job, *states: str, seconds: float = 25) -> Job:
    async with asyncio.timeout(seconds):
        while True:
            async with yard.database.transaction(None, reading=True) as tx:
                found = await tx.jobs.get(job.job_id)
            if found.state in states:
                return found
            await asyncio.sleep(0.05)


async def begun(yard: Yard) -> None:
    async with asyncio.timeout(10):
        while not said(yard, "began"):  # noqa: ASYNC110
            await asyncio.sleep(0.02)


def said(yard: Yard, *whats: str) -> list[tuple[str, str]]:
    path = yard.folder / "said"
    lines = [line.split() for line in path.read_text().splitlines()] if path.exists() else []
    return [(line[0], line[1]) for line in lines if line[0] in whats]


async def test_each_job_is_done_once_by_somebody(yard: Yard, project: Project) -> None:
    for _ in range(2):
        yard.hire()
    jobs = [await put(yard, project, kind) for kind in ("render", "analysis", "render", "render")]
    for job in jobs:
        ended = await until(yard, job, "done")
        assert (ended.attempt, ended.crashes) == (1, 0)
    assert sorted(said(yard, "did")) == sorted(("did", job.job_id) for job in jobs)
    assert sorted(said(yard, "ended")) == sorted(("ended", job.job_id) for job in jobs)


async def test_the_highest_priority_goes_first(yard: Yard, project: Project) -> None:
    low, high, middle = [await put(yard, project, priority=priority) for priority in (0, 5, 1)]
    yard.hire()
    for job in (low, high, middle):
        await until(yard, job, "done")
    assert [name for _, name in said(yard, "did")] == [job.job_id for job in (high, middle, low)]


async def test_a_job_that_is_cancelled_at_work_ends_within_two_seconds(yard: Yard, project: Project) -> None:
    yard.hire()
    job = await put(yard, project, seconds=60)
    await until(yard, job, "leased")
    await begun(yard)
    async with yard.database.transaction(LOCAL_USER) as tx:
        await tx.jobs.cancel(job.job_id)
    await until(yard, job, "cancelled", seconds=2)
    assert said(yard, "did") == []


async def test_a_job_that_fails_by_a_bug_has_a_reason_and_is_not_repeated(
    yard: Yard, project: Project
) -> None:
    yard.hire()
    job = await put(yard, project, fails=True)
    failed = await until(yard, job, "failed")
    assert "internal error" in failed.reason
    assert failed.attempt == 1


async def test_a_parked_job_gives_its_worker_back_and_goes_on_after_the_other(
    yard: Yard, project: Project
) -> None:
    yard.hire()
    render = await put(yard, project, seconds=0.2, priority=-1)
    agent = await put(yard, project, "agent", run=a_run(project), waits_for=render.job_id)
    ended = await until(yard, agent, "done")
    assert ended.attempt == 2
    assert (await until(yard, render, "done")).attempt == 1
    assert said(yard, "parked") == [("parked", agent.job_id)]


async def test_a_worker_that_is_killed_loses_and_doubles_nothing(yard: Yard, project: Project) -> None:
    worker = yard.hire()
    job = await put(yard, project, seconds=2.5)
    await until(yard, job, "leased")
    await begun(yard)
    kill(worker)
    yard.hire()
    ended = await until(yard, job, "done", seconds=20)
    assert ended.attempt == 2
    assert said(yard, "did") == [("did", job.job_id)]
    assert said(yard, "ended") == [("ended", job.job_id)]


async def test_a_job_that_kills_its_process_is_done_at_its_second_attempt(
    yard: Yard, project: Project
) -> None:
    yard.hire()
    yard.hire()
    job = await put(yard, project, dies=True)
    ended = await until(yard, job, "done", seconds=20)
    assert (ended.attempt, ended.crashes) == (2, 1)


async def test_a_worker_that_is_told_to_stop_puts_its_job_back_unharmed(yard: Yard, project: Project) -> None:
    worker = yard.hire()
    job = await put(yard, project, seconds=4)
    await until(yard, job, "leased")
    await begun(yard)
    worker.terminate()
    assert await asyncio.to_thread(worker.wait, 10) == 0
    yard.hire()
    ended = await until(yard, job, "done", seconds=25)
    assert (ended.attempt, ended.crashes) == (2, 0)


@pytest.fixture
async def rq(tmp_path: Path) -> AsyncIterator[Yard]:
    """A queue over RQ with a Redis of its own, because it is killed."""
    server = redis.Redis(keeps=False)
    server.start()
    url = postgresql.fresh_url()
    async with open_yard("rq", url, tmp_path, server) as yard:
        yield yard
    server.end()
    postgresql.give_back(url)


async def test_without_a_worker_the_run_s_own_events_say_so(rq: Yard) -> None:
    project = await new_project(rq)
    run = a_run(project)
    job = await put(rq, project, "agent", run=run)
    with pytest.raises(
        Unavailable, match=r"no RQ worker listens for agent,render,analysis: .*director worker"
    ):
        await rq.tokens.check()
    async with asyncio.timeout(10):
        while True:
            async with rq.database.transaction(None, reading=True) as tx:
                entries = await tx.events.read(project.project_id, run_id=run.run_id)
            if entries:
                break
            await asyncio.sleep(0.1)
    assert isinstance(entries[0].event, Notice)
    assert "director worker --queues agent" in entries[0].event.reason
    rq.hire()
    await until(rq, job, "done")
    assert await rq.tokens.check() == "1 for agent, 1 for render, 1 for analysis"
    async with rq.database.transaction(None, reading=True) as tx:
        assert len(await tx.events.read(project.project_id)) == 1


async def test_redis_that_is_killed_or_emptied_loses_no_job(rq: Yard) -> None:
    assert rq.redis is not None
    project = await new_project(rq)
    rq.hire()
    jobs = [await put(rq, project, seconds=0.3) for _ in range(8)]
    await until(rq, jobs[1], "done")
    with rq.redis.client() as client:
        client.flushall()  # pyright: ignore[reportUnknownMemberType]
    await until(rq, jobs[3], "done")
    rq.redis.stop(signal.SIGKILL)
    rq.redis.start()
    for job in jobs:
        assert (await until(rq, job, "done", seconds=30)).crashes == 0
    assert sorted(said(rq, "did")) == sorted(("did", job.job_id) for job in jobs)
    async with asyncio.timeout(15):
        while await living(rq) != "1 for agent, 1 for render, 1 for analysis":  # noqa: ASYNC110
            await asyncio.sleep(0.2)


async def living(yard: Yard) -> str:
    try:
        return await yard.tokens.check()
    except Unavailable as away:
        return away.message


async def test_what_strangers_put_into_redis_calls_nothing_of_theirs(rq: Yard, tmp_path: Path) -> None:
    assert rq.redis is not None
    rq.hire()
    with rq.redis.client() as client:
        queue = Queue(f"{rq.prefix}-render", connection=client, serializer=JSONSerializer)
        queue.enqueue_call("os.mkdir", args=(str(tmp_path / "evil"),))  # pyright: ignore
    job = await put(rq, await new_project(rq))
    await until(rq, job, "done")
    assert not (tmp_path / "evil").exists()
