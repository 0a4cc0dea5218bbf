"""Composing a drawing out of symbols: a ground, the symbol on it, and others beside it."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring  # nosec: only written

from providers.symbols.find import parts
from stage.color import contrast, from_oklch, mix, oklch, readable

SIDE = 96.0
"""Of the drawing's square."""
GRID = 24.0
LEAST_CONTRAST = 3.0
"""Of a symbol against its ground: WCAG 2.2, success criterion 1.4.11."""
_BADGE = re.compile(r"badge|solid|filled|sticker|app|button|tile|gefüllt|knopf|ملصق|زر", re.I)
_ROUND = re.compile(r"circle|round|circular|kreis|rund|دائر", re.I)
_PATTERN = re.compile(r"pattern|wallpaper|background|texture|muster|hintergrund|نمط|خلفية", re.I)
_LINE = re.compile(r"line|outline|stroke|mono|linie|kontur|خط", re.I)
_BOLD = re.compile(r"bold|thick|heavy|strong|fett|dick|عريض|سميك", re.I)
_THIN = re.compile(r"thin|light|fine|hairline|delicate|elegant|dünn|fein|zart|رفيع|رقيق", re.I)


@dataclass(frozen=True)
class Ink:
    """How a symbol is drawn."""

    color: str
    width: float
    """Of its line, on the grid of 24."""
    wash: str = ""
    """Color of its closed shapes; nothing leaves them open."""


def compose(symbols: Sequence[str], style: str, colors: Sequence[str]) -> str:
    """Draw one to three symbols in a style; without colors in `currentColor` alone."""
    width = 2.5 if _BOLD.search(style) else 1.25 if _THIN.search(style) else 1.75
    if _PATTERN.search(style):
        return _pattern(symbols, colors, width)
    if _BADGE.search(style):
        return _badge(symbols, colors, width, is_round=bool(_ROUND.search(style)))
    if colors and not _LINE.search(style):
        return _spot(symbols, colors, width)
    return _line(symbols, Ink(colors[0] if colors else "currentColor", width))


def _line(symbols: Sequence[str], ink: Ink) -> str:
    """Lines alone, side by side where there are several."""
    wide = SIDE * (1 + 0.9 * (len(symbols) - 1))
    root = _root(wide, SIDE)
    for at, symbol in enumerate(symbols):
        _symbol(root, symbol, (SIDE / 2 + at * SIDE * 0.9, SIDE / 2), 72, ink, at)
    return _text(root)


def _spot(symbols: Sequence[str], colors: Sequence[str], width: float) -> str:
    """A soft shape behind the first symbol, the others small beside it."""
    main = colors[0]
    tint = colors[1] if len(colors) > 1 else soft(main)
    root = _root(SIDE, SIDE)
    SubElement(
        root, "path", {"id": "ground", "d": blob(46 if len(symbols) > 2 else 52, 50, 38), "fill": tint}
    )
    ink = readable(main, tint, LEAST_CONTRAST)
    wash = mix(tint, "#FFFFFF" if oklch(tint)[0] > 0.5 else "#000000", 0.55)
    middle = ((48.0, 48.0), (46.0, 46.0), (40.0, 48.0))[len(symbols) - 1]
    _symbol(root, symbols[0], middle, (58, 50, 46)[len(symbols) - 1], Ink(ink, width, wash), 0)
    places = ((76.0, 76.0), (79.0, 23.0))
    for at, symbol in enumerate(symbols[1:], start=1):
        x, y = places[at - 1]
        color = colors[at + 1] if len(colors) > at + 1 else ink
        disc = {"id": f"disc-{at}", "cx": _n(x), "cy": _n(y), "r": "14.5", "fill": color}
        SubElement(root, "circle", disc)
        letter = readable(tint, color, LEAST_CONTRAST)
        _symbol(root, symbol, (x, y), 17, Ink(letter, width + 0.4), at)
    return _text(root)


def _badge(symbols: Sequence[str], colors: Sequence[str], width: float, *, is_round: bool) -> str:
    """A full shape with the symbol in it."""
    ground = colors[0] if colors else "currentColor"
    root = _root(SIDE, SIDE)
    side = SIDE - 2  # a shape that touches its frame is cut flat where it does
    corner = side / 2 if is_round else 22
    shape = {"id": "ground", "x": "1", "y": "1", "width": _n(side), "height": _n(side), "rx": _n(corner)}
    SubElement(root, "rect", {**shape, "fill": ground})
    if not colors:  # a hole in the shape: one color is all there is
        return _stamped(root, symbols[0], width)
    given = colors[1] if len(colors) > 1 else _on(ground)
    ink = readable(given, ground, LEAST_CONTRAST)
    size = 52 if len(symbols) == 1 else 66 / len(symbols)
    for at, symbol in enumerate(symbols):
        x = SIDE / 2 + (at - (len(symbols) - 1) / 2) * size * 1.12
        _symbol(root, symbol, (x, SIDE / 2), size, Ink(ink, width), at)
    return _text(root)


