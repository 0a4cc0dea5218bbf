"""A long film is drawn by several workers and joined by one: the very film that one would have made."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from domain.event import RenderFinished, RenderProgress
from domain.handler import Finished, Parked
from domain.job import PART_OF, Job
from domain.nouns import ProjectId
from domain.render import Render
from jobs.hold import Hold
from render.engine import EngineConfig
from render.farm import Farm, shared_out
from render.handler import RenderHandler
from render.parts import PartEngine
from render.segments import Piece
from tests.contracts.sandboxes import SANDBOXES
from tests.stands import OWNER, Stand, ordered, stand

FILM = """\
from stage import Film, Rect, Scene, Text

film = Film("Farm", width=320, height=180, fps=30)
for name, color in (("one", "#203040"), ("two", "#402030"), ("three", "#304020")):
    scene = Scene(name, seconds=2, background=color)
    dot = Rect(width=40, height=40, fill="#FF8040", anchor="left")
    scene.add(Text(f"Scene {name}", size=40, color="#FFFFFF", anchor="center"), dot)
    scene.timeline.to(dot, x=200, duration=2, ease="none", at=0)
    film.add(scene)
"""


@dataclass
class Yard:
    """A house, and hosts that share its database and blobs but no disk."""

    house: Stand
    folder: Path
    project_id: ProjectId
    engines: list[PartEngine] = field(default_factory=list[PartEngine])

    def host(self, name: str, parts: int = 3) -> RenderHandler:
        config = EngineConfig(folder=self.folder / name, cache_mb=256, cpus=1)
        engine = PartEngine(SANDBOXES["bubblewrap"](), config)
        self.engines.append(engine)
        house = self.house
        farm = Farm(house.database, engine, house.blobs, house.log, parts, long_frames=90, least_frames=30)
        return RenderHandler(
            house.database, engine, house.blobs, house.log, self.folder / name / "films", farm
        )

    async def order(self) -> Job:
        _, job = await ordered(self.house.database, await self.house.project(self.project_id))
        return job

    async def work(self, host: RenderHandler) -> Job | None:
        """Let a host do the best job there is; gives the job as it then is."""
        async with self.house.database.transaction(None) as tx:
            job = await tx.jobs.lease(("render",), "w", 60)
        if job is None:
            return None
        outcome = await host.run(Hold(self.house.database, job))
        async with self.house.database.transaction(None) as tx:
            now = await tx.jobs.get(job.job_id)
            if isinstance(outcome, Parked):
                return await tx.jobs.park(job.job_id, job.attempt, outcome.waits_for)
            assert isinstance(outcome, Finished)
            if now.finished_at is None:
                return await tx.jobs.finish(job.job_id, job.attempt, outcome.state, result=outcome.result)
            return now

    async def jobs(self) -> list[Job]:
        async with self.house.database.transaction(None, reading=True) as tx:
            return await tx.jobs.list(project_id=self.project_id)

    async def film(self, job: Job) -> Render:
        assert job.render_id is not None
        async with self.house.database.transaction(OWNER) as tx:
            return await tx.renders.get(job.render_id)


@asynccontextmanager
async def opened(folder: Path) -> AsyncGenerator[Yard]:
    async with stand(folder) as house:
        yard = Yard(house, folder, await house.scaffold())
        await house.write(yard.project_id, {"film.py": FILM.encode()})
        try:
            yield yard
        finally:
            for engine in yard.engines:
                await engine.close()


async def test_hosts_draw_parts_and_one_joins_the_very_film_that_a_single_one_makes(tmp_path: Path) -> None:
    async with opened(tmp_path) as yard:
        first, second, alone = yard.host("first"), yard.host("second"), yard.host("alone", parts=1)
        job = await yard.order()
        parked = await yard.work(first)
        assert parked is not None
        assert (parked.job_id, parked.state) == (job.job_id, "parked")
        parts = [each for each in await yard.jobs() if each.payload.get(PART_OF) == job.job_id]
        assert len(parts) == 3
        done = [await yard.work(host) for host in (second, first, second)]
        assert [each.state for each in done if each is not None] == ["done"] * 3
        for _ in range(4):  # the film wakes for each part, and waits for the next one that is open
            if (last := await yard.work(first)) is not None and last.finished_at is not None:
                break
        film = await yard.film(job)
        assert (film.status, film.percent, film.facts is not None) == ("COMPLETED", 100, True)
        assert film.facts is not None
        assert film.facts.segments_reused == film.facts.segments
        single = await yard.order()
        await yard.work(alone)
        assert (await yard.film(single)).film == film.film
        events = [entry.event for entry in await yard.house.events(yard.project_id)]
        assert sum(isinstance(event, RenderFinished) for event in events) == 2


async def test_progress_comes_from_all_parts_and_only_goes_up(tmp_path: Path) -> None:
    async with opened(tmp_path) as yard:
        host = yard.host("first")
        heard: list[float] = []
        listening = asyncio.Event()

        async def listen() -> None:
            tail = yard.house.log.tail(OWNER, yard.project_id)
            listening.set()
            async for entry in tail:
                if isinstance(entry.event, RenderProgress):
                    heard.append(entry.event.percent)
                if isinstance(entry.event, RenderFinished):
                    return

        follower = asyncio.create_task(listen())
        await listening.wait()
        job = await yard.order()
        while await yard.work(host) is not None:
            pass
        await follower
        drawn = [percent for percent in heard if 2 < percent <= 92]
        assert drawn == sorted(drawn)
        assert [percent for percent in (32.0, 62.0, 92.0) if percent not in drawn] == []
        film = await yard.film(job)
        assert film.status == "COMPLETED", film.reason


async def test_a_part_that_failed_or_whose_pieces_are_gone_is_drawn_by_who_joins(tmp_path: Path) -> None:
    async with opened(tmp_path) as yard:
        first, second = yard.host("first"), yard.host("second")
        job = await yard.order()
        await yard.work(first)
        async with yard.house.database.transaction(None) as tx:
            lost = await tx.jobs.lease(("render",), "w", 60)
            assert lost is not None
            await tx.jobs.finish(lost.job_id, lost.attempt, "failed", reason="a bug")
        gone = await yard.work(second)
        assert gone is not None
        for names in json.loads(json.dumps(gone.result))["kept"].values():
            for name in names.values():
                (await yard.house.blobs.path(name.replace("-", ""))).unlink()
        while await yard.work(first) is not None:
            pass
        assert (await yard.film(job)).status == "COMPLETED"


async def test_a_worker_whose_version_knows_no_such_pieces_leaves_them_to_who_joins(tmp_path: Path) -> None:
    async with opened(tmp_path) as yard:
        first, other = yard.host("first"), yard.host("other")
        job = await yard.order()
        await yard.work(first)
        async with yard.house.database.transaction(None) as tx:
            part = await tx.jobs.lease(("render",), "w", 60)
            assert part is not None
        strange = part.model_copy(update={"payload": {**part.payload, "keys": ["0" * 64]}})
        outcome = await other.run(Hold(yard.house.database, strange))
        assert isinstance(outcome, Finished)
        assert outcome.result["kept"] == {}
        async with yard.house.database.transaction(None) as tx:
            await tx.jobs.finish(part.job_id, part.attempt, outcome.state, result=outcome.result)
        while await yard.work(first) is not None:
            pass
        assert (await yard.film(job)).status == "COMPLETED"


async def test_a_film_that_is_called_off_takes_its_parts_along(tmp_path: Path) -> None:
    async with opened(tmp_path) as yard:
        host = yard.host("first")
        job = await yard.order()
        await yard.work(host)
        async with yard.house.database.transaction(None) as tx:
            await tx.jobs.cancel(job.job_id)
            for swept in await tx.jobs.sweep():
                await host.ended(tx, swept)
        assert (await yard.film(job)).status == "CANCELLED"
        async with yard.house.database.transaction(None) as tx:
            await tx.jobs.sweep()
        assert {each.state for each in await yard.jobs()} == {"cancelled"}


@pytest.mark.parametrize(("count", "sizes"), [(2, [60, 40]), (3, [40, 40, 20]), (1, [100]), (9, [20] * 5)])
def test_pieces_are_shared_out_evenly_and_in_order(count: int, sizes: list[int]) -> None:
    pieces = [Piece(index=i, first=20 * i, count=20, key=str(i)) for i in range(5)]
    shares = shared_out(pieces, count)
    assert [sum(piece.count for piece in share) for share in shares] == sizes
    assert [piece for share in shares for piece in share] == pieces
