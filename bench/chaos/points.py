"""Exits at each boundary of the ledger: the run goes on with the first call that has no result."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from bench.chaos.crashing import CODE, POINTS
from bench.chaos.server import Server
from bench.chaos.story import Leavings, leavings

COUNTS = (1, 3)
"""How often a boundary is passed before the exit, by trial."""
AT_ONCE = 2
"""Trials, each on an installation of its own."""
PATIENCE_S = 180.0
PROMPT = 'A 6 second clip that says "Open all night" for the Ferry House, warm. Points: Music, Food, Lights'


@dataclass(frozen=True)
class Crash:
    """One exit, and what the run left in spite of it."""

    point: str
    count: int
    exited: bool
    """Whether the boundary was reached so often at all."""
    differences: list[str]


async def crash(folder: Path, point: str, count: int, reference: Leavings) -> Crash:
    """Run once on a server that exits at a boundary, start it again, and compare what is left."""
    crashing = ("bench.chaos.crashing", point, str(count))
    data = folder / f"{POINTS.index(point)}-{count}"  # a socket's path is short
    async with Server(data, first=crashing) as server:
        started = await server.client.post("/api/generate/start", {"prompt": PROMPT, "quality": "draft"})
        code: int | None = None
        state = ""
        async with asyncio.timeout(PATIENCE_S):
            while code is None and state not in ("succeeded", "failed"):
                code = await server.ended(0.3)
                if code is None:
                    state = str((await server.status(str(started["run_id"]))).get("state", ""))
        if code is not None:
            await server.start()
        async with asyncio.timeout(PATIENCE_S):
            left = await leavings(server.client, str(started["project_id"]), str(started["run_id"]))
    return Crash(point, count, code == CODE, left.differences(reference))


async def crash_everywhere(
    folder: Path, reference: Leavings, points: tuple[str, ...] = POINTS
) -> list[Crash]:
    """Make all trials, some at the same time, printing each."""
    free = asyncio.Semaphore(AT_ONCE)

    async def one(point: str, count: int) -> Crash:
        async with free:
            try:
                made = await crash(folder, point, count, reference)
            except TimeoutError:
                made = Crash(point, count, True, ["the run did not end"])
        said = "; ".join(made.differences) or ("equal" if made.exited else "never reached")
        print(f"  exit {point:<14} at the {count}. time: {said}", flush=True)
        return made

    return await asyncio.gather(*(one(point, count) for point in points for count in COUNTS))


def figures(found: list[Crash]) -> dict[str, float]:
    """The figures of all trials that reached their boundary."""
    reached = [each for each in found if each.exited]
    return {
        "crash_points": len(reached),
        "crash_points_held": sum(not each.differences for each in reached),
    }
