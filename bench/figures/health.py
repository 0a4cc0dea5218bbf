"""How soon a server answers /health after its process was started."""

from __future__ import annotations

import asyncio
import statistics
import time
from pathlib import Path

from bench.chaos.server import Server
from bench.figure import Bar

BARS = {"health_start_s": Bar("≤", 1.5)}


def measure(folder: Path) -> dict[str, float]:
    """Take the median of five starts on a data folder that has its database."""
    return {"health_start_s": asyncio.run(_starts(folder / "data"))}


async def _starts(data: Path) -> float:
    async with Server(data):
        pass
    found: list[float] = []
    for _ in range(5):
        started = time.perf_counter()
        async with Server(data):
            found.append(time.perf_counter() - started)
    return statistics.median(found)
