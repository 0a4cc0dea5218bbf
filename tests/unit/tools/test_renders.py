"""Ordering films and previews, waiting for them, stopping them."""

import asyncio
from datetime import UTC, datetime

import pytest
from pydantic import JsonValue

from domain.event import RenderFinished, RenderProgress, RenderQueued, ToolProgress
from domain.finding import Finding, Report
from domain.job import Job
from domain.nouns import JobId, ProjectId
from domain.render import Render
from tests.stands import OWNER, Stand


async def ordered(house: Stand, **args: JsonValue) -> tuple[ProjectId, JobId]:
    project_id = await house.scaffold()
    answer = await house.call("render_video", args, project_id=project_id)
    assert answer.job_id is not None
    return project_id, answer.job_id


async def job_of(house: Stand, job_id: JobId) -> Job:
    async with house.database.transaction(OWNER) as tx:
        return await tx.jobs.get(job_id)


async def renders_of(house: Stand, project_id: ProjectId) -> list[Render]:
    async with house.database.transaction(OWNER) as tx:
        return await tx.renders.list(project_id)


async def end(
    house: Stand, job_id: JobId, report: Report | None = None, reason: str = "the disk is full"
) -> None:
    """End a render as its worker does."""
    async with house.database.transaction(None) as tx:
        job = await tx.jobs.lease(("render",), "test", 60)
        assert job is not None
        assert job.job_id == job_id
        assert job.render_id is not None
        render = await tx.renders.get(job.render_id)
        done = render.model_copy(
            update={
                "status": "FAILED",
                "reason": reason,
                "report": report or Report(),
                "finished_at": datetime.now(UTC),
            }
        )
        await tx.renders.save(done)
        told = RenderFinished(render_id=render.render_id, status="FAILED", reason=reason)
        await tx.events.append(job.project_id, told)
        await tx.jobs.finish(job_id, job.attempt, "failed", reason=reason)


async def test_a_render_is_ordered_with_its_job_and_its_event(house: Stand) -> None:
    project_id, job_id = await ordered(house, quality="high")
    (render,) = await renders_of(house, project_id)
    job = await job_of(house, job_id)
    assert (render.job_id, render.revision, render.output.quality, render.purpose) == (
        job_id,
        1,
        "high",
        "film",
    )
    assert (job.kind, job.state, job.render_id) == ("render", "queued", render.render_id)
    assert (await house.told(project_id))[-3:] == ["tool.started", "render.queued", "tool.finished"]
    assert (await house.project(project_id)).status == "RENDERING"


async def test_the_same_order_twice_is_one_render(house: Stand) -> None:
    project_id, job_id = await ordered(house)
    same, other = await asyncio.gather(
        house.call("render_video", project_id=project_id),
        house.call("render_video", {"quality": "draft"}, project_id=project_id),
    )
    assert same.job_id == job_id
    assert other.job_id != job_id
    assert len(await renders_of(house, project_id)) == 2


async def test_many_callers_at_once_get_one_preview(house: Stand) -> None:
    project_id = await house.scaffold()
    answers = await asyncio.gather(*(house.call("run_preview", project_id=project_id) for _ in range(8)))
    assert {answer.failed for answer in answers} == {False}
    assert len({answer.job_id for answer in answers}) == 1
    assert {str(answer.data["url"]) for answer in answers} == {f"/api/projects/{project_id}/preview"}
    queued = [
        entry.event for entry in await house.events(project_id) if isinstance(entry.event, RenderQueued)
    ]
    assert [event.purpose for event in queued] == ["preview"]
    assert (await house.project(project_id)).status == "DRAFT"


async def test_a_failed_render_may_be_ordered_again(house: Stand) -> None:
    project_id, job_id = await ordered(house)
    await end(house, job_id)
    again = await house.call("render_video", project_id=project_id)
    assert again.job_id not in (None, job_id)


async def test_a_new_revision_has_a_preview_of_its_own(house: Stand) -> None:
    project_id = await house.scaffold()
    first = await house.call("run_preview", project_id=project_id)
    await house.call("delete_file", {"file_path": "film.py"}, project_id=project_id)
    second = await house.call("run_preview", project_id=project_id)
    assert (first.data["revision"], second.data["revision"]) == (1, 2)


async def test_a_wait_of_no_time_looks_and_a_short_one_gives_up(house: Stand) -> None:
    project_id, job_id = await ordered(house)
    for timeout_s in (0, 0.05):
        answer = await house.call("wait_for_job", {"timeout_s": timeout_s}, project_id=project_id)
        assert (answer.data["job_id"], answer.data["ended"], answer.data["state"]) == (
            job_id,
            False,
            "queued",
        )
    assert (await job_of(house, job_id)).state == "queued"


