"""Drawing alone: a thousand nodes that all move, and what standard quality leaves of a dark gradient."""

from __future__ import annotations

import time
from pathlib import Path

import av
import numpy as np

from bench.figure import Bar
from domain.composition import Composition, Gradient, GradientStop, Key, Node, Scene, Track
from domain.engine import Output
from render.film import Places, make_film
from render.picture import Picture
from render.segments import make_plan
from render.watch.banding import flat_blocks

BARS = {"nodes_1000_ms": Bar("≤", 15), "flat_blocks_max": Bar("≤", 0.05)}


def measure(folder: Path) -> dict[str, float]:
    """Draw in this process; encode with the guest's own command."""
    return {"nodes_1000_ms": crowd(1000), "flat_blocks_max": banding(folder)}


def crowd(count: int) -> float:
    """Draw frames on which every node has a new place, opacity and angle; the median, milliseconds."""
    nodes = tuple(
        Node(
            id=f"n{place}", kind="rect",
            props={"width": 40, "height": 24, "radius": 6, "fill": "#FF8040", "anchor": "top-left"},
            tracks=(
                move("x", place % 40 * 47, place % 40 * 47 + 60),
                move("y", place // 40 * 40, place // 40 * 40 + 30),
                move("opacity", 0.2, 1),
            ),
        )
        for place in range(count)
    )  # fmt: skip
    film = Composition(width=1920, height=1080, fps=30, scenes=(Scene(id="all", frames=300, nodes=nodes),))
    picture = Picture(film, Path())
    took: list[float] = []
    for frame in range(40, 80):
        started = time.perf_counter()
        picture.draw(frame)
        took.append((time.perf_counter() - started) * 1000)
    return float(np.median(took))


def move(name: str, first: float, last: float) -> Track:
    """Move a number all the time."""
    return Track(property=name, keys=(Key(frame=0, value=first), Key(frame=300, value=last)))


def banding(folder: Path) -> float:
    """Encode a slow dark gradient; the worst frame's share of 8x8 blocks that have one single value."""
    ground = Gradient(
        stops=(GradientStop(color="#0A0E18", at=0), GradientStop(color="#1C2434", at=1)), angle=30
    )
    scene = Scene(id="dark", frames=60, background=ground)
    film = Composition(width=1920, height=1080, fps=30, scenes=(scene,))
    make_film(film, make_plan(film, Output(), {}, "1"), Places(project=folder, kept=folder, out=folder), 2)
    worst = 0.0
    with av.open(str(folder / "film.mp4")) as made:
        for frame in made.decode(video=0):
            luma = frame.to_ndarray(format="gray")
            worst = max(worst, float(flat_blocks(luma).mean()))
    return worst
