"""Nothing of somebody else's can be seen, changed or told apart from what does not exist."""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from domain.account import LOCAL_USER, ApiKey, Audit, Keys
from domain.approval import Approval, Approvals
from domain.errors import Denied, NotFound
from domain.event import Events, Notice
from domain.job import Job, Jobs
from domain.lesson import Lesson, Lessons
from domain.note import Note, Notes
from domain.nouns import (
    ApprovalId,
    AssetId,
    JobId,
    KeyId,
    LessonId,
    NoteId,
    ProjectId,
    RenderId,
    RunId,
    UserId,
    VersionId,
    new_id,
)
from domain.project import Asset, Assets, Page, Project, Projects, Revision, Revisions
from domain.receipt import Receipt, Receipts
from domain.render import Render, Renders
from domain.run import Run, Runs, Steps
from storage.database import SqlDatabase, SqlTransaction
from tests.contracts.databases import (
    HASH,
    START,
    a_job,
    a_lesson,
    a_note,
    a_project,
    a_render,
    a_run,
    a_step,
    an_approval,
    an_asset,
)

STRANGER = UserId("stranger")
RECEIPT = Receipt(key="k", request_hash="h", status=202, answer={"run_id": "r"}, created_at=START)
NOTICE = Notice(substitution="a", reason="b")


@dataclass(frozen=True)
class Things:
    """One of each noun."""

    project: Project
    version: Revision
    run: Run
    asset: Asset
    note: Note
    job: Job
    render: Render
    key: ApiKey
    approval: Approval
    lesson: Lesson

    def renamed(self, new: str) -> "Things":
        """The same things under ids that nobody has."""
        names = {
            "project": {"project_id": ProjectId(new)},
            "version": {"project_id": ProjectId(new), "version_id": VersionId(new)},
            "run": {"run_id": RunId(new), "project_id": ProjectId(new)},
            "asset": {"asset_id": AssetId(new), "project_id": ProjectId(new)},
            "note": {"note_id": NoteId(new), "project_id": ProjectId(new)},
            "job": {"job_id": JobId(new), "project_id": ProjectId(new)},
            "render": {"render_id": RenderId(new), "project_id": ProjectId(new)},
            "key": {"key_id": KeyId(new)},
            "lesson": {"lesson_id": LessonId(new)},
            "approval": {"approval_id": ApprovalId(new), "project_id": ProjectId(new)},
        }
        return Things(**{name: getattr(self, name).model_copy(update=ids) for name, ids in names.items()})


@pytest.fixture
async def things(database: SqlDatabase) -> Things:
    project = a_project()
    run, asset, note = a_run(project), an_asset(project), a_note(project)
    job = a_job(project, "agent", run=run)
    render = a_render(project, job)
    approval = an_approval(project, run)
    async with database.transaction(LOCAL_USER) as tx:
        await tx.projects.add(project)
        await tx.revisions.commit(project.project_id, 0, {"film.py": HASH}, "one")
        version = await tx.revisions.label(project.project_id, 1, "v")
        await tx.runs.add(run)
        await tx.steps.intend(a_step(run))
        await tx.assets.add(asset)
        await tx.notes.add(note)
        await tx.jobs.enqueue(job)
        await tx.renders.add(render)
        await tx.events.append(project.project_id, NOTICE, run.run_id)
        await tx.receipts.keep(RECEIPT)
        await tx.approvals.add(approval)
        lesson = await tx.lessons.learn(a_lesson())
        key = (await tx.keys.create(LOCAL_USER, "laptop", ("read",))).key
    return Things(project, version, run, asset, note, job, render, key, approval, lesson)


Attempt = Callable[[SqlTransaction, Things], Awaitable[object]]


