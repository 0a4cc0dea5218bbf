"""The timeline of a scene: tweens in GSAP's words, times in seconds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Literal, Self, Unpack, cast

from stage import vocabulary as words
from stage.mistakes import Place, Wrong, article, did_you_mean, here, mistake
from stage.names import ALIASES, CAMERA_ALIASES, SETTING_ALIASES
from stage.node import Node, Parts, Target
from stage.position import Position, position
from stage.values import clean, number

if TYPE_CHECKING:
    from stage.animated import Animated

Aim = Target | Parts
Targets = Aim | Iterable[Aim]
Mode = Literal["to", "from", "set"]
SETTINGS = ("duration", "ease", "at", "delay", "stagger", "repeat", "yoyo", "repeat_delay", "immediate")
LONGEST = words.LIMITS["seconds"][1]


@dataclass(frozen=True)
class Cascade:
    """How several targets, or the parts of a text, follow one another; seconds."""

    each: float
    order: str = "start"
    total: float | None = None


@dataclass(frozen=True)
class Manner:
    """When and how a tween runs; seconds."""

    at: Position
    duration: float = 0.5
    ease: str = "power2.out"
    delay: float = 0
    stagger: Cascade | None = None
    repeat: int = 0
    """Plays after the first; -1 is to the scene's end."""
    yoyo: bool = False
    repeat_delay: float = 0
    immediate: bool = True


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

    def _tween(
        self,
        targets: object,
        first: dict[str, object] | None,
        last: dict[str, object] | None,
        said: tuple[object, ...],
    ) -> Self:
        aims = tuple(_aims(targets))
        manner = _manner(
            {**self.usual, **{n: v for n, v in zip(SETTINGS, said, strict=True) if v is not None}}
        )
        if not aims or manner is None:
            return self
        if not (first or last):
            mistake("value_wrong", "the tween changes nothing", "name a property: opacity=0")
        first = _checked(aims, first) if first is not None else None
        last = _checked(aims, last) if last is not None else None
        if first or last:
            self.items.append(Tween(aims, first, last, manner, here()))
        return self


def _aims(targets: object) -> list[Aim]:
    found: list[Aim] = []
    waiting = [targets]
    steps, most = 0, int(words.LIMITS["nodes"][1])
    while waiting:
        steps += 1
        if steps > most:
            mistake("target_wrong", f"a tween aims at more than {most:,} things", "give fewer nodes")
            return []
        each = waiting.pop()
        if isinstance(each, Target | Parts):
            found.append(each)
        elif isinstance(each, Iterable) and not isinstance(each, str | bytes | Mapping):
            waiting.extend(islice(cast(Iterable[object], each), most))
        else:
            shown = repr(each) if isinstance(each, str) else type(cast(object, each)).__name__
            shown = "nothing" if each is None else shown
            mistake(
                "target_wrong",
                f"a tween aims at {shown}",
                "give a node, a list of nodes, text.lines or scene.camera",
            )
    if not found and isinstance(targets, list | tuple) and not targets:
        mistake("target_wrong", "a tween aims at an empty list", "give at least one node")
    return found[::-1]


def _checked(aims: tuple[Aim, ...], properties: dict[str, object]) -> dict[str, object]:
    """Hold values against each target's table once per kind; wrong ones are noted and dropped."""
    kept = dict(properties)
    for name, table in {name_of(aim): table_of(aim) for aim in aims}.items():
        able = [word for word, rule in table.items() if rule.animatable]
        for word, value in properties.items():
            rule = table.get(word)
            if rule is None or not rule.animatable:
                aliases = SETTING_ALIASES | (CAMERA_ALIASES if name == "camera" else ALIASES)
                guess = did_you_mean(word, [*able, *SETTINGS], aliases) if rule is None else ""
                mistake("property_unknown", f"{name} has no animatable property {word!r}{guess}",
                        f"it can animate {', '.join(able)}")  # fmt: skip
                kept.pop(word, None)
                continue
            try:
                kept[word] = clean(article(name) if name != "camera" else "the camera", word, rule, value)
                if kept[word] is None:
                    raise Wrong(f"{word} of {name} is None", "give a value")
            except Wrong as wrong:
                mistake("value_wrong", wrong.message, wrong.hint)
                kept.pop(word, None)
    return kept


