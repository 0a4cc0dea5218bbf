"""The end card: the station's name over its globe, where to read on."""

import content
from components.button import button
from components.logo import logo
from components.look import SETTLE, come, headline, letters, push, rail, size
from components.set import backdrop

from stage import Column, Film, Rect, Scene


def build(film: Film, seconds: float) -> Scene:
    """Make the closing scene."""
    scene = Scene("signoff", seconds=seconds)
    backdrop(scene, film, near=True)
    u, wide = film.unit, film.shape == "wide"
    room = film.safe.width - rail(film)
    stack = Column(anchor="center", gap=26 * u, align="center")
    scene.add(stack)
    if content.LOGO:
        stack.add(logo(scene, film, room=room, tall=film.safe.height * 0.18))
    name = content.BRAND or content.TITLE
    share = {"wide": 0.46, "tall": 0.3, "square": 0.38}[film.shape]
    title = headline(
        film, name, room=room * (0.8 if wide else 0.84), tall=film.safe.height * share, align="center"
    )
    bar = Rect(width=room * 0.3, height=14 * u, fill="accent")
    stack.add(title, bar)
    come(scene, title, 0.1)
    scene.timeline.from_(bar, width=1, duration=0.6, ease=SETTLE, at=0.3)
    if content.CALL:
        on = button(scene, film, content.CALL, room=room, fill="accent", at=0.45)
        stack.add(on)
    if content.LINK:
        link = letters(film, content.LINK, "title", size=size(film, "body") * 1.1, color="ink")
        stack.add(link)
        come(scene, link, min(0.55, seconds * 0.25))
    push(scene, 1.05)
    return scene
