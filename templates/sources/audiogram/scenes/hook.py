"""The hook: the line that makes people listen, over bars that already move."""

import content
from components.look import SETTLE, aside, headline, joined, leave, letters, push, rail, size, start
from components.player import air, bars, label

from stage import Column, Film, Scene


def build(film: Film, seconds: float) -> Scene:
    """Make the opening scene."""
    scene = Scene("hook", seconds=seconds)
    air(scene, film)
    wide, h, u = film.shape == "wide", film.height, film.unit
    sound = bars(scene, film, wide=film.width * 1.04, tall=h * 0.3, count=64 if wide else 40)
    scene.add(sound.set(inside="frame", anchor="bottom", y=h * 0.1, opacity=0.9, allow="bleed"))
    room = film.safe.width - rail(film)
    stack = Column(
        anchor=f"top-{start(film)}" if not wide else start(film), gap=28 * u, align="start", x=aside(film)
    )
    stack.set(y=-h * 0.06 if wide else h * 0.02)
    scene.add(stack)
    top = label(film)
    stack.add(top)
    share = {"wide": 0.52, "tall": 0.5, "square": 0.5}[film.shape]
    title = headline(film, content.TITLE, room=room, tall=film.safe.height * share, lines=4 if wide else 5)
    stack.add(title)
    tl = scene.timeline
    tl.from_(top, y=-30 * u, opacity=0, duration=0.4, ease=SETTLE, at=0.05)
    if joined(content.TITLE):
        tl.from_(title.words, wipe=1, opacity=0, duration=0.5, ease="power2.out", stagger=0.1, at=0.1)
    else:
        tl.from_(title.words, rise=1.1, duration=0.5, ease=SETTLE, stagger=0.06, at=0.1)
    if content.GUEST:
        guest = letters(
            film, content.GUEST, "title", size=size(film, "body"), weight=500, color="second", width=room
        )
        stack.add(guest.set(max_lines=2))
        tl.from_(guest, opacity=0, y=30 * u, duration=0.5, ease=SETTLE, at=0.5)
    push(scene, 1.05)
    leave(scene, stack)
    return scene
