"""From a text's properties to its layout: sources, wish and block, each made once."""

from __future__ import annotations

from dataclasses import dataclass

from domain.composition import Span
from render import numbers
from render.item import Item
from render.text.block import Block, Composer, Line, Wish, place
from render.text.shape import Style, paragraphs

_KEPT = 96


@dataclass(frozen=True)
class Lines:
    """The lines of one text in one box."""

    all: list[Line]


def style(item: Item, frame: int, span: Span | None = None, number: int = 0) -> Style:
    """Give the style of a text, or of one of its spans."""
    values = item.values
    own = span or Span(text="")
    weight = own.weight if own.weight is not None else round(item.number("weight", frame))
    features = values.text("features")
    if item.kind == "counter" and "tnum" not in features:
        features = f"tnum,{features}" if features else "tnum"
    return Style(
        font=own.font or values.text("font") or "body",
        size=own.size if own.size is not None else round(item.number("size", frame), 3),
        weight=weight,
        italic=own.italic if own.italic is not None else values.flag("italic"),
        features=features,
        language=values.text("language"),
        spacing=round(item.number("letter_spacing", frame), 4),
        span=number,
    )


def written(item: Item, value: float) -> str:
    """Write a value as a counter shows it."""
    values = item.values
    number = numbers.write(
        value,
        int(values.number("decimals", 0)),
        grouping=values.flag("grouping"),
        locale=values.text("locale"),
    )
    return f"{values.text('prefix')}{number}{values.text('suffix')}"


def composer(item: Item, frame: int, text: str | None = None) -> Composer:
    """Shape a text, or find it shaped already."""
    spans = item.spans() if text is None else ()
    if text is None:
        text = item.values.text("text")
    key = ("composer", text, style(item, frame))
    found = item.memo.get(key)
    if not isinstance(found, Composer):
        stretches = [(span.text, style(item, frame, span, at)) for at, span in enumerate(spans)]
        found = Composer(
            paragraphs(
                stretches or [(text, style(item, frame))],
                item.values.text("direction"),
                int(item.kit.rtl),
                item.kit.fonts,
                item.kit.notice,
            )
        )
        _trim(item)
        item.memo[key] = found
    return found


def wish(item: Item, frame: int, width: float | None, height: float | None) -> Wish:
    """Give what is asked of a text's layout within a room."""
    values = item.values
    if item.kind == "counter":
        return Wish(line_height=values.length("line_height", frame), align=values.text("align"))
    fit = values.text("fit")
    most = values.length("max_lines", frame)
    return Wish(
        width=width,
        height=height if fit != "none" or values.length("height", frame) is not None else None,
        line_height=values.length("line_height", frame),
        max_lines=None if most is None else int(most),
        fit=fit,
        smallest=values.number("min_size", frame),
        balance=values.flag("balance"),
        align=values.text("align"),
        vertical=values.text("vertical"),
    )


def block(item: Item, frame: int, room: tuple[float | None, float | None], text: str | None = None) -> Block:
    """Lay a text out within a room, or find it laid out already."""
    made = composer(item, frame, text)
    asked = wish(item, frame, *room)
    key = ("block", made, asked)
    found = item.memo.get(key)
    if not isinstance(found, Block):
        found = made.compose(asked)
        _trim(item)
        item.memo[key] = found
    return found


def lines(item: Item, frame: int, made: Block) -> list[Line]:
    """Stand the lines of a text in its final box."""
    key = ("lines", made, item.place[2], item.place[3])
    found = item.memo.get(key)
    if not isinstance(found, Lines):
        found = Lines(place(made, wish(item, frame, *item.room), item.place[2], item.place[3]))
        _trim(item)
        item.memo[key] = found
    return found.all


def _trim(item: Item) -> None:
    """Forget what was made first, when a text changes on every frame."""
    if len(item.memo) > _KEPT * 4:
        for key in list(item.memo)[:_KEPT]:
            del item.memo[key]
