"""`make stack`: the contract suites, the same film, kills and a crowd on real parts: reports/stack.json."""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.chaos.server import Server
from bench.figure import Bar
from bench.stack import suites
from bench.stack.films import Made, make
from bench.stack.kills import figures, strike_often
from bench.stack.parts import Stack, boxes, opened
from bench.stack.streams import measure

REPORT = Path(__file__).resolve().parents[2] / "reports" / "stack.json"
SEED, KILLS = 20_261_120, 20
STARTS = 5
SECTIONS = ("seams", "films", "kills", "streams", "start")
BARS = {
    "seams": Bar("≥", 12),
    "seams_passed": Bar("≥", 12),
    "film_embedded": Bar("≥", 1),
    "film_stack": Bar("≥", 1),
    "kills": Bar("≥", KILLS),
    "kills_recovered": Bar("≥", KILLS),
    "recovery_s_max": Bar("≤", 20),
    "sse_clients": Bar("≥", 500),
    "sse_lost": Bar("≤", 0),
    "sse_p99_ms": Bar("≤", 250),
    "health_start_s": Bar("≤", 1.5),
}


def main() -> int:
    """Do all sections or those that are named; exit code 1 when a figure misses its bar."""
    parser = argparse.ArgumentParser(prog="python -m bench.stack", description=__doc__)
    parser.add_argument("sections", nargs="*", help=f"some of {', '.join(SECTIONS)}; all without")
    parser.add_argument("--suites", nargs="*", default=[], help="parts of names of seams; all without")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--kills", type=int, default=KILLS)
    options = parser.parse_args()
    wanted: list[str] = options.sections or [*SECTIONS]
    strange = set(wanted) - set(SECTIONS)
    if strange:
        parser.error(f"section is {sorted(strange)[0]!r}; give some of {', '.join(SECTIONS)}")
    logging.disable(logging.INFO)  # libraries tell of every request
    found: dict[str, object] = {}
    if "seams" in wanted:
        passed = suites.run(options.suites)
        found |= {"seams": len(passed), "seams_passed": sum(passed.values()), "suites": passed}
    if set(wanted) - {"seams"}:
        found |= asyncio.run(on_parts(wanted, options.seed, options.kills))
    report: dict[str, object] = json.loads(REPORT.read_text()) if REPORT.is_file() else {}
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps({**report, **found}, indent=2) + "\n")
    return show(found)


async def on_parts(wanted: list[str], seed: int, kills: int) -> dict[str, object]:
    """Open a stack on real parts, and measure what is wanted on it."""
    found: dict[str, object] = {}
    with tempfile.TemporaryDirectory(prefix="director-stack-") as name:
        folder = Path(name)
        async with opened(folder) as stack:
            await stack.ready()
            if {"films", "kills"} & set(wanted):
                found |= await films(stack, folder, kills if "kills" in wanted else 0, seed)
            if "streams" in wanted:
                found |= await timed("a crowd of readers", lambda: measure(stack))
            if "start" in wanted:
                found |= {"health_start_s": await starts(stack)}
    return found


async def films(stack: Stack, folder: Path, kills: int, seed: int) -> dict[str, object]:
    """Make the film embedded and on the stack, then with blows; hold all of them against each other."""
    box = boxes()
    async with Server(folder / "embedded") as server:
        embedded = await make(server, box["embedded"], folder / "looked-embedded")
    whole = await make(stack.server, box["stack"], folder / "looked-stack")
    found: dict[str, object] = {**same(embedded, whole)}
    if kills:
        print(f"kill -9 of workers, Redis and PostgreSQL: {kills} times, seed {seed}", flush=True)
        recoveries = await strike_often(stack, whole.left, seed, kills)
        found |= figures(recoveries)
        found |= {"kills_seed": seed}
    return found


def same(embedded: Made, whole: Made) -> dict[str, object]:
    """Tell whether two films are the same, frame by frame before encoding, and by their delivered bytes."""
    is_good = embedded.left.status == whole.left.status == "succeeded" and embedded.frames > 0
    is_same = is_good and embedded.drawn == whole.drawn and embedded.frames == whole.frames
    return {
        "film_embedded": int(is_good),
        "film_stack": int(is_same),
        "film_frames": whole.frames,
        "film_delivered_equal": int(embedded.delivered == whole.delivered != ""),
        "film_hashes": {
            "embedded": {"frames": embedded.drawn, "delivered": embedded.delivered},
            "stack": {"frames": whole.drawn, "delivered": whole.delivered},
        },
    }


async def starts(stack: Stack) -> float:
    """The median time from a server's start to its first /health, with the whole stack configured."""
    await stack.server.stop()
    found: list[float] = []
    for _ in range(STARTS):
        started = time.perf_counter()
        await stack.server.start()
        found.append(time.perf_counter() - started)
        await stack.server.stop()
    await stack.server.start()
    return round(statistics.median(found), 3)


async def timed(what: str, call: Callable[[], Awaitable[dict[str, float]]]) -> dict[str, float]:
    """Say what is done, and how long it took."""
    started = time.monotonic()
    found = await call()
    sys.stderr.write(f"{what}: {time.monotonic() - started:.0f} s\n")
    return found


def show(found: dict[str, object]) -> int:
    """Print the figures against their bars."""
    table = Table("figure", "measured", "bar", "")
    missed = 0
    for name, number in found.items():
        bar = BARS.get(name)
        if not isinstance(number, int | float):
            continue
        held = bar is None or bar.holds(number)
        missed += not held
        table.add_row(name, f"{number:g}", str(bar or ""), "" if bar is None else "✓" if held else "✗")
    if "seams" in found and found["seams"] != found["seams_passed"]:
        missed += 1
    Console().print(table)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
