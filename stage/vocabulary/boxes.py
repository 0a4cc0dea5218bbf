"""Boxes that hold others: group, row, column and grid."""

from __future__ import annotations

from stage.vocabulary.effects import MASKS
from stage.vocabulary.kind import Kind
from stage.vocabulary.parts import STAGGER_ORDERS
from stage.vocabulary.place import PLACE
from stage.vocabulary.property import Property, choice, fixed, number

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
REPEATER: dict[str, Property] = {
    "form": choice("how the copies stand", "grid", "grid", "ring", "path"),
    "count": fixed("how many copies; of a grid, in each row", 8, 1, 500),
    "rows": fixed("rows of a grid", 1, 1, 100),
    "gap": number("space between the copies of a grid, px", 0, -10_000, 10_000),
    "row_gap": number("space between its rows, px; as gap unless said", None, -10_000, 10_000),
    "brick": number("moves every second row aside, share of a step: 0.5 for bricks and honeycombs", 0, -1, 1),
    "ring": number("radius of a ring, from its middle to the middles of the copies, px", 300, 0, 10_000),
    "sweep": number("how much of the circle a ring takes, degrees", 360, -360, 360),
    "begin": number("where on its circle a ring begins: 0 right, 90 down, 270 up, degrees", 270, -36_000, 36_000),
    "d": Property("text", "the way of a `path`, as SVG path data in px from the middle of the node", ""),
    "aim": Property("flag", "whether copies turn with the ring or the way", True),
    "slide": number("moves copies on along row, ring or way, share of it; what leaves at one end comes in at "
                    "the other", 0, -1_000, 1_000),
    "step_rotation": number("how much more each copy is turned than the one before, degrees", 0, -3_600, 3_600),
    "step_scale": number("size of each copy against the one before", 1, 0.01, 4),
    "step_opacity": number("opacity of each copy against the one before", 1, 0, 1),
    "shown": number("how many of the copies have come in, 0 to 1", 1, 0, 1),
    "order": choice("in which order they come in", "start", *STAGGER_ORDERS),
    "shown_soft": fixed("how many are coming in at once", 4, 1, 500),
    "delay": fixed("how much later each copy plays what it holds than the one before, seconds", 0, 0, 10),
}  # fmt: skip

KINDS = {
    "group": Kind(
        "A box that holds others, each on its own anchor.", {**PLACE, **BOXED, **MASKS}, holds=True
    ),
    "row": Kind("A box whose children stand beside one another.", {**PLACE, **BOXED, **FLOW}, holds=True),
    "column": Kind("A box whose children stand below one another.", {**PLACE, **BOXED, **FLOW}, holds=True),
    "grid": Kind(
        "A box whose children fill columns of equal width.", {**PLACE, **BOXED, **FLOW, **GRID}, holds=True
    ),
    "repeater": Kind(
        "What it holds, many times over: in rows, around a ring or along a way.",
        {**PLACE, **BOXED, **REPEATER},
        holds=True,
    ),
}
