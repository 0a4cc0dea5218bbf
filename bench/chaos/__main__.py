"""`make chaos`: a storm of kills on many parts, exits at each boundary, and single kills on one machine."""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.chaos import points
from bench.chaos.nets import three_hosts
from bench.chaos.server import Server
from bench.chaos.stale import stale_writes
from bench.chaos.storm import Tally, alone, farm, storm
from bench.chaos.story import Leavings, leavings
from bench.figure import Bar
from cli.client import Json

MOMENTS = ("model", "draft", "segment", "cancel", "anywhere")
SECTIONS = ("storm", "stale", "hosts", "points", "single")
REPORT = Path("reports/chaos.json")
BARS = {
    "chaos_kills": Bar("≥", 300),
    "chaos_runs": Bar("≥", 300),
    "chaos_unfinished": Bar("≤", 0),
    "effects_lost": Bar("≤", 0),
    "effects_doubled": Bar("≤", 0),
    "recovery_s_max": Bar("≤", 20),
    "stale_writes": Bar("≤", 0),
    "farm_runs_not_equal": Bar("≤", 0),
}
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
    return await server.client.post("/api/generate/start", {"prompt": points.PROMPT, "quality": "draft"})


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


async def one_by_one(folder: Path, options: argparse.Namespace, reference: Leavings) -> dict[str, float]:
    """Make trials with one kill each, on an installation of one machine."""
    outcomes: list[Outcome] = []
    for plan in plans(options.seed, options.single, len(reference.events)):
        outcome = await trial(folder, plan, reference)
        outcomes.append(outcome)
        verdict = "equal" if not outcome.differences else "DIFFERS: " + "; ".join(outcome.differences)
        print(f"  {plan.number:>3} {plan.moment:<9} kill {plan.victim:<6} after event {plan.after_seq:<3}"
              f" {outcome.recovery_s:5.1f} s to the end: {verdict}", flush=True)  # fmt: skip
    good = sum(not outcome.differences for outcome in outcomes)
    return {"single_kills": len(outcomes), "single_kills_equal": good}


async def in_the_storm(folder: Path, options: argparse.Namespace, told: dict[str, float]) -> dict[str, float]:
    """Go on with the storm where it was left; what was found so far is written down every now and then."""
    tally = Tally(options.seed) if options.fresh else Tally.of(told, options.seed)
    until = time.monotonic() + 60 * options.minutes
    async with farm(folder) as place:
        going = asyncio.create_task(storm(place, tally, options.runs, options.kills, until))
        while not going.done():
            await asyncio.wait({going}, timeout=20)
            write({**told, **tally.figures()})
        await going
    for line in tally.stories:
        print(line)
    return tally.figures()


def write(figures: dict[str, float]) -> None:
    """Keep the figures."""
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(figures, indent=2, sort_keys=True) + "\n")


async def main() -> int:
    """Do all sections or those that are named; exit code 1 when a figure misses its bar."""
    parser = argparse.ArgumentParser(prog="python -m bench.chaos", description=__doc__)
    parser.add_argument("sections", nargs="*", help=f"some of {', '.join(SECTIONS)}; all without")
    parser.add_argument("--seed", type=int, default=20_261_120)
    parser.add_argument("--single", type=int, default=30, help="kills on one machine, one for each run")
    parser.add_argument("--kills", type=int, default=300, help="of the storm, with those of earlier calls")
    parser.add_argument("--runs", type=int, default=300, help="of the storm, with those of earlier calls")
    parser.add_argument("--minutes", type=float, default=90, help="after which the storm ends unfinished")
    parser.add_argument("--fresh", action="store_true", help="begin the storm anew")
    options = parser.parse_args()
    wanted: list[str] = options.sections or [*SECTIONS]
    if strange := set(wanted) - set(SECTIONS):
        parser.error(f"section is {sorted(strange)[0]!r}; give some of {', '.join(SECTIONS)}")
    logging.disable(logging.INFO)  # the client tells of every request
    print(f"chaos: seed {options.seed}", flush=True)
    told: dict[str, float] = json.loads(REPORT.read_text()) if REPORT.is_file() else {}
    with tempfile.TemporaryDirectory(prefix="director-chaos-") as name:
        folder = Path(name)
        if "storm" in wanted:
            told |= await in_the_storm(folder, options, told)
        if "stale" in wanted:
            async with farm(folder, "stale") as place:
                told["stale_writes"] = await stale_writes(place, await alone(place))
        if "hosts" in wanted:
            told |= await three_hosts(folder)
        if {"single", "points"} & {*wanted}:
            reference = await left_alone(folder)
            if "points" in wanted:
                told |= points.figures(await points.crash_everywhere(folder, reference))
            if "single" in wanted:
                told |= await one_by_one(folder, options, reference)
    write(told)
    return judged(told)


def judged(told: dict[str, float]) -> int:
    """Print the figures with their bars; gives the exit code."""
    missed = 0
    for name, value in sorted(told.items()):
        bar = BARS.get(name)
        held = bar is None or bar.holds(value)
        missed += not held
        print(f"  {name:<26} {value:>10g}  {bar or ''!s:<8} {'' if held else 'MISSED'}")
    equal = told.get("crash_points") == told.get("crash_points_held")
    same = told.get("single_kills") == told.get("single_kills_equal")
    return 0 if not missed and equal and same else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
