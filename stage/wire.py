"""Writing an author's values as the composition holds them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from stage.listed import Series
from stage.paint import Ramp, Shadow, Span
from stage.theme import Theme


def tidy(number: float) -> float:
    """Round to what can be seen, and write whole numbers without a point."""
    rounded = round(number, 4)
    return int(rounded) if rounded == int(rounded) else rounded


def value(said: object, theme: Theme, *, colored: bool | None = None) -> object:
    """Write a value; texts that are colors are looked up in the theme.

    Raises Wrong when it has no such color.
    """
    match said:
        case bool() | None:
            return said
        case int() | float():
            return tidy(said)
        case str():
            return theme.color(said) if colored is not False else said
        case Ramp():
            stops = [{"color": theme.color(color), "at": tidy(at)} for color, at in said.stops]
            return {"shape": said.shape, "angle": tidy(said.angle), "stops": stops}
        case Shadow():
            return _shadow(said, theme)
        case Span():
            style = {name: value(each, theme, colored=name in ("color", "mark")) for name, each in said.style}
            return {"text": said.text, **style}
        case Series():
            shown = {
                "name": said.name,
                "values": [None if each is None else tidy(each) for each in said.values],
            }
            return shown if said.color is None else {**shown, "color": value(said.color, theme)}
        case _:
            return [value(each, theme, colored=colored) for each in cast(Iterable[object], said)]


def _shadow(shadow: Shadow, theme: Theme) -> dict[str, object]:
    return {
        "x": tidy(shadow.x),
        "y": tidy(shadow.y),
        "blur": tidy(shadow.blur),
        "spread": tidy(shadow.spread),
        "color": theme.color(shadow.color),
    }
