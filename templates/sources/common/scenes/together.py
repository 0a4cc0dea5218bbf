"""Several points at once, a row each: for films too short to give every point a scene."""

from collections.abc import Callable
from itertools import pairwise

import content
from components.backdrop import ground
from components.look import SETTLE, aside, digits, forward, leave, letters, push, rail, size, start

from stage import Column, Film, Row, Scene

MOST = 4
"""Rows that one scene shows."""
Paint = Callable[[Scene, Film], str]


def plain(scene: Scene, film: Film) -> str:
    """Paint the film's usual ground; gives the letter color for it."""
    ground(scene, film)
    return "ink"


def groups(count: int) -> list[tuple[int, int]]:
    """Divide so many points among as few scenes as hold them; first and last of each, from 0, last not in."""
    scenes = -(-count // MOST)
    ends = [count * (index + 1) // scenes for index in range(scenes)]
    return list(pairwise([0, *ends]))


def build(film: Film, first: int, last: int, seconds: float, paint: Paint = plain) -> Scene:
    """Make the scene of the points from first up to last."""
    scene = Scene(f"points_{first + 1}_to_{last}", seconds=seconds)
    ink = paint(scene, film)
    strong = "accent" if ink == "ink" else ink
    u, room, way = film.unit, film.safe.width - rail(film), forward(film)
    found = content.POINTS[first:last]
    step = size(film, "title") * (1.7 if len(found) < 3 else 1.4 if len(found) < 4 else 1.15)
    texts = len(found) < 4 and any(point.get("text") for point in found)
    step = min(step, film.safe.height / len(found) / (3.9 if texts else 2.8))
    rows = Column(anchor=start(film), width=room, gap=step * 0.5, align="start")
    rows.set(x=aside(film))
    scene.add(rows)
    pace = min(0.12, seconds * 0.08)
    for place, point in enumerate(found):
        number = digits(film, first + place + 1)
        mark = letters(film, number, "title", size=step * 1.1, weight=800, width=step * 0.9, color=strong)
        words = Column(gap=8 * u, align="start")
        head = letters(
            film,
            point["title"],
            "title",
            size=step,
            weight=700,
            width=room * 0.82,
            fit="shrink",
            min_size=size(film, "body") * 0.75,
            max_lines=2,
            balance=True,
            color=ink,
        )
        words.add(head)
        if point.get("text") and len(found) < 4:
            below = letters(
                film, point["text"], "body", size=step * 0.55, width=room * 0.82, max_lines=2, color=ink
            )
            words.add(below)
        row = Row(mark, words, gap=40 * u, align="center")
        rows.add(row)
        at = 0.08 + pace * place
        scene.timeline.from_(row, x=-way * film.width * 0.07, opacity=0, duration=0.45, ease=SETTLE, at=at)
        scene.timeline.from_(mark, scale=0, duration=0.4, ease="spring(0.6)", at=at + 0.05)
    push(scene, 1.04)
    leave(scene, rows, lead=min(0.42, seconds * 0.2))
    return scene
