"""An analysis job ends in one written and told end, and what it heard lies in the blobs."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.engine import Engine
from domain.errors import Conflict
from domain.event import AnalysisFinished
from domain.hearing import Hearing, HearingKept, HearingWish
from domain.job import Job
from domain.nouns import JobId, ProjectId, Sha256, new_id
from jobs.hold import Hold
from jobs.worker import Worker
from render.analyses import AnalysisHandler
from tests.ears import clicks, long_clicks
from tests.stands import OWNER, NoBox, Stand, drawing, stand


class Analyses:
    """A house with one project, and its analysis jobs."""

    def __init__(self, house: Stand, engine: Engine, folder: Path, project_id: ProjectId) -> None:
        self.house = house
        self.project_id = project_id
        self.heard = folder / "engine" / "heard"
        self.handler = AnalysisHandler(house.database, engine, house.blobs)

    @property
    def worker(self) -> Worker:
        return Worker(
            self.house.database, self.house.wakeups, {"analysis": self.handler}, name="w",
            slots={"analysis": 1},
        )  # fmt: skip

    async def order(self, sound: bytes | Sha256) -> Job:
        sha256 = await self.house.blobs.put(sound) if isinstance(sound, bytes) else sound
        wish = HearingWish(sound=sha256, path="assets/music.wav", sensitivity=0.5)
        job = Job(
            job_id=JobId(new_id()), kind="analysis", owner=OWNER, project_id=self.project_id,
            payload=wish.model_dump(mode="json"), created_at=datetime.now(UTC),
        )  # fmt: skip
        async with self.house.database.transaction(OWNER) as tx:
            await tx.jobs.enqueue(job)
        return job

    async def hear(self, sound: bytes | Sha256) -> Job:
        """Order an analysis, let a worker do it, and read the job as it is then."""
        job = await self.order(sound)
        assert await self.worker.once()
        return await self.now(job)

    async def now(self, job: Job) -> Job:
        async with self.house.database.transaction(None, reading=True) as tx:
            return await tx.jobs.get(job.job_id)

    async def ends(self) -> list[tuple[str, str]]:
        events = [entry.event for entry in await self.house.events(self.project_id)]
        return [(each.job_id, each.status) for each in events if isinstance(each, AnalysisFinished)]


@pytest.fixture
async def analyses(tmp_path: Path) -> AsyncIterator[Analyses]:
    async with drawing(tmp_path) as engine, stand(tmp_path, engine=engine) as house:
        yield Analyses(house, engine, tmp_path, await house.scaffold())


async def test_what_was_heard_lies_in_the_blobs_and_is_heard_once(analyses: Analyses) -> None:
    first = await analyses.hear(clicks())
    kept = HearingKept.model_validate(first.result)
    hearing = Hearing.model_validate_json(await analyses.house.blobs.get(kept.hearing))
    assert hearing.tempo_bpm == pytest.approx(120, abs=1)
    assert (await analyses.house.blobs.get(kept.picture)).startswith(b"\xff\xd8")
    (folder,) = analyses.heard.iterdir()
    written = (folder / "hearing.json").stat().st_mtime_ns
    second = await analyses.hear(clicks())
    assert (second.state, second.result) == (first.state, first.result)
    assert (folder / "hearing.json").stat().st_mtime_ns == written
    assert await analyses.ends() == [(first.job_id, "done"), (second.job_id, "done")]


async def test_silence_is_heard_as_silence(analyses: Analyses) -> None:
    job = await analyses.hear(clicks()[:44] + bytes(len(clicks()) - 44))
    kept = HearingKept.model_validate(job.result)
    hearing = Hearing.model_validate_json(await analyses.house.blobs.get(kept.hearing))
    assert (job.state, hearing.loudness_lufs, hearing.beats) == ("done", None, ())


@pytest.mark.parametrize(
    ("sound", "kind", "words"),
    [
        (clicks()[:30], "invalid", "assets/music.wav: the "),
        (b"", "invalid", "assets/music.wav: the file is empty"),
        (b"<svg>" * 99, "invalid", "assets/music.wav: the file is no WAV"),
        (Sha256("0" * 64), "missing", "assets/music.wav: its content is gone; upload it again"),
    ],
    ids=["cut off", "empty", "no sound", "gone"],
)
async def test_what_cannot_be_heard_fails_with_the_reason(
    analyses: Analyses, sound: bytes | Sha256, kind: str, words: str
) -> None:
    job = await analyses.hear(sound)
    assert (job.state, job.result, job.attempt) == ("failed", {"kind": kind}, 1)
    assert words in job.reason
    assert await analyses.ends() == [(job.job_id, "failed")]


async def test_nobody_listens_for_a_project_that_is_gone(analyses: Analyses) -> None:
    job = await analyses.order(clicks())
    async with analyses.house.database.transaction(OWNER) as tx:
        await tx.projects.delete(analyses.project_id)
    assert await analyses.worker.once()
    now = await analyses.now(job)
    assert (now.state, "project" in now.reason) == ("failed", True)
    assert not analyses.heard.exists()


async def test_a_worker_that_lost_its_lease_writes_nothing(analyses: Analyses) -> None:
    await analyses.order(clicks())
    leases: list[Job] = []
    for _ in range(2):
        async with analyses.house.database.transaction(None) as tx:
            if leases:
                await tx.jobs.release(leases[0].job_id, leases[0].attempt)
            leased = await tx.jobs.lease(("analysis",), "test", 60)
        assert leased is not None
        leases.append(leased)
    with pytest.raises(Conflict):
        await analyses.handler.run(Hold(analyses.house.database, leases[0]))
    assert await analyses.ends() == []
    finished = await analyses.handler.run(Hold(analyses.house.database, leases[1]))
    assert (finished.state, await analyses.ends()) == ("done", [(leases[1].job_id, "done")])


async def test_a_cancelled_analysis_ends_its_box_and_leaves_nothing(analyses: Analyses) -> None:
    job = await analyses.order(long_clicks())
    working = asyncio.create_task(analyses.worker.once())
    async with asyncio.timeout(20):
        while not (analyses.heard.exists() and list(analyses.heard.iterdir())):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    async with analyses.house.database.transaction(OWNER) as tx:
        await tx.jobs.cancel(job.job_id)
    async with asyncio.timeout(2):
        await working
    assert ((await analyses.now(job)).state, list(analyses.heard.iterdir())) == ("cancelled", [])
    assert await analyses.ends() == [(job.job_id, "cancelled")]


async def test_without_a_box_it_waits_for_one_and_says_why(tmp_path: Path) -> None:
    async with stand(tmp_path) as house:
        job = await Analyses(house, NoBox(), tmp_path, await house.scaffold()).hear(clicks())
    assert (job.state, job.retries) == ("queued", 1)
    assert "apt install bubblewrap" in job.reason
