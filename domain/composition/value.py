"""What the properties of a node may hold."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from domain.composition.measure import Number
from domain.composition.paint import Gradient, Paint, Shadow
from domain.nouns import Noun
from stage import vocabulary as words


class Span(Noun):
    """A run of text with a style of its own; what is not said is as the text around it."""

    text: str
    font: str | None = None
    size: float | None = Field(default=None, gt=0, le=4_000)
    weight: float | None = Field(default=None, ge=1, le=1_000)
    italic: bool | None = None
    color: Paint | None = None
    mark: Paint | None = None
    """What lies behind the words, as a highlighter leaves it."""
    strike: bool | None = None
    """The text's `strike` goes through spans that ask for it; through every line when none does."""
    underline: bool | None = None
    """The text's `underline` is drawn under spans that ask for it; under every line when none does."""


class Series(Noun):
    """A row of numbers that belong together; nothing stands for a gap."""

    name: str = ""
    values: tuple[Number | None, ...] = Field(max_length=5_000)
    color: Paint | None = None


class Said(Noun):
    """One word of a cue with its own time."""

    text: str
    start: Number
    """Frame of the scene."""
    end: Number


class Cue(Noun):
    """What is said from one moment to another."""

    start: Number
    """Frame of the scene."""
    end: Number
    text: str
    words: tuple[Said, ...] = ()
    """Its words, when their times are known."""


Entry = Annotated[float, Field(strict=True, allow_inf_nan=False)]
"""A number of a list: never a text that reads like one."""
Point = tuple[Entry, Entry]
Listed = (
    tuple[Shadow, ...]
    | tuple[Span, ...]
    | tuple[Series, ...]
    | tuple[Cue, ...]
    | tuple[Point, ...]
    | tuple[Entry, ...]
    | tuple[str, ...]
)
Value = bool | Number | str | Gradient | Listed | None
"""What a property holds; which of them it may be stands in `stage.vocabulary`."""

_WANTED = {
    "number": "a number", "flag": "true or false", "text": "a text", "file": "a text", "name": "a text",
    "color": "a color as '#RRGGBB'", "paint": "a color as '#RRGGBB' or a gradient",
    "shadows": "a list of shadows", "spans": "a list of spans", "series": "a list of series",
    "cues": "a list of cues", "points": "a list of [x, y]", "numbers": "a list of numbers",
    "texts": "a list of texts", "colors": "a list of colors as '#RRGGBB'",
}  # fmt: skip
_NOUNS: dict[str, type[Noun]] = {"shadows": Shadow, "spans": Span, "series": Series, "cues": Cue}


def check_value(node: str, kind: str, name: str, value: Value, rule: words.Property | None) -> None:
    """Hold one property against its rule; raises ValueError that names the node, the value and the range."""
    where = f"node {node!r}"
    if rule is None:
        raise ValueError(f"{where}: a {kind} has no property {name!r}")
    if value is None:
        return
    if not _fits(rule, value):
        wanted = _WANTED.get(rule.type) or f"one of {', '.join(filter(None, rule.choices))}"
        shown = repr(value)
        shown = shown if len(shown) <= 200 else f"{shown[:200]}…"
        raise ValueError(f"{where}: {name} is {shown}; give {wanted}")
    low, high = rule.low, rule.high
    if isinstance(value, tuple):
        if high is not None and len(value) > high:
            raise ValueError(f"{where}: {name} has {len(value)} entries; give at most {high:g}")
    elif isinstance(value, int | float) and (
        (low is not None and value < low) or (high is not None and value > high)
    ):
        raise ValueError(f"{where}: {name} is {value:g}; give {low:g} to {high:g}")


def _fits(rule: words.Property, value: Value) -> bool:
    """Tell whether a value is of its property's type."""
    match rule.type:
        case "number":
            return _is_number(value)
        case "choice":
            return value in rule.choices
        case "flag":
            return isinstance(value, bool)
        case "text" | "file" | "name":
            return isinstance(value, str)
        case "color":
            return _is_color(value)
        case "paint":
            return _is_color(value) or isinstance(value, Gradient)
        case "numbers":
            return isinstance(value, tuple) and all(_is_number(each) for each in value)
        case "texts":
            return isinstance(value, tuple) and all(isinstance(each, str) for each in value)
        case "colors":
            return isinstance(value, tuple) and all(_is_color(each) for each in value)
        case "points":
            return isinstance(value, tuple) and all(isinstance(each, tuple) for each in value)
        case "shadows" | "spans" | "series" | "cues":
            noun = _NOUNS[rule.type]
            return isinstance(value, tuple) and all(isinstance(each, noun) for each in value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_color(value: object) -> bool:
    return isinstance(value, str) and value.startswith("#") and len(value) in (7, 9) and _hex(value[1:])


def _hex(text: str) -> bool:
    return all(letter in "0123456789abcdefABCDEF" for letter in text)