MISSING: dict[str, Attempt] = {
    "Projects.get": lambda tx, it: tx.projects.get(it.project.project_id),
    "Projects.update": lambda tx, it: tx.projects.update(it.project.project_id, name="mine"),
    "Projects.delete": lambda tx, it: tx.projects.delete(it.project.project_id),
    "Revisions.commit": lambda tx, it: tx.revisions.commit(it.project.project_id, 1, {}, "gone"),
    "Revisions.get": lambda tx, it: tx.revisions.get(it.project.project_id),
    "Revisions.list": lambda tx, it: tx.revisions.list(it.project.project_id, Page()),
    "Revisions.label": lambda tx, it: tx.revisions.label(it.project.project_id, 1, "mine"),
    "Revisions.by_version": lambda tx, it: tx.revisions.by_version(
        it.project.project_id, it.version.version_id or VersionId("")
    ),
    "Assets.add": lambda tx, it: tx.assets.add(
        it.asset.model_copy(update={"asset_id": new_id(), "owner": STRANGER})
    ),
    "Assets.get": lambda tx, it: tx.assets.get(it.asset.asset_id),
    "Assets.list": lambda tx, it: tx.assets.list(it.project.project_id),
    "Assets.delete": lambda tx, it: tx.assets.delete(it.asset.asset_id),
    "Runs.add": lambda tx, it: tx.runs.add(it.run.model_copy(update={"run_id": new_id(), "owner": STRANGER})),
    "Runs.get": lambda tx, it: tx.runs.get(it.run.run_id),
    "Runs.list": lambda tx, it: tx.runs.list(it.project.project_id),
    "Runs.update": lambda tx, it: tx.runs.update(it.run.run_id, state="failed"),
    "Steps.intend": lambda tx, it: tx.steps.intend(a_step(it.run, seq=2)),
    "Steps.finish": lambda tx, it: tx.steps.finish(it.run.run_id, 1, 1, "done", {}),
    "Steps.list": lambda tx, it: tx.steps.list(it.run.run_id),
    "Events.append": lambda tx, it: tx.events.append(it.project.project_id, NOTICE),
    "Events.read": lambda tx, it: tx.events.read(it.project.project_id),
    "Events.last": lambda tx, it: tx.events.last(it.project.project_id),
    "Renders.add": lambda tx, it: tx.renders.add(
        it.render.model_copy(update={"render_id": new_id(), "owner": STRANGER})
    ),
    "Renders.get": lambda tx, it: tx.renders.get(it.render.render_id),
    "Renders.list": lambda tx, it: tx.renders.list(it.project.project_id),
    "Renders.save": lambda tx, it: tx.renders.save(it.render.model_copy(update={"owner": STRANGER})),
    "Jobs.enqueue": lambda tx, it: tx.jobs.enqueue(
        it.job.model_copy(update={"job_id": new_id(), "owner": STRANGER})
    ),
    "Jobs.get": lambda tx, it: tx.jobs.get(it.job.job_id),
    "Jobs.list": lambda tx, it: tx.jobs.list(project_id=it.project.project_id),
    "Jobs.heartbeat": lambda tx, it: tx.jobs.heartbeat(it.job.job_id, 0, 10),
    "Jobs.park": lambda tx, it: tx.jobs.park(it.job.job_id, 0, it.job.job_id),
    "Jobs.wake": lambda tx, it: tx.jobs.wake(it.job.job_id),
    "Jobs.finish": lambda tx, it: tx.jobs.finish(it.job.job_id, 0, "done"),
    "Jobs.release": lambda tx, it: tx.jobs.release(it.job.job_id, 0),
    "Jobs.rank": lambda tx, it: tx.jobs.rank(it.job.job_id, 5),
    "Jobs.cancel": lambda tx, it: tx.jobs.cancel(it.job.job_id),
    "Notes.add": lambda tx, it: tx.notes.add(it.note.model_copy(update={"note_id": new_id()})),
    "Notes.list": lambda tx, it: tx.notes.list(it.project.project_id),
    "Notes.stamp": lambda tx, it: tx.notes.stamp(it.project.project_id),
    "Notes.get": lambda tx, it: tx.notes.get(it.note.note_id),
    "Notes.accept": lambda tx, it: tx.notes.accept(it.project.project_id),
    "Notes.remove": lambda tx, it: tx.notes.remove(it.note.note_id),
    "Lessons.get": lambda tx, it: tx.lessons.get(it.lesson.lesson_id),
    "Lessons.reword": lambda tx, it: tx.lessons.reword(it.lesson.lesson_id, "mine"),
    "Lessons.remove": lambda tx, it: tx.lessons.remove(it.lesson.lesson_id),
    "Approvals.add": lambda tx, it: tx.approvals.add(
        it.approval.model_copy(update={"approval_id": new_id(), "owner": STRANGER})
    ),
    "Approvals.get": lambda tx, it: tx.approvals.get(it.approval.approval_id),
    "Approvals.settle": lambda tx, it: tx.approvals.settle(it.approval.approval_id, "approved"),
    "Approvals.use": lambda tx, it: tx.approvals.use(it.approval.approval_id),
    "Keys.revoke": lambda tx, it: tx.keys.revoke(it.key.key_id),
}
"""Every method that names a thing: it is not found."""

EMPTY: dict[str, Attempt] = {
    "Projects.list": lambda tx, it: tx.projects.list(Page()),
    "Assets.list": lambda tx, it: tx.assets.list(),
    "Jobs.list": lambda tx, it: tx.jobs.list(),
    "Jobs.lease": lambda tx, it: tx.jobs.lease(("agent", "render", "analysis"), "w", 10),
    "Jobs.due": lambda tx, it: tx.jobs.due(("agent", "render", "analysis")),
    "Jobs.tally": lambda tx, it: tx.jobs.tally(),
    "Jobs.sweep": lambda tx, it: tx.jobs.sweep(),
    "Keys.list": lambda tx, it: tx.keys.list(),
    "Keys.any": lambda tx, it: tx.keys.any(),
    "Keys.find": lambda tx, it: tx.keys.find(it.key.prefix),
    "Lessons.list": lambda tx, it: tx.lessons.list(),
    "Audit.list": lambda tx, it: tx.audit.list(),
    "Approvals.find": lambda tx, it: tx.approvals.find(it.approval.asked),
    "Approvals.list": lambda tx, it: tx.approvals.list(),
    "Approvals.overdue": lambda tx, it: tx.approvals.overdue(),
    "Receipts.find": lambda tx, it: tx.receipts.find(RECEIPT.key),
}
"""Every method that names none: it finds nothing."""

