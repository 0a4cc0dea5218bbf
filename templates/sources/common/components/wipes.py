"""Slabs of color that close over a scene at its end and open on the next one."""

from collections.abc import Sequence

from components.look import forward

from stage import Film, Rect, Scene

CLOSE, OPEN = 0.22, 0.28
"""Seconds that slabs take to cover the frame, and to leave it."""


def close(scene: Scene, film: Film, colors: Sequence[str], *, down: bool = False) -> None:
    """Let slabs run over the frame, one shortly after the other, until the last covers it at the end."""
    step = 2 / film.fps
    begin = scene.seconds - CLOSE - step * (len(colors) - 1)
    for index, color in enumerate(colors):
        slab = _slab(film, color)
        scene.add(slab)
        away = _away(film, down, -1)
        scene.timeline.from_(slab, **away, duration=CLOSE, ease="power2.in", at=max(begin + step * index, 0))


def open_up(scene: Scene, film: Film, colors: Sequence[str], *, down: bool = False) -> None:
    """Let the slabs that cover the frame run on and leave it; the first color lies on top."""
    step = 2 / film.fps
    for index, color in reversed(list(enumerate(colors))):
        slab = _slab(film, color)
        scene.add(slab)
        away = _away(film, down, 1)
        scene.timeline.to(slab, **away, duration=OPEN, ease="power2.out", at=step * index)


def _slab(film: Film, color: str) -> Rect:
    return Rect(
        width=film.width * 1.06,
        height=film.height * 1.04,
        fill=color,
        inside="frame",
        anchor="center",
        depth=0,
        allow="bleed,overlap",
    )


def _away(film: Film, down: bool, sign: int) -> dict[str, float]:
    if down:
        return {"y": -sign * film.height * 1.06}
    return {"x": sign * forward(film) * film.width * 1.08}
