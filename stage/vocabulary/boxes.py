"""Boxes that hold others: group, row, column and grid."""

from __future__ import annotations

from stage.vocabulary.effects import MASKS
from stage.vocabulary.kind import Kind
from stage.vocabulary.place import PLACE
from stage.vocabulary.property import Property, choice, number

BOXED: dict[str, Property] = {
    "padding": number("space kept free inside the box on all sides, px", 0, 0, 10_000),
    "padding_x": number("space kept free left and right, px; as padding unless said", None, 0, 10_000),
    "padding_y": number("space kept free above and below, px; as padding unless said", None, 0, 10_000),
    "fill": Property("paint", "what the box is painted with", None, animatable=True),
    "radius": number("roundness of the corners, px", 0, 0, 10_000),
    "stroke": Property("paint", "what the box's outline is painted with", None, animatable=True),
    "stroke_width": number("width of the box's outline, px", 0, 0, 2_000),
    "shadow": Property("shadows", "drop shadows of the box, from the back to the front"),
    "clip": Property("flag", "whether children are cut at the box's rounded edge", False),
    "wipe_left": number("how much is hidden from the left, share of the width: a soft-less wipe", 0, 0, 1),
    "wipe_right": number("how much is hidden from the right, share of the width", 0, 0, 1),
    "wipe_top": number("how much is hidden from the top, share of the height", 0, 0, 1),
    "wipe_bottom": number("how much is hidden from the bottom, share of the height", 0, 0, 1),
}
FLOW: dict[str, Property] = {
    "gap": number("space between neighbours, px", 0, 0, 10_000),
    "align": choice("how children stand across the flow", "start", "start", "center", "end", "stretch", "baseline"),
    "justify": choice("how children share the space along the flow", "start",
                       "start", "center", "end", "between", "around", "evenly"),
    "wrap": Property("flag", "whether children that do not fit begin a new line", False),
    "direction": choice("reading direction of the flow; a row of a right-to-left film starts at the right", "auto",
                         "auto", "ltr", "rtl"),
}  # fmt: skip

GRID: dict[str, Property] = {
    "columns": number("columns of equal width", 2, 1, 100),
    "row_gap": number("space between rows, px; as gap unless said", None, 0, 10_000),
}

KINDS = {
    "group": Kind(
        "A box that holds others, each on its own anchor.", {**PLACE, **BOXED, **MASKS}, holds=True
    ),
    "row": Kind("A box whose children stand beside one another.", {**PLACE, **BOXED, **FLOW}, holds=True),
    "column": Kind("A box whose children stand below one another.", {**PLACE, **BOXED, **FLOW}, holds=True),
    "grid": Kind(
        "A box whose children fill columns of equal width.", {**PLACE, **BOXED, **FLOW, **GRID}, holds=True
    ),
}
