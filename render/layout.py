"""Where everything stands: boxes from intents, anchors and real sizes."""

from __future__ import annotations

from render.flow import Asked, Placement, flow_places, flow_size, grid_places, grid_size
from render.item import Arranging, Item, Size
from render.timeline import Changes
from stage import vocabulary as words

SIZING = (
    "width", "height", "grow", "gap", "row_gap", "columns", "padding", "padding_x", "padding_y",
    "line_height", "max_lines", "min_size",
)  # fmt: skip
"""Properties of any kind that change where things stand when they move."""
_HANGING = ("group", "repeater")
"""Kinds whose children hang each on its own anchor."""
_SHARES = {"left": 0.0, "": 0.5, "right": 1.0, "top": 0.0, "bottom": 1.0}


def shares(anchor: str) -> tuple[float, float]:
    """Give a named point of a box as shares of its width and height."""
    parts = anchor.split("-")
    across = next((_SHARES[part] for part in parts if part in ("left", "right")), 0.5)
    down = next((_SHARES[part] for part in parts if part in ("top", "bottom")), 0.5)
    return across, down


def points(item: Item) -> tuple[tuple[float, float], tuple[float, float]]:
    """Give an item's anchor in its parent, and its own origin: its pivot."""
    if item.pivot is None:
        item.pivot = _points(item)
    return item.pivot


def _points(item: Item) -> tuple[tuple[float, float], tuple[float, float]]:
    anchor = shares(item.values.text("anchor"))
    origin = item.values.text("origin")
    if origin:
        return anchor, shares(origin)
    in_flow = item.parent is not None and item.parent.kind not in _HANGING
    if in_flow and "anchor" not in item.values.said:
        return anchor, (0.5, 0.5)
    return anchor, anchor


def padding(item: Item, frame: int) -> tuple[float, float]:
    """Give the space kept free at an item's sides, and above and below its content."""
    if "padding" not in item.values.fixed:
        return 0.0, 0.0
    both = item.values.number("padding", frame)
    across, down = item.values.length("padding_x", frame), item.values.length("padding_y", frame)
    return (both if across is None else across, both if down is None else down)


def sizing(item: Item) -> Changes:
    """Tell on which frames the layout of a subtree changes."""
    return Changes.union(each.values.moves((*SIZING, *each.layer.SIZING)) for each in item.walk())


def frame_box(width: float, height: float, inside: str) -> tuple[float, float, float, float]:
    """Give the part of the frame that a scene's child hangs in: left, top, width, height."""
    if inside == "frame":
        return (0, 0, width, height)
    left, top, right, bottom = words.SAFE_AREAS[words.frame_shape(round(width), round(height))]
    return (width * left, height * top, width * (1 - left - right), height * (1 - top - bottom))


def settle(root: Item, frame: int, width: float, height: float) -> None:
    """Lay out one child of a scene, and all under it, as it is on a frame."""
    left, top, wide, high = frame_box(width, height, root.values.text("inside"))
    room = _room(root, wide, high)
    size = size_of(root, frame, *room)
    (ax, ay), (ox, oy) = points(root)
    root.place = (left + ax * wide - ox * size[0], top + ay * high - oy * size[1], *size)
    arrange(root, frame)


def size_of(item: Item, frame: int, width: float | None, height: float | None) -> Size:
    """Give an item's size within a room: what it asks for, else its content's."""
    own = (item.values.length("width", frame), item.values.length("height", frame))
    if own[0] is not None and own[1] is not None and item.kind not in ("text", "counter"):
        return (own[0], own[1])
    wide = own[0] if own[0] is not None else width
    high = own[1] if own[1] is not None else height
    item.room = (None, None) if item.winds else (wide, high)
    if item.sized_on != frame:
        item.sizes.clear()
        item.sized_on = frame
    found = item.sizes.get((width, height))
    if found is None:
        found = item.sizes[width, height] = _content(item, frame, wide, high)
    return (own[0] if own[0] is not None else found[0], own[1] if own[1] is not None else found[1])


def _content(item: Item, frame: int, width: float | None, height: float | None) -> Size:
    if item.kind not in words.CONTAINERS:
        return item.layer.measure(item, frame, width, height)
    across, down = padding(item, frame)
    asked = Asked(
        item,
        frame,
        None if width is None else max(0, width - 2 * across),
        None if height is None else max(0, height - 2 * down),
        size_of,
    )
    if item.kind in _HANGING:
        inner = _extent(asked)
    elif item.kind == "grid":
        inner = grid_size(asked)
    else:
        inner = flow_size(asked)
    return (inner[0] + 2 * across, inner[1] + 2 * down)


def arrange(item: Item, frame: int) -> None:
    """Give every child of an item its place, and theirs in turn."""
    if not item.children:
        return
    if isinstance(item.layer, Arranging):
        for child, place in item.layer.places(item, frame):
            child.place = place
        return
    across, down = padding(item, frame)
    width, height = max(0.0, item.place[2] - 2 * across), max(0.0, item.place[3] - 2 * down)
    asked = Asked(item, frame, width, height, size_of)
    if item.kind in _HANGING:
        found = _anchored(asked)
    elif item.kind == "grid":
        found = grid_places(asked)
    else:
        found = flow_places(asked)
    for child, (left, top, wide, high) in found:
        child.place = (left + across, top + down, wide, high)
        arrange(child, frame)


def _anchored(asked: Asked) -> list[Placement]:
    found: list[Placement] = []
    for child in asked.item.children:
        width, height = asked.width or 0, asked.height or 0
        size = size_of(child, asked.frame, *_room(child, width, height))
        (ax, ay), (ox, oy) = points(child)
        found.append((child, (ax * width - ox * size[0], ay * height - oy * size[1], *size)))
    return found


def _extent(asked: Asked) -> Size:
    """Find the smallest box that holds all children where they hang."""
    wide = high = 0.0
    for child in asked.item.children:
        room = (asked.width, asked.height)
        if asked.width is not None and asked.height is not None:
            room = _room(child, asked.width, asked.height)
        size = size_of(child, asked.frame, *room)
        (ax, ay), (ox, oy) = points(child)
        wide = max(wide, _needed(ax, ox, size[0], _still(child, "x")))
        high = max(high, _needed(ay, oy, size[1], _still(child, "y")))
    return (wide, high)


def _needed(anchor: float, origin: float, size: float, offset: float) -> float:
    before = origin * size - offset
    after = (1 - origin) * size + offset
    needed = size
    if anchor > 0:
        needed = max(needed, before / anchor)
    if anchor < 1:
        needed = max(needed, after / (1 - anchor))
    return needed


def _still(item: Item, name: str) -> float:
    """Give an offset where it comes to rest: what is said, not where a move begins."""
    value = item.node.props.get(name)
    return float(value) if isinstance(value, int | float) else 0.0


def _room(item: Item, width: float, height: float) -> tuple[float, float]:
    """Find how large an item may become without leaving its parent's box."""
    (ax, ay), (ox, oy) = points(item)
    return (
        _free(ax, ox, width, _still(item, "x")),
        _free(ay, oy, height, _still(item, "y")),
    )


def _free(anchor: float, origin: float, whole: float, offset: float) -> float:
    at = anchor * whole + offset
    limits = [whole]
    if origin < 1:
        limits.append((whole - at) / (1 - origin))
    if origin > 0:
        limits.append(at / origin)
    least = min(limits)
    return least if least > 0 else whole
