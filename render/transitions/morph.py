"""Nodes of one id in both scenes turn into each other, while the rest mixes."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import skia

from domain.composition import Gradient, Node, Scene, Value
from render import painter
from render.item import Item, grow
from render.passage import Pair, mix
from render.sight import Sight
from render.timeline import mixed

WHOLE = frozenset({"rect", "ellipse", "polygon", "star", "gradient", "image"})
"""Kinds that are drawn once with their properties half way; the others are drawn twice and mixed."""
UNMIXED = frozenset({"start", "end", "x", "y", "scale", "scale_x", "scale_y", "rotation", "opacity", "depth"})
"""What the place of a node says already, or never mixes."""


@dataclass(frozen=True)
class Stand:
    """Where a node's box is on the frame: center, size and turn; device pixels and degrees."""

    x: float
    y: float
    width: float
    height: float
    turn: float

    def towards(self, other: Stand, share: float) -> Stand:
        """Give the place on the straight way to another one, turned by the shorter side."""
        turn = (other.turn - self.turn + 180) % 360 - 180

        def between(a: float, b: float) -> float:
            return a + (b - a) * share

        return Stand(
            between(self.x, other.x),
            between(self.y, other.y),
            max(0.0, between(self.width, other.width)),
            max(0.0, between(self.height, other.height)),
            self.turn + turn * share,
        )


@dataclass(frozen=True)
class Shared:
    """A node that is in both scenes, with the opacity and matrix above each."""

    old: Item
    new: Item


def draw(canvas: skia.Canvas, pair: Pair) -> None:
    """Mix what is in one scene only, then lay what they share on it, on its way."""
    shared = _shared(pair)
    names = {each.new.node.id for each in shared}
    rests: list[Sight] = []
    for at, stretch in enumerate((pair.old, pair.new)):
        key = f"rest {at}"
        rest = pair.memo.get(key)
        if not isinstance(rest, Sight):
            rest = pair.memo[key] = pair.look(_without(stretch.sight.scene, names))
        rests.append(rest)
    leaving, entering = pair.picture(rests[0], pair.old.frame, 0), pair.picture(rests[1], pair.new.frame, 1)
    mix(canvas, leaving, entering, pair.share)
    pair.old.sight.settle(pair.old.frame)
    pair.new.sight.settle(pair.new.frame)
    for each in shared:
        _turn(canvas, pair, each)


def _shared(pair: Pair) -> list[Shared]:
    """Find the outermost nodes whose ids an author gave in both scenes, in the new scene's order."""
    old = {item.node.id: item for item in _named(pair.old.sight.roots)}
    return [Shared(old[item.node.id], item) for item in _outermost(pair.new.sight.roots, old)]


def _named(items: list[Item]) -> Iterator[Item]:
    for root in items:
        for item in root.walk():
            if not re.fullmatch(rf"{item.kind}_\d+", item.node.id):
                yield item


def _outermost(items: list[Item], old: Mapping[str, Item]) -> Iterator[Item]:
    for item in items:
        if item.node.id in old and not re.fullmatch(rf"{item.kind}_\d+", item.node.id):
            yield item
        else:
            yield from _outermost(item.children, old)


def _without(scene: Scene, names: set[str]) -> Scene:
    """Give a scene in which the nodes of these names are not seen, everything standing where it stood."""
    return scene.model_copy(update={"nodes": tuple(_hidden(node, names) for node in scene.nodes)})


def _hidden(node: Node, names: set[str]) -> Node:
    if node.id in names:
        tracks = tuple(track for track in node.tracks if track.property != "opacity")
        return node.model_copy(update={"props": {**node.props, "opacity": 0.0}, "tracks": tracks})
    return node.model_copy(update={"children": tuple(_hidden(child, names) for child in node.children)})


def _way(sight: Sight, item: Item, frame: int) -> tuple[skia.Matrix, float]:
    """Give what leads from an item's own box to the device's pixels, and the opacity that it has there."""
    chain = [item]
    while (above := chain[-1].parent) is not None:
        chain.append(above)
    matrix = skia.Matrix.Scale(sight.kit.scale, sight.kit.scale)
    matrix.preConcat(sight.view(frame).matrix(chain[-1].values.number("depth", frame)))
    opacity = 1.0
    for each in reversed(chain):
        matrix.preConcat(painter.pose(each, frame))
        opacity *= each.opacity(frame)
    return matrix, opacity


