"""The last word, as wide as the frame: its letters land from the middle outwards, and the frame kicks."""

import content
from components.block import block, stacked
from components.look import joined
from components.posters import GROUNDS, last_words, paint
from scenes.slam import echoes

from stage import Film, Scene, contrast


def build(film: Film, seconds: float) -> Scene:
    """Make the scene of the punch word."""
    scene = Scene("punch", seconds=seconds)
    word = last_words(content.TITLE)
    ink = paint(scene, film, GROUNDS[2], word.split()[-1])
    accent = film.theme.color("accent")
    ink = accent if contrast(accent, film.theme.color(GROUNDS[2])) > 3 else ink
    room, tall = film.safe.width * 0.98, film.safe.height * (0.96 if film.shape == "wide" else 0.62)
    column, lines = block(film, stacked(word, room, tall), room=room, tall=tall, color=ink, allow="outside")
    scene.add(column.set(inside="frame", anchor="center"))
    if film.shape != "wide":
        echoes(scene, film, word, ink, GROUNDS[2])
    tl = scene.timeline
    for line in lines:
        if joined(str(line.text)):
            tl.from_(line.words, wipe=1, opacity=0, duration=0.5, ease="power3.out", stagger=0.08, at=0)
        else:
            tl.from_(
                line.chars,
                scale=2.4,
                opacity=0,
                duration=0.22,
                ease="power3.in",
                stagger={"each": 0.035, "order": "center", "total": 0.3},
                at=0,
            )
    land = min(0.45, seconds * 0.4)
    tl.from_to(scene.camera, {"zoom": 1.0}, {"zoom": 1.045}, duration=2 / film.fps, ease="none", at=land)
    tl.to(scene.camera, zoom=1.0, duration=0.3, ease="power2.out", at=land + 2 / film.fps)
    tl.to(column, scale=1.03, duration=max(seconds - land - 0.35, 0.1), ease="none", at=land + 0.35)
    return scene
