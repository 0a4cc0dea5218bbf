"""A worker that hears the sounds of a house, in the test's own process."""

from __future__ import annotations

import asyncio
import struct
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


def clicks() -> bytes:
    """A WAV of four seconds with a click every half second."""
    samples = [12_000 if at % 4_000 < 40 and at % 8 < 4 else 0 for at in range(32_000)]
    body = struct.pack(f"<{len(samples)}h", *samples)
    head = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(body), b"WAVE", b"fmt ", 16, 1, 1, 8_000,
                       16_000, 2, 16, b"data", len(body))  # fmt: skip
    return head + body


def long_clicks(seconds: int = 300) -> bytes:
    """A WAV with a click every half second that takes a while to be heard."""
    head, body = clicks()[:44], clicks()[44:]
    long = body * (seconds // 4)
    return head[:4] + struct.pack("<I", 36 + len(long)) + head[8:40] + struct.pack("<I", len(long)) + long
