"""An approval is opened, answered and used once, on every database; whoever waits for it is woken."""

import asyncio

import pytest
from pydantic import JsonValue

from domain import consent
from domain.account import LOCAL_USER, Principal
from domain.approval import Approval, Decision
from domain.errors import Conflict, NotFound
from domain.event import ApprovalRequested, ApprovalResolved
from domain.job import Job
from domain.nouns import UserId
from domain.project import Project
from domain.run import Run
from storage.database import SqlDatabase
from tests.contracts.databases import START, House, a_job, a_run, an_approval

OWNER = Principal(user_id=LOCAL_USER)


async def asked(database: SqlDatabase, approval: Approval) -> Approval:
    async with database.transaction(approval.owner) as tx:
        await consent.ask(tx, OWNER, approval)
    return approval


async def parked(database: SqlDatabase, project: Project) -> tuple[Run, Job]:
    """A run whose worker has gone because a person has to answer."""
    run = a_run(project)
    async with database.transaction(LOCAL_USER) as tx:
        await tx.runs.add(run)
        await tx.jobs.enqueue(a_job(project, "agent", run=run))
    async with database.transaction(None) as tx:
        leased = await tx.jobs.lease(("agent",), "w", 10)
        assert leased is not None
        return run, await tx.jobs.park(leased.job_id, leased.attempt, None)


async def test_an_approval_comes_back_as_it_was_asked_with_its_event_and_audit(
    database: SqlDatabase, project: Project
) -> None:
    approval = await asked(database, an_approval(project))
    async with database.transaction(LOCAL_USER, reading=True) as tx:
        assert await tx.approvals.get(approval.approval_id) == approval
        assert await tx.approvals.find("call") == approval
        assert await tx.approvals.list(project_id=project.project_id, states=("open",)) == [approval]
        (entry,) = await tx.events.read(project.project_id)
        (audit,) = await tx.audit.list()
    assert isinstance(entry.event, ApprovalRequested)
    assert (entry.event.what, entry.event.cost_usd, entry.event.args) == ("buy two", 1.5, {"much": 2})
    assert (audit.action, audit.subject) == ("approval.requested", approval.approval_id)


@pytest.mark.parametrize(
    ("decision", "state"), [("approve", "approved"), ("edit", "edited"), ("reject", "rejected")]
)
async def test_an_answer_is_given_once_and_told(
    database: SqlDatabase, project: Project, decision: Decision, state: str
) -> None:
    approval = await asked(database, an_approval(project))
    edited: dict[str, JsonValue] | None = {"much": 1} if decision == "edit" else None
    async with database.transaction(LOCAL_USER) as tx:
        settled = await consent.answer(tx, OWNER, approval, decision, edited=edited, reason="so be it")
    assert (settled.state, settled.edited, settled.settled_by) == (state, edited, LOCAL_USER)
    with pytest.raises(Conflict, match=f"has its answer already: {state}"):
        async with database.transaction(LOCAL_USER) as tx:
            await consent.answer(tx, OWNER, approval, "reject")
    async with database.transaction(LOCAL_USER, reading=True) as tx:
        told = (await tx.events.read(project.project_id))[-1].event
        actions = [each.action for each in await tx.audit.list()]
    assert isinstance(told, ApprovalResolved)
    assert (told.decision, told.by, told.reason) == (state, LOCAL_USER, "so be it")
    assert actions == ["approval.answered", "approval.requested"]


async def test_of_answers_that_come_together_one_counts(house: House, project: Project) -> None:
    approval = await asked(house.database, an_approval(project))
    doors = [house.open() for _ in range(4)]

    async def answer(database: SqlDatabase, decision: Decision) -> str:
        try:
            async with database.transaction(LOCAL_USER) as tx:
                return (await consent.answer(tx, OWNER, approval, decision)).state
        except Conflict as late:
            return late.code

    wishes: tuple[Decision, ...] = ("approve", "reject", "approve", "reject")
    came = await asyncio.gather(*(answer(door, wish) for door, wish in zip(doors, wishes, strict=True)))
    assert sorted(came)[:3] == ["approval_settled"] * 3 or came.count("approval_settled") == 3


async def test_a_yes_serves_one_call(database: SqlDatabase, project: Project) -> None:
    approval = await asked(database, an_approval(project))
    with pytest.raises(Conflict, match="still open"):
        async with database.transaction(LOCAL_USER) as tx:
            await tx.approvals.use(approval.approval_id)
    async with database.transaction(LOCAL_USER) as tx:
        await consent.answer(tx, OWNER, approval, "approve")
        assert (await tx.approvals.use(approval.approval_id)).used_at == START
        found = await tx.approvals.find("call")
    assert found is not None
    assert found.used_at == START
    with pytest.raises(Conflict, match="its call was made"):
        async with database.transaction(LOCAL_USER) as tx:
            await tx.approvals.use(approval.approval_id)


