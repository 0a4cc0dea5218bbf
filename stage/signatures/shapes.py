"""What the kinds of `stage/vocabulary/shapes.py` take, for type checkers.

Written by `python -m stage generate` from `stage/vocabulary`; do not edit.
"""

from __future__ import annotations

from typing import Literal

from stage.signatures.groups import Painted, Placed


class RectWords(Placed, Painted, total=False):
    """What a rect takes."""

    radius: float
    """Roundness of the corners, px."""


class EllipseWords(Placed, Painted, total=False):
    """What a ellipse takes."""


class PolygonWords(Placed, Painted, total=False):
    """What a polygon takes."""

    radius: float
    """Roundness of the corners, px."""


class StarWords(Placed, Painted, total=False):
    """What a star takes."""

    inner: float
    """Where its inner corners lie, share of the way to its tips."""
    radius: float
    """Roundness of the corners, px."""


class LineWords(Placed, Painted, total=False):
    """What a line takes."""

    radius: float
    """Roundness of its corners, px."""
    smooth: float
    """How much it curves through its points, 0 straight to 1."""


class ArrowWords(Placed, Painted, total=False):
    """What a arrow takes."""

    radius: float
    """Roundness of its corners, px."""
    smooth: float
    """How much it curves through its points, 0 straight to 1."""
    head: float
    """Length of its head, px; it grows with the line until it is all there."""
    heads: Literal["end", "start", "both"]
    """Which ends have a head."""
    head_shape: Literal["filled", "open"]
    """How a head looks."""


class PathWords(Placed, Painted, total=False):
    """What a path takes."""

    morph_to: str
    """Another outline as SVG path data, in the same space, to turn into."""
    morph: float
    """How far the outline has turned into the other, 0 to 1."""
    view_width: float
    """Width of the path's own space; the path's bounds unless said."""
    view_height: float
    """Height of the path's own space; the path's bounds unless said."""
