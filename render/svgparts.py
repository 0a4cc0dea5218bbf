"""A drawing taken apart at named elements, and its lines drawn on."""

from __future__ import annotations

import copy
import math
import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element  # nosec: parsed by defusedxml

import skia

from render.svgpath import parse

SHAPES = frozenset({"path", "circle", "ellipse", "rect", "line", "polyline", "polygon", "text", "use"})
KEPT = frozenset(
    {"defs", "clipPath", "mask", "linearGradient", "radialGradient", "pattern", "symbol", "marker", "filter"}
)
"""What is never shown by itself, but may be needed by what is."""
_INHERITED = ("fill", "stroke", "stroke-width")
_FILLS_FROM = 0.6
"""Where in the drawing-on of lines fills begin to appear."""


def split(root: Element, names: frozenset[str]) -> list[tuple[str, Element]]:
    """Take a tree apart in painting order: named elements, and what lies between them under no name."""
    found: list[tuple[str, set[int]]] = []
    for element, owner in _shown(root, names, ""):
        if not found or found[-1][0] != owner or (owner and owner in (name for name, _ in found[:-1])):
            found.append((owner, set()))
        found[-1][1].add(id(element))
    return [(owner, _only(root, kept)) for owner, kept in found]


def _shown(element: Element, names: frozenset[str], owner: str) -> Iterator[tuple[Element, str]]:
    """Visit every shape with the named element that it belongs to."""
    for child in element:
        if child.tag in KEPT:
            continue
        own = owner or (child.get("id", "") if child.get("id") in names else "")
        if child.tag in SHAPES:
            yield child, own
        else:
            yield from _shown(child, names, own)


def _only(element: Element, kept: set[int]) -> Element:
    """Copy a tree with no other shapes than some."""
    made = Element(element.tag, dict(element.attrib))
    made.text, made.tail = element.text, element.tail
    for child in element:
        if child.tag in KEPT:
            made.append(copy.deepcopy(child))
        elif child.tag in SHAPES:
            if id(child) in kept:
                made.append(copy.deepcopy(child))
        else:
            made.append(_only(child, kept))
    return made


def names_in(root: Element) -> list[str]:
    """List the ids of what is shown."""
    return [each.get("id", "") for each in root.iter() if each.get("id") and each.tag not in KEPT]


def drawn_on(root: Element, share: float, scale: float) -> Element:
    """Copy a tree with all lines drawn to a share of their length; fills follow when most of it is there.

    `scale` is the size of the drawing, px: shapes without a line are drawn with a thin one until they fill.
    """
    made = copy.deepcopy(root)
    if share >= 1:
        return made
    inherited = {name: made.get(name, "") for name in _INHERITED}
    for child in made:
        _draw(child, inherited, max(share, 0.0), scale * 0.008)
    return made


def _draw(element: Element, above: Mapping[str, str], share: float, thin: float) -> None:
    if element.tag in KEPT:
        return
    style = _style(element)
    own = {name: style.get(name) or element.get(name) or above[name] for name in _INHERITED}
    if element.tag not in SHAPES:
        for child in element:
            _draw(child, own, share, thin)
        return
    fills = min(max((share - _FILLS_FROM) / (1 - _FILLS_FROM), 0.0), 1.0)
    opacity = _number(style.get("fill-opacity") or element.get("fill-opacity"), 1.0)
    said: dict[str, str] = {"fill-opacity": f"{opacity * fills:.4f}"}
    lined = own["stroke"] not in ("", "none")
    if not lined:
        said |= {
            "stroke": own["fill"] or "#000000",
            "stroke-width": f"{thin:.4f}",
            "stroke-opacity": f"{1 - fills:.4f}",
        }
    length = length_of(element)
    if length > 0:
        # a dash a little longer than the whole, so that its end never shows as a dot
        said["stroke-dasharray"] = f"{max(length * share, 1e-4):.4f} {length * 2 + 1:.4f}"
        if share <= 0:
            said["stroke-opacity"] = "0"
    style |= said
    element.set("style", ";".join(f"{name}:{value}" for name, value in style.items()))
    for name in said:
        element.attrib.pop(name, None)
        element.set(name, said[name])


def _style(element: Element) -> dict[str, str]:
    pairs = (part.split(":", 1) for part in element.get("style", "").split(";") if ":" in part)
    return {name.strip(): value.strip() for name, value in pairs}


def length_of(element: Element) -> float:
    """Give the length of a shape's line; 0 where it has none."""

    def number(name: str) -> float:
        return _number(element.get(name), 0.0)

    path = skia.Path()
    match element.tag:
        case "path":
            try:
                path = parse(element.get("d", ""))
            except ValueError:
                return 0.0
        case "circle":
            return 2 * math.pi * number("r")
        case "ellipse":
            path.addOval(skia.Rect.MakeWH(2 * number("rx"), 2 * number("ry")))
        case "rect":
            path.addRect(skia.Rect.MakeWH(number("width"), number("height")))
        case "line":
            return math.dist((number("x1"), number("y1")), (number("x2"), number("y2")))
        case "polyline" | "polygon":
            numbers = [
                float(each) for each in re.findall(r"[-+]?(?:\d+\.?\d*|\.\d+)", element.get("points", ""))
            ]
            points = [skia.Point(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=False)]
            path.addPoly(points, element.tag == "polygon")
        case _:
            return 0.0
    measured = skia.PathMeasure(path, False)
    longest = measured.getLength()
    while measured.nextContour():
        longest = max(longest, measured.getLength())
    return longest if math.isfinite(longest) else 0.0


def _number(text: str | None, instead: float) -> float:
    match = re.match(r"\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)", text or "")
    return float(match[1]) if match else instead
