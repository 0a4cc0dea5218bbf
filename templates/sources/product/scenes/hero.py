"""The product close, in front of its own name; then the camera steps back and says what it is."""

import content
from components.look import (
    SETTLE,
    come,
    forward,
    headline,
    joined,
    leave,
    legible,
    letters,
    push,
    rail,
    sentence,
    start,
)
from components.product import place, stand, studio

from stage import Column, Film, Scene, Text

CLOSE = 3.2
"""Seconds that a scene must have for the product to be shown close first."""


def build(film: Film, seconds: float) -> Scene:
    """Make the opening scene."""
    scene = Scene("hero", seconds=seconds)
    studio(scene, film)
    wide, way, h = film.shape == "wide", forward(film), film.height
    tl = scene.timeline
    turn = min(1.7, seconds * 0.36) if seconds >= CLOSE else 0.0
    behind = _name(film)
    scene.add(behind)
    high, top = h * (0.02 if wide else 0.16), h * (-0.02 if wide else 0.03)
    come(scene, behind, 0)
    tl.from_to(behind, {"y": high}, {"y": top}, duration=0.9, ease="power2.inOut", at=turn)
    tl.to(behind, opacity=0.1, duration=0.7, ease="power1.inOut", at=turn)
    x, y, big = stand(film, way)
    thing = place(scene, film, big=big)
    scene.add(thing)
    thing.set(inside="frame", anchor="center", x=x, y=y)
    near = {"x": 0, "y": h * {"wide": 0.29, "tall": 0.16, "square": 0.22}[film.shape], "scale": 1.26}
    tl.from_(thing, y=h * 0.6, duration=0.8, ease=SETTLE, at=0)
    tl.from_to(thing, near, {"x": x, "y": y, "scale": 1}, duration=1.1, ease="power3.inOut", at=turn)
    free = rail(film)
    room = film.safe.width * 0.5 if wide else film.safe.width - free
    stack = Column(anchor=start(film) if wide else f"bottom-{start(film)}", gap=28 * film.unit, align="start")
    stack.set(x=-free if film.rtl else 0)
    scene.add(stack)
    at = turn + (0.55 if turn else 0.15)
    if content.KICKER:
        kicker = letters(film, content.KICKER, "label", color=legible(film) if wide else "ink")
        stack.add(kicker)
        come(scene, kicker, at)
    title = headline(film, content.TITLE, room=room, tall=film.safe.height * (0.52 if wide else 0.2))
    stack.add(title)
    come(scene, title, at + 0.1)
    if content.SUBTITLE:
        subtitle = sentence(film, content.SUBTITLE, room=room)
        stack.add(subtitle)
        come(scene, subtitle, at + 0.45)
    push(scene, 1.05)
    leave(scene, stack)
    return scene


def _name(film: Film) -> Text:
    """The product's name, as wide as the frame, for the product to stand in front of."""
    name = content.BRAND or content.TITLE
    arabic = joined(name)
    text = Text(
        name,
        font=content.ARABIC_FONTS["display"] if arabic else "display",
        weight=content.ARABIC_WEIGHT if arabic else content.WEIGHT,
        size=film.height * (0.42 if film.shape == "wide" else 0.16),
        line_height=1.3 if arabic else 1,
        width=film.width * 0.92,
        fit="shrink",
        min_size=60 * film.unit,
        max_lines=1,
        align="center",
        letter_spacing=0 if arabic else -0.03,
        color="ink",
    )
    return text.set(inside="frame", anchor="top", depth=0.4, allow="overlap,bleed,covered")
