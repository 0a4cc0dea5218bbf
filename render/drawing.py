"""The drawing of an svg node: read once, taken apart at the elements that its children name."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element  # nosec: parsed by defusedxml

import numpy as np
import skia

from render.item import Box, Item
from render.svg import parse, record
from render.svgparts import drawn_on, names_in, split

_FINE = 384
"""Pixels of the longer side at which an element's bounds are found."""
_STEPS = 250
"""As many states of drawing-on are told apart."""


@dataclass(eq=False)
class Piece:
    """A named element, or what lies between two of them."""

    name: str
    tree: Element
    bounds: Box
    """In the drawing's own space."""


@dataclass(eq=False)
class Drawing:
    """A drawing and its own size, px."""

    size: tuple[float, float]
    pieces: list[Piece]


def drawing(item: Item, frame: int) -> Drawing | None:
    """Open the drawing of an svg node in its color; one that cannot be read is noticed, once."""
    color = item.values.paint("color", frame)
    key = ("drawing", color if isinstance(color, str) else "#FFFFFF")
    if key not in item.memo:
        if len(item.memo) > 512:
            item.memo.clear()
        item.memo[key] = _open(item, key[1])
    found = item.memo[key]
    return found if isinstance(found, Drawing) else None


def _open(item: Item, color: str) -> Drawing | None:
    source = item.values.text("src")
    try:
        markup = item.values.text("markup")
        if not markup:
            path = item.kit.images.path(source)
            if not path.is_file():
                raise ValueError("there is no such file; add it under assets/")
            if path.stat().st_size > 4_000_000:
                raise ValueError("it is larger than 4 MB")
            markup = path.read_text(encoding="utf-8")
        root, size = parse(markup, color)
        record(root, size)
    except (OSError, ValueError) as error:
        item.kit.notice(f"svg {source or item.node.id!r} is left out: {error}")
        return None
    asked = {child.values.text("of") for child in item.children}
    there = names_in(root)
    for name in sorted(asked - set(there)):
        some = ", ".join(there[:12]) or "none"
        item.kit.notice(f"svg {source or item.node.id!r} has no element {name!r}; its elements are {some}")
    trees = split(root, frozenset(asked)) if asked else [("", root)]
    return Drawing(size, [Piece(name, tree, _bounds(tree, size, name)) for name, tree in trees])


def _bounds(tree: Element, size: tuple[float, float], name: str) -> Box:
    """Find what a named element covers, by drawing it small."""
    if not name:
        return (0, 0, *size)
    scale = _FINE / max(size)
    wide, high = max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
    pixels = np.zeros((high, wide, 4), np.uint8)
    info = skia.ImageInfo.Make(wide, high, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)
    canvas = skia.Surface.MakeRasterDirect(info, pixels, wide * 4).getCanvas()
    canvas.scale(scale, scale)
    canvas.drawPicture(record(tree, size))
    rows, columns = np.nonzero(pixels[:, :, 3].any(axis=1))[0], np.nonzero(pixels[:, :, 3].any(axis=0))[0]
    if not len(rows):
        return (0, 0, *size)
    return (
        float(columns[0]) / scale,
        float(rows[0]) / scale,
        float(columns[-1] + 1) / scale,
        float(rows[-1] + 1) / scale,
    )


def picture(item: Item, piece: Piece, size: tuple[float, float], share: float) -> skia.Picture:
    """Give a piece with its lines drawn to a share."""
    step = round(min(max(share, 0.0), 1.0) * _STEPS)
    key = ("picture", piece, step)
    found = item.memo.get(key)
    if not isinstance(found, skia.Picture):
        tree = piece.tree if step >= _STEPS else drawn_on(piece.tree, step / _STEPS, max(size))
        found = record(tree, size)
        item.memo[key] = found
    return found


def fit(item: Item, size: tuple[float, float]) -> tuple[float, float, float]:
    """Give left, top and scale of a drawing in its node's box, its shape kept."""
    factor = min(item.place[2] / size[0], item.place[3] / size[1])
    return (item.place[2] - size[0] * factor) / 2, (item.place[3] - size[1] * factor) / 2, factor
