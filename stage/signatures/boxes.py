"""What the kinds of `stage/vocabulary/boxes.py` take, for type checkers.

Written by `python -m stage generate` from `stage/vocabulary`; do not edit.
"""

from __future__ import annotations

from typing import Literal

from stage.signatures.groups import Boxed, Flowing, Placed


class GroupWords(Placed, Boxed, total=False):
    """What a group takes."""

    mask: Literal["none", "alpha", "luma", "alpha-out", "luma-out"]
    """The first child is not shown but cuts the others: by its opacity, by its light, or by what it
    leaves out."""


class RowWords(Placed, Boxed, Flowing, total=False):
    """What a row takes."""


class ColumnWords(Placed, Boxed, Flowing, total=False):
    """What a column takes."""


class GridWords(Placed, Boxed, Flowing, total=False):
    """What a grid takes."""

    columns: float
    """Columns of equal width."""
    row_gap: float
    """Space between rows, px; as gap unless said."""


class RepeaterWords(Placed, Boxed, total=False):
    """What a repeater takes."""

    form: Literal["grid", "ring", "path"]
    """How the copies stand."""
    count: float
    """How many copies; of a grid, in each row."""
    rows: float
    """Rows of a grid."""
    gap: float
    """Space between the copies of a grid, px."""
    row_gap: float
    """Space between its rows, px; as gap unless said."""
    brick: float
    """Moves every second row aside, share of a step: 0.5 for bricks and honeycombs."""
    ring: float
    """Radius of a ring, from its middle to the middles of the copies, px."""
    sweep: float
    """How much of the circle a ring takes, degrees."""
    begin: float
    """Where on its circle a ring begins: 0 right, 90 down, 270 up, degrees."""
    d: str
    """The way of a `path`, as SVG path data in px from the middle of the node."""
    aim: bool
    """Whether copies turn with the ring or the way."""
    slide: float
    """Moves copies on along row, ring or way, share of it; what leaves at one end comes in at the other."""
    step_rotation: float
    """How much more each copy is turned than the one before, degrees."""
    step_scale: float
    """Size of each copy against the one before."""
    step_opacity: float
    """Opacity of each copy against the one before."""
    shown: float
    """How many of the copies have come in, 0 to 1."""
    order: Literal["start", "end", "center", "edges", "random"]
    """In which order they come in."""
    shown_soft: float
    """How many are coming in at once."""
    delay: float
    """How much later each copy plays what it holds than the one before, seconds."""
