"""A render job ends in exactly one written end, whatever happens to it on the way."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Literal

import pytest

from domain.engine import Engine, Output
from domain.errors import Conflict, ToolError
from domain.event import RenderFinished, RenderProgress
from domain.handler import Finished
from domain.job import Job
from domain.nouns import ProjectId
from domain.render import Render
from jobs.hold import Hold
from render.handler import RenderHandler
from tests.stands import OWNER, NoBox, Stand, drawing, ordered, stand

FILM = """\
from stage import Film, Rect, Scene, Text

film = Film("Render", width=320, height=180, fps=30)
scene = Scene("one", seconds=1, background="#203040")
dot = Rect(width=20, height=20, fill="#FF8040", anchor="left")
scene.add(Text("Noor Tea", size=48, color="#FFFFFF", anchor="center"), dot)
scene.timeline.to(dot, x=200, duration=1, ease="none", at=0)
film.add(scene)
"""


class Renders:
    """A house with one project, and its render jobs."""

    def __init__(self, house: Stand, engine: Engine, folder: Path, project_id: ProjectId) -> None:
        self.house = house
        self.project_id = project_id
        self.folder = folder / "films"
        self.handler = RenderHandler(house.database, engine, house.blobs, house.log, self.folder)

    async def source(self, text: str) -> None:
        await self.house.write(self.project_id, {"film.py": text.encode()})

    async def lease(self, purpose: Literal["film", "preview"] = "film", output: Output | None = None) -> Job:
        project = await self.house.project(self.project_id)
        await ordered(self.house.database, project, purpose, output)
        return await self.again()

    async def again(self) -> Job:
        async with self.house.database.transaction(None) as tx:
            job = await tx.jobs.lease(("render",), "test", 60)
        assert job is not None
        return job

    async def run(self, job: Job) -> Finished:
        ended = await self.handler.run(Hold(self.house.database, job))
        assert isinstance(ended, Finished)
        return ended

    async def end(self, job: Job, state: Literal["failed", "cancelled"], reason: str) -> None:
        """End a job as the worker does when the handler could not."""
        async with self.house.database.transaction(None) as tx:
            ended = await tx.jobs.finish(job.job_id, job.attempt, state, reason=reason)
            await self.handler.ended(tx, ended)

    async def render(self, job: Job) -> Render:
        assert job.render_id is not None
        async with self.house.database.transaction(OWNER) as tx:
            return await tx.renders.get(job.render_id)

    async def state(self, job: Job) -> str:
        async with self.house.database.transaction(OWNER) as tx:
            return (await tx.jobs.get(job.job_id)).state

    async def ends(self) -> list[RenderFinished]:
        events = [entry.event for entry in await self.house.events(self.project_id)]
        return [event for event in events if isinstance(event, RenderFinished)]

    async def status(self) -> str:
        return (await self.house.project(self.project_id)).status


@pytest.fixture
async def renders(tmp_path: Path) -> AsyncIterator[Renders]:
    async with drawing(tmp_path) as engine, stand(tmp_path, engine=engine) as house:
        made = Renders(house, engine, tmp_path, await house.scaffold())
        await made.source(FILM)
        yield made


async def test_a_film_ends_with_its_links_and_a_finished_job(renders: Renders) -> None:
    job = await renders.lease()
    finished = await renders.run(job)
    render = await renders.render(job)
    (event,) = await renders.ends()
    assert finished.result["status"] == render.status == event.status == "COMPLETED"
    assert event.url == f"/api/render/{render.render_id}/download"
    assert {link.rel for link in event.links} == {"film", "poster", "thumbnail", "sheet"}
    assert event.facts is not None
    assert (event.facts.width, event.facts.frames) == (160, 30)
    assert (render.percent, await renders.state(job), await renders.status()) == (100, "done", "COMPLETED")
    assert render.film == event.facts.sha256
    assert render.film is not None
    assert await renders.house.blobs.size(render.film) == event.facts.bytes
    assert list(renders.folder.iterdir()) == []


async def test_progress_is_whispered_and_never_stored(renders: Renders) -> None:
    heard: list[RenderProgress] = []
    listening = asyncio.Event()

    async def listen() -> None:
        tail = renders.house.log.tail(OWNER, renders.project_id)
        listening.set()
        async for entry in tail:
            if isinstance(entry.event, RenderProgress):
                heard.append(entry.event)
            if isinstance(entry.event, RenderFinished):
                return

    listener = asyncio.create_task(listen())
    await listening.wait()
    await renders.run(await renders.lease())
    async with asyncio.timeout(10):
        await listener
    assert [event.percent for event in heard] == sorted(event.percent for event in heard)
    assert "render.progress" not in await renders.house.told(renders.project_id)


async def test_a_mistake_in_the_source_fails_with_its_line(renders: Renders) -> None:
    await renders.source(FILM.replace("Rect(width", "Rect(widht"))
    job = await renders.lease()
    await renders.run(job)
    (event,) = await renders.ends()
    assert (event.status, event.url, await renders.state(job)) == ("FAILED", None, "failed")
    assert (event.findings[0].file, event.findings[0].line) == ("film.py", 5)
    assert "does not compile" in event.reason
    assert await renders.status() == "ERROR"


async def test_a_film_with_faults_fails_its_checks_and_can_still_be_seen(renders: Renders) -> None:
    await renders.source(FILM.replace('color="#FFFFFF"', 'color="#FFFFFF", x=220, width=250'))
    job = await renders.lease()
    await renders.run(job)
    (event,) = await renders.ends()
    assert event.status == "FAILED_CHECKS"
    assert "text_outside" in {finding.code for finding in event.findings}
    assert event.url is not None
    assert (await renders.state(job), await renders.status()) == ("done", "ERROR")


async def test_a_preview_is_shown_with_its_faults(renders: Renders) -> None:
    await renders.source(FILM.replace('color="#FFFFFF"', 'color="#FFFFFF", x=220, width=250'))
    before = await renders.status()
    await renders.run(await renders.lease("preview"))
    (event,) = await renders.ends()
    assert (event.status, event.purpose) == ("COMPLETED", "preview")
    assert "text_outside" in {finding.code for finding in event.findings}
    assert await renders.status() == before


async def test_a_substitution_is_told_in_the_log(renders: Renders) -> None:
    await renders.source(FILM.replace("size=48", 'size=48, font="Nosuch Grotesk"'))
    await renders.run(await renders.lease())
    told = await renders.house.told(renders.project_id)
    assert told.index("notice") < told.index("render.finished")


async def test_a_second_run_after_a_crash_gives_one_film(renders: Renders) -> None:
    job = await renders.lease()
    async with renders.house.database.transaction(None) as tx:
        await tx.jobs.release(job.job_id, job.attempt)
    second = await renders.again()
    await renders.run(second)
    assert (await renders.run(job)).result == {"status": "COMPLETED"}
    assert len(await renders.ends()) == 1


async def test_a_worker_that_lost_its_lease_writes_nothing(renders: Renders) -> None:
    stale = await renders.lease()
    async with renders.house.database.transaction(None) as tx:
        await tx.jobs.release(stale.job_id, stale.attempt)
    await renders.again()
    with pytest.raises(Conflict):
        await renders.run(stale)
    assert await renders.ends() == []
    assert (await renders.render(stale)).status == "PROCESSING"


async def test_a_cancelled_render_says_so_once(renders: Renders) -> None:
    large = FILM.replace("320", "1920").replace("180", "1080").replace("seconds=1", "seconds=20")
    await renders.source(large)
    job = await renders.lease(output=Output())
    listening = asyncio.Event()

    async def wait_for_drawing() -> None:
        tail = renders.house.log.tail(OWNER, renders.project_id)
        listening.set()
        async for entry in tail:
            if isinstance(entry.event, RenderProgress) and entry.event.stage == "drawing":
                return

    drawn = asyncio.create_task(wait_for_drawing())
    await listening.wait()
    task = asyncio.create_task(renders.run(job))
    await drawn
    task.cancel()
    async with asyncio.timeout(2):
        await asyncio.gather(task, return_exceptions=True)
    await renders.end(job, "cancelled", "cancelled")
    (event,) = await renders.ends()
    assert (event.status, event.url) == ("CANCELLED", None)
    assert (await renders.status(), list(renders.folder.iterdir())) == ("READY", [])


async def test_an_end_is_written_once(renders: Renders) -> None:
    job = await renders.lease()
    await renders.run(job)
    async with renders.house.database.transaction(None) as tx:
        await renders.handler.ended(tx, await tx.jobs.get(job.job_id))
    assert [event.status for event in await renders.ends()] == ["COMPLETED"]


async def test_endless_source_is_a_known_failure(renders: Renders) -> None:
    await renders.source("hog = [bytearray(1 << 20) for _ in range(1 << 20)]")
    job = await renders.lease()
    with pytest.raises(ToolError, match="memory") as stopped:
        await renders.run(job)
    await renders.end(job, "failed", stopped.value.message)
    (event,) = await renders.ends()
    assert (event.status, event.reason) == ("FAILED", stopped.value.message)


async def test_what_a_killed_worker_left_is_swept_up(renders: Renders) -> None:
    old, young = renders.folder / "film-old", renders.folder / "film-young"
    for folder in (old, young):
        folder.mkdir(parents=True)
        (folder / "film.mp4").write_bytes(b"half")
    os.utime(old, (1_000_000, 1_000_000))
    await renders.run(await renders.lease("preview"))
    assert list(renders.folder.iterdir()) == [young]


async def test_without_a_box_nothing_is_drawn(tmp_path: Path) -> None:
    async with stand(tmp_path) as house:
        renders = Renders(house, NoBox(), tmp_path, await house.scaffold())
        await renders.source(FILM)
        job = await renders.lease()
        with pytest.raises(Exception, match="apt install bubblewrap"):
            await renders.run(job)
        await renders.end(job, "failed", "bubblewrap is missing; install it: apt install bubblewrap")
        (event,) = await renders.ends()
        assert "apt install bubblewrap" in event.reason
