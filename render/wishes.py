"""Which frames are wanted of a warm or cold guest, and the head of its answer."""

from __future__ import annotations

from pydantic import Field

from domain.finding import Finding
from domain.layout import Layout
from domain.nouns import Noun
from render.wire import Fault

MOST_FRAMES = 100


class Wish(Noun):
    """Which frames are wanted, and how."""

    frames: tuple[int, ...] = Field(min_length=1, max_length=MOST_FRAMES)
    png: bool = False
    sheet: bool = True
    scale: float = Field(default=1, gt=0, le=2)
    """Size of the PNGs against the film's."""
    look: bool = True
    """Whether faults are searched for."""


class Seen(Noun):
    """What was drawn; PNGs, then the sheet, then pieces around findings follow as parts."""

    pngs: int = 0
    sheet: bool = False
    crops: tuple[int, ...] = ()
    """The finding that each piece shows, by its number."""
    layout: Layout | None = None
    findings: tuple[Finding, ...] = ()
    fault: Fault | None = None
