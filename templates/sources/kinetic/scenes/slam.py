"""One word, hard on the beat, from edge to edge."""

from components.block import block, lines_of
from components.posters import GROUNDS, paint

from stage import Film, Scene


def build(film: Film, number: int, words: str, seconds: float) -> Scene:
    """Make the scene of one slammed word."""
    scene = Scene(f"slam_{number}", seconds=seconds)
    ink = paint(scene, film, GROUNDS[(number - 1) % 3], words.split()[0])
    room, tall = film.safe.width * 0.98, film.safe.height * (0.94 if film.shape == "wide" else 0.6)
    column, _ = block(film, lines_of(words, room, tall, 3), room=room, tall=tall, color=ink, allow="outside")
    scene.add(column.set(inside="frame", anchor="center"))
    tl = scene.timeline
    hit = min(5 / film.fps, seconds * 0.4)
    tl.from_(column, scale=1.18, duration=hit, ease="power4.out", at=0)
    tl.to(scene.camera, zoom=1.05, duration=seconds, ease="none", at=0)
    return scene
