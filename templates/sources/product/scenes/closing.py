"""The end card: accent wipes in behind the product; the name, what to do, where."""

import content
from components.backdrop import field
from components.button import button
from components.logo import logo
from components.look import SETTLE, come, forward, headline, letters, push, rail, sentence, size, start
from components.product import place, stand

from stage import Column, Film, Scene


def build(film: Film, seconds: float) -> Scene:
    """Make the closing scene."""
    scene = Scene("closing", seconds=seconds, background="accent")
    ink = field(scene, film, deep=0.3 if content.SECOND_TITLE else 0, corner="start")
    u, h, wide, way = film.unit, film.height, film.shape == "wide", forward(film)
    x, y, big = stand(film, way)
    y -= 0 if wide else h * 0.03
    thing = place(scene, film, big=big * 0.9, pale=True)
    scene.add(thing)
    thing.set(inside="frame", anchor="center", x=x, y=y)
    tl = scene.timeline
    tl.from_(thing, y=y + h * 0.16, scale=0.84, duration=min(0.9, seconds * 0.4), ease=SETTLE, at=0)
    tl.to(
        thing, rotation=way * 1.5, duration=max(seconds - 1, 0.2), ease="sine.inOut", at=min(1, seconds * 0.5)
    )
    room = film.safe.width * 0.48 if wide else film.safe.width - 2 * rail(film)
    align = "start" if wide else "center"
    stack = Column(anchor=start(film) if wide else "bottom", gap=30 * u, align=align)
    scene.add(stack)
    if content.LOGO and (wide or film.shape == "tall"):
        stack.add(logo(scene, film, room=room, tall=film.safe.height * 0.15))
    name = content.BRAND or content.TITLE
    tall = film.safe.height * {"wide": 0.34, "tall": 0.18, "square": 0.17}[film.shape]
    title = headline(film, name, room=room, tall=tall, color=ink, align=align, lines=2)
    stack.add(title)
    come(scene, title, 0.1)
    if content.SECOND_TITLE and name == content.TITLE:
        second = headline(film, content.SECOND_TITLE, room=room * 0.8, tall=tall * 0.6, lines=1, color=ink,
                          align=align, language=content.SECOND_LANGUAGE)  # fmt: skip
        stack.add(second)
        come(scene, second, min(0.4, seconds * 0.2))
    elif content.SUBTITLE and not content.CALL:
        below = sentence(film, content.SUBTITLE, room=room, color=ink, align=align, max_lines=2)
        stack.add(below)
        come(scene, below, min(0.4, seconds * 0.2))
    if content.CALL:
        stack.add(button(scene, film, content.CALL, room=room, fill=ink, at=0.5))
    if content.LINK:
        link = letters(film, content.LINK, "title", size=size(film, "body"), color=ink)
        stack.add(link)
        come(scene, link, min(0.7, seconds * 0.25))
    push(scene, 1.03)
    return scene
