"""`make bench-peers`: make films A and C here, in MoviePy and in Manim in one run, and print the table."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.figure import ROOT, draw, prepared

HERE = Path(__file__).parent
REPORT = ROOT / "reports" / "peers.json"
HOMES = ROOT / ".venv" / "peers"
"""Each program has an environment of its own there: they do not agree with us on libraries."""
PEERS = {"MoviePy 2.2.1": ("moviepy==2.2.1",), "Manim 0.22.0": ("manim==0.22.0", "pillow<12")}
"""Manim 0.22 draws no pictures with a newer Pillow; its text needs libpango1.0-dev to be built."""
OWN = "Director"
PRESET = ("--preset", "veryfast", "--crf", "23")
MOST_S = 1_200
FRAMES = 300


class LeftOut(Exception):
    """A program that cannot be had, or does not run here; says why."""


@dataclass(frozen=True)
class Cost:
    """What a command took: seconds by the clock, and seconds of all processors."""

    clock: float
    cpu: float


@dataclass(frozen=True)
class Made:
    """One film of one program."""

    program: str
    film: str
    fps: float
    cpu_s: float
    kbit: float
    ssim: float
    """How alike its frames are to our frames before they are coded; 1 is the same."""


def main() -> int:
    """Measure everybody who can be had; who cannot is named with the reason."""
    out = Console(width=100)
    with tempfile.TemporaryDirectory(prefix="director-peers-") as name:
        folder = Path(name)
        projects = {each: prepared(each, folder) for each in "AC"}
        frames = {each: folder / f"frames-{each}" / "film.mp4" for each in projects}
        rows: list[Made] = []
        for each, project in projects.items():
            spent(draw(project, frames[each].parent, "--preset", "ultrafast", "--crf", "0"))
            cost = spent(draw(project, folder / each / "own", *PRESET))
            rows.append(measured(OWN, each, folder / each / "own" / "film.mp4", cost, frames[each]))
        photo = projects["C"] / "assets" / "photo.jpg"
        for program, packages in PEERS.items():
            try:
                rows += films(program, packages, photo, frames)
            except LeftOut as reason:
                out.print(f"{program} is left out: {reason}", markup=False)
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps([row.__dict__ for row in rows], indent=2) + "\n")
    out.print(table(rows))
    return 0


def films(program: str, packages: Sequence[str], photo: Path, frames: Mapping[str, Path]) -> list[Made]:
    """Have a program make both films; raises LeftOut."""
    name = program.split()[0].lower()
    python = installed(HOMES / name, packages)
    rows: list[Made] = []
    for each, ours in frames.items():
        path = ours.parent / f"{name}.mp4"
        cost = spent([python, str(HERE / f"{name}_film.py"), each, str(photo), str(path)])
        rows.append(measured(program, each, path, cost, ours))
    return rows


def installed(home: Path, packages: Sequence[str]) -> str:
    """Install a program from its package, unless it is there; raises LeftOut."""
    python = str(home / "bin" / "python")
    if not Path(python).is_file():
        venv.create(home, with_pip=True)
    asked = [python, "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "-q", *packages]
    ended = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=MOST_S)
    if ended.returncode:
        told = [line.strip() for line in ended.stderr.splitlines() if "required" in line or "ERROR" in line]
        raise LeftOut(f"its package does not install: {(told or [ended.stderr[-200:]])[0]}")
    return python


def spent(argv: Sequence[str]) -> Cost:
    """Run a command and tell what it took; raises LeftOut when it fails or does not end."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    try:
        ended = subprocess.run(argv, capture_output=True, text=True, cwd=ROOT, check=False, timeout=MOST_S)
    except subprocess.TimeoutExpired:
        raise LeftOut(f"a film takes it more than {MOST_S} s") from None
    if ended.returncode:
        raise LeftOut(f"it does not run: {(ended.stderr.strip().splitlines() or ['no word'])[-1]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Cost(time.perf_counter() - begun, cpu)


def measured(program: str, film: str, path: Path, cost: Cost, frames: Path) -> Made:
    """Read a film's bitrate, and hold its pictures against our frames."""
    asked = ["ffprobe", "-v", "error", "-show_entries", "format=duration,size", "-of", "json", str(path)]
    said = json.loads(subprocess.run(asked, capture_output=True, check=True).stdout)["format"]
    kbit = int(said["size"]) * 8 / 1000 / float(said["duration"])
    return Made(program, film, FRAMES / cost.clock, cost.cpu, kbit, alike(path, frames))


def alike(film: Path, frames: Path) -> float:
    """Compare two films frame by frame, by ffmpeg's SSIM over all planes."""
    argv = ["ffmpeg", "-v", "info", "-nostats", "-i", str(film), "-i", str(frames)]
    argv += ["-lavfi", "[0:v][1:v]ssim", "-f", "null", "-"]
    told = subprocess.run(argv, capture_output=True, text=True, check=True).stderr
    return float(told.rsplit("All:", 1)[1].split()[0])


def table(rows: Sequence[Made]) -> Table:
    """Lay out what was measured, with how many times as fast ours is."""
    shown = Table("film", "program", "frames/s", "ours is", "processor s", "ours needs", "kbit/s", "SSIM")
    own = {row.film: row for row in rows if row.program == OWN}
    for row in sorted(rows, key=lambda each: each.film):
        best = own[row.film]
        faster, less = ("", "")
        if row is not best:
            faster, less = f"{best.fps / row.fps:.1f}×", f"1/{row.cpu_s / best.cpu_s:.1f}"
        figures = (f"{row.fps:.1f}", faster, f"{row.cpu_s:.1f}", less, f"{row.kbit:.0f}", f"{row.ssim:.3f}")
        shown.add_row(row.film, row.program, *figures)
    return shown


if __name__ == "__main__":
    sys.exit(main())
