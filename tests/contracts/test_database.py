"""Every database keeps what it was given, whole or not at all."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest

from domain.account import LOCAL_USER, Principal
from domain.engine import FilmFacts, Output
from domain.errors import Conflict, NotFound, Unavailable, UserError
from domain.event import Notice
from domain.finding import Finding, Report
from domain.nouns import ProjectId, RunId, Sha256, UserId
from domain.project import Page, Project
from domain.run import Usage
from storage.database import SqlDatabase
from tests.contracts.databases import (
    HASH,
    START,
    House,
    a_job,
    a_note,
    a_project,
    a_render,
    a_run,
    a_step,
    an_asset,
)

A, B, C = (Sha256(letter * 64) for letter in "abc")


async def test_a_fresh_database_is_sound(database: SqlDatabase) -> None:
    await database.check()


async def test_a_project_comes_back_as_it_was_given(database: SqlDatabase) -> None:
    given = a_project(name="Łódź « نور » 🍵").model_copy(
        update={"metadata": {"brand": {"colors": ["#fff", None, 1.5]}}, "template": "product", "fps": 25}
    )
    async with database.transaction(LOCAL_USER) as tx:
        await tx.projects.add(given)
    async with database.transaction(LOCAL_USER, reading=True) as tx:
        assert await tx.projects.get(given.project_id) == given


@pytest.mark.parametrize("fps", [1, 120, 24_000 / 1_001, 30_000 / 1_001, 120_000 / 1_001])
async def test_a_frame_rate_comes_back_exactly(database: SqlDatabase, fps: float) -> None:
    given = a_project().model_copy(update={"fps": fps})
    async with database.transaction(LOCAL_USER) as tx:
        await tx.projects.add(given)
    async with database.transaction(LOCAL_USER, reading=True) as tx:
        assert (await tx.projects.get(given.project_id)).fps == fps


async def test_what_raises_leaves_nothing_behind(database: SqlDatabase, project: Project) -> None:
    lost = a_project()

    async def half() -> None:
        async with database.transaction(LOCAL_USER) as tx:
            await tx.projects.add(lost)
            await tx.events.append(project.project_id, Notice(substitution="a", reason="b"))
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        await half()
    async with database.transaction(LOCAL_USER) as tx:
        with pytest.raises(NotFound):
            await tx.projects.get(lost.project_id)
        assert await tx.events.last(project.project_id) == 0
        assert (await tx.events.append(project.project_id, Notice(substitution="c", reason="d"))).seq == 1


async def test_what_is_cancelled_leaves_nothing_behind_and_the_database_usable(
    database: SqlDatabase, project: Project
) -> None:
    begun, never = asyncio.Event(), asyncio.Event()

    async def stopped() -> None:
        async with database.transaction(LOCAL_USER) as tx:
            await tx.events.append(project.project_id, Notice(substitution="a", reason="b"))
            begun.set()
            await never.wait()

    task = asyncio.create_task(stopped())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with database.transaction(LOCAL_USER) as tx:
        assert await tx.events.last(project.project_id) == 0


async def test_cancelling_at_any_moment_tears_no_transaction_and_keeps_no_lock(
    database: SqlDatabase, project: Project
) -> None:
    async def write(number: int) -> None:
        async with database.transaction(LOCAL_USER, reading=True) as tx:
            await tx.projects.get(project.project_id)
        async with database.transaction(LOCAL_USER) as tx:
            await tx.events.append(project.project_id, Notice(substitution="a", reason=str(number)))
            await tx.notes.add(a_note(project))

    async with asyncio.timeout(12):  # a lock that is kept costs more than that once
        for number in range(400):
            task = asyncio.create_task(write(number))
            for _ in range(number % 50):
                await asyncio.sleep(0 if number % 3 else number % 7 * 5e-5)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
    async with database.transaction(LOCAL_USER) as tx:
        entries = await tx.events.read(project.project_id)
        assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
        assert len(await tx.notes.list(project.project_id, limit=1000)) == len(entries)


async def test_a_reading_transaction_cannot_write(database: SqlDatabase) -> None:
    with pytest.raises(Unavailable):
        async with database.transaction(LOCAL_USER, reading=True) as tx:
            await tx.projects.add(a_project())


async def test_readers_go_on_while_somebody_writes(house: House, project: Project) -> None:
    async with house.database.transaction(LOCAL_USER) as tx:
        await tx.projects.update(project.project_id, name="New")
        async with house.open().transaction(LOCAL_USER, reading=True) as reader:
            assert (await reader.projects.get(project.project_id)).name == "Noor Tea"


async def test_moments_are_in_utc_whatever_zone_they_came_in(database: SqlDatabase) -> None:
    cairo = timezone(timedelta(hours=2))
    moment = datetime(2026, 5, 1, 1, 30, 0, 123456, tzinfo=cairo)
    given = a_project(at=moment)
    async with database.transaction(LOCAL_USER) as tx:
        await tx.projects.add(given)
        read = await tx.projects.get(given.project_id)
    assert read.created_at == moment
    assert read.created_at.tzinfo == UTC


async def test_projects_are_paged_newest_first_even_while_new_ones_come(database: SqlDatabase) -> None:
    async with database.transaction(LOCAL_USER) as tx:
        old = [a_project(name=str(i), at=START + timedelta(seconds=i // 2)) for i in range(7)]
        for project in old:
            await tx.projects.add(project)
        seen, after = await tx.projects.list(Page(limit=3))
        await tx.projects.add(a_project(name="later", at=START + timedelta(days=1)))
        while after:
            more, after = await tx.projects.list(Page(limit=3, after=after))
            seen += more
    assert seen == sorted(old, key=lambda project: (project.created_at, project.project_id), reverse=True)


@pytest.mark.parametrize("cursor", ["x", "eA==", "ÿ", "MjAyNi0wMS0wMSBh", "🍵", "9" * 300])
async def test_a_cursor_that_nobody_gave_is_refused(
    database: SqlDatabase, project: Project, cursor: str
) -> None:
    async with database.transaction(LOCAL_USER) as tx:
        with pytest.raises(UserError, match="is no cursor"):
            await tx.projects.list(Page(after=cursor))
        with pytest.raises(UserError, match="is no cursor"):
            await tx.revisions.list(project.project_id, Page(after=cursor))


async def test_an_update_changes_what_is_given_and_merges_metadata(
    house: House, database: SqlDatabase, project: Project
) -> None:
    house.clock.advance(60)
    async with database.transaction(LOCAL_USER) as tx:
        await tx.projects.update(project.project_id, metadata={"a": 1, "b": 2})
        new = await tx.projects.update(
            project.project_id,
            status="GENERATING",
            metadata={"b": 3},
            shape=(1080, 1920, 25),
            template="basic",
        )
    assert new.metadata == {"a": 1, "b": 3}
    assert (new.width, new.height, new.fps, new.status, new.template) == (
        1080,
        1920,
        25,
        "GENERATING",
        "basic",
    )
    assert (new.name, new.updated_at) == (project.name, START + timedelta(seconds=60))


async def test_a_deleted_project_is_gone_but_its_work_can_end(
    database: SqlDatabase, project: Project
) -> None:
    run, job = a_run(project), a_job(project)
    async with database.transaction(LOCAL_USER) as tx:
        await tx.runs.add(run)
        await tx.jobs.enqueue(job)
        await tx.projects.delete(project.project_id)
    async with database.transaction(LOCAL_USER) as tx:
        with pytest.raises(NotFound):
            await tx.projects.get(project.project_id)
        with pytest.raises(NotFound):
            await tx.projects.delete(project.project_id)
        with pytest.raises(NotFound):
            await tx.runs.add(a_run(project))
        assert await tx.projects.list(Page()) == ([], None)
        await tx.runs.update(run.run_id, state="cancelled")
        assert (await tx.jobs.cancel(job.job_id)).state == "cancelling"
        await tx.events.append(project.project_id, Notice(substitution="a", reason="b"), run.run_id)
    async with database.transaction(None) as tx:
        assert [job.state for job in await tx.jobs.sweep()] == ["cancelled"]
        assert (await tx.projects.get(project.project_id)).name == "Noor Tea"


async def test_assets_runs_renders_and_notes_come_back_as_they_were_given(
    database: SqlDatabase, project: Project
) -> None:
    run, job, asset, note = a_run(project), a_job(project), an_asset(project), a_note(project)
    render = a_render(project, job)
    async with database.transaction(LOCAL_USER) as tx:
        await tx.runs.add(run)
        await tx.assets.add(asset)
        await tx.notes.add(note)
        await tx.jobs.enqueue(job)
        await tx.renders.add(render)
    async with database.transaction(LOCAL_USER, reading=True) as tx:
        assert await tx.runs.get(run.run_id) == run
        assert await tx.runs.list(project.project_id) == [run]
        assert await tx.assets.get(asset.asset_id) == asset
        assert await tx.assets.list() == await tx.assets.list(project.project_id) == [asset]
        assert await tx.notes.list(project.project_id) == [note]
        assert await tx.jobs.get(job.job_id) == job
        assert await tx.renders.get(render.render_id) == render
        assert await tx.renders.list(project.project_id) == [render]
    async with database.transaction(LOCAL_USER) as tx:
        await tx.notes.remove(note.note_id)
        await tx.assets.delete(asset.asset_id)
        assert await tx.notes.list(project.project_id) == []
        assert await tx.assets.list() == []
        with pytest.raises(NotFound):
            await tx.notes.remove(note.note_id)


async def test_a_run_is_changed_where_something_is_given(database: SqlDatabase, project: Project) -> None:
    run = a_run(project)
    async with database.transaction(LOCAL_USER) as tx:
        await tx.runs.add(run)
        await tx.runs.update(run.run_id, state="running", started_at=START, usage=Usage(steps=3))
        ended = await tx.runs.update(
            run.run_id, state="failed", reason="the model is away", finished_at=START
        )
        assert await tx.runs.update(run.run_id) == ended
    assert (ended.state, ended.reason, ended.usage.steps) == ("failed", "the model is away", 3)


async def test_a_render_is_saved_over_its_old_state(database: SqlDatabase, project: Project) -> None:
    job = a_job(project)
    facts = FilmFacts(
        width=1920, height=1080, fps=30, frames=360, seconds=12, video_codec="h264", pixel_format="yuv420p",
        color="bt709", audio_codec="aac", audio_seconds=12, bytes=9, sha256=HASH,
    )  # fmt: skip
    report = Report(findings=(Finding(code="text_cut", severity="error", message="m", box=(0, 1, 2, 3)),))
    async with database.transaction(LOCAL_USER) as tx:
        await tx.jobs.enqueue(job)
        await tx.renders.add(a_render(project, job))
        render = (await tx.renders.list(project.project_id))[0]
        done = render.model_copy(
            update={
                "status": "FAILED_CHECKS", "percent": 99.5, "film": HASH, "facts": facts, "report": report,
                "output": Output(quality="high"), "finished_at": START,
            }
        )  # fmt: skip
        await tx.renders.save(done)
        assert await tx.renders.get(render.render_id) == done


async def test_a_step_is_written_down_once(database: SqlDatabase, project: Project) -> None:
    run = a_run(project)
    async with database.transaction(LOCAL_USER) as tx:
        await tx.runs.add(run)
        first = await tx.steps.intend(a_step(run))
        other = a_step(run).model_copy(update={"tool": "delete_file"})
        assert await tx.steps.intend(other) == first
        await tx.steps.finish(run.run_id, 1, 1, "done", {"text": "ok"})
        done = (await tx.steps.list(run.run_id))[0]
        assert (done.state, done.result, done.tool) == ("done", {"text": "ok"}, "read_file")
        assert await tx.steps.intend(a_step(run)) == done


async def test_a_step_of_an_overtaken_attempt_is_refused(database: SqlDatabase, project: Project) -> None:
    run = a_run(project)
    async with database.transaction(LOCAL_USER) as tx:
        await tx.runs.add(run)
        await tx.steps.intend(a_step(run, attempt=1))
        taken_over = await tx.steps.intend(a_step(run, attempt=2))
        assert (taken_over.attempt, taken_over.state) == (1, "intent")
        with pytest.raises(Conflict, match="attempt 2 goes on"):
            await tx.steps.finish(run.run_id, 1, 1, "done", {})
        with pytest.raises(Conflict):
            await tx.steps.intend(a_step(run, attempt=1))
        await tx.steps.finish(run.run_id, 1, 2, "done", {"by": "the second"})


async def test_a_step_is_fenced_by_the_attempt_of_its_run_s_job(
    house: House, database: SqlDatabase, project: Project
) -> None:
    run = a_run(project)
    async with database.transaction(LOCAL_USER) as tx:
        await tx.runs.add(run)
        await tx.jobs.enqueue(a_job(project, "agent", run=run))
        await tx.jobs.lease(("agent",), "first", 10)
        await tx.steps.intend(a_step(run, attempt=1))
        house.clock.advance(60)
    async with database.transaction(None) as tx:
        await tx.jobs.sweep()
        await tx.jobs.lease(("agent",), "second", 10)
        with pytest.raises(Conflict, match="attempt 2 goes on"):
            await tx.steps.finish(run.run_id, 1, 1, "done", {})
        with pytest.raises(Conflict, match="attempt 2 goes on"):
            await tx.steps.intend(a_step(run, seq=2, attempt=1))


async def test_what_is_appended_and_enqueued_rings_after_the_commit(
    house: House, database: SqlDatabase, project: Project
) -> None:
    async with house.wakeups.listen("*") as bell:
        async with database.transaction(LOCAL_USER) as tx:
            await tx.events.append(project.project_id, Notice(substitution="a", reason="b"))
            await tx.events.append(project.project_id, Notice(substitution="a", reason="c"))
            await tx.jobs.enqueue(a_job(project))
            assert await bell.wait(0) == []
        assert await bell.wait(0) == [(f"project:{project.project_id}", b"2"), ("jobs", b"")]
        async with database.transaction(LOCAL_USER, reading=True) as tx:
            await tx.events.read(project.project_id)
        assert await bell.wait(0) == []


async def test_the_audit_log_keeps_what_was_done_in_order(house: House, database: SqlDatabase) -> None:
    principal = Principal(user_id=LOCAL_USER, door="mcp")
    async with database.transaction(LOCAL_USER) as tx:
        await tx.audit.record(principal, "tool.list_templates", "basic", found=3, text="x\ny")
        house.clock.advance(1)
        await tx.audit.record(principal, "key.created")
        newest, oldest = await tx.audit.list()
    assert (newest.action, newest.detail, newest.door) == ("key.created", {}, "mcp")
    assert (oldest.subject, oldest.detail, oldest.at) == ("basic", {"found": 3, "text": "x\ny"}, START)


@pytest.mark.parametrize("name", ["", "x" * 5_000, "a'; DROP TABLE runs; --", "🍵", "..", "%"])
async def test_a_strange_id_is_not_found(database: SqlDatabase, name: str) -> None:
    async with database.transaction(UserId(name)) as tx:
        with pytest.raises(NotFound):
            await tx.runs.get(RunId(name))
        with pytest.raises(NotFound):
            await tx.projects.get(ProjectId(name))
