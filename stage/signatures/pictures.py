"""What the kinds of `stage/vocabulary/pictures.py` take, for type checkers.

Written by `python -m stage generate` from `stage/vocabulary`; do not edit.
"""

from __future__ import annotations

from typing import Literal

from stage.signatures.groups import Pictured, Placed


class ImageWords(Placed, Pictured, total=False):
    """What a image takes."""


class VideoWords(Placed, Pictured, total=False):
    """What a video takes."""

    trim: float
    """Seconds left out at its beginning."""
    trim_end: float
    """Second of the clip at which it ends; its own end unless said."""
    speed: float
    """How fast it plays: 2 is twice as fast, 0 stands still."""
    loop: bool
    """Whether it begins anew at its end; else its last picture stays."""
    shift: float
    """Seconds that the clip is moved on by, for ramps of speed and freezes."""


class SvgWords(Placed, total=False):
    """What a svg takes."""

    markup: str
    """SVG written in place."""
    draw_end: float
    """How far its lines are drawn, 0 to 1: draw-on; what is filled fills at the end."""
    color: str
    """What currentColor means."""


class ElementWords(Placed, total=False):
    """What a element takes."""

    draw_end: float
    """How far its lines are drawn, 0 to 1: draw-on; what is filled fills at the end."""


class GradientWords(Placed, total=False):
    """What a gradient takes."""

    shape: Literal["linear", "radial"]
    """How the colors run."""
    angle: float
    """Direction of a linear gradient, degrees; 0 runs to the right, 90 down."""
    color_1: str
    """The first color."""
    color_2: str
    """The second color."""
    color_3: str
    """A third color, at the end."""
    middle: float
    """Where the second of three colors stands, 0 to 1."""
    center_x: float
    """Center of a radial gradient, share of the width."""
    center_y: float
    """Center of a radial gradient, share of the height."""
    spread: float
    """Radius of a radial gradient, share of the box's longer side."""
    radius: float
    """Roundness of the corners, px."""
