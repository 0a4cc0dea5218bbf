"""The end card: who says it, and where the numbers come from."""

import content
from components.backdrop import field
from components.button import button
from components.logo import logo
from components.look import SETTLE, come, fitted, headline, letters, push, rail, rise, size

from stage import Column, Film, Image, Rect, Scene


def build(film: Film, seconds: float) -> Scene:
    """Make the closing scene."""
    scene = Scene("closing", seconds=seconds, background="accent")
    ink = field(scene, film)
    u, wide = film.unit, film.shape == "wide"
    room = film.safe.width - 2 * rail(film)
    stack = Column(anchor="center", gap=34 * u, align="center")
    scene.add(stack)
    if content.LOGO:
        stack.add(logo(scene, film, room=room, tall=film.safe.height * 0.2))
    name = content.BRAND or content.TITLE
    tall = film.safe.height * (0.42 if wide else 0.32)
    title = headline(film, name, room=room * 0.86, tall=tall, color=ink, align="center")
    rule = Rect(width=room * 0.16, height=8 * u, radius=4 * u, fill=ink)
    stack.add(title, rule)
    come(scene, title, 0.08)
    scene.timeline.from_(rule, width=1, duration=0.9, ease=SETTLE, at=0.3)
    if content.CALL:
        stack.add(button(scene, film, content.CALL, room=room, fill=ink, at=0.4))
    if content.LINK:
        link = letters(film, content.LINK, "title", size=size(film, "body"), color=ink)
        stack.add(link)
        come(scene, link, min(0.6, seconds * 0.25))
    if content.SOURCE:
        source = fitted(film, content.SOURCE, "label", room=room, color=ink, max_lines=2, align="center")
        scene.add(source.set(anchor="bottom", weight=500))
        come(scene, source, min(0.8, seconds * 0.3))
    push(scene, 1.04)
    return scene
