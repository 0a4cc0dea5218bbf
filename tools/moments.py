"""Which moments of a film stand for its scenes."""

from __future__ import annotations

from domain.composition import Composition

SETTLED = 0.62
"""Where in a scene all of it has usually come and nothing has left, share of its length."""


def settled(film: Composition) -> list[int]:
    """One frame for each scene: when all of it stands."""
    return [
        min(start + round(scene.frames * SETTLED), film.frames - 1)
        for start, scene in zip(film.starts(), film.scenes, strict=True)
    ]
