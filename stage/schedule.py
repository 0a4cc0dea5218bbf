"""Laying a timeline out: when every tween really begins."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from stage import vocabulary as words
from stage.aims import Aim, name_of, node_of
from stage.manner import Cascade
from stage.mistakes import TooMuch, Wrong, did_you_mean, mistake, warn
from stage.node import Node, Parts
from stage.position import Position
from stage.timeline import Label, Nested, Pulse, Timeline, Tween

MOST_PLAYS = 20_000
BEAT_SHARE = 0.8
"""Of the way to the next beat that a pulse takes to come back, unless it says how long."""
DEEPEST = 16


@dataclass(frozen=True)
class Timed:
    """One target of one tween, and the second at which it begins there."""

    aim: Aim
    tween: Tween
    start: float
    plays: int


@dataclass
class Clock:
    """What a timeline is laid out against, and what came of it."""

    scene: str
    seconds: float
    beat: Callable[[float], float] | None
    """Seconds of the scene at which its n-th beat falls."""
    seed: Callable[[], int]
    mark: Callable[[str], float]
    """Seconds of the scene at which a mark of the film lies; raises Wrong when there is none."""
    timed: list[Timed] = field(default_factory=list[Timed])
    labels: dict[str, float] = field(default_factory=dict[str, float])


@dataclass
class _Cursor:
    zero: float
    end: float
    previous_start: float
    previous_end: float


def lay_out(timeline: Timeline, clock: Clock, zero: float = 0, depth: int = 0) -> float:
    """Find every tween's beginning, in seconds of the scene; gives the timeline's end."""
    cursor = _Cursor(zero, zero, zero, zero)
    for item in timeline.items:
        if isinstance(item, Pulse):
            _pulse(item, zero, clock)
            continue
        try:
            start = _resolve(item, cursor, clock)
        except Wrong as wrong:
            mistake("position_wrong", wrong.message, wrong.hint, item.place)
            continue
        match item:
            case Label():
                clock.labels[item.name] = start
                continue
            case Nested():
                if depth >= DEEPEST:
                    mistake(
                        "timeline_deep",
                        "timelines are nested too deeply",
                        "play them side by side",
                        item.place,
                    )
                    continue
                end = lay_out(item.timeline, clock, start, depth + 1)
            case Tween():
                end = _play(item, start, clock)
        cursor.previous_start, cursor.previous_end = start, end
        cursor.end = max(cursor.end, end)
    return cursor.end


def _resolve(item: Tween | Label | Nested, cursor: _Cursor, clock: Clock) -> float:
    where: Position = item.manner.at if isinstance(item, Tween) else item.at
    delay = item.manner.delay if isinstance(item, Tween) else 0
    length = cursor.previous_end - cursor.previous_start
    match where.base:
        case "zero":
            base = cursor.zero
        case "end":
            base = cursor.end
        case "previous start":
            base = cursor.previous_start
        case "previous end":
            base = cursor.previous_end
        case "beat":
            if clock.beat is None:
                raise Wrong("at is a beat, but the film has no tempo", "call film.tempo(bpm) first")
            base = cursor.zero + clock.beat(where.beat)
        case "mark":
            base = clock.mark(where.label)
        case "label":
            if where.label not in clock.labels:
                guess = did_you_mean(where.label, clock.labels)
                raise Wrong(
                    f"no label {where.label!r} stands before this{guess}", "name it with add_label, above"
                )
            base = clock.labels[where.label]
    return base + where.offset + where.share * length + delay


def _pulse(pulse: Pulse, zero: float, clock: Clock) -> None:
    """Play a tween on every beat that falls into the scene; what is left of the last one is cut."""
    if clock.beat is None:
        message = "on_beats is asked for, but the film has no tempo"
        mistake("position_wrong", message, "call film.tempo(bpm), or add Music(…)", pulse.tween.place)
        return
    for play in itertools.count():
        start = zero + clock.beat(pulse.first + play * pulse.every)
        then = zero + clock.beat(pulse.first + (play + 1) * pulse.every)
        if start >= clock.seconds - 1e-6 or play > MOST_PLAYS:
            return
        own = pulse.tween.manner.duration if pulse.lasts else BEAT_SHARE * (then - start)
        lasts = min(own, then - start, clock.seconds - start)
        manner = replace(pulse.tween.manner, duration=lasts)
        _play(replace(pulse.tween, manner=manner), start, clock)


def _play(tween: Tween, start: float, clock: Clock) -> float:
    """Note each target's beginning; gives the end of the last one."""
    manner = tween.manner
    cycle = manner.duration + manner.repeat_delay
    plays = manner.repeat + 1
    if manner.repeat < 0:
        if cycle <= 0:
            mistake(
                "setting_wrong", "a tween of no duration repeats for ever", "give it a duration", tween.place
            )
            return start
        plays = max(1, math.ceil(round((clock.seconds - start) / cycle, 6)))
    if plays > MOST_PLAYS:
        mistake("setting_wrong", f"a tween plays {plays:,} times", f"at most {MOST_PLAYS:,}", tween.place)
        return start
    once = max(0.0, cycle * (1 if manner.repeat < 0 else plays) - manner.repeat_delay)
    if len(clock.timed) + len(tween.aims) > words.LIMITS["keyframes"][1]:
        mistake("film_limit", "the timelines play too many tweens", "add fewer timelines", tween.place)
        raise TooMuch
    delays = ranks(len(tween.aims), manner.stagger, clock.seed)
    end = start
    for aim, delay in zip(tween.aims, delays, strict=True):
        begins = start + (0 if isinstance(aim, Parts) and len(tween.aims) == 1 else delay)
        clock.timed.append(Timed(aim, tween, begins, plays))
        end = max(end, begins + once + _parts_span(aim, manner.stagger))
    if start < -1e-6:
        warn(
            "tween_early",
            f"tween of {_name(tween)} begins {-start:g} s before its scene {clock.scene!r}",
            "",
            tween.place,
        )
    endless = manner.repeat < 0 and bool(tween.courses)
    if end > clock.seconds + 1e-6 and not endless:
        after = f"but scene {clock.scene!r} ends at {clock.seconds:.4g} s"
        message = f"tween of {_name(tween)} runs to {end:.4g} s, {after}"
        warn("tween_late", message, "begin earlier, shorten it, or give the scene more seconds", tween.place)
    return end


