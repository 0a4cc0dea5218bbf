"""A stretch of a film, and how it comes in."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from domain.composition.measure import Frames
from domain.composition.node import Node, Source
from domain.composition.paint import Color, Paint
from domain.composition.track import Track
from domain.nouns import Noun
from stage import vocabulary as words


class Transition(Noun):
    """How a scene comes in over the one before it."""

    kind: str = Field(default="cut", json_schema_extra={"enum": list(words.TRANSITIONS)})
    frames: Frames = 0
    """How long both scenes are on the screen, or the change takes where they are not (dip)."""
    color: Color | None = None
    """What a dip goes through, black unless said; the band that leads a wipe."""
    direction: Literal["left", "right", "up", "down"] = "left"
    """Where the picture goes."""
    ease: str = ""
    """The curve of its course; the kind's own unless said."""
    softness: float = Field(default=0, ge=0, le=1)
    """Width of the edge between the scenes, share of the way that it goes."""
    shape: Literal["circle", "box", "diamond", "star", "arch"] = "circle"
    """Of an iris."""
    x: float = Field(default=0.5, ge=0, le=1)
    """Center of an iris or a zoom, share of the width."""
    y: float = Field(default=0.5, ge=0, le=1)
    """Center of an iris or a zoom, share of the height."""

    @field_validator("kind", mode="before")
    @classmethod
    def _known(cls, kind: object) -> object:
        if not isinstance(kind, str):
            return kind
        kind = words.TRANSITION_ALIASES.get(kind, kind)
        if kind not in words.PASSAGES:
            raise ValueError(f"no transition {kind!r}; give one of {', '.join(words.TRANSITIONS)}")
        return kind

    @field_validator("ease")
    @classmethod
    def _curve(cls, ease: str) -> str:
        if ease:
            words.parse_ease(ease)
        return ease

    @property
    def overlap(self) -> int:
        """Frames on which both scenes are on the screen."""
        return self.frames if words.PASSAGES[self.kind].overlaps else 0


class Scene(Noun):
    """A stretch of the film with its own nodes, clock and camera."""

    id: str = Field(pattern=r"^[A-Za-z_][\w.-]{0,79}$")
    frames: int = Field(ge=1, le=1_000_000)
    background: Paint = "#000000"
    enter: Transition = Transition()
    """The film's first scene always comes in by cut."""
    camera: tuple[Track, ...] = ()
    nodes: tuple[Node, ...] = ()
    source: Source | None = None
