"""Jobs in trouble: clocks that differ, names that are doubled, projects and files that are gone."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from domain.account import LOCAL_USER
from domain.errors import Conflict, NotFound
from domain.event import RenderFinished
from domain.job import LEASE_S, Job
from domain.nouns import ProjectId
from tests.contracts.databases import House, a_job, a_project
from tests.stands import OWNER, NoBox, Stand, stand
from tests.unit.render_film.test_handler import FILM, Renders


async def test_two_workers_of_one_name_are_told_apart_by_their_attempts(house: House) -> None:
    project = a_project()
    async with house.database.transaction(LOCAL_USER) as tx:
        await tx.projects.add(project)
        await tx.jobs.enqueue(a_job(project))
    held: list[Job] = []
    for _ in range(2):
        async with house.database.transaction(None) as tx:
            job = await tx.jobs.lease(("render",), "twin", LEASE_S)
        assert job is not None
        held.append(job)
        house.clock.advance(LEASE_S)
        if len(held) == 1:
            async with house.database.transaction(None) as tx:
                await tx.jobs.sweep()
    first, second = held
    async with house.database.transaction(None) as tx:
        with pytest.raises(Conflict, match="attempt 1 no longer holds"):
            await tx.jobs.finish(first.job_id, first.attempt, "done")
        assert (await tx.jobs.finish(second.job_id, second.attempt, "done")).state == "done"


@pytest.mark.parametrize("hours", [-1, 1], ids=["behind", "ahead"])
async def test_a_door_whose_clock_is_an_hour_off_neither_loses_jobs_nor_keeps_them_waiting(
    house: House, hours: int
) -> None:
    project = a_project()
    wrong, right = a_job(project, age_s=-3600 * hours), a_job(project)
    async with house.database.transaction(LOCAL_USER) as tx:
        await tx.projects.add(project)
        for job in (wrong, right):
            await tx.jobs.enqueue(job)
    taken: list[str] = []
    async with house.database.transaction(None) as tx:
        while job := await tx.jobs.lease(("render",), "w", LEASE_S):
            taken.append(job.job_id)
            assert job.lease_until is not None
            assert (job.lease_until - house.clock()).total_seconds() == LEASE_S
    assert sorted(taken) == sorted((wrong.job_id, right.job_id))


@pytest.fixture
async def renders(tmp_path: Path) -> AsyncGenerator[Renders]:
    async with stand(tmp_path) as house:
        made = Renders(house, NoBox(), tmp_path, await house.scaffold())
        await made.source(FILM)
        yield made


async def does(renders: Renders, job: Job) -> Job:
    """Let the handler do a job as a worker does, and write its end down."""
    with pytest.raises(NotFound) as known:
        await renders.run(job)
    await renders.end(job, "failed", known.value.message)
    async with renders.house.database.transaction(None) as tx:
        return await tx.jobs.get(job.job_id)


async def files_of(house: Stand, project_id: ProjectId) -> dict[str, str]:
    project = await house.project(project_id)
    async with house.database.transaction(OWNER) as tx:
        return dict((await tx.revisions.get(project_id, project.revision)).files)


async def test_a_job_of_a_deleted_project_ends_failed_and_says_so(renders: Renders) -> None:
    job = await renders.lease()
    async with renders.house.database.transaction(OWNER) as tx:
        await tx.projects.delete(renders.project_id)
    ended = await does(renders, job)
    assert (ended.state, ended.crashes) == ("failed", 0)
    assert "there is no" in ended.reason


async def test_a_file_whose_content_vanished_ends_the_render_with_its_name(renders: Renders) -> None:
    sha256 = (await files_of(renders.house, renders.project_id))["film.py"]
    (await renders.house.blobs.path(sha256)).unlink()  # type: ignore[arg-type]
    ended = await does(renders, await renders.lease())
    assert ended.reason == f"there is no blob {sha256!r}"
    (event,) = await renders.ends()
    assert isinstance(event, RenderFinished)
    assert (event.status, event.reason) == ("FAILED", ended.reason)
