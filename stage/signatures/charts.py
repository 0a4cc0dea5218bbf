"""What the kinds of `stage/vocabulary/charts.py` take, for type checkers.

Written by `python -m stage generate` from `stage/vocabulary`; do not edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from stage.listed import Data
from stage.paint import Paint
from stage.signatures.groups import Placed


class ChartWords(Placed, total=False):
    """What a chart takes."""

    labels: Sequence[str]
    """What each number is of, in order."""
    form: Literal["bar", "hbar", "line", "area", "pie", "donut"]
    """How the numbers are shown; `hbar` lies."""
    reveal: float
    """How much of it has grown, 0 to 1, entry after entry."""
    stagger: float
    """How far the entries follow one another as it grows: 0 all at once, 0.9 one by one."""
    data_to: Data
    """Other numbers, in the same order, to turn into."""
    change: float
    """How far the numbers have turned into the others, 0 to 1."""
    stacked: bool
    """Whether the series of bars stand on one another."""
    highlight: float
    """The entry that stands out, from 0; the others step back."""
    highlight_color: Paint
    """What the entry that stands out is painted with."""
    colors: str | Sequence[str]
    """Colors of the series; of the slices of a pie."""
    axis: bool
    """Whether an axis with round numbers is shown."""
    grid: bool
    """Whether thin lines run from the axis."""
    values: bool
    """Whether each entry has its number beside it."""
    names: bool
    """Whether each series has its name beside it."""
    low: float
    """Where the axis begins; bars always begin at 0."""
    high: float
    """Where the axis ends; a round number unless said."""
    ticks: float
    """About how many steps the axis has."""
    gap: float
    """Space between bars, share of a bar's room."""
    radius: float
    """Roundness of a bar's free end, px."""
    line_width: float
    """Width of lines, px."""
    smooth: float
    """How much lines curve through their points, 0 straight to 1."""
    dots: float
    """Radius of the dots on a line, px."""
    hole: float
    """How much of a donut is hole, share of its radius."""
    decimals: float
    """Digits after the point."""
    locale: Literal["en", "de", "fr", "ar", "in"]
    """Digits and separators."""
    prefix: str
    """What stands before each number."""
    suffix: str
    """What stands after each number."""
    font: str
    """Font family of all its letters."""
    size: float
    """Size of its letters, px."""
    weight: float
    """Weight of its numbers, 100 to 900."""
    color: str
    """What its letters are painted with."""
    line_color: str
    """What axis and grid are painted with."""
