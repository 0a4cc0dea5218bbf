"""The call: a button that is pressed, the handle; its ground is the hook's, so that the film can loop."""

import content
from components.logo import logo
from components.look import SETTLE, come, forward, headline, letters, rail, size
from components.stickers import ground
from components.wipes import open_up
from scenes.hook import forms, other

from stage import Column, Ellipse, Film, Group, Scene, shadow


def build(film: Film, seconds: float) -> Scene:
    """Make the closing scene."""
    scene = Scene("call", seconds=seconds)
    ink = ground(scene, film, content.GROUND)
    forms(scene, film)
    u = film.unit
    room = film.safe.width * 0.8 if film.shape == "wide" else film.safe.width - 2 * rail(film)
    stack = Column(anchor="center", gap=44 * u, align="center")
    scene.add(stack)
    if content.LOGO:
        stack.add(logo(scene, film, room=room, tall=film.safe.height * 0.16))
    name = content.BRAND or content.TITLE
    tall = film.safe.height * (0.42 if film.shape == "wide" else 0.32)
    title = headline(film, name, room=room, tall=tall, color=ink, align="center")
    stack.add(title)
    come(scene, title, 0.2)
    if content.CALL:
        stack.add(_button(scene, film, room))
    if content.LINK:
        link = letters(film, content.LINK, "title", size=size(film, "body"), color=ink)
        stack.add(link)
        come(scene, link, min(0.6, seconds * 0.25))
    scene.timeline.to(scene.camera, zoom=1.03, duration=seconds, ease="none", at=0)
    open_up(scene, film, ("background", "ink", "accent"), down=film.shape == "tall")
    return scene


def _button(scene: Scene, film: Film, room: float) -> Group:
    """A button; a finger comes, presses it, and a ring leaves it."""
    u, tl = film.unit, scene.timeline
    button = Group(
        padding_x=62 * u,
        padding_y=32 * u,
        radius=90 * u,
        fill=other(),
        shadow=[shadow(0, 6 * u, 8 * u, "#00000040"), shadow(0, 26 * u, 34 * u, "#00000030")],
    )
    words = letters(
        film,
        content.CALL,
        "title",
        size=size(film, "body") * 1.2,
        weight=800,
        color=film.theme.on(other()),
        width=None if len(content.CALL) < 24 else room * 0.76,
        align="center",
        max_lines=2,
        anchor="center",
    )
    press = max(min(1.3, scene.seconds * 0.45), 0.86)
    tl.from_(button, scale=0.4, opacity=0, duration=0.4, ease="back.out(1.4)", at=0.35)
    tl.to(button, scale=0.92, duration=0.1, ease="power2.out", at=press)
    tl.to(button, scale=1, duration=0.4, ease="back.out(3)", at=press + 0.1)
    button.add(words, *_touch(scene, film, press))
    return button


def _touch(scene: Scene, film: Film, press: float) -> tuple[Ellipse, Ellipse]:
    """A finger that presses at a time, and the ring that leaves it."""
    u, tl, way = film.unit, scene.timeline, forward(film)
    ring = Ellipse(width=150 * u, height=150 * u, stroke="#FFFFFF", stroke_width=8 * u, anchor="center")
    finger = Ellipse(
        width=96 * u, height=96 * u, fill="#FFFFFFD8", anchor="center", stroke="#0000002E", stroke_width=3 * u
    )
    tl.from_(
        finger,
        x=way * film.width * 0.3,
        y=film.height * 0.2,
        opacity=0,
        duration=0.5,
        ease=SETTLE,
        at=press - 0.5,
    )
    tl.from_to(
        ring, {"scale": 0.4, "opacity": 0}, {"scale": 0.6, "opacity": 1}, duration=0.04, ease="none", at=press
    )
    tl.to(ring, scale=4.2, opacity=0, duration=0.7, ease="power2.out", at=press + 0.04)
    tl.to(
        finger,
        y=film.height * 0.12,
        x=way * film.width * 0.1,
        opacity=0,
        duration=0.5,
        ease="power2.in",
        at=press + 0.3,
    )
    return ring, finger
