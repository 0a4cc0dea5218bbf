"""The main colors of a picture: what a film can take its theme from."""

from __future__ import annotations

import math
from collections import Counter

from PIL import Image

from stage.color import oklch, written

SIDE = 96
"""Pixels that a picture is shrunk to first."""
FINE = 24
"""Colors of the first cut."""
APART = 0.09
"""Distance in OKLab below which two colors are one to the eye that looks for main colors."""
LEAST = 0.02
"""Share of the picture below which a color is no main one, unless it is vivid."""
VIVID = 0.09
"""Chroma in OKLCH from which a small mark of color still counts."""
MOST = 5


def swatches(picture: Image.Image) -> tuple[str, ...]:
    """List a picture's main colors as hex, the largest first; see-through parts do not count."""
    small = picture.convert("RGBA")
    small.thumbnail((SIDE, SIDE), Image.Resampling.NEAREST)  # blending would make colors that nobody chose
    raw = small.tobytes()
    solid = [raw[at : at + 3] for at in range(0, len(raw), 4) if raw[at + 3] >= 128]
    if not solid:
        return ()
    strip = Image.frombytes("RGB", (len(solid), 1), b"".join(solid))
    cut = strip.quantize(FINE, Image.Quantize.MEDIANCUT)
    cells: dict[int, Counter[bytes]] = {}
    for index, pixel in zip(cut.tobytes(), solid, strict=True):
        cells.setdefault(index, Counter())[pixel] += 1
    groups: list[tuple[str, float]] = []
    for cell in sorted(cells.values(), key=lambda each: -each.total()):
        red, green, blue = cell.most_common(1)[0][0]
        color, count = written(red / 255, green / 255, blue / 255), cell.total()
        near = next((at for at, (other, _) in enumerate(groups) if distance(color, other) < APART), None)
        share = count / len(solid)
        if near is None:
            groups.append((color, share))
        else:
            groups[near] = (groups[near][0], groups[near][1] + share)
    kept = sorted((each for each in groups if each[1] >= _least(each[0])), key=lambda each: -each[1])
    return tuple(color for color, _ in kept[:MOST])


def _least(color: str) -> float:
    """The share of a picture from which a color is a main one."""
    return LEAST / 4 if oklch(color)[1] >= VIVID else LEAST


def distance(one: str, other: str) -> float:
    """How far two colors are apart, in OKLab."""
    (light, chroma, hue), (light_2, chroma_2, hue_2) = oklch(one), oklch(other)
    turn = math.radians(hue - hue_2)
    squared = chroma**2 + chroma_2**2 - 2 * chroma * chroma_2 * math.cos(turn)
    return math.sqrt((light - light_2) ** 2 + max(0.0, squared))
