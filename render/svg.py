"""SVG markup made harmless, and recorded as a picture that draws quickly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, tostring  # nosec: parsed by defusedxml

import skia
from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from render import svgrules

_SPACE = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_LEFT_OUT = frozenset(
    {
        "script",
        "foreignObject",
        "image",
        "audio",
        "video",
        "iframe",
        "animate",
        "set",
        "animateTransform",
        "animateMotion",
        "handler",
        "listener",
    }
)
_ELSEWHERE = re.compile(r"url\(\s*['\"]?(?!#)[^)]*\)|@import[^;]*;?", re.IGNORECASE)
_MOST_PARTS = 50_000
_MOST_DEPTH = 100


@dataclass
class Drawing:
    """A drawing and its own size, px."""

    picture: skia.Picture
    size: tuple[float, float]


def read(markup: str, color: str) -> Drawing:
    """Read markup with a color for `currentColor`; raises ValueError that says what is wrong."""
    root, size = parse(markup, color)
    return Drawing(record(root, size), size)


def parse(markup: str, color: str) -> tuple[Element, tuple[float, float]]:
    """Read markup and make it harmless; gives its tree and its size, px. Raises ValueError."""
    try:
        root = ElementTree.fromstring(markup.encode())
    except (ParseError, DefusedXmlException) as error:
        raise ValueError(f"it is no SVG that can be read ({error})") from None
    if _name(root) != "svg":
        raise ValueError("it is no SVG: its root is not <svg>")
    count = _clean(root, color, 0)
    if count > _MOST_PARTS:
        raise ValueError(f"it has {count} parts; at most {_MOST_PARTS}")
    svgrules.inline(root)
    size, origin = _size(root)
    for name in ("width", "height"):
        root.attrib.pop(name, None)
    root.set("viewBox", f"{origin[0]} {origin[1]} {size[0]} {size[1]}")
    root.set("xmlns", _SPACE.strip("{}"))
    root.set("color", color[:7])
    return root, size


def record(root: Element, size: tuple[float, float]) -> skia.Picture:
    """Record a harmless tree; raises ValueError when it cannot be drawn."""
    stream = skia.MemoryStream.MakeCopy(tostring(root))
    dom = skia.SVGDOM.MakeFromStream(stream)
    if dom is None:
        raise ValueError("it is no SVG that can be drawn")
    dom.setContainerSize(skia.Size(*size))
    recorder = skia.PictureRecorder()
    dom.render(recorder.beginRecording(skia.Rect.MakeWH(*size)))
    return recorder.finishRecordingAsPicture()


def _name(element: Element) -> str:
    return str(element.tag).replace(_SPACE, "")


def _clean(element: Element, color: str, depth: int) -> int:
    """Take out scripts, handlers and all that lies outside; returns how many parts there are."""
    if depth > _MOST_DEPTH:
        raise ValueError(f"it nests deeper than {_MOST_DEPTH} elements")
    count = 1
    element.tag = _name(element)
    for name, value in list(element.attrib.items()):
        del element.attrib[name]
        local = "href" if name == _LINK else name
        outside = local == "href" and not value.strip().startswith("#")
        if not local.startswith(("{", "on", "ON", "On")) and not outside:
            element.set(local, _in_color(_ELSEWHERE.sub("none", value), color))
    if _name(element) == "style" and element.text:
        element.text = _in_color(_ELSEWHERE.sub("", element.text), color)
    for child in list(element):
        if callable(child.tag) or "}" in _name(child) or _name(child) in _LEFT_OUT:
            element.remove(child)
        else:
            count += _clean(child, color, depth + 1)
    return count


def _in_color(text: str, color: str) -> str:
    return re.sub("currentcolor", color[:7], text, flags=re.IGNORECASE)


def _size(root: Element) -> tuple[tuple[float, float], tuple[float, float]]:
    """Find a drawing's size and where its space begins."""
    view = [float(part) for part in re.findall(r"[-+.\deE]+", root.get("viewBox", "")) if _is_number(part)]
    if len(view) == 4 and view[2] > 0 and view[3] > 0:
        return (view[2], view[3]), (view[0], view[1])
    sides = [re.match(r"\s*([\d.]+)", root.get(name, "")) for name in ("width", "height")]
    found = [float(side[1]) if side and _is_number(side[1]) else 0 for side in sides]
    return (found[0] or 100.0, found[1] or 100.0), (0.0, 0.0)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
