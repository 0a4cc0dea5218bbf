"""The timeline of a scene: tweens in GSAP's words, times in seconds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Self, Unpack, cast

from stage import gestures
from stage.aims import Aim, Targets, aims_of, checked, inside
from stage.keys import Stop
from stage.manner import SETTINGS, Manner, read_manner
from stage.mistakes import Place, Wrong, did_you_mean, here, mistake
from stage.names import SETTING_ALIASES
from stage.position import Position, position
from stage.values import number

if TYPE_CHECKING:
    from stage.animated import Animated


@dataclass(frozen=True)
class Tween:
    """One call of a timeline: targets, where their properties begin and end, and the manner."""

    aims: tuple[Aim, ...]
    first: dict[str, object] | None
    """Where it begins; the value that holds then when None."""
    last: dict[str, object] | None
    """Where it ends; the value that holds at its beginning when None."""
    manner: Manner
    place: Place | None
    courses: Mapping[str, tuple[Stop, ...]] = field(default_factory=dict[str, tuple[Stop, ...]])
    """The stops between, for properties that have some."""


@dataclass(frozen=True)
class Label:
    """A named moment."""

    name: str
    at: Position
    place: Place | None


@dataclass(frozen=True)
class Nested:
    """A timeline inside another."""

    timeline: Timeline
    at: Position
    place: Place | None


@dataclass(frozen=True)
class Pulse:
    """A tween that is played again on beats."""

    tween: Tween
    every: float
    """Beats from one play to the next."""
    first: float
    """The first one's beat of the scene."""
    lasts: bool
    """Whether the tween has a duration of its own; else it lasts most of the way to the next."""


Item = Tween | Label | Nested | Pulse


