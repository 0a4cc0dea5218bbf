"""The headline, as large as the frame, between slabs that run in from both sides."""

import content
from components.block import block, lines_of
from components.look import SETTLE, forward, joined, letters, start
from components.set import backdrop
from components.slabs import bug, dark

from stage import Column, Film, Group, Rect, Scene


def build(film: Film, seconds: float) -> Scene:
    """Make the opening scene."""
    scene = Scene("opener", seconds=seconds)
    backdrop(scene, film, near=True)
    bug(scene, film)
    wide, u, w, h, way = film.shape == "wide", film.unit, film.width, film.height, forward(film)
    tl = scene.timeline
    room = film.safe.width * (0.78 if wide else 0.9)
    tall = film.safe.height * {"wide": 0.5, "tall": 0.4, "square": 0.46}[film.shape]
    flash = Rect(width=w * 1.1, height=h * 1.1, fill="#FFFFFFB8", inside="frame", anchor="center", depth=0)
    panel = Group(padding_x=44 * u, padding_y=34 * u, fill=dark(film))
    column, lines = block(film, lines_of(content.TITLE, room, tall, 4), room=room, tall=tall, color="ink")
    panel.add(column)
    stack = Column(gap=0, align="start", anchor=start(film), y=h * (0.04 if wide else 0.0))
    scene.add(stack)
    hidden = "wipe_left" if film.rtl else "wipe_right"
    if content.KICKER:
        said = content.KICKER if joined(content.KICKER) else content.KICKER.upper()
        tag = Group(padding_x=40 * u, padding_y=18 * u, fill="accent")
        tag.add(letters(film, said, "title", color=film.theme.on("accent"), weight=800))
        stack.add(tag)
        tl.from_(tag, **{hidden: 1}, duration=0.35, ease=SETTLE, at=0.1)
    stack.add(panel)
    tl.from_(panel, **{hidden: 1}, duration=0.5, ease=SETTLE, at=0.18)
    for index, line in enumerate(lines):
        at = 0.26 + 0.1 * index
        if joined(str(line.text)):
            tl.from_(line.words, wipe=1, opacity=0, duration=0.5, ease="power2.out", stagger=0.08, at=at)
        else:
            tl.from_(line, x=-way * 140 * u, opacity=0, duration=0.45, ease=SETTLE, at=at)
    bar = Rect(width=room * 0.6, height=16 * u, fill="accent")
    stack.add(bar)
    tl.from_(bar, width=1, duration=max(seconds - 0.35, 0.2), ease="power2.out", at=0.3)
    tl.to(scene.camera, zoom=1.05, duration=seconds, ease="sine.inOut", at=0)
    tl.to(stack, x=-way * w * 1.1, duration=0.3, ease="power3.in", at=seconds - 0.32)
    scene.add(flash.set(allow="overlap"))
    tl.to(flash, opacity=0, duration=3 / film.fps, ease="none", at=1 / film.fps)
    return scene
