"""What the kinds of `stage/vocabulary/speech.py` take, for type checkers.

Written by `python -m stage generate` from `stage/vocabulary`; do not edit.
"""

from __future__ import annotations

from typing import Literal

from stage.paint import Paint
from stage.signatures.groups import Lettered, Placed


class CaptionsWords(Placed, Lettered, total=False):
    """What a captions takes."""

    vertical: Literal["top", "center", "bottom"]
    """How lines stand in a box that is taller."""
    max_lines: float
    """More lines than this are made smaller until they fit."""
    fit: Literal["none", "shrink"]
    """What happens when a cue is larger than its box."""
    min_size: float
    """The smallest size that fitting may reach, px."""
    balance: bool
    """Whether wrapped lines are made about equally long."""
    highlight_color: Paint
    """What the word that is being said is painted with."""
    pill: Paint
    """What lies behind the word that is being said."""
    pop: float
    """Size of the word that is being said, times the others'."""
    upcoming: float
    """Opacity of words that are still to be said: 1 shows them all, 0 writes word by word."""
    fill: Paint
    """What lies behind each line."""
    radius: float
    """Roundness of what lies behind lines and words, px."""
    padding: float
    """Space around the letters in what lies behind them, px."""


class CodeWords(Placed, total=False):
    """What a code takes."""

    language: str
    """Name of the programming language: `python`, `typescript`, `sql`."""
    look: Literal["dark", "light"]
    """Colors of words, texts and remarks: for a dark or a light ground."""
    font: str
    """Font family; `mono` is a role."""
    size: float
    """Size of the em, px."""
    line_height: float
    """Distance of baselines as a multiple of the size."""
    numbers: bool
    """Whether lines are numbered."""
    reveal: float
    """How much has been typed, 0 to 1."""
    cursor: bool
    """Whether a cursor stands where it is being typed."""
    focus: str
    """Lines that matter, from 1: `3-5,8`."""
    focus_amount: float
    """How far the other lines step back, 0 to 1."""
    focus_fill: Paint
    """What lies behind the lines that matter."""
    color: str
    """What plain words are painted with; of the look unless said."""