def _stand(matrix: skia.Matrix, item: Item) -> Stand:
    width, height = item.place[2], item.place[3]
    center = matrix.mapPoints([skia.Point(width / 2, height / 2)])[0]
    across, down = matrix.mapVector(1, 0), matrix.mapVector(0, 1)
    return Stand(
        center.x(),
        center.y(),
        width * math.hypot(across.x(), across.y()),
        height * math.hypot(down.x(), down.y()),
        math.degrees(math.atan2(across.y(), across.x())),
    )


def _turn(canvas: skia.Canvas, pair: Pair, shared: Shared) -> None:
    """Paint one shared node on its way."""
    old, old_opacity = _way(pair.old.sight, shared.old, pair.old.frame)
    new, new_opacity = _way(pair.new.sight, shared.new, pair.new.frame)
    here = _stand(old, shared.old).towards(_stand(new, shared.new), pair.share)
    share = min(max(pair.share, 0.0), 1.0)
    same = shared.old.kind == shared.new.kind
    if same and shared.new.kind in WHOLE and _source(shared.old) == _source(shared.new):
        opacity = old_opacity + (new_opacity - old_opacity) * share
        _whole(canvas, pair, shared, here, opacity)
        return
    # Two pictures of the same words cover each other: half way both are solid, and nothing shines through.
    boost = 2 if same and _words(shared.old) == _words(shared.new) else 1
    _placed(canvas, shared.old, pair.old.frame, here, old_opacity * min(1, boost * (1 - share)))
    _placed(canvas, shared.new, pair.new.frame, here, new_opacity * min(1, boost * share))


def _words(item: Item) -> object:
    props = item.node.props
    return props.get("spans") or props.get("text") or item.node.id


def _source(item: Item) -> object:
    return item.node.props.get("src")


def _whole(canvas: skia.Canvas, pair: Pair, shared: Shared, here: Stand, opacity: float) -> None:
    """Paint a node whose every property is half way."""
    scale = shared.new.kit.scale
    props: dict[str, Value] = {}
    for name, rule in shared.new.values.fixed.items():
        if name in UNMIXED or (rule is None and shared.old.values.fixed.get(name) is None):
            continue
        value = _between(
            shared.old.values.get(name, pair.old.frame),
            shared.new.values.get(name, pair.new.frame),
            pair.share,
        )
        if value is not None:
            props[name] = value
    props |= {"width": here.width / scale, "height": here.height / scale}
    node = shared.new.node.model_copy(update={"props": props, "tracks": (), "children": ()})
    item = grow(node, None, {node.kind: shared.new.layer}, shared.new.kit)
    item.place = (0.0, 0.0, here.width / scale, here.height / scale)
    canvas.save()
    canvas.translate(here.x, here.y)
    canvas.rotate(here.turn)
    canvas.scale(scale, scale)
    canvas.translate(-item.place[2] / 2, -item.place[3] / 2)
    painter.paint(canvas, item, 0, opacity)
    canvas.restore()


def _between(old: object, new: object, share: float) -> Value:
    """Mix two values of one property; what cannot be mixed changes half way."""
    if isinstance(old, bool) or isinstance(new, bool):
        pass
    elif isinstance(old, int | float) and isinstance(new, int | float):
        return old + (new - old) * share
    elif isinstance(old, str | Gradient) and isinstance(new, str | Gradient) and _paint(old) and _paint(new):
        return mixed(old, new, min(max(share, 0.0), 1.0))
    return old if share < 0.5 else new  # pyright: ignore[reportReturnType]


def _paint(value: str | Gradient) -> bool:
    return isinstance(value, Gradient) or value.startswith("#")


def _placed(canvas: skia.Canvas, item: Item, frame: int, here: Stand, opacity: float) -> None:
    """Paint a node as it is into a box on the way; letters keep their shape and take the box's height."""
    width, height = item.place[2], item.place[3]
    if opacity <= painter.FAINT or width <= 0 or height <= 0:
        return
    across, down = here.width / width, here.height / height
    if item.kind in ("text", "counter", "svg"):
        across = down
    own = item.opacity(frame)
    inverse = skia.Matrix()
    if own <= 0 or not painter.pose(item, frame).invert(inverse):
        return
    canvas.save()
    canvas.translate(here.x, here.y)
    canvas.rotate(here.turn)
    canvas.scale(across, down)
    canvas.translate(-width / 2, -height / 2)
    canvas.concat(inverse)
    painter.paint(canvas, item, frame, opacity / own)
    canvas.restore()