def _name(tween: Tween) -> str:
    aim = tween.aims[0]
    owner = node_of(aim)
    name = owner.describe() if owner.kind != "camera" else "the camera"
    return f"the {name_of(aim).split()[0]}s of {name}" if isinstance(aim, Parts) else name


def ranks(count: int, stagger: Cascade | None, seed: Callable[[], int]) -> list[float]:
    """Delays of the targets of one tween, seconds."""
    if stagger is None or count < 2:
        return [0.0] * count
    order = _grid_order(count, stagger, seed) if stagger.columns else _order(count, stagger.order, seed)
    last = max(order)
    each = stagger.each
    if stagger.total is not None and last * each > stagger.total:
        each = stagger.total / last
    return [round(rank * each, 6) for rank in order]


def _order(count: int, order: str, seed: Callable[[], int]) -> list[float]:
    """How many others each of a row of targets waits for."""
    middle = (count - 1) / 2
    match order:
        case "end":
            return [float(count - 1 - i) for i in range(count)]
        case "center":
            return [abs(i - middle) - (0 if count % 2 else 0.5) for i in range(count)]
        case "edges":
            return [middle - abs(i - middle) for i in range(count)]
        case "random":
            return _shuffled(count, seed())
        case _:
            return [float(i) for i in range(count)]


def _grid_order(count: int, stagger: Cascade, seed: Callable[[], int]) -> list[float]:
    """How far each of a grid's targets stands from where the order begins, in columns."""
    columns = min(stagger.columns or 1, count)
    rows = -(-count // columns)
    places = [(i % columns, i // columns) for i in range(count)]
    middle = ((columns - 1) / 2, (rows - 1) / 2)
    if stagger.order == "random":
        return _shuffled(count, seed())
    start = {"start": (0, 0), "end": (columns - 1, rows - 1)}.get(stagger.order, middle)
    away = [round(math.dist(place, start), 6) for place in places]
    near = min(away)
    if stagger.order == "edges":
        return [max(away) - each for each in away]
    return [each - near for each in away]


def _shuffled(count: int, seed: int) -> list[float]:
    """Shuffle by a small generator of our own, so that the order never changes with the interpreter."""
    order = [float(i) for i in range(count)]
    state = seed & 0xFFFFFFFF or 1
    for i in range(count - 1, 0, -1):
        state ^= state << 13 & 0xFFFFFFFF
        state ^= state >> 17
        state ^= state << 5 & 0xFFFFFFFF
        j = state % (i + 1)
        order[i], order[j] = order[j], order[i]
    return order


def _parts_span(aim: Aim, stagger: Cascade | None) -> float:
    """How long after the first part the last one begins, as far as the source tells: lines wrap later."""
    if stagger is None or not isinstance(aim, Parts):
        return 0
    text = text_of(aim.owner)
    count = {"line": text.count("\n") + 1, "word": len(text.split()), "char": len("".join(text.split()))}[
        aim.unit
    ]
    span = max(0, count - 1) * stagger.each
    return span if stagger.total is None else min(span, stagger.total)


def text_of(node: Node) -> str:
    """The words of a text or counter."""
    spans = node.props.get("spans")
    if isinstance(spans, tuple):
        return "".join(getattr(span, "text", "") for span in spans)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    return str(node.props.get("text") or node.props.get("value") or "")
