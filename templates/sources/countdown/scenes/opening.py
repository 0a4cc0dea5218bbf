"""The name of the event, found by the lights."""

import content
from components.light import dust, shade
from components.look import SETTLE, headline, joined, leave, letters, rail, sentence
from components.stage_lights import beams, night

from stage import Column, Film, Scene


def build(film: Film, seconds: float) -> Scene:
    """Make the opening scene."""
    scene = Scene("opening", seconds=seconds)
    night(scene, film)
    beams(scene, film)
    dust(scene, film, (0, 1), color="second")
    shade(scene, film)
    u, wide = film.unit, film.shape == "wide"
    room = film.safe.width - 2 * rail(film)
    stack = Column(anchor="center", gap=30 * u, align="center")
    scene.add(stack)
    tl = scene.timeline
    said = content.KICKER or content.DATE
    if said:
        kicker = letters(film, said, "title", weight=700, color="second", glow=10 * u, glow_strength=0.5)
        stack.add(kicker)
        tl.from_(kicker, y=-30 * u, opacity=0, duration=0.5, ease=SETTLE, at=0.1)
    title = headline(
        film,
        content.TITLE,
        room=room,
        tall=film.safe.height * (0.66 if wide else 0.5) * (0.8 if content.SUBTITLE else 1),
        lines=3 if wide else 5,
        align="center",
        sheen_color="#FFFFFFE0" if film.theme.dark else "accent/0.6",
        sheen_width=0.32,
    )
    stack.add(title)
    if joined(content.TITLE):
        tl.from_(title.words, wipe=1, opacity=0, duration=0.6, ease="power2.out", stagger=0.12, at=0.1)
    else:
        cascade = {"each": 0.03, "order": "center", "total": 0.45}
        tl.from_(
            title.chars, opacity=0, blur=14, scale=1.3, duration=0.5, ease=SETTLE, stagger=cascade, at=0.1
        )
    tl.from_to(
        title, {"sheen": -0.4}, {"sheen": 1.4}, duration=min(1.3, seconds * 0.6), ease="sine.inOut", at=0.35
    )
    if content.SUBTITLE:
        below = sentence(film, content.SUBTITLE, room=room, align="center", max_lines=3)
        stack.add(below)
        tl.from_(below, y=40 * u, opacity=0, duration=0.5, ease=SETTLE, at=0.5)
    tl.to(scene.camera, zoom=1.06, duration=seconds, ease="sine.inOut", at=0)
    leave(scene, stack, by=-80 * u, lead=0.3)
    return scene
