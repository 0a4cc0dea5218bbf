"""One word in rows that run against each other; the middle row is filled."""

import content
from components.look import forward, joined
from components.posters import GROUNDS, last_words, marquee, paint

from stage import Film, Scene


def build(film: Film, seconds: float) -> Scene:
    """Make the scene of the running rows."""
    scene = Scene("rows", seconds=seconds)
    word = last_words(content.TITLE)
    ink = paint(scene, film, GROUNDS[0], word)
    count = 5 if film.shape == "wide" else 9 if film.shape == "tall" else 6
    pitch = film.height / count
    size = pitch * (0.62 if joined(word) else 1.08)
    tl = scene.timeline
    for index in range(count):
        row = marquee(film, word, size=size, color=ink, outlined=index != count // 2)
        way = forward(film) * (1 if index % 2 else -1)
        row.set(
            anchor="center", origin="center", y=pitch * (index - (count - 1) / 2), x=way * film.width * 0.2
        )
        scene.add(row)
        tl.to(
            row,
            x=-way * film.width * 0.3,
            duration=seconds,
            ease="power1.in" if index == count // 2 else "none",
            at=0,
        )
    tl.to(scene.camera, rotation=-4, zoom=1.16, duration=seconds, ease="sine.inOut", at=0)
    return scene
