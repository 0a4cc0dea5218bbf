"""From a scene's timeline to the tracks of its nodes."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

from stage import vocabulary as words
from stage.aims import node_of, table_of
from stage.keys import Key, Segment, Value, join, stops
from stage.manner import Cascade
from stage.mistakes import Place, TooMuch, Wrong, mistake, warn
from stage.node import Node, Parts
from stage.paint import Ramp
from stage.scene import Scene
from stage.schedule import Clock, Timed, lay_out
from stage.theme import Theme
from stage.wire import tidy, value

Group = tuple[int, str | None, str]
"""The target's identity, the unit of its parts, the property."""


@dataclass
class Motion:
    """Everything that moves in a scene: tracks by the identity of their target."""

    tracks: dict[int, list[dict[str, object]]] = field(default_factory=dict[int, list[dict[str, object]]])
    labels: dict[str, float] = field(default_factory=dict[str, float])


@dataclass
class Counted:
    """Keyframes made so far in the whole film."""

    keys: int = 0
    text: int = 0

    def letters(self, count: int, place: Place | None) -> None:
        """Count the letters of a scene's texts; too many are noted."""
        self.text += count
        most = words.LIMITS["text"][1]
        if self.text > most:
            mistake("film_limit", f"the film has {self.text:,} letters", f"give at most {most:,g}", place)

    def more(self, count: int) -> None:
        """Count some; stops the compilation when there are too many."""
        self.keys += count
        most = words.LIMITS["keyframes"][1]
        if self.keys > most:
            mistake(
                "film_limit", f"the film has more than {most:,g} keyframes", "use fewer tweens or repeats"
            )
            raise TooMuch


@dataclass(frozen=True)
class _Piece:
    segment: Segment
    stagger: Cascade | None
    place: Place | None
    index: int


def move(scene: Scene, clock: Clock, fps: float, theme: Theme, present: set[int], counted: Counted) -> Motion:
    """Lay the scene's timeline out and write its tracks; mistakes are noted at the tweens' lines."""
    lay_out(scene.timeline, clock)
    groups: dict[Group, list[_Piece]] = {}
    for index, timed in enumerate(clock.timed):
        owner = node_of(timed.aim)
        if id(owner) not in present and owner is not scene.camera:
            where = "is no part of" if isinstance(owner, Node) else "does not film"
            mistake("target_wrong", f"{owner.describe()} {where} scene {scene.id!r}", "add it to the scene",
                    timed.tween.place)  # fmt: skip
            continue
        unit = timed.aim.unit if isinstance(timed.aim, Parts) else None
        said = list(timed.tween.first or {}) + [
            n for n in timed.tween.last or {} if n not in (timed.tween.first or {})
        ]
        for name in said:
            try:
                piece = _piece(timed, name, fps, theme, index)
            except Wrong as wrong:
                mistake("value_wrong", wrong.message, wrong.hint, timed.tween.place)
                continue
            groups.setdefault((id(owner), unit, name), []).append(piece)
            counted.more(piece.segment.plays * max(1, len(piece.segment.course)))
    motion = Motion(labels=clock.labels)
    aims = {
        (id(node_of(t.aim)), t.aim.unit if isinstance(t.aim, Parts) else None): t.aim for t in clock.timed
    }
    for (target, unit, name), pieces in groups.items():
        aim = aims[target, unit]
        pieces.sort(key=lambda piece: (piece.segment.start, piece.index))
        base = _base(aim, name, theme)
        made = _tracks(pieces, base, name, unit, node_of(aim).describe(), fps, clock)
        motion.tracks.setdefault(target, []).extend(made)
        counted.more(sum(len(track["keys"]) for track in made if isinstance(track["keys"], list)))  # pyright: ignore[reportUnknownArgumentType]
    return motion


