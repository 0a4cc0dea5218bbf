"""The title: what this is, said large, beside a block of the accent color."""

import content
from components.backdrop import ground, initial
from components.look import (
    SETTLE,
    aside,
    come,
    forward,
    headline,
    italic,
    leave,
    legible,
    letters,
    push,
    rail,
    sentence,
    start,
)

from stage import Column, Film, Group, Rect, Row, Scene


def build(film: Film, seconds: float, into: str = "background") -> Scene:
    """Make the opening scene; `into` is the color of the next scene, which wipes over it at its end."""
    scene = Scene("opening", seconds=seconds)
    tl = scene.timeline
    side, way, u = start(film), forward(film), film.unit
    ground(scene, film)
    initial(scene, film, content.TITLE)
    wide = film.shape == "wide"
    shift = way * film.width * 0.05 if wide else aside(film)
    room = film.safe.width * 0.84 if wide else film.safe.width - rail(film)
    stack = Column(anchor=side, x=shift, gap=34 * u, align="start")
    scene.add(stack)
    at = 0.12
    if content.KICKER:
        kicker = letters(film, content.KICKER, "label", color=legible(film))
        stack.add(kicker)
        come(scene, kicker, at)
        at += 0.15
    parts = italic(content.TITLE)
    title = headline(film, content.TITLE, room=room, parts=parts,
                     tall=film.safe.height * (0.48 if content.SUBTITLE else 0.6))  # fmt: skip
    stack.add(title)
    come(scene, title, at)
    if parts == content.TITLE:
        stroke = Rect(width=room * 0.34, height=10 * u, radius=5 * u, fill="accent")
        stack.add(stroke)
        tl.from_(stroke, width=1, duration=0.9, ease=SETTLE, at=at + 0.4)
    else:
        title.set(underline_color="accent")
        tl.from_to(title, {"underline": 0}, {"underline": 1}, duration=0.7, ease=SETTLE, at=at + 0.6)
    if content.SUBTITLE:
        subtitle = sentence(film, content.SUBTITLE, room=room)
        stack.add(subtitle)
        come(scene, subtitle, at + 0.5)
    if content.FACTS:
        stack.add(_chips(scene, film, at + 0.7))
    block = _block(scene, film)
    push(scene)
    leave(scene, stack)
    _wipe(scene, film, block, into)
    return scene


def _chips(scene: Scene, film: Film, at: float) -> Row:
    """When and where, a pill each: the first one filled."""
    u, row = film.unit, Row(gap=20 * film.unit, align="center")
    for place, words in enumerate(content.FACTS[:2]):
        pill = Group(padding_x=34 * u, padding_y=14 * u, radius=60 * u, stroke="ink", stroke_width=3 * u)
        said = letters(film, words, "label", color="ink", letter_spacing=0)
        if place == 0:
            pill.set(fill="ink")
            said.set(color=film.theme.on("ink"))
        pill.add(said)
        row.add(pill)
        begin = min(at + 0.1 * place, scene.seconds * 0.4)
        scene.timeline.from_(pill, scale=0.6, opacity=0, duration=0.5, ease="spring(0.6)", at=begin)
    return row


def _block(scene: Scene, film: Film) -> Rect:
    """A bar of accent at the edge where reading begins; at the end it grows over the whole frame."""
    wide = film.shape == "wide"
    corner = f"top-{start(film)}"
    block = Rect(inside="frame", anchor=corner, fill="accent", depth=0, allow="bleed",
                 width=film.width * (0.035 if wide else 1),
                 height=film.height * (1 if wide else 0.028))  # fmt: skip
    scene.add(block)
    if wide:
        scene.timeline.from_(block, width=film.width * 0.5, duration=0.9, ease=SETTLE, at=0)
    else:
        scene.timeline.from_(block, height=film.height * 0.5, duration=0.9, ease=SETTLE, at=0)
    return block


def _wipe(scene: Scene, film: Film, block: Rect, into: str) -> None:
    """Grow the bar over the frame; a slab of the next scene's color follows it."""
    tl, end = scene.timeline, scene.seconds
    whole = {"width": film.width * 1.1, "height": film.height * 1.1}
    tl.to(block, **whole, duration=0.45, ease="power3.in", at=end - (0.5 if into == "accent" else 0.6))
    if into != "accent":
        wide = film.shape == "wide"
        slab = Rect(inside="frame", anchor=f"top-{start(film)}", fill=into, depth=0, allow="bleed",
                    width=1 if wide else film.width, height=film.height if wide else 1)  # fmt: skip
        scene.add(slab)
        tl.from_(slab, opacity=0, duration=0.02, ease="none", at=end - 0.45)
        tl.to(slab, **whole, duration=0.42, ease="power3.in", at=end - 0.45)
