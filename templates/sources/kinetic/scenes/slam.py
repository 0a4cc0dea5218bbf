"""One word, hard on the beat, from edge to edge."""

from components.block import block, stacked
from components.posters import GROUNDS, marquee, paint

from stage import Film, Scene, mix


def build(film: Film, number: int, words: str, seconds: float) -> Scene:
    """Make the scene of one slammed word."""
    scene = Scene(f"slam_{number}", seconds=seconds)
    ink = paint(scene, film, GROUNDS[(number - 1) % 3], words.split()[0])
    room, tall = film.safe.width * 0.98, film.safe.height * (0.94 if film.shape == "wide" else 0.6)
    column, _ = block(film, stacked(words, room, tall), room=room, tall=tall, color=ink, allow="outside")
    scene.add(column.set(inside="frame", anchor="center"))
    if film.shape != "wide":
        echoes(scene, film, words, ink, GROUNDS[(number - 1) % 3])
    tl = scene.timeline
    hit = min(5 / film.fps, seconds * 0.4)
    tl.from_(column, scale=1.18, duration=hit, ease="power4.out", at=0)
    tl.to(scene.camera, zoom=1.05, duration=seconds, ease="none", at=0)
    return scene


def echoes(scene: Scene, film: Film, words: str, ink: str, ground: str) -> None:
    """Let the word run along the upper and the lower edge of a frame that is not wide."""
    tall = film.height * 0.13
    color = mix(film.theme.color(ground), ink, 0.5)
    for edge, way in (("top", 1), ("bottom", -1)):
        line = marquee(film, words, size=tall, color=color, outlined=False)
        scene.add(line.set(anchor=edge, origin=edge, depth=1.6))
        reach = film.width * 0.12 * way
        scene.timeline.from_to(line, {"x": reach}, {"x": -reach}, duration=scene.seconds, ease="none", at=0)
