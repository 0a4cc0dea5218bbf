"""Holding an author's values against the rules of the vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import cast

from stage import listed
from stage.captions import cues
from stage.color import spelled
from stage.mistakes import Wrong
from stage.paint import Ramp, Shadow, Span
from stage.vocabulary import Property

SECONDS = ("start", "end")
"""Properties that authors say in seconds and compositions hold in frames."""

_LISTS: dict[str, Callable[[str, object], tuple[object, ...]]] = {
    "numbers": listed.numbers,
    "points": listed.points,
    "texts": listed.texts,
    "colors": listed.colors,
    "series": listed.rows,
    "cues": cues,
}


def clean(owner: str, name: str, rule: Property, value: object) -> object:
    """Bring a value into the form that a node keeps.

    Raises Wrong when it is of another type or out of range.
    """
    if value is None:
        if rule.default is None:
            return None
        raise Wrong(f"{name} of {owner} is None", f"leave it out for {rule.default!r}")
    match rule.type:
        case "number":
            return number(f"{name} of {owner}", value, rule.low, rule.high)
        case "choice":
            return _choice(owner, name, rule, value)
        case "flag":
            return _flag(owner, name, value)
        case "color":
            return _color(owner, name, value)
        case "paint":
            return (
                value
                if isinstance(value, Ramp)
                else _color(owner, name, value, "a color, linear(…) or radial(…)")
            )
        case "shadows":
            return _listed(owner, name, value, Shadow, "shadow(…), or a list of them")
        case "spans":
            return _spans(owner, name, value)
        case "file":
            return _file(owner, name, value)
        case "text" | "name":
            return _text(owner, name, value)
        case _:
            return _many(f"{name} of {owner}", rule, value)


def _many(what: str, rule: Property, value: object) -> tuple[object, ...]:
    """Bring a list into form, no longer than its rule allows; raises Wrong."""
    found = _LISTS[rule.type](what, value)
    if rule.high is not None and len(found) > rule.high:
        raise Wrong(f"{what} has {len(found):,} entries", f"give at most {rule.high:,g}")
    return found


def number(what: str, value: object, low: float | None = None, high: float | None = None) -> float:
    """Hold a number against its range; raises Wrong."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Wrong(f"{what} is {value!r}", "give a number")
    if value != value or value in (float("inf"), float("-inf")):
        raise Wrong(f"{what} is {value}", "give a finite number")
    if (low is not None and value < low) or (high is not None and value > high):
        raise Wrong(f"{what} is {plain(value)}", f"give {plain(low)} to {plain(high)}")
    return value


def plain(number: float | None) -> str:
    """Write a number as people read it: `7,200`, `0.5`."""
    if number is None:
        return "any number"
    return f"{number:,.0f}" if number == int(number) and abs(number) < 1e15 else f"{number:,g}"


def _choice(owner: str, name: str, rule: Property, value: object) -> str:
    if isinstance(value, str) and value in rule.choices:
        return value
    raise Wrong(f"{name} of {owner} is {value!r}", f"give one of {', '.join(filter(None, rule.choices))}")


def _flag(owner: str, name: str, value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise Wrong(f"{name} of {owner} is {value!r}", "give True or False")


def _color(owner: str, name: str, value: object, wanted: str = "a color") -> str:
    if not isinstance(value, str):
        raise Wrong(f"{name} of {owner} is {value!r}", f"give {wanted}")
    try:
        return spelled(value)
    except Wrong as wrong:
        raise Wrong(f"{name} of {owner} is {value!r}", wrong.hint) from None


def _text(owner: str, name: str, value: object) -> str:
    if name == "allow" and isinstance(value, list | tuple):
        value = ",".join(str(each) for each in cast(Iterable[object], value))
    if not isinstance(value, str):
        raise Wrong(f"{name} of {owner} is {value!r}", "give a text")
    broken = next((letter for letter in value if "\ud800" <= letter <= "\udfff" or letter == "\0"), None)
    if broken is not None:
        raise Wrong(f"{name} of {owner} holds the broken character {broken!r}", "remove it")
    return value


def _file(owner: str, name: str, value: object) -> str:
    path = _text(owner, name, value)
    parts = path.split("/")
    if path.startswith("/") or ".." in parts or "\\" in path or "://" in path:
        raise Wrong(f"{name} of {owner} is {path!r}", "give a path in the project: 'assets/…'")
    return "/".join(part for part in parts if part not in ("", "."))


def _listed(owner: str, name: str, value: object, of: type, wanted: str) -> tuple[object, ...]:
    items = tuple(cast(Iterable[object], value)) if isinstance(value, list | tuple) else (value,)
    if all(isinstance(item, of) for item in items):
        return items
    raise Wrong(f"{name} of {owner} is {value!r}", f"give {wanted}")


def _spans(owner: str, name: str, value: object) -> tuple[Span, ...]:
    items = cast(Iterable[object], value) if isinstance(value, list | tuple) else (value,)
    found = [Span(item, ()) if isinstance(item, str) else item for item in items]
    if not all(isinstance(item, Span) for item in found):
        raise Wrong(f"{name} of {owner} is {value!r}", 'give a list of texts and span("…", color=…)')
    return tuple(cast(list[Span], found))
