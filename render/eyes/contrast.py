"""Texts whose color is too near to what is painted behind them, with the color that would do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from domain.checks import limit
from domain.composition import Composition
from domain.finding import Finding, lasting
from domain.layout import Box, Layout
from render.look import Luma, Shot, places, relative_luminance
from render.reading import Text, texts_of, told, words, words_in
from stage.color import contrast, readable, written

RING_PX = 4
"""How far around a text its background is looked at, in the drawn frame."""
LEAST_EM_PX = 14.0
"""Below this em in the drawn frame, strokes are too thin to know their color."""
MEND = 1.15
"""So far above what is asked for a mended color goes: a ground that is not of one color has darker places."""
INKY = 0.6
"""Pixels nearer to the text's color than this share of the whole way are its ink or its edge."""


def faint_texts(film: Composition, layout: Layout, shots: Sequence[Shot]) -> Iterable[Finding]:
    """Find texts that are hard to tell from their background on half of the frames on which they stand."""
    for text in texts_of(film, layout):
        color = text.node.props.get("color")
        tinted = any(track.property in ("color", "fill") for track in text.node.tracks)
        if not isinstance(color, str) or not words_in(text) or tinted or text.strength < 0.9 or special(text):
            continue
        seen = [(shot, box, ground(shot, box, color)) for shot, box in places(text, shots)]
        behind = [(shot, box, under) for shot, box, under in seen if under is not None]
        paint = color[:7]
        if not behind or (text.placed.font_px or 0) * behind[0][0].scale < LEAST_EM_PX:
            continue
        behind.sort(key=lambda each: contrast(paint, each[2]))
        _, box, under = behind[len(behind) // 2]
        ratio = contrast(paint, under)
        large = (text.placed.font_px or 0) >= limit("text_contrast", "large_from") * layout.height
        least = limit("text_contrast", "large" if large else "small")
        if ratio < least - 0.05:
            better = readable(paint, under, MEND * least)
            red = ratio < limit("text_contrast", "red")
            finding = told(
                "text_contrast", lasting("error" if red else "warning", len(behind)), text, layout,
                [each[0].frame for each in behind],
                f"{words(text)} in {paint} on {under} contrasts {ratio:.1f}:1; it needs {least:g}:1",
                f"set color to {better!r}", box, round(ratio, 2), least,
            )  # fmt: skip
            yield finding.model_copy(update={"fix": {"color": better}, "safe_to_auto_fix": True})


def special(text: Text) -> bool:
    """Tell whether a text is not simply painted in its color: outlined, mixed, tinted or a mask."""
    props = text.node.props
    plain = props.get("blend") in (None, "", "normal") and not props.get("spans")
    changed = any(props.get(name) for name in ("stroke_width", "invert", "tint_amount", "brightness", "hue"))
    return not plain or changed or text.allows("hidden") or any(up.props.get("mask") for up in text.above)


def ground(shot: Shot, box: Box, color: str) -> str | None:
    """Tell the color that is painted behind a text: what lies in and around its place and is not its ink."""
    left, top, right, bottom = (round(side * shot.scale) for side in box)
    part = shot.pixels[max(0, top - RING_PX) : bottom + RING_PX, max(0, left - RING_PX) : right + RING_PX, :3]
    if part.size == 0:
        return None
    ink = np.array([int(color[at : at + 2], 16) for at in (5, 3, 1)], np.float32)
    apart: Luma = np.abs(part.astype(np.float32) - ink).max(axis=2)
    farthest = float(np.percentile(apart, 98))
    if farthest < 8:
        return None  # nothing but its own color: told as hidden
    behind = part[apart > INKY * farthest]
    if len(behind) < 20:
        return None
    light = relative_luminance(behind[None])[0]
    own = float(relative_luminance(ink[None, None].astype(np.uint8))[0, 0])
    order = np.argsort(np.abs(light - own))
    near = behind[order[: max(1, len(order) // 2)]]
    blue, green, red = (float(value) / 255 for value in np.median(near, axis=0))
    return written(red, green, blue)[:7]