def _stamped(root: Element, symbol: str, width: float) -> str:
    """Cut a symbol out of the ground that is there."""
    ground = root[0]
    root.remove(ground)
    mask = SubElement(SubElement(root, "defs"), "mask", {"id": "cut"})
    SubElement(mask, "rect", {"width": _n(SIDE), "height": _n(SIDE), "fill": "#FFFFFF"})
    _symbol(mask, symbol, (48, 48), 52, Ink("#000000", width + 0.25), 0)
    ground.set("mask", "url(#cut)")
    root.append(ground)
    return _text(root)


def _pattern(symbols: Sequence[str], colors: Sequence[str], width: float) -> str:
    """Symbols all over a wide ground, each turned a little."""
    wide, high, step = 320.0, 180.0, 40.0
    root = _root(wide, high)
    if len(colors) > 1:
        SubElement(root, "rect", {"id": "ground", "width": _n(wide), "height": _n(high), "fill": colors[1]})
    color = colors[0] if colors else "currentColor"
    rows = math.ceil(high / step) + 1
    for row in range(rows):
        for column in range(-1, math.ceil(wide / step) + 1):
            x = column * step + (step / 2 if row % 2 else 0)
            turn = (row * 37 + column * 53) % 41 - 20
            symbol = symbols[(row + column) % len(symbols)]
            place = f"translate({_n(x)} {_n(row * step - 10)}) rotate({turn}) scale(0.9)"
            group = SubElement(
                root, "g", {"transform": place, **_stroke(Ink(color, width)), "opacity": "0.35"}
            )
            inner = SubElement(group, "g", {"transform": f"translate({_n(-GRID / 2)} {_n(-GRID / 2)})"})
            inner.extend(_shapes(symbol, ""))
    return _text(root)


def _symbol(root: Element, name: str, middle: tuple[float, float], size: float, ink: Ink, at: int) -> None:
    scale = size / GRID
    left, top = middle[0] - size / 2, middle[1] - size / 2
    place = f"translate({_n(left)} {_n(top)}) scale({_n(scale)})"
    called = "symbol" if at == 0 else f"symbol-{at + 1}"
    group = SubElement(root, "g", {"id": called, "transform": place, **_stroke(ink)})
    group.extend(_shapes(name, ink.wash))


def _stroke(ink: Ink) -> dict[str, str]:
    return {
        "fill": "none", "stroke": ink.color, "stroke-width": _n(ink.width), "stroke-linecap": "round",
        "stroke-linejoin": "round",
    }  # fmt: skip


def _shapes(name: str, wash: str) -> list[Element]:
    """A symbol's shapes; its closed ones carry the wash."""
    shapes: list[Element] = []
    for part in parts(name):
        tag = part.tag.rpartition("}")[2]
        made = Element(tag, dict(part.attrib))
        if wash and _closed(tag, part.get("d", "")):
            made.set("fill", wash)
        shapes.append(made)
    return shapes


def _closed(tag: str, path: str) -> bool:
    return tag in ("rect", "circle", "ellipse", "polygon") or path.rstrip().lower().endswith("z")


def blob(x: float, y: float, radius: float) -> str:
    """A soft, slightly uneven round shape about a point."""
    reach = [radius * share for share in (1.0, 0.94, 1.03, 0.96, 1.02, 0.93, 1.0, 0.97)]
    turns = [math.tau * at / len(reach) - 0.35 for at in range(len(reach))]
    points = [(x + r * math.cos(t), y + r * math.sin(t)) for r, t in zip(reach, turns, strict=True)]
    count = len(points)
    said = [f"M{_n(points[0][0])} {_n(points[0][1])}"]
    for at in range(count):
        before, here = points[at - 1], points[at]
        after, beyond = points[(at + 1) % count], points[(at + 2) % count]
        one = (here[0] + (after[0] - before[0]) / 6, here[1] + (after[1] - before[1]) / 6)
        two = (after[0] - (beyond[0] - here[0]) / 6, after[1] - (beyond[1] - here[1]) / 6)
        said.append(f"C{_n(one[0])} {_n(one[1])} {_n(two[0])} {_n(two[1])} {_n(after[0])} {_n(after[1])}")
    return "".join(said) + "Z"


def soft(color: str) -> str:
    """A quiet tint of a color, for the ground behind it."""
    light, chroma, hue = oklch(color)
    return from_oklch(0.92 if light < 0.75 else 0.34, min(chroma, 0.11) * 0.5, hue)


def _on(ground: str) -> str:
    return max("#FFFFFF", "#14161A", key=lambda each: contrast(each, ground))


def _root(width: float, height: float) -> Element:
    return Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {_n(width)} {_n(height)}"})


def _text(root: Element) -> str:
    return tostring(root, encoding="unicode")


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
