"""The end card: the name, what to do, where; it holds, and its last frame is a poster."""

import content
from components.backdrop import rings
from components.look import SETTLE, come, headline, letters, push, rise, size

from stage import Column, Film, Group, Image, Rect, Scene


def build(film: Film, seconds: float) -> Scene:
    """Make the closing scene."""
    scene = Scene("closing", seconds=seconds, background="accent")
    u = film.unit
    ink = film.theme.on("accent")
    rings(scene, film, at=0, color=ink)
    room = film.safe.width * 0.92
    stack = Column(anchor="center", gap=40 * u, align="center")
    scene.add(stack)
    if content.LOGO:
        logo = Image(content.LOGO, width=room * 0.4, height=film.safe.height * 0.26, fit="contain")
        stack.add(logo)
        rise(scene, logo, 0.05)
    name = headline(
        film,
        content.BRAND or content.TITLE,
        room=room,
        tall=film.safe.height * 0.42,
        color=ink,
        align="center",
    )
    stack.add(name)
    come(scene, name, 0.1)
    if content.CALL:
        pill = Group(padding_x=56 * u, padding_y=28 * u, fill=ink, radius=80 * u)
        pill.add(
            letters(film, content.CALL, "title", size=size(film, "body") * 1.15, color=film.theme.on(ink))
        )
        stack.add(pill)
        scene.timeline.from_(pill, scale=0.6, opacity=0, duration=0.6, ease="spring(0.6)", at=0.55)
    if content.LINK:
        link = letters(film, content.LINK, "title", size=size(film, "body"), color=ink)
        stack.add(link)
        come(scene, link, 0.75)
    sheen = Rect(inside="frame", anchor="left", origin="center", width=film.width * 0.12, height=film.height * 2,
                 x=-film.width * 0.3, rotation=18, fill="#FFFFFF16", depth=0, allow="bleed,overlap")  # fmt: skip
    scene.add(sheen)
    scene.timeline.to(sheen, x=film.width * 1.3, duration=1.6, ease="sine.inOut", at=min(1.1, seconds * 0.4))
    scene.timeline.from_(stack, scale=0.97, duration=seconds, ease=SETTLE, at=0)
    push(scene, 1.03)
    return scene
