"""What the properties of a node may hold."""

from __future__ import annotations

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
    underline: bool | None = None
    """The text's `underline` is drawn under spans that ask for it; under every line when none does."""


Value = bool | Number | str | Gradient | tuple[Shadow, ...] | tuple[Span, ...] | None
"""What a property holds; which of them it may be stands in `stage.vocabulary`."""


def check_value(node: str, kind: str, name: str, value: Value, rule: words.Property | None) -> None:
    """Hold one property against its rule; raises ValueError that names the node, the value and the range."""
    where = f"node {node!r}"
    if rule is None:
        raise ValueError(f"{where}: a {kind} has no property {name!r}")
    if value is None:
        return
    if rule.type == "number":
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(f"{where}: {name} is {value!r}; give a number")
        if (rule.low is not None and value < rule.low) or (rule.high is not None and value > rule.high):
            raise ValueError(f"{where}: {name} is {value:g}; give {rule.low:g} to {rule.high:g}")
    elif rule.type == "choice" and value not in rule.choices:
        raise ValueError(f"{where}: {name} is {value!r}; give one of {', '.join(filter(None, rule.choices))}")
    elif rule.type == "flag" and not isinstance(value, bool):
        raise ValueError(f"{where}: {name} is {value!r}; give true or false")
    elif rule.type in ("text", "file", "name") and not isinstance(value, str):
        raise ValueError(f"{where}: {name} is {value!r}; give a text")
    elif rule.type == "color" and not _is_color(value):
        raise ValueError(f"{where}: {name} is {value!r}; give a color as '#RRGGBB'")
    elif rule.type == "paint" and not (_is_color(value) or isinstance(value, Gradient)):
        raise ValueError(f"{where}: {name} is {value!r}; give a color as '#RRGGBB' or a gradient")
    elif rule.type == "shadows" and not (
        isinstance(value, tuple) and all(isinstance(s, Shadow) for s in value)
    ):
        raise ValueError(f"{where}: {name} is {value!r}; give a list of shadows")
    elif rule.type == "spans" and not (isinstance(value, tuple) and all(isinstance(s, Span) for s in value)):
        raise ValueError(f"{where}: {name} is {value!r}; give a list of spans")


def _is_color(value: Value) -> bool:
    return isinstance(value, str) and value.startswith("#") and len(value) in (7, 9) and _hex(value[1:])


def _hex(text: str) -> bool:
    return all(letter in "0123456789abcdefABCDEF" for letter in text)