def _piece(timed: Timed, name: str, fps: float, theme: Theme, index: int) -> _Piece:
    tween, manner = timed.tween, timed.tween.manner

    def said(side: dict[str, object] | None) -> Value | None:
        found = None if side is None or name not in side else value(side[name], theme)
        assert found is None or isinstance(found, int | float | str | dict)
        return found  # pyright: ignore[reportUnknownVariableType]

    first, last = said(tween.first), said(tween.last)
    segment = Segment(
        start=round(timed.start * fps, 4),
        duration=round(manner.duration * fps, 4),
        first=first,
        last=last,
        ease=manner.ease,
        plays=timed.plays,
        yoyo=manner.yoyo,
        pause=round(manner.repeat_delay * fps, 4),
        immediate=manner.immediate,
        endless=manner.repeat < 0,
        course=tuple(
            stop if stop.relative else stop.holding(value(stop.value, theme))
            for stop in tween.courses.get(name, ())
        ),
    )
    stagger = manner.stagger if isinstance(timed.aim, Parts) else None
    return _Piece(segment, stagger, tween.place, index)


def _tracks(
    pieces: list[_Piece],
    base: Value | None,
    name: str,
    unit: str | None,
    owner: str,
    fps: float,
    clock: Clock,
) -> list[dict[str, object]]:
    """Write one track, or several where the parts of a text follow one another differently."""
    made: list[dict[str, object]] = []
    while pieces:
        count = next((i for i, p in enumerate(pieces) if p.stagger != pieces[0].stagger), len(pieces))
        run, pieces = pieces[:count], pieces[count:]
        start = _start(base, run, name, owner)
        if start is None:
            return made

        def overlap(index: int, run: list[_Piece] = run) -> None:
            before = f"; the first stands on line {place.line}" if (place := run[index - 1].place) else ""
            at = run[index].segment.start / fps
            message = f"two tweens change {name} of {owner} at once at {at:.4g} s; the later one takes over"
            warn("tween_overlap", message, f"begin it when the first has ended{before}", run[index].place)

        keys = join(start, [piece.segment for piece in run], overlap)
        base = keys[-1].value
        track: dict[str, object] = {"property": name}
        if unit:
            track["unit"] = unit
        if run[0].stagger:
            track["stagger"] = _stagger(
                run[0].stagger, fps, zlib.crc32(f"{clock.scene}:{owner}:{name}".encode())
            )
        track["keys"] = [_key(key) for key in keys]
        made.append(track)
    return made


def _start(base: Value | None, run: list[_Piece], name: str, owner: str) -> Value | None:
    """The value before the first tween; a paint that is not set begins as the first color, seen through."""
    if base is not None:
        return base
    first = run[0].segment
    other = first.first if first.first is not None else first.last
    if isinstance(other, str):
        return other[:7] + "00"
    if isinstance(other, dict):
        return {**other, "stops": [{**stop, "color": str(stop["color"])[:7] + "00"} for stop in stops(other)]}
    if first.first is not None and first.last is not None:
        return first.first
    mistake("value_missing", f"{name} of {owner} has no value of its own to move from or to",
            f"set {name} on it, or use from_to", run[0].place)  # fmt: skip
    return None


def _base(aim: object, name: str, theme: Theme) -> Value | None:
    """What a property is when no tween has touched it."""
    assert isinstance(aim, Parts) or hasattr(aim, "table")
    owner, table = node_of(aim), table_of(aim)  # type: ignore[arg-type]
    if isinstance(aim, Parts):
        found = (
            owner.props.get("color", owner.table["color"].default) if name == "color" else table[name].default
        )
        found = None if isinstance(found, Ramp) else found
    else:
        found = owner.props.get(name, table[name].default)
    try:
        said = value(found, theme) if found is not None else None
    except Wrong:
        return None
    assert said is None or isinstance(said, int | float | str | dict)
    return said  # pyright: ignore[reportUnknownVariableType]


def _stagger(stagger: Cascade, fps: float, seed: int) -> dict[str, object]:
    found: dict[str, object] = {"each": tidy(stagger.each * fps)}
    if stagger.order != "start":
        found["order"] = stagger.order
    if stagger.total is not None:
        found["total"] = tidy(stagger.total * fps)
    if stagger.order == "random":
        found["seed"] = seed
    return found


def _key(key: Key) -> dict[str, object]:
    shown = tidy(key.value) if isinstance(key.value, int | float) else key.value
    written: dict[str, object] = {"frame": tidy(key.frame), "value": shown}
    return written if key.ease == "none" else {**written, "ease": key.ease}
