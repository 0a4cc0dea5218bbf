"""Scenes that the director writes for one film: scene code, chosen and sized by what it has to say."""

from __future__ import annotations

from typing import Final

_LIST: Final = '''\
"""Points {first} to {last} together, a row each."""

import content
from components.backdrop import field, ground
from components.look import SETTLE, digits, forward, leave, letters, push, size, start

from stage import Column, Film, Rect, Row, Scene

FIRST, LAST = {before}, {last}


def build(film: Film, seconds: float) -> Scene:
    """Make the scene."""
    scene = Scene("{name}", seconds=seconds, background="{field}")
    {backdrop}
    ink, faint = {ink}, {faint}
    u, side, room = film.unit, start(film), film.safe.width
    found = content.POINTS[FIRST:LAST]
    step = size(film, "title") * (1.7 if len(found) < 3 else 1.4 if len(found) < 4 else 1.15)
    rows = Column(anchor=side, width=room, gap={gap} * u, align="start")
    scene.add(rows)
    tl = scene.timeline
    for place, point in enumerate(found):
        row = Row(gap=44 * u, align="center")
        mark = {mark}
        words = Column(gap=10 * u, align="start")
        head = letters(film, point["title"], "title", size=step, weight=700, width=room * 0.82, fit="shrink",
                       min_size=size(film, "body") * 0.75, max_lines=2, balance=True, color=ink)
        words.add(head)
        if point.get("text") and len(found) < 4:
            below = letters(film, point["text"], "body", size=step * 0.55, width=room * 0.82, max_lines=2,
                            color=faint)
            words.add(below)
        row.add(mark, words)
        rows.add(row)
        at = 0.12 + {stagger} * place
        tl.from_(row, x={way} * film.width * 0.07, opacity=0, duration=0.55, ease=SETTLE, at=at)
        tl.from_(mark, scale=0, duration=0.5, ease="spring(0.55)", at=at + 0.08)
    push(scene, 1.04)
    leave(scene, rows)
    return scene
'''
_MARKS: Final = (
    'letters(film, digits(film, FIRST + place + 1), "title", size=step * 1.1, weight=800, width=step * '
    "0.9, color=accent)",
    "Rect(width=step * 0.5, height=step * 0.5, radius=step * 0.25, fill=accent)",
    "Rect(width=10 * u, height=step * 1.25, radius=5 * u, fill=accent)",
)
_STATEMENT: Final = '''\
"""One line, said word by word."""

import content
from components.backdrop import field, ground, initial, rings
from components.look import SETTLE, forward, headline, joined, leave, push, start

from stage import Column, Ellipse, Film, Rect, Scene

WORDS = {words}


def build(film: Film, seconds: float) -> Scene:
    """Make the scene."""
    scene = Scene("{name}", seconds=seconds, background="{field}")
    {backdrop}
    u, side, way = film.unit, start(film), forward(film)
    ink = {ink}
    room = film.safe.width * {share}
    line = headline(film, WORDS, room=room, tall=film.safe.height * {scale}, align="{align}", color=ink)
    stack = Column(anchor={anchor}, gap=40 * u, align="{align}")
    stack.add(line)
    rule = Rect(width=room * 0.24, height=10 * u, radius=5 * u, fill={rule})
    stack.add(rule)
    scene.add(stack)
    tl = scene.timeline
    each = min(0.14, max(seconds - 2.4, 0.4) / max(len(WORDS.split()), 1))
    if joined(WORDS):
        tl.from_(line.words, wipe=1, opacity=0, duration=0.7, ease="power2.out", stagger=each, at=0.15)
    else:
        tl.from_(line.words, {motion}, duration=0.6, ease=SETTLE, stagger=each, at=0.15)
    tl.from_(rule, width=1, duration=0.9, ease=SETTLE, at=0.7)
    push(scene, {zoom})
    leave(scene, stack)
    return scene
'''
_MOTIONS: Final = (
    "rise=1.1",
    "y=60 * u, opacity=0",
    "y=-50 * u, opacity=0, rotation=-4",
    "x=way * 80 * u, opacity=0",
)


def rows(name: str, first: int, last: int, seed: int, *, field: bool) -> str:
    """Write a scene that shows several points at once; both numbers count from 1."""
    return _LIST.format(
        name=name,
        first=first,
        before=first - 1,
        last=last,
        field="accent" if field else "background",
        backdrop="field(scene, film)" if field else f"ground(scene, film, angle={40 + seed * 35 % 140})",
        ink='film.theme.on("accent")' if field else '"ink"',
        faint='film.theme.on("accent")' if field else '"muted"',
        gap=(54, 46, 62)[seed % 3],
        mark=_MARKS[seed % len(_MARKS)].replace("accent", 'film.theme.on("accent")' if field else '"accent"'),
        stagger=(0.1, 0.12, 0.14)[seed % 3],
        way="-forward(film)" if seed % 2 else "forward(film)",
    )


def statement(name: str, seed: int, *, field: bool, loud: bool = False, words: str = "content.LINE") -> str:
    """Write a scene that says one line word by word; `words` is the expression that gives the line."""
    centered = seed % 3 == 2
    on = 'film.theme.on("accent")'
    behind = (
        "initial(scene, film, WORDS)",
        f'rings(scene, film, at=0.1, corner="{"start" if seed % 4 else "end"}")',
    )[seed % 2]
    return _STATEMENT.format(
        name=name,
        words=words,
        field="accent" if field else "background",
        backdrop="field(scene, film)"
        if field
        else f"ground(scene, film, angle={30 + seed * 50 % 150})\n    {behind}",
        ink=on if field else '"ink"',
        rule=on if field else '"accent"',
        share=0.92 if centered else 0.86,
        scale=0.72 if loud else 0.58,
        align="center" if centered else "start",
        anchor='"center"' if centered else "side",
        motion=_MOTIONS[seed // 2 % len(_MOTIONS)],
        zoom=(1.04, 1.05, 1.06)[seed % 3],
    )
