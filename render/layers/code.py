"""Lines of code in colors: typed letter by letter, and stepped back around the lines that matter."""

from __future__ import annotations

from dataclasses import dataclass

import skia

from render import brush, code
from render.item import Box, Item, Size
from render.text.block import Block, Composer, Line, Wish, place
from render.text.ink import Ink, ink_of
from render.text.parts import glyphs_of
from render.text.shape import Style, paragraphs

SIZING = ("size",)
_ASIDE = 0.26
"""How strong the lines are that step back."""


@dataclass(eq=False)
class _Laid:
    """The code shaped and set; lengths in px."""

    block: Block
    lines: list[Line]
    colors: list[str | None]
    numbers: list[tuple[Ink, float]]
    gutter: float
    width: float
    height: float
    typed: list[int]
    """Letters before each line."""


def _laid(item: Item, frame: int) -> _Laid:
    size = round(item.number("size", frame), 3)
    key = ("code", size)
    found = item.memo.get(key)
    if isinstance(found, _Laid):
        return found
    values = item.values
    text = values.text("code").expandtabs(4).strip("\n")
    try:
        pieces = code.pieces(text, values.text("language"), values.text("look"))
    except ValueError as error:
        item.kit.notice(f"code {item.node.id!r} has no colors: {error}")
        pieces = code.pieces(text, "", values.text("look"))
    style = Style(font=values.text("font") or "mono", size=size)
    height = values.number("line_height", 0)
    stretches = [(part, Style(font=style.font, size=size, span=at)) for at, (part, _) in enumerate(pieces)]
    block = _set(item, stretches or [("", style)], height)
    lines = place(block, Wish(line_height=height), block.width, block.height)
    gutter, numbers = 0.0, list[tuple[Ink, float]]()
    if values.flag("numbers"):
        blocks = [_set(item, [(str(at), style)], height) for at in range(1, len(lines) + 1)]
        gutter = max((each.width for each in blocks), default=0.0) + size * 1.2
        for each in blocks:
            numbers.append((ink_of(glyphs_of(each.lines[0], 1)[0], item.kit.scale), each.width))
    typed = [0]
    for line in text.split("\n"):
        typed.append(typed[-1] + len(line) + 1)
    if len(item.memo) > 16:
        item.memo.clear()
    found = _Laid(
        block, lines, [own for _, own in pieces], numbers, gutter, gutter + block.width, block.height, typed
    )
    item.memo[key] = found
    return found


def _set(item: Item, stretches: list[tuple[str, Style]], height: float) -> Block:
    sources = paragraphs(stretches, "ltr", 0, item.kit.fonts, item.kit.notice)
    return Composer(sources).compose(Wish(line_height=height))


def measure(item: Item, frame: int, width: float | None, height: float | None) -> Size:
    """Give the size of all its lines; a narrower room makes it smaller, never wraps it."""
    laid = _laid(item, frame)
    factor = min(1.0, (width or laid.width) / max(laid.width, 1))
    return (laid.width * factor, laid.height * factor)


def draw(canvas: skia.Canvas, item: Item, frame: int, opacity: float) -> None:
    """Paint the lines as far as they are typed."""
    laid = _laid(item, frame)
    factor = min(1.0, item.place[2] / max(laid.width, 1))
    canvas.save()
    canvas.scale(factor, factor)
    _focus(canvas, item, frame, opacity, laid)
    whole = laid.typed[-1] - 1
    shown = round(item.number("reveal", frame) * whole)
    chosen = code.lines_of(item.values.text("focus"))
    back = item.number("focus_amount", frame) if chosen else 0.0
    for at, line in enumerate(laid.lines):
        begins = laid.typed[at] if at < len(laid.typed) else whole
        if shown < begins or (shown == begins and begins and item.number("reveal", frame) < 1):
            break
        strength = opacity * (1 if at + 1 in chosen else 1 - back * (1 - _ASIDE))
        _number(canvas, item, frame, strength, laid, at)
        end = _line(canvas, item, frame, strength, laid, line, shown - begins)
        last = shown <= laid.typed[at + 1] - 1 if at + 1 < len(laid.typed) else True
        if last and 0 < shown < whole and item.values.flag("cursor"):
            _cursor(canvas, item, frame, opacity, line, end)
    canvas.restore()


