"""Drawn shapes: rectangle, ellipse and path."""

from __future__ import annotations

from stage.vocabulary.kind import Kind
from stage.vocabulary.painted import PAINTED
from stage.vocabulary.place import PLACE
from stage.vocabulary.property import FAR, Property, fixed, number

RADIUS = number("roundness of the corners, px", 0, 0, 10_000)

PATH: dict[str, Property] = {
    "d": Property("text", "the outline as SVG path data, scaled into the box", ""),
    "view_width": fixed("width of the path's own space; the path's bounds unless said", None, 0, FAR),
    "view_height": fixed("height of the path's own space; the path's bounds unless said", None, 0, FAR),
}

KINDS = {
    "rect": Kind("A rectangle, with round corners if wished.", {**PLACE, **PAINTED, "radius": RADIUS}),
    "ellipse": Kind("An ellipse that fills its box.", {**PLACE, **PAINTED}),
    "path": Kind("An outline given as SVG path data.", {**PLACE, **PAINTED, **PATH}, first="d"),
}