@dataclass
class Timeline:
    """Tweens one after another, unless `at` says otherwise."""

    items: list[Item] = field(default_factory=list[Item])
    usual: dict[str, object] = field(default_factory=dict[str, object])

    def defaults(self, **settings: object) -> Self:
        """Set what tweens take unless they say otherwise: duration, ease, stagger, repeat, yoyo."""
        known = [name for name in SETTINGS if name not in ("at", "immediate")]
        for name, value in settings.items():
            if name in known:
                self.usual[name] = value
            else:
                guess = did_you_mean(name, known, SETTING_ALIASES)
                mistake(
                    "setting_unknown",
                    f"a timeline has no default {name!r}{guess}",
                    f"give {', '.join(known)}",
                )
        return self

    def to(
        self,
        targets: Targets,
        *,
        duration: float | None = None,
        ease: str | None = None,
        at: float | str | None = None,
        delay: float | None = None,
        stagger: float | Mapping[str, object] | None = None,
        repeat: int | None = None,
        yoyo: bool | None = None,
        repeat_delay: float | None = None,
        **properties: Unpack[Animated],
    ) -> Self:
        """Move properties from what holds at that moment to these values."""
        said = (duration, ease, at, delay, stagger, repeat, yoyo, repeat_delay, None)
        return self._tween(targets, None, dict(properties), said)

    def from_(
        self,
        targets: Targets,
        *,
        duration: float | None = None,
        ease: str | None = None,
        at: float | str | None = None,
        delay: float | None = None,
        stagger: float | Mapping[str, object] | None = None,
        repeat: int | None = None,
        yoyo: bool | None = None,
        repeat_delay: float | None = None,
        immediate: bool | None = None,
        **properties: Unpack[Animated],
    ) -> Self:
        """Move properties from these values to what holds; they hold before it begins too.

        With immediate=False they hold only from its beginning on.
        """
        said = (duration, ease, at, delay, stagger, repeat, yoyo, repeat_delay, immediate)
        return self._tween(targets, dict(properties), None, said)

    def from_to(
        self,
        targets: Targets,
        first: Mapping[str, object],
        last: Mapping[str, object],
        *,
        duration: float | None = None,
        ease: str | None = None,
        at: float | str | None = None,
        delay: float | None = None,
        stagger: float | Mapping[str, object] | None = None,
        repeat: int | None = None,
        yoyo: bool | None = None,
        repeat_delay: float | None = None,
        immediate: bool | None = None,
    ) -> Self:
        """Move properties from the first values to the last: `tl.from_to(box, {"x": -40}, {"x": 0})`."""
        said = (duration, ease, at, delay, stagger, repeat, yoyo, repeat_delay, immediate)
        if not isinstance(cast(object, first), Mapping) or not isinstance(cast(object, last), Mapping):
            mistake("value_wrong", "from_to takes two dicts", 'write tl.from_to(box, {"x": -40}, {"x": 0})')
            return self
        if set(first) != set(last):
            odd = sorted(set(first) ^ set(last))
            mistake("value_wrong", f"from_to says {odd[0]!r} in one of its dicts only", "say it in both")
            return self
        return self._tween(targets, dict(first), dict(last), said)

    def set(
        self, targets: Targets, *, at: float | str | None = None, delay: float | None = None,
        stagger: float | Mapping[str, object] | None = None, **properties: Unpack[Animated],
    ) -> Self:  # fmt: skip
        """Change properties at once."""
        return self._tween(
            targets, None, dict(properties), (0, "none", at, delay, stagger, 0, False, 0, None)
        )

    def on_beats(
        self, targets: Targets, *, every: float = 1, first: float = 0, duration: float | None = None,
        ease: str | None = None, stagger: float | Mapping[str, object] | None = None,
        **properties: Unpack[Animated],
    ) -> Self:  # fmt: skip
        """Throw properties to these values on every beat of the scene; they come back to what holds."""
        try:
            count = number("every of on_beats", every, 0.25, 64)
            offset = number("first of on_beats", first, 0, 50_000)
        except Wrong as wrong:
            mistake("setting_wrong", wrong.message, wrong.hint)
            return self
        before = len(self.items)
        said = (duration, ease, None, None, stagger, 0, False, 0, False)
        self._tween(targets, dict(properties), None, said)
        if len(self.items) > before:
            tween = self.items.pop()
            assert isinstance(tween, Tween)
            self.items.append(Pulse(tween, count, offset, lasts=duration is not None))
        return self

    def keyframes(
        self,
        targets: Targets,
        *,
        duration: float | None = None,
        ease: str = "power1.inOut",
        at: float | str | None = None,
        delay: float | None = None,
        stagger: float | Mapping[str, object] | None = None,
        repeat: int | None = None,
        yoyo: bool | None = None,
        repeat_delay: float | None = None,
        **courses: Sequence[object],
    ) -> Self:
        """Move properties through several values: `tl.keyframes(box, x=[0, 80, 60], opacity=[(0.2, 1)])`.

        Plain values stand evenly from the beginning to the end; `(share, value)` and `(share, value, ease)`
        say when, as a share of the duration. `ease` is the curve between two of them.
        """
        said = (duration, ease, at, delay, stagger, repeat, yoyo, repeat_delay, None)
        return self._course(targets, gestures.read(courses, ease), said)

    def wiggle(
        self,
        targets: Targets,
        *,
        speed: float = 0.8,
        duration: float | None = None,
        at: float | str | None = None,
        stagger: float | Mapping[str, object] | None = None,
        seed: int = 0,
        **amounts: float,
    ) -> Self:
        """Let properties stray by up to these amounts about what holds: `tl.wiggle(leaf, x=12, rotation=4)`.

        `speed` is changes per second; without a duration it goes on to the scene's end.
        """
        courses, lasts = gestures.wiggle(amounts, speed, duration, seed)
        repeat = -1 if duration is None else 0
        return self._course(targets, courses, (lasts, None, at, None, stagger, repeat, None, None, None))

    def shake(
        self,
        targets: Targets,
        strength: float = 24,
        *,
        duration: float = 0.3,
        at: float | str | None = None,
        rotation: float = 0,
        seed: int = 0,
    ) -> Self:
        """Shake a node or the camera by so many px, and so many degrees, ever weaker."""
        courses = gestures.shake(strength, rotation, duration, seed)
        return self._course(targets, courses, (duration, None, at, None, None, None, None, None, None))

    def add_label(self, name: str, at: float | str | None = None) -> Self:
        """Name a moment, by default the timeline's end so far."""
        try:
            where = position(at)
            if position(name).base != "label" or position(name).offset:
                raise Wrong(f"a label is named {name!r}", "begin with a letter, then letters, digits and '_'")
            self.items.append(Label(name, where, here()))
        except Wrong as wrong:
            mistake("position_wrong", wrong.message, wrong.hint)
        return self

    def add(self, timeline: Timeline, at: float | str | None = None) -> Self:
        """Play another timeline inside this one."""
        if not isinstance(cast(object, timeline), Timeline) or timeline is self:
            mistake("value_wrong", "add takes another Timeline", "write tl.add(part, at=…)")
            return self
        try:
            self.items.append(Nested(timeline, position(at), here()))
        except Wrong as wrong:
            mistake("position_wrong", wrong.message, wrong.hint)
        return self

    def _course(
        self, targets: object, courses: dict[str, tuple[Stop, ...]], said: tuple[object, ...]
    ) -> Self:
        """Play a tween with stops between its ends."""
        aims = tuple(aims_of(targets))
        kept: dict[str, tuple[Stop, ...]] = {}
        for name, stops in courses.items():
            if stops[0].relative:
                if checked(aims, {name: inside(aims, name)}):
                    kept[name] = stops
                continue
            values = [checked(aims, {name: stop.value}).get(name) for stop in stops]
            if None not in values:
                kept[name] = tuple(stop.holding(value) for stop, value in zip(stops, values, strict=True))
        if not aims or not kept:
            return self
        before = len(self.items)
        ends = {
            name: inside(aims, name) if each[0].relative else each[-1].value for name, each in kept.items()
        }
        self._tween(aims, None, ends, said)
        if len(self.items) > before:
            tween = self.items.pop()
            assert isinstance(tween, Tween)
            self.items.append(replace(tween, courses=kept))
        return self

    def _tween(
        self,
        targets: object,
        first: dict[str, object] | None,
        last: dict[str, object] | None,
        said: tuple[object, ...],
    ) -> Self:
        aims = tuple(aims_of(targets))
        manner = read_manner(
            {**self.usual, **{n: v for n, v in zip(SETTINGS, said, strict=True) if v is not None}}
        )
        if not aims or manner is None:
            return self
        if not (first or last):
            mistake("value_wrong", "the tween changes nothing", "name a property: opacity=0")
        first = checked(aims, first) if first is not None else None
        last = checked(aims, last) if last is not None else None
        if first or last:
            self.items.append(Tween(aims, first, last, manner, here()))
        return self
