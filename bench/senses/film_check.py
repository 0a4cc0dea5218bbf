"""How long the check of a delivered minute takes against its playing time."""

from __future__ import annotations

import argparse
import math
import time
from pathlib import Path

from bench.figure import Bar, draw, prepared, run
from domain.composition import Composition
from render.commands.watch import watched

BARS = {"film_check_vs_playtime": Bar("≤", 0.35), "film_check_findings": Bar("≤", 0)}
SECONDS = 60


def measure(folder: Path) -> dict[str, float]:
    """Render reference film A as often as a minute takes, and check it; the best of two."""
    made = folder / "made"
    project = prepared("A", folder)
    film = minute(Composition.model_validate_json((project / "composition.json").read_bytes()))
    for given in (project, folder):
        (given / "composition.json").write_text(film.model_dump_json())
    run(draw(project, made))
    (made / "film.mp4").rename(folder / "film")
    best, found = 1e9, 0
    for _ in range(2):
        started = time.perf_counter()
        seen = watched(argparse.Namespace(given=folder, project=project, out=folder))
        best = min(best, time.perf_counter() - started)
        found = sum(each.severity == "error" for each in seen.report.findings)
    return {"film_check_vs_playtime": best / film.seconds, "film_check_findings": found}


def minute(film: Composition) -> Composition:
    """Repeat a film's scenes until a minute is full."""
    times = math.ceil(SECONDS * film.fps / film.frames)
    scenes = [
        scene.model_copy(update={"id": f"{scene.id}_{turn}"})
        for turn in range(times)
        for scene in film.scenes
    ]
    return film.model_copy(update={"scenes": tuple(scenes)})