OWN: dict[str, Attempt] = {
    "Projects.add": lambda tx, it: tx.projects.add(
        it.project.model_copy(update={"project_id": ProjectId(new_id())})
    ),
    "Lessons.learn": lambda tx, it: tx.lessons.learn(it.lesson),
    "Keys.create": lambda tx, it: tx.keys.create(LOCAL_USER, "mine", ("admin",)),
}
"""Every method that writes an owner down: it refuses another one."""

NEUTRAL = {"Audit.record", "Receipts.keep"}
"""Write down who did something, as the door found it; a key of a request is each owner's own."""


def test_every_method_of_every_seam_is_tried() -> None:
    seams = (
        Projects,
        Revisions,
        Assets,
        Runs,
        Steps,
        Events,
        Renders,
        Jobs,
        Notes,
        Lessons,
        Keys,
        Audit,
        Receipts,
        Approvals,
    )
    methods = {
        f"{seam.__name__}.{name}"
        for seam in seams
        for name, _ in inspect.getmembers(seam, inspect.isfunction)
        if not name.startswith("_")
    }
    assert methods == {*MISSING, *EMPTY, *OWN, *NEUTRAL}


@pytest.mark.parametrize("name", MISSING)
async def test_what_is_somebody_else_s_answers_as_what_does_not_exist(
    database: SqlDatabase, things: Things, name: str
) -> None:
    answers: list[tuple[str, str]] = []
    nothing = things.renamed("of-nothing")
    for target in (things, nothing):
        async with database.transaction(STRANGER) as tx:
            with pytest.raises(NotFound) as raised:
                await MISSING[name](tx, target)
        ids = [v for noun in vars(target).values() for k, v in noun if k.endswith("_id") and v]
        message = raised.value.message
        for found in sorted(ids, key=len, reverse=True):
            message = message.replace(found, "ID")
        answers.append((raised.value.code, message))
    assert answers[0] == answers[1]


@pytest.mark.parametrize("name", EMPTY)
async def test_what_is_somebody_else_s_is_in_no_list(
    database: SqlDatabase, things: Things, name: str
) -> None:
    async with database.transaction(STRANGER) as tx:
        assert await EMPTY[name](tx, things) in ([], ([], None), None, False)


@pytest.mark.parametrize("name", OWN)
async def test_nobody_writes_in_another_s_name(database: SqlDatabase, things: Things, name: str) -> None:
    async with database.transaction(STRANGER) as tx:
        with pytest.raises(Denied):
            await OWN[name](tx, things)


async def test_a_stranger_s_attempts_change_nothing(database: SqlDatabase, things: Things) -> None:
    async def state() -> list[object]:
        async with database.transaction(LOCAL_USER, reading=True) as tx:
            it = things
            return [
                await tx.projects.list(Page()),
                await tx.revisions.list(it.project.project_id, Page()),
                await tx.assets.list(),
                await tx.runs.get(it.run.run_id),
                await tx.steps.list(it.run.run_id),
                await tx.events.read(it.project.project_id),
                await tx.renders.get(it.render.render_id),
                await tx.jobs.list(),
                await tx.notes.list(it.project.project_id),
                await tx.lessons.list(),
                await tx.keys.list(),
            ]

    before = await state()
    for attempt in [*MISSING.values(), *EMPTY.values(), *OWN.values()]:
        async with database.transaction(STRANGER) as tx:
            try:
                await attempt(tx, things)
            except (NotFound, Denied):
                continue
    assert await state() == before


async def test_two_owners_may_use_the_same_key_of_a_request(database: SqlDatabase, things: Things) -> None:
    async with database.transaction(STRANGER) as tx:
        await tx.receipts.keep(RECEIPT.model_copy(update={"status": 409}))
        assert (await tx.receipts.find("k") or RECEIPT).status == 409
    async with database.transaction(LOCAL_USER, reading=True) as tx:
        assert await tx.receipts.find("k") == RECEIPT


async def test_the_house_sees_what_everybody_has(database: SqlDatabase, things: Things) -> None:
    async with database.transaction(STRANGER) as tx:
        await tx.projects.add(a_project(STRANGER))
    async with database.transaction(None, reading=True) as tx:
        projects, _ = await tx.projects.list(Page())
        assert {project.owner for project in projects} == {LOCAL_USER, STRANGER}
        assert (await tx.jobs.get(things.job.job_id)).owner == LOCAL_USER
        assert await tx.keys.any()
