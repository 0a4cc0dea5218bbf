"""Sounds are heard by workers, whoever wakes them, and whoever dies or changes his mind meanwhile."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path

import pytest

from bench.chaos.server import Server
from cli.client import Json
from domain.account import LOCAL_USER
from domain.errors import Unavailable
from domain.event import Notice, RunFinished, ToolFinished
from domain.model import Reply
from domain.run import Usage
from providers.scripted import Scripted, says
from tests.contracts.dispatchers import kill
from tests.contracts.hearers import ASKED, TOOL, Place, gone, place
from tests.ears import clicks, long_clicks

NO = Reply(text="SAFETY", stopped="blocked", usage=Usage(turns=1))
"""The quickest end of a run."""


@pytest.fixture(params=["own", "rq"])
async def yard(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[Place]:
    async with place(request.param, tmp_path) as made:
        yield made


async def test_a_server_on_one_machine_hears_sounds_in_its_own_workers(tmp_path: Path) -> None:
    async with Server(tmp_path / "data") as server:
        made = await server.client.post(
            "/api/tools/scaffold_project", {"template_name": "basic", "project_name": "Noor Tea"}
        )
        (tmp_path / "music.wav").write_bytes(clicks())
        await server.client.upload(tmp_path / "music.wav", None)
        asked: Json = {"audio_file_path": "music.wav", "project_id": made["project_id"]}
        first = await server.client.post(f"/api/tools/{TOOL}", asked)
        queue = await server.client.get("/api/queue", kind="analysis")
        second = await server.client.post(f"/api/tools/{TOOL}", asked)
    items = queue["items"]
    assert isinstance(items, list)
    assert (first["failed"], first["data"]) == (False, second["data"])
    assert [(each["state"], each["attempt"]) for each in items if isinstance(each, dict)] == [("done", 1)]
    assert second["job_id"] == first["job_id"]


@pytest.mark.timeout(120)
async def test_a_run_goes_on_although_the_worker_that_listened_was_killed(yard: Place) -> None:
    project_id = await yard.project(long_clicks(40))
    worker = yard.hire()
    run = await yard.run(project_id)
    model = Scripted([says("I listen.", (TOOL, ASKED)), NO])
    async with yard.directing(model):
        boxes = await yard.box(worker)
        kill(worker)
        await gone(boxes)
        yard.hire()
        async with (
            asyncio.timeout(60),
            aclosing(yard.wiring.log.tail(LOCAL_USER, project_id, run_id=run.run_id)) as entries,
        ):
            events = [entry.event async for entry in entries if entry.seq]
    assert isinstance(events[-1], RunFinished)
    (heard,) = [each for each in events if isinstance(each, ToolFinished)]
    assert (heard.tool, heard.data["beats_file"]) == (TOOL, "assets/music.beats.json")
    (job,) = await yard.analyses(project_id)
    assert (job.state, job.attempt, job.crashes, job.run_id) == ("done", 2, 1, run.run_id)


@pytest.mark.parametrize("yard", ["own", pytest.param("rq", marks=pytest.mark.slow)], indirect=True)
@pytest.mark.timeout(120)
async def test_an_analysis_that_is_called_off_ends_within_two_seconds_with_its_box(yard: Place) -> None:
    project_id = await yard.project(long_clicks())
    worker = yard.hire()
    asking = asyncio.create_task(yard.hear(project_id))
    boxes = await yard.box(worker)
    (job,) = await yard.analyses(project_id)
    async with yard.wiring.database.transaction(LOCAL_USER) as tx:
        await tx.jobs.cancel(job.job_id)
    await yard.until(project_id, "cancelled", seconds=2)
    await gone(boxes)
    async with asyncio.timeout(10):
        answer = await asking
    assert (answer.kind, "was called off" in answer.summary) == ("conflict", True)


async def test_without_a_worker_everybody_is_told_and_the_first_one_hears_once(tmp_path: Path) -> None:
    async with place("rq", tmp_path) as yard:
        project_id = await yard.project(clicks())
        with pytest.raises(Unavailable, match=r"no RQ worker listens for .*analysis"):
            await yard.wiring.tokens.check()
        asking = asyncio.create_task(yard.hear(project_id))
        async with (
            asyncio.timeout(20),
            aclosing(yard.wiring.log.tail(LOCAL_USER, project_id, after=1)) as entries,
        ):
            notice = await anext(entry async for entry in entries if entry.seq)
        assert isinstance(notice.event, Notice)
        assert notice.event.substitution == "the analysis job waits"
        assert "director worker --queues analysis" in notice.event.reason
        yard.hire()
        first, second = await asking, await yard.hear(project_id)
        assert (first.failed, first.data["tempo_bpm"]) == (False, pytest.approx(120, abs=1))
        assert (second.data, second.job_id) == (first.data, first.job_id)
        (job,) = await yard.analyses(project_id)
        assert (job.state, job.attempt, job.payload["path"]) == ("done", 1, "assets/music.wav")
