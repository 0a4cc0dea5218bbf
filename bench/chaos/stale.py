"""A worker that is stopped for longer than its lease and goes on: nothing that it still writes counts."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import suppress

from bench.chaos.points import PATIENCE_S, PROMPT
from bench.chaos.server import children
from bench.chaos.storm import EFFECTS, Farm, descendants
from bench.chaos.story import Leavings, leavings

STOPPED_S = 30.0
TRIALS = 3


async def stale_writes(
    place: Farm, reference: Leavings, trials: int = TRIALS, stopped_s: float = STOPPED_S
) -> int:
    """Stop the worker that has a run for a while, trial after trial; gives the effects that came twice."""
    doubled = 0
    for number in range(trials):
        client = place.server.client
        started = await client.post("/api/generate/start", {"prompt": PROMPT, "quality": "draft"})
        run_id, project_id = str(started["run_id"]), str(started["project_id"])
        async for sent in client.events(f"/api/generate/{run_id}/stream", _nothing):
            if sent.type == "tool.started" and sent.seq > 4 + 5 * number:
                break
        stopped = [pid for root in place.workers.pids if children(root) for pid in (root, *descendants(root))]
        _send(stopped, signal.SIGSTOP)
        await place.workers.hire()
        await asyncio.sleep(stopped_s)
        _send(stopped, signal.SIGCONT)
        async with asyncio.timeout(PATIENCE_S):
            left = await leavings(client, project_id, run_id)
        more = _surplus(left, reference)
        doubled += more
        print(
            f"  {len(stopped)} processes stopped for {stopped_s:g} s: {left.status}, {more} stale", flush=True
        )
    return doubled


def _surplus(left: Leavings, reference: Leavings) -> int:
    """Count what is there more often than in a run that was left alone, and every gap in its sequence."""
    mine = [event for event in left.events if event.startswith(EFFECTS)]
    theirs = [event for event in reference.events if event.startswith(EFFECTS)]
    return sum(max(0, mine.count(event) - theirs.count(event)) for event in {*mine}) + (not left.gapless)


def _send(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


async def _nothing() -> None:
    return
