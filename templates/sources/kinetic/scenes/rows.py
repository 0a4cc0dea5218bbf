"""One word in rows that run against each other; the middle row is filled."""

import content
from components.look import forward, joined
from components.posters import GROUNDS, last_words, marquee, paint

from stage import Film, Scene, contrast


def build(film: Film, seconds: float) -> Scene:
    """Make the scene of the running rows."""
    scene = Scene("rows", seconds=seconds)
    word = last_words(content.TITLE)
    ink = paint(scene, film, GROUNDS[1], word)
    loud = "accent" if contrast(film.theme.color("accent"), film.theme.color(GROUNDS[1])) > 3 else ink
    count = 5 if film.shape == "wide" else 9 if film.shape == "tall" else 6
    pitch = film.height / count
    size = pitch * (0.62 if joined(word) else 1.08)
    tl = scene.timeline
    for index in range(count):
        middle = index == count // 2
        row = marquee(
            film, word, size=size, color=film.theme.color(loud if middle else ink), outlined=not middle
        )
        way = forward(film) * (1 if index % 2 else -1)
        row.set(
            anchor="center", origin="center", y=pitch * (index - (count - 1) / 2), x=way * film.width * 0.2
        )
        scene.add(row)
        tl.to(
            row,
            x=-way * film.width * 0.3,
            duration=seconds,
            ease="power1.in" if middle else "none",
            at=0,
        )
    tl.to(scene.camera, rotation=-4, zoom=1.16, duration=seconds, ease="sine.inOut", at=0)
    return scene
