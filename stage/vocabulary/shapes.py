"""Drawn shapes: rectangle, ellipse, polygon, star, line, arrow and path."""

from __future__ import annotations

from stage.vocabulary.kind import Kind
from stage.vocabulary.painted import PAINTED
from stage.vocabulary.place import PLACE
from stage.vocabulary.property import FAR, Property, choice, fixed, number, several

RADIUS = number("roundness of the corners, px", 0, 0, 10_000)

POLYGON: dict[str, Property] = {
    "sides": number("how many sides it has", 6, 3, 60),
    "radius": RADIUS,
}
STAR: dict[str, Property] = {
    "tips": number("how many tips it has", 5, 3, 60),
    "inner": number("where its inner corners lie, share of the way to its tips", 0.45, 0.02, 1),
    "radius": RADIUS,
}
LINE: dict[str, Property] = {
    "points": several(
        "points", "the points it runs through, px from its own corner", 10_000, ((0, 0), (200, 0))
    ),
    "radius": number("roundness of its corners, px", 0, 0, 10_000),
    "smooth": number("how much it curves through its points, 0 straight to 1", 0, 0, 1),
}
ARROW: dict[str, Property] = {
    **LINE,
    "head": number("length of its head, px; it grows with the line until it is all there", 32, 0, 2_000),
    "heads": choice("which ends have a head", "end", "end", "start", "both"),
    "head_shape": choice("how a head looks", "filled", "filled", "open"),
}
PATH: dict[str, Property] = {
    "d": Property("text", "the outline as SVG path data, scaled into the box", ""),
    "morph_to": Property("text", "another outline as SVG path data, in the same space, to turn into", ""),
    "morph": number("how far the outline has turned into the other, 0 to 1", 0, 0, 1),
    "view_width": fixed("width of the path's own space; the path's bounds unless said", None, 0, FAR),
    "view_height": fixed("height of the path's own space; the path's bounds unless said", None, 0, FAR),
}

KINDS = {
    "rect": Kind("A rectangle, with round corners if wished.", {**PLACE, **PAINTED, "radius": RADIUS}),
    "ellipse": Kind("An ellipse that fills its box.", {**PLACE, **PAINTED}),
    "polygon": Kind("A regular polygon that fills its box.", {**PLACE, **PAINTED, **POLYGON}, first="sides"),
    "star": Kind("A star that fills its box.", {**PLACE, **PAINTED, **STAR}, first="tips"),
    "line": Kind("A line through points, straight or curved.", {**PLACE, **PAINTED, **LINE}, first="points"),
    "arrow": Kind(
        "A line with a head that follows as it is drawn on.", {**PLACE, **PAINTED, **ARROW}, first="points"
    ),
    "path": Kind(
        "An outline given as SVG path data, which may turn into another.",
        {**PLACE, **PAINTED, **PATH},
        first="d",
    ),
}
