"""One thing that the app does: a tap, the screen answers, and a card leaves it towards the camera."""

import content
from components.look import (
    SETTLE,
    come,
    digits,
    forward,
    headline,
    leave,
    legible,
    letters,
    push,
    sentence,
    start,
)
from components.phone import air, phone, tap

from stage import Column, Ellipse, Film, Group, Rect, Scene, shadow


def build(film: Film, number: int, seconds: float) -> Scene:
    """Make the scene of a point; numbers begin at 1, and the sides take turns."""
    point = content.POINTS[number - 1]
    scene = Scene(f"flow_{number}", seconds=seconds)
    air(scene, film, turn=30 * number)
    wide, w, h, u = film.shape == "wide", film.width, film.height, film.unit
    way = forward(film) * (1 if number % 2 else -1) if wide else forward(film)
    tall = h * {"wide": 1.2, "tall": 0.7, "square": 0.84}[film.shape]
    begin = min(0.8, seconds * 0.28)
    device, screen = phone(scene, film, tall=tall, kind=number, at=0.35)
    x, y = (way * w * 0.24, h * 0.1) if wide else (0, h * (0.34 if film.shape == "tall" else 0.54))
    device.set(inside="frame", anchor="center", x=x, y=y, rotation=-3 * way, depth=1.2)
    scene.add(device)
    tap(scene, film, screen, x=float(screen.width) * 0.12, y=-float(screen.height) * 0.1, at=begin)
    tl = scene.timeline
    tl.from_(device, x=x + way * w * 0.3, rotation=8 * way, duration=0.8, ease=SETTLE, at=0)
    tl.to(device, scale=0.965, duration=0.09, ease="power2.out", at=begin + 0.02)
    tl.to(device, scale=1, duration=0.3, ease="back.out(2)", at=begin + 0.11)
    drift = max(seconds - begin - 0.5, 0.2)
    tl.to(device, rotation=2 * way, y=y - h * 0.02, duration=drift, ease="sine.inOut", at=begin + 0.45)
    _card(scene, film, number, x, y, way, begin + 0.55)
    side = ("left" if way > 0 else "right") if wide else start(film)
    room = film.safe.width * (0.5 if wide else 1)
    stack = Column(anchor=side if wide else f"top-{side}", gap=22 * u, align="start")
    tag = letters(film, digits(film, number), "title", color=legible(film), weight=800)
    share = {"wide": 0.5, "tall": 0.17, "square": 0.22}[film.shape]
    head = headline(film, point["title"], room=room, tall=film.safe.height * share, lines=3)
    stack.add(tag, head)
    come(scene, tag, 0.1)
    come(scene, head, 0.18)
    if point.get("text"):
        body = sentence(film, point["text"], room=room, color="ink")
        stack.add(body)
        come(scene, body, 0.45)
    scene.add(stack)
    push(scene, 1.04)
    leave(scene, stack)
    return scene


def _card(scene: Scene, film: Film, number: int, x: float, y: float, way: int, at: float) -> None:
    """A card of the screen that comes forward: large, with a deep shadow."""
    w, h, u, wide = film.width, film.height, film.unit, film.shape == "wide"
    across, tall = (w * 0.2, h * 0.17) if wide else (w * 0.5, h * (0.1 if film.shape == "tall" else 0.15))
    card = Group(width=across, height=tall, radius=tall * 0.2, inside="frame", anchor="center", depth=1.6)
    card.set(fill=film.theme.color("surface"), stroke="#FFFFFF80", stroke_width=2 * u)
    card.set(shadow=[shadow(0, 6 * u, 10 * u, "#0000002E"), shadow(0, 34 * u, 48 * u, "#00000038")])
    card.set(
        x=x + way * across * (0.42 if wide else 0.3),
        y=y + h * {"wide": 0.12, "tall": -0.02, "square": -0.16}[film.shape],
    )
    mark = Ellipse(width=tall * 0.52, height=tall * 0.52, fill="accent", anchor="left", x=tall * 0.24)
    tick = Rect(width=tall * 0.22, height=tall * 0.06, radius=tall * 0.03, fill="#FFFFFF", anchor="center")
    other = Rect(width=tall * 0.06, height=tall * 0.22, radius=tall * 0.03, fill="#FFFFFF", anchor="center")
    badge = Group(width=tall * 0.52, height=tall * 0.52, anchor="left", x=tall * 0.24, origin="left")
    badge.add(tick, other)
    ink = film.theme.on("surface")
    long = across - tall * 1.25
    first = Rect(width=long, height=tall * 0.13, radius=tall * 0.065, fill=f"{ink}D8", anchor="left")
    last = Rect(width=long * 0.62, height=tall * 0.1, radius=tall * 0.05, fill=f"{ink}4A", anchor="left")
    card.add(mark, badge, first.set(x=tall, y=-tall * 0.13), last.set(x=tall, y=tall * 0.13))
    scene.add(card)
    tl = scene.timeline
    tl.from_(card, scale=0.4, opacity=0, x=x, y=y, duration=0.6, ease="back.out(1.3)", at=at)
    tl.from_(first, width=1, duration=0.5, ease=SETTLE, at=at + 0.2)
    tl.from_(last, width=1, duration=0.5, ease=SETTLE, at=at + 0.28)
    drift = max(scene.seconds - at - 0.65, 0.1)
    tl.to(card, y=float(card.y) - 22 * u, rotation=2 * way, duration=drift, ease="sine.inOut", at=at + 0.62)