async def test_waiting_for_a_film_that_does_not_compile_says_why_and_where(house: Stand) -> None:
    project_id, job_id = await ordered(house)
    faults = tuple(
        Finding(
            code="syntax", severity="error", message="'(' was never closed", file=f"scenes/{name}.py", line=5
        )
        for name in ("one", "two")
    )
    await end(house, job_id, Report(findings=faults), "the source does not compile: '(' was never closed.")
    answer = await house.call("wait_for_job", project_id=project_id)
    assert answer.summary.endswith(
        "FAILED, 0 %: the source does not compile: '(' was never closed (scenes/one.py:5), and 1 more."
    )


async def test_a_wait_ends_with_the_render_and_passes_its_progress_on(house: Stand) -> None:
    project_id, job_id = await ordered(house)
    (render,) = await renders_of(house, project_id)
    whispers: list[str] = []

    async def listen() -> None:
        async for entry in house.log.tail(OWNER, project_id):
            match entry.event:
                case ToolProgress(message=message, done=done):
                    whispers.append(f"{message} {done:g}")
                    await end(house, job_id)
                    return
                case _:
                    pass

    async def draw() -> None:
        while not whispers:
            progress = RenderProgress(render_id=render.render_id, stage="drawing", percent=40)
            await house.log.whisper(project_id, progress)
            await asyncio.sleep(0.01)  # the worker draws on whether anybody listens or not

    async with asyncio.timeout(10), asyncio.TaskGroup() as tasks:
        tasks.create_task(listen())
        waiting = tasks.create_task(house.call("wait_for_job", {"job_id": job_id}, project_id=project_id))
        tasks.create_task(draw())
    answer = waiting.result()
    assert whispers == ["drawing 40"]
    assert (answer.data["ended"], answer.data["state"], answer.data["reason"]) == (
        True,
        "failed",
        "the disk is full",
    )
    assert answer.data["render"]


async def test_in_a_run_a_wait_parks_until_the_render_has_ended(house: Stand) -> None:
    project_id = await house.scaffold()
    ticket = await house.open_run(project_id)
    calls: list[tuple[str, dict[str, JsonValue]]] = [("render_video", {}), ("wait_for_job", {})]
    parked = await house.turn(ticket, *calls)
    assert parked.waits_for is not None
    assert parked.waits_for == parked.answers[0].job_id
    await end(house, parked.waits_for)
    done = await house.turn(ticket, *calls)
    assert (done.waits_for, done.answers[1].data["state"]) == (None, "failed")
    assert [step.job_id for step in await house.steps(ticket)] == [parked.waits_for, None]


@pytest.mark.parametrize("tool", ["wait_for_job", "cancel_job"])
async def test_an_unknown_job_is_answered_with_those_there_are(house: Stand, tool: str) -> None:
    empty = await house.scaffold()
    nothing = await house.call(tool, project_id=empty)
    assert (nothing.kind, "render_video or run_preview start one" in nothing.summary) == ("missing", True)
    project_id, job_id = await ordered(house)
    answer = await house.call(tool, {"job_id": "nonsense"}, project_id=project_id)
    assert (answer.kind, job_id in answer.summary) == ("missing", True)
    elsewhere = await house.call(tool, {"job_id": job_id}, project_id=empty)
    assert elsewhere.kind == "missing"


@pytest.mark.parametrize(("tool", "kind"), [("wait_for_job", "invalid"), ("cancel_job", "denied")])
async def test_a_run_neither_waits_for_nor_stops_a_run(house: Stand, tool: str, kind: str) -> None:
    project_id = await house.scaffold()
    ticket = await house.open_run(project_id)
    async with house.database.transaction(OWNER) as tx:
        (own,) = await tx.jobs.list(project_id=project_id, kind="agent")
    (answer,) = (await house.turn(ticket, (tool, {"job_id": own.job_id}))).answers
    assert answer.kind == kind


async def test_a_job_is_asked_to_end_and_an_ended_one_stays(house: Stand) -> None:
    project_id, job_id = await ordered(house)
    answer = await house.call("cancel_job", project_id=project_id)
    assert (answer.data["job_id"], answer.data["state"]) == (job_id, "queued")
    assert (await job_of(house, job_id)).state in ("cancelling", "cancelled")
    other = await house.call("run_preview", project_id=project_id)
    assert other.job_id is not None
    await end(house, other.job_id)
    ended = await house.call("cancel_job", {"job_id": other.job_id}, project_id=project_id)
    assert (ended.failed, ended.data["state"]) == (False, "failed")
