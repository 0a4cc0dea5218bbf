"""Where everything of a film really stands: what every check reads."""

from __future__ import annotations

from typing import Literal

from domain.composition import Rate, Source
from domain.nouns import Noun

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""


class GlyphRun(Noun):
    """Letters of one font and direction, shaped."""

    font: str
    """The face that really drew them: family and style."""
    text: str
    glyphs: tuple[int, ...]
    x: tuple[float, ...]
    """Pen positions from the line's left edge, px."""
    missing: int = 0
    """How many glyphs no font had."""


class Line(Noun):
    """One line of a text, in the text's own box."""

    text: str
    box: Box
    ink: Box
    """Bounds of what is painted."""
    baseline: float
    runs: tuple[GlyphRun, ...] = ()


class Sample(Noun):
    """One node at one moment."""

    frame: int
    """Frame of the film."""
    box: Box
    """Bounds in the frame after all transforms, px."""
    opacity: float
    """With its parents' opacity."""
    painted: float = 1
    """Share of a text's letters that its motion shows: less while they fade, rise or are wiped in or out."""


class PlacedCue(Noun):
    """What captions say for a while, as it is laid out."""

    start: float
    """Frame of the film on which it comes."""
    end: float
    """Frame on which it is gone."""
    text: str
    font_px: float
    """Size of the em after fitting, px."""
    cut: bool = False
    """Whether it does not fit its zone."""
    lines: tuple[Line, ...] = ()


class PlacedNode(Noun):
    """One node of a scene: what it is and where it stands over time."""

    id: str
    kind: str
    scene: str
    parent: str | None = None
    source: Source | None = None
    size: tuple[float, float]
    """Natural width and height, px."""
    text: str | None = None
    font_asked: str | None = None
    font_px: float | None = None
    """Size of the em after fitting, px."""
    lines: tuple[Line, ...] = ()
    cut: bool = False
    """Whether text was left out by an ellipsis or did not fit its box."""
    cues: tuple[PlacedCue, ...] = ()
    """What captions say on the sampled frames."""
    samples: tuple[Sample, ...] = ()
    allow: tuple[str, ...] = ()


class Layout(Noun):
    """Every node of a film over time, sampled at the given frames of the film."""

    schema_version: Literal[1] = 1
    width: int
    height: int
    fps: Rate
    frames: int
    sampled: tuple[int, ...]
    nodes: tuple[PlacedNode, ...]
    notices: tuple[str, ...] = ()
    """Substitutions made while drawing: a font that was not there, a picture left out."""