def name_of(aim: Aim) -> str:
    """The kind of a target, as messages name it."""
    return f"{aim.unit} of a {aim.owner.kind}" if isinstance(aim, Parts) else aim.kind


def table_of(aim: Aim) -> dict[str, words.Property]:
    """The properties of a target."""
    return words.PART_PROPERTIES if isinstance(aim, Parts) else aim.table


def node_of(aim: Aim) -> Target:
    """The node or camera behind a target."""
    return aim.owner if isinstance(aim, Parts) else aim


def _manner(said: dict[str, object]) -> Manner | None:
    try:
        ease = said.get("ease", "power2.out")
        if not isinstance(ease, str):
            raise Wrong(f"ease is {ease!r}", "give a name: 'power3.out'")
        try:
            words.parse_ease(ease)
        except ValueError as error:
            known = [*words.EASE_NAMES, *(f"{n}.{f}" for n in words.EASE_NAMES for f in words.EASE_FORMS)]
            raise Wrong(f"{ease!r} is no ease{did_you_mean(ease, known)}", str(error)) from None
        repeat = said.get("repeat", 0)
        if isinstance(repeat, bool) or not isinstance(repeat, int) or not -1 <= repeat <= 100_000:
            raise Wrong(
                f"repeat is {repeat!r}", "give whole plays after the first, or -1 for the scene's length"
            )
        for flag in ("yoyo", "immediate"):
            if not isinstance(said.get(flag, True), bool):
                raise Wrong(f"{flag} is {said[flag]!r}", "give True or False")
        return Manner(
            at=position(said.get("at")),
            duration=number("duration", said.get("duration", 0.5), 0, LONGEST),
            ease=ease.strip().replace(" ", ""),
            delay=number("delay", said.get("delay", 0), 0, LONGEST),
            stagger=_cascade(said.get("stagger")),
            repeat=repeat,
            yoyo=said.get("yoyo", False) is True,
            repeat_delay=number("repeat_delay", said.get("repeat_delay", 0), 0, LONGEST),
            immediate=said.get("immediate", True) is True,
        )
    except Wrong as wrong:
        mistake("setting_wrong", wrong.message, wrong.hint)
        return None


def _cascade(stagger: object) -> Cascade | None:
    if stagger is None:
        return None
    if not isinstance(stagger, Mapping):
        return Cascade(number("stagger", stagger, 0, 60))
    said = cast(Mapping[str, object], stagger)
    known = ("each", "order", "total")
    odd = next((name for name in said if name not in known), None)
    if odd is not None:
        raise Wrong(
            f"stagger has no {odd!r}{did_you_mean(str(odd), known, SETTING_ALIASES)}",
            "give each, order, total",
        )
    order = said.get("order", "start")
    if order not in words.STAGGER_ORDERS:
        raise Wrong(f"order of the stagger is {order!r}", f"give one of {', '.join(words.STAGGER_ORDERS)}")
    total = said.get("total")
    if total is None and "each" not in said:
        raise Wrong("stagger says neither each nor total", "give each=0.1 or total=0.6")
    cap = None if total is None else number("total of the stagger", total, 0, LONGEST)
    each = number("each of the stagger", said["each"], 0, 60) if "each" in said else min(60.0, cap or 0.0)
    return Cascade(each, str(order), cap)


def owner_node(aim: Aim) -> Node | None:
    """The node behind a target, nothing for a camera."""
    target = node_of(aim)
    return target if isinstance(target, Node) else None
