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
