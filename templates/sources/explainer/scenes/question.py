"""The question that the film answers, large, with the thread beginning under it."""

import content
from components.backdrop import ground, rings
from components.look import (
    SETTLE,
    aside,
    come,
    forward,
    headline,
    leave,
    legible,
    letters,
    push,
    rail,
    sentence,
    start,
    stressed,
)

from stage import Column, Ellipse, Film, Rect, Scene


def build(film: Film, seconds: float) -> Scene:
    """Make the opening scene."""
    scene = Scene("question", seconds=seconds)
    ground(scene, film)
    rings(scene, film, at=0.1)
    side, way, u = start(film), forward(film), film.unit
    room = film.safe.width * 0.88 if film.shape == "wide" else film.safe.width - rail(film)
    stack = Column(anchor=side, gap=30 * u, align="start", y=-film.height * 0.05)
    stack.set(x=aside(film))
    scene.add(stack)
    if content.KICKER:
        kicker = letters(film, content.KICKER, "label", color=legible(film))
        stack.add(kicker)
        come(scene, kicker, 0.1)
    title = headline(
        film,
        content.TITLE,
        room=room,
        parts=stressed(content.TITLE),
        tall=film.safe.height * ({"tall": 0.62}.get(film.shape, 0.5) if content.SUBTITLE else 0.62),
    )
    stack.add(title)
    come(scene, title, 0.18)
    if content.SUBTITLE:
        subtitle = sentence(film, content.SUBTITLE, room=room)
        stack.add(subtitle)
        come(scene, subtitle, 0.6)
    thread = Rect(inside="frame", anchor=f"bottom-{side}", height=8 * u, width=film.width * 1.05,
                  fill="accent",
                  y=-film.height * 0.11, depth=0, allow="bleed")  # fmt: skip
    dot = Ellipse(inside="frame", anchor=f"bottom-{side}", origin="center", width=34 * u,
                  height=34 * u, fill="accent",
                  y=-film.height * 0.11 - 4 * u, x=0, depth=0)  # fmt: skip
    scene.add(thread, dot)
    tl = scene.timeline
    tl.from_(thread, width=1, duration=seconds, ease="power1.inOut", at=0)
    tl.to(dot, x=way * film.width * 1.05, duration=seconds, ease="power1.inOut", at=0)
    tl.from_(dot, scale=0, duration=0.5, ease=SETTLE, at=0.1)
    push(scene)
    leave(scene, stack)
    return scene
