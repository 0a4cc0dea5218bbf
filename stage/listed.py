"""Lists that a property may hold: points, numbers, texts, colors, and series of numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from stage.color import spelled
from stage.mistakes import Wrong, mistake
from stage.paint import Paint, Ramp

FAR = 1e15
"""No number of a list is larger."""


@dataclass(frozen=True)
class Series:
    """A row of numbers with a name and a color; `series` makes it."""

    name: str
    values: tuple[float | None, ...]
    color: Paint | None = None


Data = Iterable[float | None] | Mapping[str, Iterable[float | None]] | Iterable[Series]
"""What a chart shows: numbers, named rows of numbers, or `series(…)`."""


def series(values: Iterable[float | None], name: str = "", color: Paint | None = None) -> Series:
    """Name and color a row of numbers; None is a gap."""
    try:
        if not isinstance(color, Ramp | None):
            color = spelled(color)
        return Series(_name(name), _row("a series", values), color)
    except Wrong as wrong:
        mistake("value_wrong", wrong.message, wrong.hint)
        return Series("", ())


def rows(what: str, value: object) -> tuple[Series, ...]:
    """Bring a chart's data into rows; raises Wrong."""
    if isinstance(value, Series):
        return (value,)
    if isinstance(value, Mapping):
        named = cast(Mapping[object, object], value)
        if named and all(isinstance(each, int | float) for each in named.values()):
            raise Wrong(
                f"{what} is a dict of single numbers",
                "give Chart([3, 5], labels=['A', 'B']), or lists by name: {'2025': [3, 5]}",
            )
        return tuple(Series(_name(name), _row(what, each)) for name, each in named.items())
    items = listed(what, value, "numbers, or lists of them by name: {'2025': [3, 5]}")
    if items and all(isinstance(each, Series) for each in items):
        return cast(tuple[Series, ...], items)
    if items and all(isinstance(each, list | tuple) for each in items):
        return tuple(Series("", _row(what, each)) for each in items)
    return (Series("", _row(what, items)),) if items else ()


def numbers(what: str, value: object) -> tuple[float, ...]:
    """Bring a list of numbers into form; raises Wrong."""
    return tuple(number_in(what, each) for each in listed(what, value, "a list of numbers"))


def points(what: str, value: object) -> tuple[tuple[float, float], ...]:
    """Bring a list of points into form; raises Wrong."""
    found: list[tuple[float, float]] = []
    for each in listed(what, value, "a list of (x, y)"):
        if not isinstance(each, list | tuple) or len(cast(tuple[object, ...], each)) != 2:
            raise Wrong(f"{what} holds {each!r}", "give points as (x, y): [(0, 0), (300, 0)]")
        x, y = cast(tuple[object, object], each)
        found.append((number_in(what, x, 1e6), number_in(what, y, 1e6)))
    return tuple(found)


def texts(what: str, value: object) -> tuple[str, ...]:
    """Bring a list of texts into form; numbers become texts; raises Wrong."""
    found: list[str] = []
    for each in listed(what, value, "a list of texts"):
        if isinstance(each, bool) or not isinstance(each, str | int | float):
            raise Wrong(f"{what} holds {each!r}", "give texts")
        found.append(str(each).replace("\0", ""))
    return tuple(found)


def colors(what: str, value: object) -> tuple[str, ...]:
    """Bring a list of colors into form; raises Wrong."""
    items = (value,) if isinstance(value, str) else listed(what, value, "a list of colors")
    found: list[str] = []
    for each in items:
        if not isinstance(each, str):
            raise Wrong(f"{what} holds {each!r}", "give colors: ['accent', '#FF8800']")
        found.append(spelled(each))
    return tuple(found)


def listed(what: str, value: object, wanted: str) -> tuple[object, ...]:
    """Give the entries of a list; raises Wrong when it is none."""
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
        raise Wrong(f"{what} is {value!r}", f"give {wanted}")
    return tuple(cast(Iterable[object], value))


def number_in(what: str, value: object, most: float = FAR) -> float:
    """Hold one number of a list against what can be shown; raises Wrong."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not -most <= value <= most:
        raise Wrong(f"{what} holds {value!r}", "give finite numbers")
    return value


def _row(what: str, value: object) -> tuple[float | None, ...]:
    items = listed(what, value, "a list of numbers")
    return tuple(None if each is None else number_in(what, each) for each in items)


def _name(name: object) -> str:
    if not isinstance(name, str | int | float) or isinstance(name, bool):
        raise Wrong(f"the name of a series is {name!r}", "give a text")
    return str(name)
