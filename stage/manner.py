"""When and how a tween runs: its settings, held against their ranges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from stage import vocabulary as words
from stage.mistakes import Wrong, did_you_mean, mistake
from stage.names import SETTING_ALIASES
from stage.position import Position, position
from stage.values import number

SETTINGS = ("duration", "ease", "at", "delay", "stagger", "repeat", "yoyo", "repeat_delay", "immediate")
LONGEST = words.LIMITS["seconds"][1]


@dataclass(frozen=True)
class Cascade:
    """How several targets, or the parts of a text, follow one another; seconds."""

    each: float
    order: str = "start"
    total: float | None = None
    columns: int | None = None
    """Targets in one row of a grid, over which the order runs by distance."""


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


def read_manner(said: dict[str, object]) -> Manner | None:
    """Read what was said of a tween; a mistake is noted and nothing comes of it."""
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
    known = ("each", "order", "total", "columns")
    odd = next((name for name in said if name not in known), None)
    if odd is not None:
        raise Wrong(
            f"stagger has no {odd!r}{did_you_mean(str(odd), known, SETTING_ALIASES)}",
            "give each, order, total, columns",
        )
    order = said.get("order", "start")
    if order not in words.STAGGER_ORDERS:
        raise Wrong(f"order of the stagger is {order!r}", f"give one of {', '.join(words.STAGGER_ORDERS)}")
    total = said.get("total")
    if total is None and "each" not in said:
        raise Wrong("stagger says neither each nor total", "give each=0.1 or total=0.6")
    cap = None if total is None else number("total of the stagger", total, 0, LONGEST)
    each = number("each of the stagger", said["each"], 0, 60) if "each" in said else min(60.0, cap or 0.0)
    columns = None if "columns" not in said else number("columns of the stagger", said["columns"], 1, 1_000)
    return Cascade(each, str(order), cap, None if columns is None else int(columns))
