"""Keyframes of one property: joining tweens, holding, cutting one where the next takes over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import cast

from stage.color import mix
from stage.eases import curve, turned

Value = float | str | dict[str, object]
EPSILON = 1e-4


@dataclass(frozen=True)
class Key:
    """What a property is at one frame of the scene, and the curve that leads there."""

    frame: float
    value: Value
    ease: str = "none"


@dataclass(frozen=True)
class Stop:
    """What a property is at a share of a tween's duration."""

    share: float
    value: object
    ease: str = "none"
    """The curve that leads there."""
    relative: bool = False
    """Whether the value is added to what holds when the tween begins."""

    def holding(self, value: object) -> Stop:
        """Give the same stop with a value that was held against the vocabulary."""
        return self if self.relative else replace(self, value=value)

    def key(self, held: Value, start: float, duration: float) -> Key:
        """Give what it means to a property whose value is held when the tween begins."""
        value = cast(Value, self.value)
        if self.relative and isinstance(held, int | float) and isinstance(value, int | float):
            value = held + value
        return Key(start + duration * self.share, value, self.ease)


@dataclass(frozen=True)
class Segment:
    """One tween's say over one property; frames of the scene."""

    start: float
    duration: float
    first: Value | None
    last: Value | None
    ease: str
    plays: int = 1
    yoyo: bool = False
    pause: float = 0
    immediate: bool = True
    endless: bool = False
    course: tuple[Stop, ...] = ()
    """Values on the way, where there are more than two."""


def join(base: Value, segments: list[Segment], on_overlap: Callable[[int], None]) -> list[Key]:
    """Make the keys of segments in the order of their beginnings; a later one takes over from an earlier one.

    `on_overlap` hears the index of a segment that cut another one short.
    """
    keys: list[Key] = []
    for index, segment in enumerate(segments):
        if keys and keys[-1].frame > segment.start + EPSILON:
            if not segments[index - 1].endless:
                on_overlap(index)
            keys = cut(keys, segment.start)
        held = keys[-1].value if keys else base
        first = held if segment.first is None else segment.first
        last = held if segment.last is None else segment.last
        course = [stop.key(held, 0, segment.duration) for stop in segment.course]
        if not course:
            course = [Key(segment.duration, last, segment.ease)]
        elif segment.course[0].share == 0:
            first = course[0].value
        if keys:
            if keys[-1].frame < segment.start - EPSILON:
                keys.append(Key(segment.start, held))
            if first != held:
                keys.append(Key(segment.start, first))
        elif segment.first is not None and not segment.immediate and first != base:
            keys += [Key(segment.start, base), Key(segment.start, first)]
        else:
            keys.append(Key(segment.start, first))
        keys += _played(segment, first, course)
    return _tidy(keys)


def _played(segment: Segment, first: Value, course: list[Key]) -> list[Key]:
    """Give the keys of all plays; those of one play are counted from its beginning."""
    keys: list[Key] = []
    clock, back = segment.start, False
    there = [Key(0, first), *(key for key in course if key.frame > 0 or not segment.duration)]
    if there[-1].frame < segment.duration:
        there.append(Key(segment.duration, there[-1].value))
    for play in range(segment.plays):
        if play:
            if segment.pause:
                clock += segment.pause
                keys.append(Key(clock, keys[-1].value))
            back = segment.yoyo and not back
            if not segment.yoyo:
                keys.append(Key(clock, first))
        if back:
            ways = zip(there[-2::-1], there[:0:-1], strict=True)
            keys += [Key(clock + segment.duration - to.frame, to.value, turned(by.ease)) for to, by in ways]
        else:
            keys += [Key(clock + key.frame, key.value, key.ease) for key in there[1:]]
        clock += segment.duration
    return keys


def cut(keys: list[Key], frame: float) -> list[Key]:
    """Keep what happens up to a frame; a curve that is cut is spelled out frame by frame."""
    kept = [key for key in keys if key.frame <= frame]
    if not kept:
        return [Key(frame, keys[0].value)]
    if len(kept) == len(keys) or kept[-1].frame == frame:
        return kept
    one, other = kept[-1], keys[len(kept)]
    moving, step = one.value != other.value, int(one.frame) + 1
    while moving and step < frame:
        kept.append(Key(step, between(one, other, step)))
        step += 1
    kept.append(Key(frame, between(one, other, frame)))
    return kept


def between(one: Key, other: Key, frame: float) -> Value:
    """The value at a frame between two keys."""
    share = curve(other.ease)((frame - one.frame) / (other.frame - one.frame))
    if isinstance(one.value, int | float) and isinstance(other.value, int | float):
        return one.value + (other.value - one.value) * share
    if isinstance(one.value, str) and isinstance(other.value, str):
        return mix(one.value, other.value, share)
    return _between_ramps(ramp(one.value, other.value), ramp(other.value, one.value), share)


def ramp(value: Value, like: Value) -> dict[str, object]:
    """Spread a plain color over the stops of a gradient; a gradient stays."""
    if isinstance(value, dict):
        return value
    assert isinstance(like, dict)
    return {**like, "stops": [{**stop, "color": value} for stop in stops(like)]}


def stops(value: dict[str, object]) -> list[dict[str, object]]:
    """The stops of a gradient."""
    found = value["stops"]
    assert isinstance(found, list)
    return found  # pyright: ignore[reportUnknownVariableType]


def _between_ramps(one: dict[str, object], other: dict[str, object], share: float) -> Value:
    if len(stops(one)) != len(stops(other)):
        return one if share < 1 else other
    mixed = [
        {"color": mix(str(a["color"]), str(b["color"]), share), "at": _lerp(a["at"], b["at"], share)}
        for a, b in zip(stops(one), stops(other), strict=True)
    ]
    return {"shape": other["shape"], "angle": _lerp(one["angle"], other["angle"], share), "stops": mixed}


def _lerp(one: object, other: object, share: float) -> float:
    assert isinstance(one, int | float)
    assert isinstance(other, int | float)
    return round(one + (other - one) * share, 4)


def _tidy(keys: list[Key]) -> list[Key]:
    """Drop keys that say nothing: of several at one frame only the first and the last matter."""
    kept: list[Key] = []
    for key in keys:
        if len(kept) > 1 and kept[-1].frame == key.frame == kept[-2].frame:
            kept[-1] = Key(key.frame, key.value, "none")
        elif kept and kept[-1] == key:
            continue
        else:
            kept.append(key)
    if len(kept) > 1 and kept[0].frame == kept[1].frame <= 0:
        kept = kept[1:]
    return [Key(kept[0].frame, kept[0].value), *kept[1:]]
