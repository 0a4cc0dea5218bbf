"""Values over time: tracks evaluated for many frames at once, and the frames on which something changes."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from domain.composition import Gradient, GradientStop, Key, Track, Value
from render import color
from render.ease import curve
from stage.vocabulary import Property

Array = NDArray[np.float64]
CHUNK = 128
"""Frames evaluated together."""


class Changes:
    """The frames on which something differs from the frame before, as sorted ranges."""

    def __init__(self, ranges: Iterable[tuple[int, int]] = ()) -> None:
        merged: list[tuple[int, int]] = []
        for first, last in sorted(ranges):
            if merged and first <= merged[-1][1] + 1:
                merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
            else:
                merged.append((first, last))
        self.ranges = merged
        self._firsts = [first for first, _ in merged]

    def at(self, frame: int) -> bool:
        """Tell whether a frame differs from the one before it."""
        index = bisect_right(self._firsts, frame) - 1
        return index >= 0 and frame <= self.ranges[index][1]

    def run(self, frame: int) -> tuple[int, float]:
        """Give the first and the last frame of the still stretch that a frame belongs to."""
        index = bisect_right(self._firsts, frame) - 1
        after = self._firsts[index + 1] - 1 if index + 1 < len(self._firsts) else math.inf
        if index < 0:
            return 0, after
        last = self.ranges[index][1]
        if frame < last:
            return frame, frame
        return last, after

    @classmethod
    def union(cls, parts: Iterable[Changes]) -> Changes:
        """Join the changes of several things."""
        return cls(each for part in parts for each in part.ranges)


def changes_of(keys: Sequence[Key], stretch: float = 0) -> list[tuple[int, int]]:
    """List the frames on which keys move a value; a stagger stretches every move to its last part."""
    found: list[tuple[int, int]] = []
    for before, after in pairwise(keys):
        if before.value != after.value:
            begin = before.frame if after.frame > before.frame else after.frame - 1e-6
            found.append((math.floor(begin) + 1, math.ceil(after.frame + stretch)))
    return found


class Motion:
    """One track, evaluated; an ease that overshoots stays within its property's range."""

    def __init__(self, keys: Sequence[Key], rule: Property | None = None) -> None:
        self.keys = keys
        self.low = rule.low if rule else None
        self.high = rule.high if rule else None
        self.frames = np.array([key.frame for key in keys], float)
        self.plain = all(isinstance(key.value, int | float) for key in keys)
        self.values = np.array([key.value for key in keys], float) if self.plain else None

    def where(self, frames: Array) -> tuple[NDArray[np.int64], Array]:
        """Find each frame's key before it, and how far its ease has brought it to the next."""
        index = np.searchsorted(self.frames, frames, side="right") - 1
        share = np.zeros(len(frames))
        last = len(self.keys) - 1
        places: list[int] = sorted(set(index.tolist()))  # np.unique loads numpy.ma: 60 ms of a cold still
        for at in places:
            if not 0 <= at < last:
                continue
            chosen = index == at
            span = self.frames[at + 1] - self.frames[at]
            share[chosen] = curve(self.keys[at + 1].ease)((frames[chosen] - self.frames[at]) / span)
        return np.clip(index, 0, last), share

    def numbers(self, frames: Array) -> Array:
        """Evaluate a track of numbers at any frames."""
        assert self.values is not None
        index, share = self.where(frames)
        following = self.values[np.minimum(index + 1, len(self.keys) - 1)]
        numbers = self.values[index] + (following - self.values[index]) * share
        return numbers if self.low is None and self.high is None else np.clip(numbers, self.low, self.high)

    def paints(self, frames: Array) -> list[str | Gradient]:
        """Evaluate a track of colors and gradients at any frames."""
        index, share = self.where(frames)
        found: list[str | Gradient] = []
        # frames between the same two keys are mixed together: a cold still has its whole chunk at once
        numbers: list[int] = index.tolist()
        shares: list[float] = share.tolist()
        for at, places in groupby(zip(numbers, shares, strict=True), lambda pair: pair[0]):
            before = _paint(self.keys[at].value)
            after = _paint(self.keys[min(at + 1, len(self.keys) - 1)].value)
            found += _between(before, after, [part for _, part in places])
        return found


def _paint(value: object) -> str | Gradient:
    assert isinstance(value, str | Gradient)
    return value


def _between(first: str | Gradient, second: str | Gradient, shares: list[float]) -> list[str | Gradient]:
    if isinstance(first, Gradient) or isinstance(second, Gradient) or first == second:
        return [mixed(first, second, share) for share in shares]
    texts = color.as_texts(color.mix(first, second, np.array(shares)))
    ends = {0.0: first, 1.0: second}
    return [ends.get(share, text) for share, text in zip(shares, texts, strict=True)]


def mixed(first: str | Gradient, second: str | Gradient, share: float) -> str | Gradient:
    """Mix two paints; 0 is the first, 1 the second."""
    if share == 0 or first == second:
        return first
    if share == 1:
        return second
    if isinstance(first, str) and isinstance(second, str):
        return color.as_text(color.mix(first, second, np.array(share)))
    return _mixed_gradients(first, second, share)


