"""One line once more, large and word by word on the beat: for films with more time than they have to tell."""

from collections.abc import Callable
from itertools import cycle, islice

import content
from components.backdrop import field, ground, initial
from components.look import SETTLE, forward, headline, joined, leave, push, rail, start, stressed

from stage import Column, Film, Rect, Scene, Text, contrast

Paint = Callable[[Scene, Film], str]
LEGIBLE = 3.4
"""Contrast from which the accent may color letters, :1."""


def lines(count: int) -> list[str]:
    """What is said once more, so many lines, each twice at most: the line, the points, subtitle, title."""
    told = [getattr(content, "LINE", ""), *(point["title"] for point in content.POINTS)]
    told += [content.SUBTITLE, content.TITLE]
    known = list(dict.fromkeys(words for words in told if words))
    return list(islice(cycle(known), min(count, 2 * len(known))))


def build(film: Film, number: int, words: str, seconds: float, paint: Paint | None = None) -> Scene:
    """Make the scene of one line; numbers begin at 1, and the arrangements take turns."""
    scene = Scene(f"again_{number}", seconds=seconds)
    turn = number % 3
    if paint is not None:
        ink = paint(scene, film)
    elif turn == 2:
        ink = field(scene, film, deep=0.12 * (number % 2), corner="start")
    else:
        ground(scene, film, angle=(60, 120)[turn])
        initial(scene, film, words)
        ink = "ink"
    wide, u, way = film.shape == "wide", film.unit, forward(film)
    side = "center" if turn == 2 else start(film)
    free = rail(film) * (2 if turn == 2 else 1)
    room = film.safe.width * (0.9 if wide else 1) - free
    accent = film.theme.color("accent")
    plain = ink == "ink" and turn != 2 and contrast(accent, film.theme.color("background")) > LEGIBLE
    head = headline(
        film, words, room=room, tall=film.safe.height * (0.7 if wide else 0.5), color=ink,
        align="center" if turn == 2 else "start", parts=stressed(words) if plain else words,
    )  # fmt: skip
    bar = Rect(width=room * 0.62, height=12 * u, radius=6 * u, fill="accent" if plain else ink)
    stack = Column(head, bar, gap=44 * u, align="center" if turn == 2 else "start", anchor=side)
    stack.set(x=-free if film.rtl and turn != 2 else 0)
    scene.add(stack)
    _come(scene, film, head, words)
    scene.timeline.from_(bar, width=1, duration=max(seconds - 0.5, 0.2), ease="none", at=0.1)
    scene.timeline.to(
        scene.camera, x=way * (26 if turn else -26) * u, duration=seconds, ease="sine.inOut", at=0
    )
    push(scene, 1.06)
    leave(scene, stack, by=0 if turn else -60)
    return scene


def _come(scene: Scene, film: Film, head: Text, words: str) -> None:
    """Let a word come on every half beat, as long as that leaves time to read them all."""
    count = len(words.split())
    pace = min(film.beat / 2, scene.seconds * 0.35 / max(count, 1))
    cascade = {"each": pace, "total": pace * max(count - 1, 1)}
    if joined(words):
        head_in = {"wipe": 1, "opacity": 0, "duration": 0.6, "ease": "power2.out"}
    else:
        head_in = {"rise": 1.1, "duration": 0.55, "ease": SETTLE}
    scene.timeline.from_(head.words, stagger=cascade, at=0.1, **head_in)
