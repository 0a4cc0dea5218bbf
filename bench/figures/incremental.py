"""A film of six scenes in a minute, made whole, then with one scene edited, then with nothing edited."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from bench.figure import Bar
from domain.engine import Output, Progress
from main import Wiring
from settings import Settings

BARS = {"edit_one_scene_ratio": Bar("≤", 0.2), "noop_rerender_s": Bar("≤", 0.5)}
SOURCE = """\
from stage import Film, Gradient, Rect, Row, Scene, Text

film = Film("Six scenes", width=1920, height=1080, fps=30)
for place, words in enumerate(("One", "Two", "Three", "Four", "Five", "Six")):
    scene = Scene(words.lower(), seconds=10 + (0.3 if place else 0))
    field = Gradient(inside="frame", width=1920, height=1080, color_1="#12305A", color_2="#5A1846")
    title = Text(words, size=220, weight=800, color="#FFFFFF", anchor="center", y=-60)
    cards = [Rect(width=420, height=160, radius=24, fill="#FFFFFF2E") for _ in range(3)]
    scene.add(field, title, Row(*cards, gap=40, anchor="bottom", y=-120))
    tl = scene.timeline
    tl.to(field, angle=360, duration=scene.seconds, ease="none", at=0)
    tl.from_(title, y=80, opacity=0, duration=0.9, at=0.3)
    tl.from_(cards, y=140, opacity=0, duration=0.7, stagger=0.3, at=1)
    film.add(scene, **({"enter": "fade", "over": 0.3} if place else {}))
"""
EDITED = SOURCE.replace('"Four"', '"Other"')


def measure(folder: Path) -> dict[str, float]:
    """Take one of each: source to delivered file, through real boxes."""
    return asyncio.run(_measure(folder))


async def _measure(folder: Path) -> dict[str, float]:
    wiring = Wiring(Settings(data=folder / "data", model="offline"))
    await wiring.open()
    try:
        await _made(
            wiring, SOURCE.replace(', "Two", "Three", "Four", "Five", "Six"', ","), folder
        )  # warms the host
        full = await _made(wiring, SOURCE, folder)
        noop = min([await _made(wiring, SOURCE, folder) for _ in range(3)])
        edited = await _made(wiring, EDITED, folder)
    finally:
        await wiring.close()
    return {
        "full_render_s": full,
        "edit_one_scene_s": edited,
        "edit_one_scene_ratio": edited / full,
        "noop_rerender_s": noop,
    }


async def _made(wiring: Wiring, source: str, folder: Path) -> float:
    """Compile and render, seconds."""
    path = folder / "film.py"
    path.write_text(source)
    files = {"film.py": path}
    out = folder / f"out{time.monotonic_ns()}"
    out.mkdir()
    started = time.perf_counter()
    build = await wiring.engine.compile(files)
    assert build.composition is not None, build.findings
    await wiring.engine.film(build.composition, files, Output(), out, on_progress=_quiet)
    return time.perf_counter() - started


async def _quiet(_: Progress) -> None:
    """Nobody listens."""
