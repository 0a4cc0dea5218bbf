"""`make chaos`: one run left alone, then runs that are killed at seeded moments."""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.chaos.server import Server
from bench.chaos.story import Leavings, leavings
from cli.client import Json

PROMPT = 'A 6 second clip that says "Open all night" for the Ferry House, warm. Points: Music, Food, Lights'
MOMENTS = ("model", "draft", "segment", "cancel", "anywhere")
_PATIENCE_S = 180.0


@dataclass(frozen=True)
class Plan:
    """One trial: when to kill, and what."""

    number: int
    moment: str
    after_seq: int
    delay_s: float
    victim: str


@dataclass(frozen=True)
class Outcome:
    """How one trial ended."""

    plan: Plan
    differences: list[str]
    recovery_s: float


def plans(seed: int, count: int, last_seq: int) -> list[Plan]:
    """Draw the trials from a seed; each moment has its turn."""
    dice = random.Random(seed)
    drawn: list[Plan] = []
    for number in range(count):
        moment = MOMENTS[number % len(MOMENTS)]
        victim = "worker" if moment == "segment" and dice.random() < 0.6 else "server"
        drawn.append(Plan(number, moment, dice.randint(1, last_seq - 1), dice.uniform(0, 0.4), victim))
    return drawn


async def start(server: Server) -> Json:
    """Post the prompt."""
    return await server.client.post("/api/generate/start", {"prompt": PROMPT, "quality": "draft"})


async def wait_for(server: Server, run_id: str, plan: Plan) -> None:
    """Wait for the moment of a plan in the run's own stream."""
    kinds = {"model": {"model.delta", "model.replied"}, "draft": {"tool.started", "project.revised"},
             "segment": {"render.progress"}}.get(plan.moment, set[str]())  # fmt: skip
    async for sent in server.client.events(f"/api/generate/{run_id}/stream", server_is_there):
        reached = sent.type in kinds and (sent.seq or plan.after_seq) >= min(plan.after_seq, 12)
        if reached or (not kinds and sent.seq >= plan.after_seq) or sent.type == "run.finished":
            break
    await asyncio.sleep(plan.delay_s)


async def server_is_there() -> None:
    """Nothing is killed while a moment is waited for."""


async def left_alone(folder: Path) -> Leavings:
    """Run once without a kill."""
    async with Server(folder / "reference") as server:
        started = await start(server)
        return await leavings(server.client, str(started["project_id"]), str(started["run_id"]))


async def trial(folder: Path, plan: Plan, reference: Leavings) -> Outcome:
    """Run once with a kill, restart, and compare what is left."""
    async with Server(folder / f"trial-{plan.number}") as server:
        started = await start(server)
        run_id = str(started["run_id"])
        await wait_for(server, run_id, plan)
        cancelled = plan.moment == "cancel" and await cancel(server, run_id)
        killed = time.monotonic()
        if plan.victim == "server" or not server.kill_worker():
            await server.kill_server()
            await server.start()
        async with asyncio.timeout(_PATIENCE_S):
            left = await leavings(server.client, str(started["project_id"]), run_id)
    seconds = time.monotonic() - killed
    if cancelled:
        return Outcome(plan, _unfinished(left, reference), seconds)
    return Outcome(plan, left.differences(reference), seconds)


async def cancel(server: Server, run_id: str) -> bool:
    """Ask for the end of a run; tells whether it had not ended by itself."""
    before = await server.client.get(f"/api/generate/{run_id}/status")
    if before["state"] in ("succeeded", "failed"):
        return False
    await server.client.post("/api/generate/cancel", {"run_id": run_id})
    return True


def _unfinished(left: Leavings, reference: Leavings) -> list[str]:
    """A cancelled run has whole revisions, those that the other run had first, and one end."""
    found: list[str] = [] if left.status == "cancelled" else [f"status {left.status} instead of cancelled"]
    oldest_first = left.revisions[::-1]
    if oldest_first != reference.revisions[::-1][: len(oldest_first)]:
        found.append("a revision is not one of the other run's")
    if (
        not left.events[-1].startswith("run.finished")
        or sum(e.startswith("run.finished") for e in left.events) != 1
    ):
        found.append("the run does not end once")
    return found if left.gapless else [*found, "the sequence has a gap or a double"]


async def main() -> int:
    """Run all trials; the exit code is 1 when one differs."""
    parser = argparse.ArgumentParser(prog="python -m bench.chaos", description=__doc__)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=20_261_120)
    options = parser.parse_args()
    print(f"chaos: {options.kills} kills, seed {options.seed}")
    with tempfile.TemporaryDirectory(prefix="director-chaos-") as name:
        folder = Path(name)
        reference = await left_alone(folder)
        counts = f"{len(reference.events)} events, {len(reference.revisions)} revisions"
        print(f"left alone: {reference.status}, {counts}")
        if reference.status != "succeeded" or not reference.gapless:
            print("\n".join(reference.events[-3:]))
            return 1
        outcomes: list[Outcome] = []
        for plan in plans(options.seed, options.kills, len(reference.events)):
            outcome = await trial(folder, plan, reference)
            outcomes.append(outcome)
            verdict = "equal" if not outcome.differences else "DIFFERS: " + "; ".join(outcome.differences)
            print(f"  {plan.number:>3} {plan.moment:<9} kill {plan.victim:<6} after event {plan.after_seq:<3}"
                  f" {outcome.recovery_s:5.1f} s to the end: {verdict}", flush=True)  # fmt: skip
    good = sum(not outcome.differences for outcome in outcomes)
    slowest = max((outcome.recovery_s for outcome in outcomes), default=0)
    report = {"chaos_kills": len(outcomes), "chaos_equal": good, "chaos_to_the_end_s_max": round(slowest, 1)}
    Path("reports").mkdir(exist_ok=True)
    Path("reports/chaos.json").write_text(json.dumps(report, indent=2))
    print(f"{good} passed, {len(outcomes) - good} failed")
    return 0 if good == len(outcomes) else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
