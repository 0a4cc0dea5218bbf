"""Tries every attack on every wall and every stranger's file, and writes reports/abuse.json.

Run as `python -m tests.abuse.report` (`make abuse`); `bubblewrap docker bare media` choose some of it.
"""

from __future__ import annotations

import argparse
import asyncio
import ctypes
import json
import logging
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TypeVar

import docker
from rich.console import Console
from rich.table import Table

from bench.figure import Bar
from domain.sandbox import Sandbox
from render.engine import BoxEngine, EngineConfig
from sandbox.container import FIRST_UID, UIDS
from sandbox.watchdog import tree
from tests.abuse.case import Case
from tests.abuse.media.good import GOOD
from tests.abuse.media.hostile import FILES
from tests.abuse.media.trial import accepted, held, refused_arguments
from tests.abuse.prey import Prey, planted
from tests.abuse.suite import GROUPS
from tests.abuse.wall import bare, tried
from tests.contracts.sandboxes import LIMITS, SANDBOXES, python
from tests.engines.docker import engine
from tests.house.tree import ROOT

REPORT = ROOT / "reports" / "abuse.json"
WALLS = ("bubblewrap", "docker", "bare", "media")
STARTS = 200
AT_ONCE = 2
PR_SET_CHILD_SUBREAPER = 36
BARS = {
    "abuse_cases_bubblewrap": Bar("≥", 120),
    "abuse_cases_docker": Bar("≥", 120),
    "abuse_lost_bubblewrap": Bar("≤", 0),
    "abuse_lost_docker": Bar("≤", 0),
    "abuse_held_bare": Bar("≤", 0.6),
    "leftovers_bubblewrap": Bar("≤", 0),
    "leftovers_docker": Bar("≤", 0),
    "media_hostile_held": Bar("≥", 100),
    "media_good_accepted": Bar("≥", 200),
    "sandbox_start_ms_bubblewrap": Bar("≤", 35),
    "sandbox_start_ms_docker": Bar("≤", 450),
    "sandbox_start_ms_docker_warm": Bar("≤", 60),
}
Attack = Callable[[Case, Path], Awaitable[list[str]]]
FileCase = TypeVar("FileCase")
RUNS_TRUE = """
import os, sys
while sys.stdin.buffer.read(4):
    os.waitpid(os.spawnvp(os.P_NOWAIT, "true", ["true"]), 0)
    sys.stdout.buffer.write(bytes(4))
    sys.stdout.flush()
"""