def _line(
    canvas: skia.Canvas, item: Item, frame: int, opacity: float, laid: _Laid, line: Line, letters: int
) -> float:
    """Paint a line up to so many letters; gives where it ends."""
    key = ("line", id(laid), line.top, min(letters, len(line.row.text)))
    found = item.memo.get(key)
    if not isinstance(found, Ink):
        groups = glyphs_of(line, 1, 0, line.row.start + letters)[0]
        found = ink_of(groups, item.kit.scale)
        if len(item.memo) > 600:
            for old in list(item.memo)[1:300]:
                del item.memo[old]
        item.memo[key] = found
    own = item.values.paint("color", frame)
    plain = own if isinstance(own, str) else code.plain(item.values.text("look"))
    paints: dict[str, skia.Paint] = {}

    def paint_for(span: int) -> skia.Paint:
        color = laid.colors[span] if span < len(laid.colors) else None
        color = color or plain
        if color not in paints:
            paints[color] = brush.paint_of(color, skia.Rect(0, 0, 1, 1), opacity)
        return paints[color]

    canvas.save()
    canvas.translate(laid.gutter, 0)
    found.draw(canvas, paint_for)
    canvas.restore()
    _, _, right, _ = glyphs_of(line, 1, 0, line.row.start + letters)
    return laid.gutter + max(right, 0.0)


def _number(canvas: skia.Canvas, item: Item, frame: int, opacity: float, laid: _Laid, at: int) -> None:
    if at >= len(laid.numbers):
        return
    ink, width = laid.numbers[at]
    size = item.number("size", frame)
    paint = brush.paint_of(code.plain(item.values.text("look")), skia.Rect(0, 0, 1, 1), opacity * 0.45)
    canvas.save()
    canvas.translate(laid.gutter - size * 1.2 - width, laid.lines[at].top - laid.lines[0].top)
    ink.draw(canvas, lambda _: paint)
    canvas.restore()


def _cursor(canvas: skia.Canvas, item: Item, frame: int, opacity: float, line: Line, end: float) -> None:
    size = item.number("size", frame)
    box = skia.Rect.MakeXYWH(end + size * 0.06, line.baseline - size * 0.85, size * 0.1, size * 1.1)
    color = item.values.paint("color", frame) or code.plain(item.values.text("look"))
    canvas.drawRect(box, brush.paint_of(color, box, opacity))


def _focus(canvas: skia.Canvas, item: Item, frame: int, opacity: float, laid: _Laid) -> None:
    """Paint what lies behind the lines that matter, neighbours as one box."""
    value = item.values.paint("focus_fill", frame)
    chosen = sorted(code.lines_of(item.values.text("focus")))
    if value is None or not chosen:
        return
    size, strength = item.number("size", frame), item.number("focus_amount", frame)
    runs: list[list[int]] = []
    for number in (each for each in chosen if each <= len(laid.lines)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    for run in runs:
        top, bottom = laid.lines[run[0] - 1].top, laid.lines[run[-1] - 1].bottom
        box = skia.Rect(-size * 0.5, top, laid.width + size * 0.5, bottom)
        paint = brush.paint_of(value, box, opacity * strength)
        canvas.drawRRect(brush.rounded(box, size * 0.25), paint)


def folds(item: Item) -> bool:
    """Whether an opacity may go into the paint."""
    return not item.values.fixed.get("focus_fill")


def reach(item: Item, frame: int) -> Box:
    """Bounds of the lines, with room for what lies behind them."""
    edge = item.number("size", frame)
    return (-edge, -edge / 2, item.place[2] + edge, item.place[3] + edge)
