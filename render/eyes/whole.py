"""Everything that is looked for in drawn frames beyond the texts' own boxes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from domain.composition import Composition
from domain.finding import Finding
from domain.layout import Layout
from render.eyes.cards import escaping, leaving
from render.eyes.dead import dead
from render.eyes.flashing import flashing
from render.eyes.presence import covered, never_there, stand_ins, too_short
from render.eyes.style import advice, ends
from render.look import Shot
from render.picture import Picture
from render.reading import texts_of

TINY = 0.1
"""Size of frames in which flashes are looked for, against the film's."""
SMALL = 0.15
"""Size of frames in which motion is looked for."""


def viewed(
    film: Composition, layout: Layout, shots: Sequence[Shot], drawn: Picture, project: Path
) -> list[Finding]:
    """Look as a careful viewer would; `layout` samples the scenes that the shots stand for."""
    texts = texts_of(film, layout)
    found = [*covered(texts, layout), *too_short(texts, layout), *stand_ins(texts, layout)]
    found += [*escaping(texts, layout), *leaving(texts, layout)]
    found += never_there(film, layout)
    wanted = [shot.frame for shot in shots]
    found += flashing(film, lambda: Picture(film, project, scale=TINY).draw, wanted)
    found += dead(film, lambda: Picture(film, project, scale=SMALL), wanted)
    found += advice(film, layout, texts, shots)
    first, last = (Shot(frame, drawn.draw(frame).copy(), shots[0].scale) for frame in (0, film.frames - 1))
    return [*found, *ends(film, first, last)]