def main() -> int:
    """Try what was asked for; exit code 1 when a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.abuse.report")
    parser.add_argument("walls", nargs="*", help=f"some of {', '.join(WALLS)}")
    wanted = parser.parse_args().walls or list(WALLS)
    console = Console()
    logging.disable(logging.WARNING)  # what a box would not take is told there
    with tempfile.TemporaryDirectory(prefix="abuse-") as folder:
        tempfile.tempdir = folder
        measured = asyncio.run(_measured(wanted, console))
        tempfile.tempdir = None
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(measured, indent=2, sort_keys=True) + "\n")
    table = Table("figure", "measured", "bar", "")
    missed = 0
    for name, number in sorted(measured.items()):
        bar = BARS.get(name)
        missed += not (bar is None or bar.holds(number))
        table.add_row(
            name, f"{number:.4g}", str(bar or ""), "" if bar is None else "✓✗"[not bar.holds(number)]
        )
    console.print(table)
    return 1 if missed else 0


async def _measured(walls: Sequence[str], console: Console) -> dict[str, float]:
    """Measure one after the other, over what was measured before."""
    measured: dict[str, float] = json.loads(REPORT.read_text()) if REPORT.is_file() else {}
    for wall in walls:
        started = time.monotonic()
        measured |= await _wall(wall, console)
        console.print(f"{wall}: {time.monotonic() - started:.0f} s")
    return measured


async def _wall(wall: str, console: Console) -> dict[str, float]:
    if wall == "media":
        return await _strangers(console)
    if wall == "bare":
        return await _control(console)
    sandbox = SANDBOXES[wall]()

    async def attack(case: Case, folder: Path) -> list[str]:
        return await _on_prey(folder, lambda prey: tried(sandbox, case, prey, folder / "into"))

    cases, lost = await _tried(wall, attack, lambda _: True, console)
    left = await _leftovers(sandbox, wall, console)
    starts = {f"sandbox_start_ms_{wall}": await _start(sandbox)}
    if wall == "docker":
        starts["sandbox_start_ms_docker_warm"] = await _warm(sandbox)
    return {
        f"abuse_cases_{wall}": cases,
        f"abuse_held_{wall}": cases - lost,
        f"abuse_lost_{wall}": lost,
        f"leftovers_{wall}": left,
        **starts,
    }


async def _control(console: Console) -> dict[str, float]:
    """Try what cannot hurt this machine from a plain subprocess: the share that is held all the same."""

    async def attack(case: Case, folder: Path) -> list[str]:
        return await _on_prey(folder, lambda prey: asyncio.to_thread(bare, case, prey, folder / "work"))

    cases, through = await _tried("bare", attack, lambda case: case.bare, console, told=False)
    return {"abuse_cases_bare": cases, "abuse_held_bare": round((cases - through) / cases, 3)}


async def _on_prey(folder: Path, attack: Callable[[Prey], Awaitable[list[str]]]) -> list[str]:
    place = folder / "prey"
    place.mkdir()
    with planted(place) as prey:
        return await attack(prey)


async def _tried(
    wall: str, attack: Attack, wanted: Callable[[Case], bool], console: Console, *, told: bool = True
) -> tuple[int, int]:
    """Try the attacks one after the other; how many there were, and how many got through."""
    table = Table(wall, "cases", "held")
    all_cases = all_lost = 0
    for group, cases in GROUPS.items():
        chosen, lost = [case for case in cases if wanted(case)], 0
        for case in chosen:
            with tempfile.TemporaryDirectory(prefix="abuse-") as name:
                Path(name).chmod(0o755)
                wrong = await attack(case, Path(name))
            lost += bool(wrong)
            if wrong and told:
                console.print(f"[red]{wall}: {case.name}[/red]: {'; '.join(wrong)[:300]}", highlight=False)
        table.add_row(group, str(len(chosen)), str(len(chosen) - lost))
        all_cases, all_lost = all_cases + len(chosen), all_lost + lost
    table.add_row("all", str(all_cases), str(all_cases - all_lost))
    console.print(table)
    return all_cases, all_lost


async def _leftovers(sandbox: Sandbox, wall: str, console: Console) -> int:
    """Start many boxes, every other one with orphans; count what is there afterwards that was not."""
    orphans = python("import os, time; os.fork() or os.fork() or time.sleep(60)")
    adopts = wall == "bubblewrap"  # an engine's helpers look after their own dead
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, int(adopts), 0, 0, 0)
    await sandbox.run(["true"], limits=LIMITS)
    before = await asyncio.to_thread(_inventory, wall)
    for number in range(STARTS):
        await sandbox.run(["true"] if number % 2 else orphans, limits=LIMITS)
    after = await asyncio.to_thread(_inventory, wall)
    left = {kind: after[kind] - before[kind] for kind in after}
    told = ", ".join(f"{len(found)} {kind}" for kind, found in left.items())
    console.print(f"{wall}: after {STARTS} starts there are left: {told}", highlight=False)
    return sum(map(len, left.values()))


def _inventory(wall: str) -> dict[str, set[str]]:
    """Everything of which a box could leave some, zombies among the processes."""
    mounts = Path("/proc/self/mountinfo").read_text().splitlines()
    found = {"files": {path.name for path in Path(tempfile.gettempdir()).iterdir()}}
    if wall == "bubblewrap":
        found["processes"] = {str(pid) for pid in tree(os.getpid())}
        found["descriptors"] = {path.name for path in Path("/proc/self/fd").iterdir()}
        found["mounts"] = {line.split()[0] for line in mounts if "docker" not in line and "/dk-" not in line}
        return found
    client = docker.APIClient(base_url=engine().url)
    label = {"label": ["director.box=test"]}
    found["containers"] = {str(each["Id"]) for each in client.containers(all=True, filters=label)}
    client.close()
    found["processes"] = set(_contained())
    found["mounts"] = {line.split()[0] for line in mounts if "/overlay2/" in line}
    return found


def _contained() -> list[str]:
    """The processes of this machine, zombies too, that are a guest of an engine."""
    found: list[str] = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            is_guest = FIRST_UID <= folder.stat().st_uid < FIRST_UID + UIDS
            if is_guest and "docker" in (folder / "cgroup").read_text():
                found.append(folder.name)
        except OSError:
            continue
    return found


async def _start(sandbox: Sandbox) -> float:
    """Start to exit of `true` in a box of its own, milliseconds, p50 of forty."""
    took: list[float] = []
    for _ in range(40):
        started = time.perf_counter()
        await sandbox.run(["true"], limits=LIMITS)
        took.append((time.perf_counter() - started) * 1000)
    return round(statistics.median(took), 1)


async def _warm(sandbox: Sandbox) -> float:
    """Start to exit of `true` in a box that stands, milliseconds, p50 of forty."""
    took: list[float] = []
    async with sandbox.open(python(RUNS_TRUE), limits=LIMITS) as session:
        for _ in range(40):
            started = time.perf_counter()
            await session.ask(b"", seconds=20)
            took.append((time.perf_counter() - started) * 1000)
    return round(statistics.median(took), 1)


async def _strangers(console: Console) -> dict[str, float]:
    """Hand in the files that mean harm and those that mean well, each in a box of its own."""
    with tempfile.TemporaryDirectory(prefix="abuse-media-") as name:
        door = BoxEngine(SANDBOXES["bubblewrap"](), EngineConfig(folder=Path(name, "engine")))
        harm = await _handed(FILES, lambda case, folder: held(door, case, folder), Path(name, "harm"))
        well = await _handed(GOOD, lambda case, folder: accepted(door, case, folder), Path(name, "well"))
        await door.close()
    arguments = refused_arguments()
    wrong = {
        **harm,
        **well,
        **{each: ["it was accepted"] for each, is_held in arguments.items() if not is_held},
    }
    for each, reasons in wrong.items():
        console.print(f"[red]media: {each}[/red]: {'; '.join(reasons)[:300]}", highlight=False)
    return {
        "media_hostile_cases": len(FILES) + len(arguments),
        "media_hostile_held": len(FILES) - len(harm) + sum(arguments.values()),
        "media_good_cases": len(GOOD),
        "media_good_accepted": len(GOOD) - len(well),
    }


async def _handed(
    cases: Sequence[FileCase], hand: Callable[[FileCase, Path], Awaitable[list[str]]], folder: Path
) -> dict[str, list[str]]:
    """Hand files in, a few at once; what went wrong, by name."""
    wrong: dict[str, list[str]] = {}
    turn = asyncio.Semaphore(AT_ONCE)

    async def one(number: int, case: FileCase) -> None:
        place = folder / str(number)
        place.mkdir(parents=True)
        async with turn:
            found = await hand(case, place)
        if found:
            wrong[str(getattr(case, "name", number))] = found

    await asyncio.gather(*(one(number, case) for number, case in enumerate(cases)))
    return wrong


if __name__ == "__main__":
    sys.exit(main())
