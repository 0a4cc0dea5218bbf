"""The end card: the voice's name in the same light, and where to hear more."""

import content
from components.light import evening
from components.logo import logo
from components.look import SETTLE, come, headline, letters, push, rail, size
from components.voice import mark

from stage import Column, Film, Group, Rect, Scene


def build(film: Film, seconds: float, over: tuple[float, float]) -> Scene:
    """Make the closing scene."""
    scene = Scene("signature", seconds=seconds)
    evening(scene, film, over)
    mark(scene, film, over)
    u, wide = film.unit, film.shape == "wide"
    room = film.safe.width * 0.8 if wide else film.safe.width - 2 * rail(film)
    stack = Column(anchor="center", gap=34 * u, align="center")
    scene.add(stack)
    if content.LOGO:
        stack.add(logo(scene, film, room=room, tall=film.safe.height * 0.2))
    name = content.BRAND or content.AUTHOR or content.TITLE
    tall = film.safe.height * (0.34 if wide else 0.26)
    title = headline(film, name, room=room, tall=tall, align="center")
    rule = Rect(width=room * 0.16, height=5 * u, radius=2.5 * u, fill="accent")
    stack.add(title, rule)
    come(scene, title, 0.1)
    scene.timeline.from_(rule, width=1, duration=0.9, ease=SETTLE, at=0.35)
    below = content.SUBTITLE or (content.AUTHOR if name != content.AUTHOR else content.ROLE)
    if below and not content.CALL:
        line = letters(
            film, below, "title", weight=400, color="muted", width=room, align="center", max_lines=3
        )
        stack.add(line)
        come(scene, line, 0.4)
    if content.CALL:
        pill = Group(padding_x=54 * u, padding_y=26 * u, radius=80 * u, stroke="accent", stroke_width=3 * u)
        pill.add(
            letters(
                film,
                content.CALL,
                "title",
                size=size(film, "body") * 1.05,
                width=None if len(content.CALL) < 28 else room * 0.8,
                align="center",
                max_lines=2,
            )
        )
        stack.add(pill)
        scene.timeline.from_(pill, opacity=0, y=40 * u, duration=0.6, ease=SETTLE, at=0.45)
    if content.LINK:
        link = letters(film, content.LINK, "title", size=size(film, "body"), color="accent")
        stack.add(link)
        come(scene, link, 0.65)
    push(scene, 1.03)
    return scene
