"""Memory of all processes of a render together: at 1080p, and of a long film against a short one."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path

from bench.figure import Bar, draw, prepared

BARS = {"peak_mb_1080p": Bar("≤", 800), "memory_10min_vs_1min": Bar("≤", 1.1)}
EVERY_S = 0.2
SMALL = (320, 180)
SLOW = 15
"""Frames a second of the long films, so that ten minutes are drawn in one."""


def measure(folder: Path) -> dict[str, float]:
    """Sample the proportional set size of the whole tree of processes, MiB."""
    project = prepared("A", folder)
    words = ("--preset", "veryfast", "--crf", "23", "--workers", "2")
    wide = peak(draw(project, folder / "out", *words))
    minute = peak(draw(lasting(project, folder / "one", 60), folder / "out1", *words))
    ten = peak(draw(lasting(project, folder / "ten", 600), folder / "out10", *words))
    return {
        "peak_mb_1080p": wide,
        "peak_mb_1min_180p": minute,
        "peak_mb_10min_180p": ten,
        "memory_10min_vs_1min": ten / minute,
    }


def lasting(project: Path, folder: Path, seconds: int) -> Path:
    """Make the film of a project small, slow and so many seconds long, three scenes a minute."""
    film = json.loads((project / "composition.json").read_text())
    film["width"], film["height"] = SMALL
    (first,) = film["scenes"]
    film["fps"] = SLOW
    scenes = seconds * SLOW // first["frames"]
    film["scenes"] = [{**first, "id": f"scene{place}"} for place in range(scenes)]
    folder.mkdir()
    (folder / "composition.json").write_text(json.dumps(film))
    return folder


def peak(argv: list[str]) -> float:
    """Run a command and give the most memory that it and its children had at once, MiB."""
    most = 0.0
    with subprocess.Popen(argv, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            most = max(most, sum(map(resident, tree(process.pid))))
            time.sleep(EVERY_S)
    assert process.returncode == 0
    return most / 1024


def tree(pid: int) -> list[int]:
    """List a process and all under it."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    try:
        below = [int(child) for child in children.read_text().split()]
    except FileNotFoundError:
        return []
    return [pid, *(each for child in below for each in tree(child))]


def resident(pid: int) -> float:
    """Proportional set size of one process, KiB: shared pages count once for all who share them."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((float(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
