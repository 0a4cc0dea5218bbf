"""A worker that hears the sounds of a house, in the test's own process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from jobs.sweeper import Sweeper
from jobs.worker import Worker
from render.analyses import AnalysisHandler
from tests.stands import Stand


@asynccontextmanager
async def listening(house: Stand) -> AsyncGenerator[Worker]:
    """Let a worker do the house's analyses, and a sweeper end those that nobody holds."""
    handler = AnalysisHandler(house.database, house.services.engine, house.blobs)
    worker = Worker(
        house.database, house.wakeups, {"analysis": handler}, name="ears", slots={"analysis": 2},
        longest={"analysis": 120},
    )  # fmt: skip
    sweeper = Sweeper(house.database, house.wakeups, {"analysis": handler})
    working = asyncio.create_task(worker.run())
    sweeping = asyncio.create_task(sweeper.run())
    try:
        yield worker
    finally:
        worker.stop()
        sweeping.cancel()
        await asyncio.gather(working, sweeping, return_exceptions=True)
