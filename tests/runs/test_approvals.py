"""Runs that wait for a person: parked without a worker, woken by the answer, through kills, and to an end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import JsonValue

from bench.chaos.server import Server
from cli.client import Json, Sent
from domain.event import ApprovalRequested, ApprovalResolved, RunStarted, ToolFailed
from domain.job import Job
from domain.run import Run
from providers.offline import create
from providers.scripted import Scripted, says
from tests.runs.studio import Studio, studio
from tests.runs.test_agent import NO, SCAFFOLD
from tests.stands import OWNER
from tools.executor import Executor

PLANS = says("This is my plan.", ("propose_plan", {"plan": "a title, then three leaves"}))


@pytest.fixture
async def place(tmp_path: Path) -> AsyncGenerator[Studio]:
    async with studio(tmp_path) as made:
        yield made


async def job_of(place: Studio, run: Run) -> Job:
    async with place.house.database.transaction(None, reading=True) as tx:
        return next(each for each in await tx.jobs.list(kind="agent") if each.run_id == run.run_id)


async def until(place: Studio, run: Run, there: Callable[[Run, Job], bool]) -> None:
    """Follow the run and its job until they stand so."""
    async with asyncio.timeout(20), place.house.wakeups.listen("jobs") as bell:
        while not there(await place.again(run), await job_of(place, run)):
            await bell.wait(0.02)


async def parked(place: Studio, run: Run) -> None:
    await until(place, run, lambda now, job: now.state == "awaiting_approval" and job.state == "parked")


async def wanting_plan(place: Studio) -> Run:
    return await place.ask(await place.project(), approve=("plan",))


async def test_a_run_that_waits_has_given_its_worker_back_and_goes_on_after_a_yes(place: Studio) -> None:
    run = await wanting_plan(place)
    async with place.working(Scripted([PLANS, NO, SCAFFOLD, NO])):
        await parked(place, run)
        job = await job_of(place, run)
        assert (job.worker, job.lease_until, job.waits_for) == (None, None, None)
        other = await place.ask(await place.project())
        await place.end(other)
        await place.house.settle()
        await place.end(run)
    told = await place.told(run)
    assert told.index("approval.requested") < told.index("approval.resolved") < told.index("project.revised")
    starts = [each.event for each in await place.entries(run) if isinstance(each.event, RunStarted)]
    assert len(starts) == 1


async def test_nothing_is_written_before_the_plan_is_agreed_to(place: Studio) -> None:
    run = await wanting_plan(place)
    async with place.working(Scripted([SCAFFOLD, PLANS, NO])):
        await parked(place, run)
        assert (await place.house.project(run.project_id)).revision == 0
        await place.cancel(run)
        await place.end(run)
    refused = [each.event for each in await place.entries(run) if isinstance(each.event, ToolFailed)]
    assert [(each.kind, "see the plan first" in each.message) for each in refused] == [("denied", True)]


async def test_an_answer_while_the_run_is_being_parked_is_not_lost(place: Studio) -> None:
    for _ in range(5):
        run = await wanting_plan(place)
        async with place.working(Scripted([PLANS, NO])):
            async with asyncio.timeout(20), aclosing(place.house.log.tail(OWNER, run.project_id)) as tail:
                async for entry in tail:
                    if isinstance(entry.event, ApprovalRequested):
                        break
            await place.house.settle()
            await place.end(run)


async def test_a_no_ends_the_offline_director_with_what_the_user_said(place: Studio) -> None:
    run = await wanting_plan(place)
    async with place.working(create()):
        await parked(place, run)
        await place.house.settle("reject", reason="Too calm for us.")
        end = await place.end(run)
    assert (end.status, end.reason) == (
        "failed", "You did not agree: Too calm for us. Nothing was made; ask anew with what you want.",
    )  # fmt: skip
    assert (await place.house.project(run.project_id)).revision == 0


async def test_a_run_that_waits_is_cancelled_at_once_and_its_question_with_it(place: Studio) -> None:
    run = await wanting_plan(place)
    async with place.working(Scripted([PLANS])):
        await parked(place, run)
        await place.cancel(run)
        end = await place.end(run, within=2)
    assert end.status == "cancelled"
    resolved = [each.event for each in await place.entries(run) if isinstance(each.event, ApprovalResolved)]
    assert [each.decision for each in resolved] == ["cancelled"]


async def test_a_question_that_nobody_answers_in_time_ends_by_the_sweep(place: Studio) -> None:
    soon = replace(place.house.services, patience_s=0.2)
    place.house.executor = Executor(soon, place.house.executor.tools)
    run = await wanting_plan(place)
    async with place.working(create()):
        end = await place.end(run)
    assert (end.status, "Nobody answered in time" in end.reason) == ("failed", True)
    resolved = [each.event for each in await place.entries(run) if isinstance(each.event, ApprovalResolved)]
    assert [(each.decision, each.by) for each in resolved] == [("expired", None)]


async def test_a_project_that_is_deleted_while_it_waits_leaves_no_question_open(place: Studio) -> None:
    run = await wanting_plan(place)
    async with place.working(Scripted([PLANS])):
        await parked(place, run)
        async with place.house.database.transaction(OWNER) as tx:
            await tx.runs.update(run.run_id, state="cancelling")
            await tx.jobs.cancel((await tx.jobs.list(kind="agent"))[0].job_id)
            await tx.projects.delete(run.project_id)
        await until(place, run, lambda now, _: now.state == "cancelled")
    async with place.house.database.transaction(None) as tx:
        assert [each.state for each in await tx.approvals.list(run_id=run.run_id)] == ["cancelled"]


async def test_an_answer_that_no_worker_saw_is_heard_by_the_next_one(place: Studio) -> None:
    run = await wanting_plan(place)
    async with place.working(Scripted([PLANS])):
        await parked(place, run)
    await place.house.settle("edit", edited={"plan": "one title"})
    model = Scripted([NO])
    async with place.working(model):
        await place.end(run)
    assert '"plan": "one title"' in model.heard[-1][-1].model_dump_json().replace('":"', '": "')


@pytest.mark.timeout(150)
async def test_a_server_killed_while_a_run_waits_and_after_the_answer_goes_on_once(tmp_path: Path) -> None:
    async with Server(tmp_path / "data") as server:
        wish: Json = {"prompt": 'A 6 second clip that says "Open all night"', "approve": ["plan"]}
        started = await server.client.post("/api/generate/start", wish)
        stream = f"/api/generate/{started['run_id']}/stream"
        asked = await follow(server, stream, "approval.requested")
        await server.kill_server()
        await server.start()
        open_now = await server.client.get("/api/approvals", state="open")
        assert [asked[-1].data["approval_id"]] == ids(open_now)
        path = f"/api/approvals/{asked[-1].data['approval_id']}"
        assert (await server.client.post(path, {"decision": "approve"}))["state"] == "approved"
        await server.kill_server()
        await server.start()
        await follow(server, stream, "project.revised")
        await server.client.post("/api/generate/cancel", {"run_id": started["run_id"]})
        told = [sent.type for sent in await follow(server, stream, "run.finished")]
    for kind in ("approval.requested", "approval.resolved", "run.finished"):
        assert told.count(kind) == 1, kind
    assert told.index("approval.resolved") < told.index("project.revised")


async def follow(server: Server, stream: str, until: str) -> list[Sent]:
    """Read a stream from its beginning to the first event of a type."""
    seen: list[Sent] = []
    async with asyncio.timeout(60):
        async for sent in server.client.events(stream, server.start):
            seen.append(sent)
            if sent.type == until:
                break
    return seen


def ids(listed: Json) -> list[JsonValue]:
    """The ids of a list of questions."""
    items = listed["items"]
    assert isinstance(items, list)
    return [each["approval_id"] for each in items if isinstance(each, dict)]
