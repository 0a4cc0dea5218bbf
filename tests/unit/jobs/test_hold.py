"""A hold sees a wish to stop at once, whenever it comes."""

from __future__ import annotations

import asyncio
from pathlib import Path

from domain.job import HEARTBEAT_S, Job
from jobs.hold import Hold
from tests.stands import ordered, stand


class Overtaken(Hold):
    """A hold whose job is called off right after its heartbeat was written, before that has returned."""

    async def _database_heartbeat(self) -> Job:
        written = await super()._database_heartbeat()
        if written.state == "leased":
            async with self._database.transaction(None) as tx:
                await tx.jobs.cancel(written.job_id)
            self.look()
        return written


async def test_a_wish_to_stop_that_overtakes_a_heartbeat_is_seen_at_once(tmp_path: Path) -> None:
    async with stand(tmp_path) as house:
        await ordered(house.database, await house.project(await house.empty_project()))
        async with house.database.transaction(None) as tx:
            job = await tx.jobs.lease(("render",), "w", 60)
        assert job is not None
        async with asyncio.timeout(HEARTBEAT_S / 2):
            assert await Overtaken(house.database, job).keep() == "cancelled"