def _mixed_gradients(first: str | Gradient, second: str | Gradient, share: float) -> Gradient:
    """Mix two gradients, or a gradient and a color, stop by stop over the places of both."""
    both = [each for each in (first, second) if isinstance(each, Gradient)]
    places = np.array(sorted({stop.at for each in both for stop in each.stops}))[:8]
    if len(places) < 2:
        places = np.array([0.0, 1.0])
    rows: list[Array] = []
    for each in (first, second):
        stops = tuple((stop.at, stop.color) for stop in each.stops) if isinstance(each, Gradient) else ()
        rows.append(color.ramp(stops or ((0, str(each)),), places))
    stops = tuple(
        GradientStop(
            color=color.as_text(color.mix(color.as_text(one), color.as_text(two), np.array(share))),
            at=float(place),
        )
        for place, one, two in zip(places, rows[0], rows[1], strict=True)
    )
    angle = both[0].angle + (both[-1].angle - both[0].angle) * share
    return Gradient(shape=both[-1].shape, angle=angle, stops=stops)


_KNOWN: dict[int, tuple[Mapping[str, Property], dict[str, object], dict[str, float]]] = {}
"""Defaults of every table that was asked for, by its identity; it is held, so that none takes its place."""


def _defaults(table: Mapping[str, Property]) -> tuple[dict[str, object], dict[str, float]]:
    """Give a table's defaults, and what of them is a number: a thousand nodes share a few tables."""
    known = _KNOWN.get(id(table))
    if known is None:
        fixed: dict[str, object] = {name: rule.default for name, rule in table.items()}
        known = _KNOWN[id(table)] = (table, fixed, {name: _number(value) for name, value in fixed.items()})
    return known[1], known[2]


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


class Values:
    """All properties of one node: what is fixed, and what moves."""

    def __init__(
        self, table: Mapping[str, Property], props: Mapping[str, Value], tracks: Sequence[Track]
    ) -> None:
        defaults, numbers = _defaults(table)
        self.fixed: dict[str, object] = dict(defaults)
        self.said = frozenset(name for name, value in props.items() if value is not None)
        self.fixed.update({name: props[name] for name in self.said})
        self.moving: dict[str, list[Motion]] = {}
        for track in tracks:
            if track.unit is None:
                self.moving.setdefault(track.property, []).append(
                    Motion(track.keys, table.get(track.property))
                )
        for name, motions in self.moving.items():
            motions.sort(key=lambda motion: motion.frames[0])
            if name not in self.said:
                self.fixed[name] = motions[0].keys[0].value
        self._chunks: dict[str, tuple[int, list[object]]] = {}
        self._numbers = dict(numbers)
        self._numbers.update({name: _number(self.fixed[name]) for name in self.said})
        for name in self.moving:
            self._numbers.pop(name, None)

    def moves(self, names: Iterable[str]) -> Changes:
        """Tell on which frames any of the named properties changes."""
        return Changes(
            each
            for name in names
            for at, motion in enumerate(self.moving.get(name, ()))
            for each in changes_of(motion.keys) + ([(0, math.ceil(motion.frames[0]))] if at else [])
        )

    def get(self, name: str, frame: int) -> object:
        """Give the value of a property on a frame of the scene."""
        motions = self.moving.get(name)
        if motions is None:
            return self.fixed[name]
        chunk = frame // CHUNK
        held = self._chunks.get(name)
        if held is None or held[0] != chunk:
            held = (chunk, _chunk(motions, np.arange(chunk * CHUNK, (chunk + 1) * CHUNK, dtype=float)))
            self._chunks[name] = held
        return held[1][frame - chunk * CHUNK]

    def number(self, name: str, frame: int) -> float:
        """Give the value of a property that is a number."""
        held = self._numbers.get(name)
        if held is not None:
            return held
        chunk = self._chunks.get(name)
        if chunk is not None and chunk[0] == frame // CHUNK:
            value = chunk[1][frame % CHUNK]
        else:
            value = self.get(name, frame)
        return value if type(value) is float else float(value) if isinstance(value, int) else 0.0

    def numbers(self, name: str, times: Array) -> Array:
        """Give a number at any moments, fractions of frames among them."""
        motions = self.moving.get(name)
        if motions is None:
            return np.full(len(times), self.number(name, 0))
        found = motions[0].numbers(times)
        for motion in motions[1:]:
            found = np.where(times >= motion.frames[0], motion.numbers(times), found)
        return found

    def text(self, name: str) -> str:
        """Give the value of a property that is a text and never moves."""
        value = self.fixed[name]
        return value if isinstance(value, str) else ""

    def length(self, name: str, frame: int) -> float | None:
        """Give a length that may be left out."""
        value = self.get(name, frame)
        return float(value) if isinstance(value, int | float) else None

    def paint(self, name: str, frame: int) -> str | Gradient | None:
        """Give a color or a gradient, or nothing."""
        value = self.get(name, frame)
        return value if isinstance(value, str | Gradient) and value else None

    def flag(self, name: str) -> bool:
        """Tell whether a flag is up."""
        return self.fixed[name] is True


def _chunk(motions: Sequence[Motion], frames: Array) -> list[object]:
    found: list[object] = []
    for motion in motions:
        now: list[object] = [*motion.paints(frames)] if not motion.plain else []
        if motion.plain:
            now.extend(map(float, motion.numbers(frames)))
        begun = int(np.searchsorted(frames, float(motion.frames[0]))) if found else 0
        found = found[:begun] + now[begun:]
    return found
