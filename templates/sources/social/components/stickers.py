"""Big flat figures that move on the beat, the ticks that show how far the film is, words on a label."""

import content
from components.backdrop import star_path
from components.look import digits, forward, joined, letters, size

from stage import Ellipse, Film, Gradient, Group, Path, Rect, Row, Scene, Text, mix

GROUNDS = ("background", "second", "accent", "surface")
"""Grounds of the beats, in turn."""


def ground(scene: Scene, film: Film, color: str) -> str:
    """Paint a ground with a soft light in it; gives the letter color for it."""
    base = film.theme.color(color)
    ink = film.theme.on(base)
    scene.add(
        Rect(
            inside="frame",
            anchor="center",
            width=film.width * 1.3,
            height=film.height * 1.3,
            fill=base,
            depth=0,
        )
    )
    lit = mix(base, ink, 0.22)
    light = Gradient(
        shape="radial",
        color_1=lit,
        color_2=f"{lit[:7]}00",
        spread=0.5,
        inside="frame",
        anchor="center",
        width=max(film.width, film.height) * 1.2,
        height=max(film.width, film.height) * 1.2,
        depth=0,
        x=forward(film) * film.width * 0.2,
        y=-film.height * 0.2,
    )
    scene.add(light)
    scene.timeline.to(light, x=-forward(film) * film.width * 0.2, duration=scene.seconds, ease="none", at=0)
    return ink


def ticks(scene: Scene, film: Film, number: int, ink: str) -> None:
    """Show along the top how many beats there are, and how far this one is."""
    count, u = len(content.POINTS), film.unit
    if count < 2:
        return
    room, gap = film.safe.width, 12 * u
    each = (room - gap * (count - 1)) / count
    row = Row(gap=gap, anchor="top", depth=0)
    for index in range(count):
        track = Group(width=each, height=10 * u, radius=5 * u, fill=f"{film.theme.color(ink)}38", clip=True)
        row.add(track)
        if index >= number:
            continue
        fill = Rect(width=each, height=10 * u, radius=5 * u, fill=ink, anchor="right" if film.rtl else "left")
        track.add(fill)
        if index == number - 1:
            scene.timeline.from_(fill, width=1, duration=scene.seconds, ease="none", at=0)
    scene.add(row)


def label(film: Film, words: str, *, room: float, fill: str) -> Group:
    """Set words on a slab of color, a little askew."""
    box = Group(
        padding_x=36 * film.unit,
        padding_y=20 * film.unit,
        radius=18 * film.unit,
        fill=fill,
        rotation=0 if joined(words) else -1.6 * forward(film),
    )
    box.add(
        letters(
            film,
            words,
            "title",
            size=size(film, "body") * 1.12,
            weight=700,
            color=film.theme.on(fill),
            width=None if len(words) < 30 else room * 0.84,
            balance=True,
            max_lines=4,
        )
    )
    return box


def figure(scene: Scene, film: Film, number: int, big: float, color: str, other: str) -> Group:
    """Make the figure of a beat: discs, rays, dots or bars, each with a life of its own."""
    group = Group(width=big, height=big, origin="center", depth=1.5)
    makers = (_discs, _rays, _dots, _bars)
    makers[(number - 1) % len(makers)](scene, film, group, big, color, other)
    shown = digits(film, number)
    scene.timeline.from_(group, scale=0.2, duration=0.4, ease="back.out(1.5)", at=0.05)
    numeral = Text(
        shown,
        font=content.ARABIC_FONTS["body"] if film.language.startswith("ar") else "display",
        weight=800,
        size=big * 0.34,
        line_height=1,
        color=film.theme.on(color),
        anchor="center",
        allow="overlap",
    )
    group.add(numeral)
    for pulse in range(1, int(scene.seconds / film.beat)):
        at = pulse * film.beat
        scene.timeline.to(group, scale=1.05, duration=0.07, ease="power2.out", at=at)
        scene.timeline.to(group, scale=1.0, duration=0.3, ease="power2.out", at=at + 0.07)
    return group


def _discs(scene: Scene, film: Film, group: Group, big: float, color: str, other: str) -> None:
    for index, share in enumerate((1.0, 0.78, 0.58)):
        disc = Ellipse(
            anchor="center",
            width=big * share,
            height=big * share,
            fill=(other, mix(other, "#FFFFFF", 0.35), color)[index],
        )
        group.add(disc)
        scene.timeline.from_to(
            disc,
            {"x": big * 0.03 * index},
            {"x": -big * 0.06 * index},
            duration=scene.seconds,
            ease="sine.inOut",
            at=0,
        )


def _rays(scene: Scene, film: Film, group: Group, big: float, color: str, other: str) -> None:
    outer = Path(star_path(14, 0.72), anchor="center", origin="center", width=big, height=big, fill=other)
    inner = Path(
        star_path(14, 0.8), anchor="center", origin="center", width=big * 0.68, height=big * 0.68, fill=color
    )
    group.add(outer, inner)
    scene.timeline.to(outer, rotation=50, duration=scene.seconds, ease="none", at=0)
    scene.timeline.to(inner, rotation=-70, duration=scene.seconds, ease="none", at=0)


def _dots(scene: Scene, film: Film, group: Group, big: float, color: str, other: str) -> None:
    dots = []
    for row in range(7):
        for column in range(7):
            away = ((row - 3) ** 2 + (column - 3) ** 2) ** 0.5
            if away > 3.4:
                continue
            across = big * 0.115 * (1 - away * 0.12)
            dot = Ellipse(
                anchor="center",
                origin="center",
                x=(column - 3) * big / 7,
                y=(row - 3) * big / 7,
                width=across,
                height=across,
                fill=other,
            )
            group.add(dot)
            dots.append(dot)
    scene.timeline.to(
        dots,
        scale=1.5,
        duration=film.beat,
        ease="sine.inOut",
        repeat=-1,
        yoyo=True,
        stagger={"each": 0.04, "order": "center", "total": 0.5},
        at=0.3,
    )
    group.add(Ellipse(anchor="center", width=big * 0.54, height=big * 0.54, fill=color))


def _bars(scene: Scene, film: Film, group: Group, big: float, color: str, other: str) -> None:
    draw = film.random("bars")
    for index in range(7):
        tall = big * draw.uniform(0.5, 1.0)
        bar = Rect(
            anchor="left",
            origin="left",
            x=big * index / 7,
            width=big * 0.1,
            height=tall,
            radius=big * 0.05,
            fill=other,
        )
        group.add(bar)
        scene.timeline.to(
            bar,
            height=big * draw.uniform(0.25, 0.9),
            duration=film.beat,
            ease="sine.inOut",
            repeat=-1,
            yoyo=True,
            at=0.04 * index,
        )
    group.add(Ellipse(anchor="center", width=big * 0.54, height=big * 0.54, fill=color))
