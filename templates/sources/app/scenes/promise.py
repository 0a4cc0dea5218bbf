"""The promise, and the phone that rises beside it; its screen lights last."""

import content
from components.look import SETTLE, come, forward, headline, leave, legible, letters, push, sentence, start
from components.phone import air, phone

from stage import Column, Film, Rect, Scene


def build(film: Film, seconds: float) -> Scene:
    """Make the opening scene."""
    scene = Scene("promise", seconds=seconds)
    air(scene, film)
    wide, w, h, u, way = film.shape == "wide", film.width, film.height, film.unit, forward(film)
    tall = h * {"wide": 1.02, "tall": 0.62, "square": 0.78}[film.shape]
    device, screen = phone(scene, film, tall=tall, kind=0, at=min(0.8, seconds * 0.25))
    device.set(inside="frame", anchor="center", rotation=way * 7, rotation_y=-way * 16, depth=1.3)
    device.set(
        x=way * w * 0.28 if wide else way * w * 0.06,
        y=h * {"wide": 0.12, "tall": 0.24, "square": 0.4}[film.shape],
    )
    dark = Rect(width=float(screen.width), height=float(screen.height), fill="#0A0C0E", anchor="center")
    screen.add(dark)
    scene.add(device)
    tl = scene.timeline
    tl.from_(device, y=h * 1.1, rotation=way * 26, duration=1.0, ease=SETTLE, at=0.05)
    tl.to(dark, opacity=0, duration=0.5, ease="power2.out", at=min(0.6, seconds * 0.2))
    drift = max(seconds - 1.1, 0.2)
    tl.to(device, rotation_y=-way * 4, rotation=way * 4, duration=drift, ease="sine.inOut", at=1.06)
    room = film.safe.width * (0.56 if wide else 1)
    stack = Column(anchor=start(film) if wide else f"top-{start(film)}", gap=28 * u, align="start")
    scene.add(stack)
    if content.KICKER:
        kicker = letters(film, content.KICKER, "label", color=legible(film), weight=700)
        stack.add(kicker)
        come(scene, kicker, 0.12)
    share = {"wide": 0.62, "tall": 0.3, "square": 0.36}[film.shape]
    title = headline(film, content.TITLE, room=room, tall=film.safe.height * share, lines=4)
    stack.add(title)
    come(scene, title, 0.18)
    if content.SUBTITLE and not content.POINTS:
        below = sentence(film, content.SUBTITLE, room=room, color="muted")
        stack.add(below)
        come(scene, below, 0.5)
    push(scene, 1.04)
    leave(scene, stack)
    return scene
