"""What every figure's file shares: its bar, and films and guests to measure with."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bench.photo import photo

ROOT = Path(__file__).resolve().parents[1]
FILMS = ROOT / "bench" / "films"
GUEST = (
    "env", "OPENBLAS_NUM_THREADS=1", "PYDANTIC_DISABLE_PLUGINS=__all__",
    f"PYTHONPATH={ROOT}:{sysconfig.get_path('purelib')}:{sysconfig.get_path('platlib')}",
    sys.executable, "-S", "-P", "-m",
)  # fmt: skip
"""Starts a guest's command as in a box: without `site`."""
DATA = {"B": {"name": "Reference B", "seconds": 60}}
"""B is A over a minute: the steady state, and memory."""


@dataclass(frozen=True)
class Bar:
    """The number that a figure must not miss."""

    side: Literal["≤", "≥"]
    number: float

    def holds(self, measured: float) -> bool:
        """Tell whether a measured number keeps the bar."""
        return measured <= self.number if self.side == "≤" else measured >= self.number

    def __str__(self) -> str:
        return f"{self.side} {self.number:g}"


def prepared(name: str, folder: Path) -> Path:
    """Lay one of the reference films out as a project, compiled into `composition.json`."""
    project = folder / name
    shutil.copytree(FILMS / ("A" if name in DATA else name), project)
    if name in DATA:
        (project / "data.json").write_text(json.dumps(DATA[name]))
    if name == "C":
        photo(project / "assets" / "photo.jpg")
    ended = run([sys.executable, "-m", "stage", "compile", str(project)])
    composition = json.loads(ended.stdout)["composition"]
    assert composition is not None, ended.stdout
    (project / "composition.json").write_text(json.dumps(composition))
    return project


def draw(project: Path, out: Path, *words: str) -> list[str]:
    """Write the command that makes the film of a project, with a worker for each processor."""
    argv = [*GUEST, "render", "film", "--given", str(project), "--project", str(project)]
    return [*argv, "--out", str(out), *words]


def run(argv: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    """Run a command to its good end."""
    ended = subprocess.run(argv, capture_output=True, cwd=ROOT, check=False)
    assert ended.returncode == 0, ended.stderr.decode()[-2_000:]
    return ended


def timed(argv: Sequence[str]) -> float:
    """Run a command and give the seconds it took."""
    started = time.perf_counter()
    run(argv)
    return time.perf_counter() - started
