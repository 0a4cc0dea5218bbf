"""All numbers as bars from zero: neutral, but for the one that the film is about."""

import content
from components.backdrop import ground
from components.look import come, forward, headline, leave, push, size, start
from components.numbers import Amount, focus, small

from stage import Column, Ellipse, Film, Group, Rect, Scene, mix

MOST_COLUMNS = 7
MOST_LETTERS = 60
"""More columns than this, or more letters below them, are told as rows."""


def build(film: Film, amounts: list[Amount], seconds: float) -> Scene:
    """Make the scene of the bars."""
    scene = Scene("chart", seconds=seconds)
    ground(scene, film, angle=120)
    u = film.unit
    room, tall = film.safe.width, film.safe.height
    longest = max(len(words) for each in amounts for words in (each.title, each.shown))
    across = film.shape != "tall" and len(amounts) <= MOST_COLUMNS and longest * len(amounts) <= MOST_LETTERS
    head = headline(film, content.TITLE, room=room * 0.9, tall=tall * (0.2 if across else 0.16), lines=2)
    come(scene, head, 0.05)
    plot = Group(width=room, height=tall * (0.7 if across else 0.74))
    scene.add(Column(head, plot, gap=tall * 0.08, align="start", anchor=start(film)))
    if across:
        _columns(scene, film, plot, amounts)
    else:
        _rows(scene, film, plot, amounts)
    push(scene, 1.04)
    leave(scene, head, plot, by=-30 * u)
    return scene


def _neutral(film: Film) -> str:
    return mix(film.theme.color("background"), film.theme.color("ink"), 0.27)


def _grow(scene: Scene, seconds: float, index: int) -> dict[str, object]:
    """When and how the bar of a number grows."""
    pace = min(0.14, seconds * 0.2 / 6)
    return {"duration": min(0.9, seconds * 0.3), "ease": "spring(0.85)", "at": 0.25 + pace * index}


def _columns(scene: Scene, film: Film, plot: Group, amounts: list[Amount]) -> None:
    """Columns on a base line, each with its number above and its name below."""
    u, tl, way = film.unit, scene.timeline, forward(film)
    side = start(film)
    room, tall = float(plot.width), float(plot.height)
    main, most = focus(amounts), max(max(each.value for each in amounts), 1e-9)
    slot = room / len(amounts)
    foot, name_size = 64 * u, min(size(film, "label") * 1.05, slot * 0.2)
    figure = min(size(film, "body") * 1.1, slot * 0.27)
    high = tall - foot - figure * 1.9
    line = Rect(width=room, height=4 * u, fill="ink", anchor=f"bottom-{side}", y=-foot)
    for index, each in enumerate(amounts):
        strong = index == main
        bar_height = max(high * each.value / most, 6 * u)
        middle = way * slot * index
        bar = Rect(
            width=slot * 0.66, height=bar_height, radius=8 * u, fill="accent" if strong else _neutral(film)
        )
        bar.set(anchor=f"bottom-{side}", x=middle + way * slot * 0.17, y=-foot)
        shown = small(film, each.shown, figure * (1.4 if strong else 1), color="accent" if strong else "ink")
        shown.set(
            weight=800 if strong else 600, width=slot, align="center", anchor=f"bottom-{side}", max_lines=1
        )
        shown.set(fit="shrink", x=middle, y=-foot - bar_height - 10 * u)
        name = small(
            film, each.title, name_size, width=slot * 0.96, align="center", color="ink" if strong else "muted"
        )
        name.set(
            anchor=f"bottom-{side}", x=middle + way * slot * 0.02, fit="shrink", max_lines=2, min_size=24 * u
        )
        name.set(origin=f"top-{side}", y=-foot + 14 * u)
        plot.add(bar, shown, name)
        when = _grow(scene, scene.seconds, index)
        tl.from_(bar, height=1, **when)
        tl.from_(shown, y=-foot - 10 * u, opacity=0, **{**when, "at": float(str(when["at"])) + 0.09})
        tl.from_(name, opacity=0, y=-foot + 34 * u, duration=0.4, at=float(str(when["at"])))
        if strong:
            _circle(scene, film, plot, bar, slot * 0.98, figure * 2.5, -foot - bar_height + figure * 0.28)
    plot.add(line)
    tl.from_(line, width=1, duration=0.7, ease="power3.out", at=0.1)


def _circle(scene: Scene, film: Film, plot: Group, bar: Rect, across: float, tall: float, y: float) -> None:
    """Draw a loose circle round the number that counts."""
    side, way = start(film), forward(film)
    ring = Ellipse(width=across, height=tall, stroke="second", stroke_width=6 * film.unit, rotation=-4)
    ring.set(anchor=f"bottom-{side}", x=float(bar.x) - way * (across - float(bar.width)) / 2, y=y)
    plot.add(ring)
    begin = min(1.9, scene.seconds * 0.45)
    scene.timeline.from_(ring, draw_end=0, duration=0.7, ease="power2.inOut", at=begin)
    scene.timeline.from_(ring, opacity=0, duration=0.05, at=begin)


def _rows(scene: Scene, film: Film, plot: Group, amounts: list[Amount]) -> None:
    """Bars one below the other, each with its name above and its number at its end."""
    u, tl = film.unit, scene.timeline
    side = start(film)
    room, tall = float(plot.width), float(plot.height)
    main, most = focus(amounts), max(max(each.value for each in amounts), 1e-9)
    slot = tall / len(amounts)
    label = min(size(film, "body"), slot * 0.3)
    for index, each in enumerate(amounts):
        strong = index == main
        top = slot * index
        name = small(film, each.title, label, width=room * 0.62, fit="shrink", max_lines=1, min_size=24 * u)
        name.set(color="ink" if strong else "muted", anchor=f"top-{side}", y=top)
        shown = small(
            film, each.shown, label * (1.25 if strong else 1.05), color="accent" if strong else "ink"
        )
        other = "left" if side == "right" else "right"
        shown.set(weight=800, anchor=f"top-{other}", y=top - (label * 0.15 if strong else 0))
        track = Rect(
            width=room, height=slot * 0.34, radius=slot * 0.08, fill="ink/0.07", anchor=f"top-{side}"
        )
        track.set(y=top + label * 1.5)
        long = max(room * each.value / most, slot * 0.1)
        bar = Rect(width=long, height=slot * 0.34, radius=slot * 0.08, anchor=f"top-{side}")
        bar.set(fill="accent" if strong else _neutral(film), y=top + label * 1.5)
        plot.add(name, shown, track, bar)
        when = _grow(scene, scene.seconds, index)
        tl.from_(bar, width=1, **when)
        tl.from_([name, shown, track], opacity=0, duration=0.4, at=max(float(str(when["at"])) - 0.12, 0))
    if scene.seconds > 3:
        pulse = {"duration": 0.5, "ease": "sine.inOut", "repeat": 3, "yoyo": True, "at": 1.9}
        marked = plot.children[4 * main + 3]
        if scene.seconds > 4.4:
            tl.to(marked, opacity=0.72, **pulse)