async def test_a_no_is_never_used(database: SqlDatabase, project: Project) -> None:
    approval = await asked(database, an_approval(project))
    async with database.transaction(LOCAL_USER) as tx:
        await consent.answer(tx, OWNER, approval, "reject")
    with pytest.raises(Conflict, match="rejected"):
        async with database.transaction(LOCAL_USER) as tx:
            await tx.approvals.use(approval.approval_id)


async def test_an_answer_after_the_time_is_over_is_refused(house: House, project: Project) -> None:
    approval = await asked(house.database, an_approval(project))
    house.clock.advance(3600)
    with pytest.raises(Conflict, match="expired at 2026-03-01 13:00 UTC"):
        async with house.database.transaction(LOCAL_USER) as tx:
            await consent.answer(tx, OWNER, approval, "approve")


async def test_what_nobody_answers_is_closed_and_the_run_goes_on(house: House, project: Project) -> None:
    run, job = await parked(house.database, project)
    assert (job.state, job.waits_for) == ("parked", None)
    approval = await asked(house.database, an_approval(project, run))
    async with house.database.transaction(None) as tx:
        assert await consent.expire(tx) == []
    house.clock.advance(3601)
    async with house.database.transaction(None) as tx:
        closed = await consent.expire(tx)
    assert [each.approval_id for each in closed] == [approval.approval_id]
    async with house.database.transaction(LOCAL_USER, reading=True) as tx:
        assert (await tx.approvals.get(approval.approval_id)).state == "expired"
        assert (await tx.jobs.get(job.job_id)).state == "queued"
        last = (await tx.events.read(project.project_id))[-1]
    assert isinstance(last.event, ApprovalResolved)
    assert (last.event.decision, last.event.by, last.run_id) == ("expired", None, run.run_id)


async def test_an_answer_wakes_the_run_that_waits_and_no_other(
    database: SqlDatabase, project: Project
) -> None:
    run, job = await parked(database, project)
    approval = await asked(database, an_approval(project, run))
    async with database.transaction(LOCAL_USER) as tx:
        await consent.answer(tx, OWNER, approval, "approve")
        assert (await tx.jobs.get(job.job_id)).state == "queued"
        assert (await tx.jobs.wake(job.job_id)).state == "queued"


async def test_a_run_that_has_ended_asks_nothing_any_more(database: SqlDatabase, project: Project) -> None:
    run, _ = await parked(database, project)
    approval = await asked(database, an_approval(project, run))
    async with database.transaction(None) as tx:
        await consent.withdraw(tx, run.run_id)
    async with database.transaction(LOCAL_USER) as tx:
        assert (await tx.approvals.get(approval.approval_id)).state == "cancelled"
    with pytest.raises(Conflict, match="already: cancelled"):
        async with database.transaction(LOCAL_USER) as tx:
            await consent.answer(tx, OWNER, approval, "approve")


async def test_a_question_of_a_deleted_project_still_closes(house: House, project: Project) -> None:
    await asked(house.database, an_approval(project))
    async with house.database.transaction(LOCAL_USER) as tx:
        await tx.projects.delete(project.project_id)
    house.clock.advance(3601)
    async with house.database.transaction(None) as tx:
        assert [each.state for each in await consent.expire(tx)] == ["expired"]


async def test_a_job_that_waits_for_a_job_is_not_woken_by_an_answer(
    database: SqlDatabase, project: Project
) -> None:
    render = a_job(project)
    run = a_run(project)
    async with database.transaction(LOCAL_USER) as tx:
        await tx.runs.add(run)
        await tx.jobs.enqueue(render)
        await tx.jobs.enqueue(a_job(project, "agent", run=run))
    async with database.transaction(None) as tx:
        leased = await tx.jobs.lease(("agent",), "w", 10)
        assert leased is not None
        await tx.jobs.park(leased.job_id, leased.attempt, render.job_id)
        assert (await tx.jobs.wake(leased.job_id)).state == "parked"


async def test_a_stranger_neither_sees_nor_answers(database: SqlDatabase, project: Project) -> None:
    approval = await asked(database, an_approval(project))
    eve = UserId("eve")
    async with database.transaction(eve) as tx:
        assert await tx.approvals.list() == []
        assert await tx.approvals.find("call") is None
        with pytest.raises(NotFound):
            await consent.answer(tx, Principal(user_id=eve), approval, "approve")
