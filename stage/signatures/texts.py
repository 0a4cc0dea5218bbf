"""What the kinds of `stage/vocabulary/texts.py` take, for type checkers.

Written by `python -m stage generate` from `stage/vocabulary`; do not edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from stage.paint import Paint, Span
from stage.signatures.groups import Lettered, Placed


class TextWords(Placed, Lettered, total=False):
    """What a text takes."""

    spans: Sequence[str | Span]
    """Runs with a style of their own, in place of text."""
    max_lines: float
    """More lines than this are cut with an ellipsis."""
    fit: Literal["none", "shrink", "fill"]
    """What happens when the text is larger than its box: `shrink` lowers the size to min_size, `fill`
    also raises it to the box's width."""
    min_size: float
    """The smallest size that fitting may reach, px."""
    balance: bool
    """Whether wrapped lines are made about equally long."""
    mark: float
    """How much of the highlighter behind spans with a `mark` is drawn, 0 to 1."""
    strike: float
    """How much of a line through the words is drawn, 0 to 1."""
    underline: float
    """How much of an underline is drawn, 0 to 1, under every line."""
    underline_color: Paint
    """What the underline is painted with; the text's color unless said."""
    vertical: Literal["top", "center", "bottom"]
    """How lines stand in a box that is taller."""
    way: str
    """A way on which the letters stand, as SVG path data in px; its bounds are the text's box, and
    joined scripts turn word by word."""
    way_at: float
    """Where on the way the text's start stands (its middle or end by `align`), share of it; letters
    beyond its ends are hidden."""


class CounterWords(Placed, Lettered, total=False):
    """What a counter takes."""

    decimals: float
    """Digits after the point."""
    grouping: bool
    """Whether thousands are grouped."""
    locale: Literal["en", "de", "fr", "ar", "in"]
    """Digits and separators."""
    prefix: str
    """What stands before the number."""
    suffix: str
    """What stands after the number."""
