"""How properties change over time."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from domain.composition.measure import Number
from domain.composition.paint import Color, Gradient
from domain.nouns import Noun
from stage import vocabulary as words


class Key(Noun):
    """What a property is at one moment."""

    frame: Number
    """Frames from the scene's start; may be fractional or before 0."""
    value: Number | Color | Gradient
    ease: str = "none"
    """The curve from the key before to this one."""


class Stagger(Noun):
    """How the parts of a text follow one another."""

    each: float = Field(ge=0, le=10_000)
    """Frames from one part to the next."""
    order: Literal["start", "end", "center", "edges", "random"] = "start"
    total: float | None = Field(default=None, ge=0)
    """The whole cascade takes at most this many frames."""
    seed: int = 0


class Track(Noun):
    """How one property of a node, or of the parts of its text, changes.

    Before the first key the first value holds, after the last key the last; of two keys at one frame the
    later one holds from there. Of several tracks of one property and unit the one that began last holds,
    each part of a text counting its own stagger.
    """

    property: str
    unit: Literal["line", "word", "char"] | None = None
    """Parts of a text that each play the track; nothing means the node itself."""
    stagger: Stagger | None = None
    keys: tuple[Key, ...] = Field(min_length=1)


def check_track(where: str, kind: str, track: Track, table: dict[str, words.Property]) -> None:
    """Hold one track of a node or a camera against the vocabulary; raises ValueError that says where."""
    rule = table.get(track.property)
    if rule is None or not rule.animatable:
        able = ", ".join(name for name, each in table.items() if each.animatable)
        raise ValueError(f"{where} cannot animate {track.property!r}; it can animate {able}")
    if track.stagger is not None and track.unit is None:
        raise ValueError(f"{where}: a stagger of {track.property!r} needs the parts of a text")
    if track.unit is not None and kind not in words.LETTERED:
        raise ValueError(f"{where}: only a text has {track.unit}s")
    last = float("-inf")
    for key in track.keys:
        words.parse_ease(key.ease)
        if key.frame < last:
            raise ValueError(
                f"{where}: the keys of {track.property!r} are not in order at frame {key.frame:g}"
            )
        last = key.frame
        if (rule.type == "number") != isinstance(key.value, int | float):
            raise ValueError(f"{where}: a key of {track.property!r} is {key.value!r}; give a {rule.type}")
