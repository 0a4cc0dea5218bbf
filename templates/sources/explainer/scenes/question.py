"""The question that the film answers, large, with the thread beginning under it."""

import content
from components.backdrop import ground, rings
from components.look import SETTLE, come, forward, headline, leave, letters, push, start

from stage import Column, Ellipse, Film, Rect, Scene


def build(film: Film, seconds: float) -> Scene:
    """Make the opening scene."""
    scene = Scene("question", seconds=seconds)
    ground(scene, film, light="second")
    rings(scene, film, at=0.1, color="second")
    side, way, u = start(film), forward(film), film.unit
    room = film.safe.width * (0.8 if film.shape == "wide" else 1)
    stack = Column(anchor=side, gap=30 * u, align="start", y=-film.height * 0.05)
    scene.add(stack)
    if content.KICKER:
        kicker = letters(film, content.KICKER, "label", color="accent")
        stack.add(kicker)
        come(scene, kicker, 0.15)
    title = headline(
        film, content.TITLE, room=room, tall=film.safe.height * (0.3 if len(content.TITLE) <= 14 else 0.52)
    )
    stack.add(title)
    come(scene, title, 0.25)
    if content.SUBTITLE:
        subtitle = letters(
            film, content.SUBTITLE, "body", color="muted", width=room, max_lines=3, balance=True
        )
        stack.add(subtitle)
        come(scene, subtitle, 0.8)
    thread = Rect(inside="frame", anchor=f"bottom-{side}", height=8 * u, width=film.width * 1.05, fill="accent",
                  y=-film.height * 0.11, depth=0, allow="bleed")  # fmt: skip
    dot = Ellipse(inside="frame", anchor=f"bottom-{side}", origin="center", width=34 * u, height=34 * u, fill="accent",
                  y=-film.height * 0.11 - 4 * u, x=0, depth=0)  # fmt: skip
    scene.add(thread, dot)
    tl = scene.timeline
    tl.from_(thread, width=1, duration=seconds, ease="power1.inOut", at=0)
    tl.to(dot, x=way * film.width * 1.05, duration=seconds, ease="power1.inOut", at=0)
    tl.from_(dot, scale=0, duration=0.5, ease=SETTLE, at=0.1)
    push(scene)
    leave(scene, stack)
    return scene
