"""One fact: a slanted window of light, or a picture, and the words beside it; the sides take turns."""

import content
from components.backdrop import star_path
from components.light import shade
from components.look import SETTLE, forward, headline, joined, leave, rail, sentence
from components.stage_lights import beams, night

from stage import Column, Ellipse, Film, Group, Image, Path, Rect, Scene, linear, mix


def build(film: Film, number: int, seconds: float) -> Scene:
    """Make the scene of a fact; numbers begin at 1."""
    point = content.POINTS[number - 1]
    scene = Scene(f"fact_{number}", seconds=seconds)
    night(scene, film, warm=number % 2 == 0)
    beams(scene, film, count=3, strength=0.16)
    shade(scene, film)
    wide, u = film.shape == "wide", film.unit
    way = forward(film) * (1 if number % 2 else -1)
    _window(scene, film, number, way)
    room = film.safe.width * 0.56 if wide else film.safe.width - rail(film)
    side = ("left" if way > 0 else "right") if wide else ("right" if film.rtl else "left")
    head = headline(film, point["title"], room=room, tall=film.safe.height * (0.56 if wide else 0.27))
    stack = Column(head, gap=30 * u, align="start", anchor=side if wide else f"bottom-{side}")
    stack.set(x=0 if wide or side == "left" else -rail(film))
    scene.add(stack)
    tl = scene.timeline
    if joined(point["title"]):
        tl.from_(head.words, wipe=1, opacity=0, duration=0.5, ease="power3.out", stagger=0.1, at=0.1)
    else:
        tl.from_(head.lines, rise=1.1, duration=0.5, ease=SETTLE, stagger=0.1, at=0.1)
    if point.get("text"):
        body = sentence(film, point["text"], room=room, color="second", weight=600)
        stack.add(body)
        tl.from_(body, x=-way * 60 * u, opacity=0, duration=0.45, ease=SETTLE, at=0.35)
    tl.from_(stack, x=-way * film.width * 0.12, duration=0.45, ease=SETTLE, at=0)
    tl.to(scene.camera, zoom=1.05, x=way * 12 * u, duration=seconds, ease="none", at=0)
    leave(scene, stack, by=0, lead=0.22)
    return scene


def _window(scene: Scene, film: Film, number: int, way: int) -> None:
    """A slanted window that whips in from the far side: a picture in it, or a figure of light."""
    wide, w, h = film.shape == "wide", film.width, film.height
    across, tall = (w * 0.42, h * 1.3) if wide else (w * 1.3, h * 0.46)
    color = film.theme.color("accent" if number % 2 else "second")
    deep = mix(color, film.theme.color("background"), 0.62)
    window = Group(
        width=across,
        height=tall,
        clip=True,
        fill=linear(color, deep, angle=70 if way > 0 else 110),
        inside="frame",
        anchor="right" if way > 0 else "left",
        origin="center",
        skew_x=-way * 8 if wide else 0,
        rotation=0 if wide else -4 * way,
        depth=0.6,
        allow="bleed",
    )
    window.set(x=-way * across * 0.36 if wide else -way * w * 0.5, y=0 if wide else -h * 0.29)
    scene.add(window)
    tl = scene.timeline
    if content.PICTURE:
        face = Image(
            content.PICTURE, width=across * 1.3, height=tall, anchor="center", skew_x=way * 8 if wide else 0
        )
        window.add(face)
        tl.to(face, zoom=1.12, duration=scene.seconds, ease="none", at=0)
    else:
        _figure(scene, film, window, min(across, tall) * 0.86, number)
    away = {"x": float(window.x) + way * w * 0.5} if wide else {"y": float(window.y) - h * 0.5}
    tl.from_(window, **away, duration=0.42, ease="power4.out", at=0)
    if wide:
        edge = Rect(width=14 * film.unit, height=tall, fill="#FFFFFF", opacity=0.8)
        window.add(edge.set(anchor="left" if way > 0 else "right"))


def _figure(scene: Scene, film: Film, window: Group, big: float, number: int) -> None:
    """A figure that moves in the window: turning rays, bars that dance, waves that run outwards."""
    pale, tl = "#FFFFFF", scene.timeline
    kind = number % 3
    if kind == 1:
        for share, turn in ((1.25, 40), (0.8, -60)):
            rays = Path(
                star_path(20, 0.55), width=big * share, height=big * share, anchor="center", origin="center"
            )
            window.add(rays.set(fill=f"{pale}2E"))
            tl.to(rays, rotation=turn, duration=scene.seconds, ease="none", at=0)
        window.add(Ellipse(width=big * 0.3, height=big * 0.3, fill=f"{pale}E0", anchor="center"))
    elif kind == 2:
        draw = film.random("dance")
        for index in range(9):
            bar = Rect(
                width=big * 0.07, radius=big * 0.035, fill=f"{pale}D0", anchor="center", origin="center"
            )
            bar.set(x=(index - 4) * big * 0.115, height=big * draw.uniform(0.2, 0.8))
            window.add(bar)
            beat = {"duration": film.beat / 2, "ease": "sine.inOut", "repeat": -1, "yoyo": True}
            tl.to(bar, height=big * draw.uniform(0.15, 1.0), at=0.03 * index, **beat)
    else:
        for index in range(5):
            ring = Ellipse(width=big * 0.3, height=big * 0.3, stroke=pale, stroke_width=10 * film.unit)
            window.add(ring.set(anchor="center", opacity=0.8 - 0.14 * index))
            span = {"scale": 0.6 + 0.75 * index}, {"scale": 1.35 + 0.75 * index}
            tl.from_to(ring, *span, duration=scene.seconds, ease="none", at=0)
        window.add(Ellipse(width=big * 0.16, height=big * 0.16, fill=pale, anchor="center"))
