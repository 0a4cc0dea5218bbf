"""Paints and styles that a property may hold: gradients, drop shadows, runs of text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stage.color import spelled
from stage.mistakes import Wrong, mistake


@dataclass(frozen=True)
class Ramp:
    """A paint that runs from color to color; `linear` and `radial` make it."""

    shape: Literal["linear", "radial"]
    angle: float
    stops: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Shadow:
    """One drop shadow; `shadow` makes it."""

    x: float
    y: float
    blur: float
    spread: float
    color: str


@dataclass(frozen=True)
class Span:
    """A run of text with its own style; `span` makes it."""

    text: str
    style: tuple[tuple[str, object], ...]


Paint = str | Ramp
Stop = str | tuple[str, float]


def linear(*colors: Stop, angle: float = 90) -> Ramp:
    """Run from color to color in a line; angle 0 runs right, 90 down. A stop may be `("accent", 0.3)`."""
    return _ramp("linear", colors, angle)


def radial(*colors: Stop) -> Ramp:
    """Run from color to color out of the middle."""
    return _ramp("radial", colors, 0)


def shadow(
    x: float = 0, y: float = 8, blur: float = 24, color: str = "#00000055", spread: float = 0
) -> Shadow:
    """Cast a drop shadow; all lengths in px, blur is a sigma."""
    try:
        _numbers("shadow", x=x, y=y, blur=blur, spread=spread)
        if not 0 <= blur <= 400:
            raise Wrong(f"the blur of a shadow is {blur:g}", "give 0 to 400")
        return Shadow(x, y, blur, spread, spelled(color))
    except Wrong as wrong:
        mistake("value_wrong", wrong.message, wrong.hint)
        return Shadow(0, 8, 24, 0, "#00000055")


def span(
    text: str,
    *,
    color: Paint | None = None,
    weight: float | None = None,
    size: float | None = None,
    font: str | None = None,
    italic: bool | None = None,
    underline: bool | None = None,
    mark: Paint | None = None,
    strike: bool | None = None,
) -> Span:
    """Give a run of a text its own style; put it into a list of texts and spans."""
    style: dict[str, object] = {
        "font": font, "size": size, "weight": weight,
        "italic": italic, "color": color, "underline": underline,
        "mark": mark, "strike": strike,
    }  # fmt: skip
    try:
        _check_style(text, style)
    except Wrong as wrong:
        mistake("value_wrong", wrong.message, wrong.hint)
        return Span(str(text), ())
    return Span(text, tuple((name, value) for name, value in style.items() if value is not None))


def _check_style(text: object, style: dict[str, object]) -> None:
    if not isinstance(text, str):
        raise Wrong(f"the text of a span is {text!r}", "give a text")
    for name, low, high in (("size", 1, 4_000), ("weight", 1, 1_000)):
        value = style[name]
        if value is None:
            continue
        _numbers("span", **{name: value})
        if isinstance(value, int | float) and not low <= value <= high:
            raise Wrong(f"the {name} of a span is {value:g}", f"give {low} to {high}")
    for name in ("color", "mark"):
        value = style[name]
        if isinstance(value, str):
            style[name] = spelled(value)
        elif value is not None and not isinstance(value, Ramp):
            raise Wrong(f"the {name} of a span is {value!r}", "give a color or linear(…)")
    if style["font"] is not None and not isinstance(style["font"], str):
        raise Wrong(f"the font of a span is {style['font']!r}", "give a family's name")
    for name in ("italic", "underline", "strike"):
        if style[name] is not None and not isinstance(style[name], bool):
            raise Wrong(f"{name} of a span is {style[name]!r}", "give True or False")


def _ramp(shape: Literal["linear", "radial"], colors: tuple[Stop, ...], angle: float) -> Ramp:
    try:
        _numbers(shape, angle=angle)
        if not 2 <= len(colors) <= 8:
            raise Wrong(f"{shape}(…) has {len(colors)} colors", "give 2 to 8")
        last = len(colors) - 1
        stops = [
            stop if isinstance(stop, tuple) else (stop, index / last) for index, stop in enumerate(colors)
        ]
        for stop in stops:
            _check_stop(shape, stop)
        return Ramp(shape, angle, tuple((spelled(color), round(at, 4)) for color, at in stops))
    except Wrong as wrong:
        mistake("value_wrong", wrong.message, wrong.hint)
        return Ramp(shape, 0, (("#000000", 0), ("#FFFFFF", 1)))


def _check_stop(shape: str, stop: tuple[object, ...]) -> None:
    if len(stop) != 2 or not isinstance(stop[0], str):
        raise Wrong(f"a color of {shape}(…) is {stop!r}", "give a color or (color, 0 to 1)")
    _numbers(shape, stop=stop[1])
    if isinstance(stop[1], int | float) and not 0 <= stop[1] <= 1:
        raise Wrong(f"a color of {shape}(…) stands at {stop[1]:g}", "give 0 to 1")


def _numbers(owner: str, **values: object) -> None:
    for name, value in values.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not -1e9 < value < 1e9:
            raise Wrong(f"{name} of {owner}(…) is {value!r}", "give a number")
