"""A node on its way to the screen: its values over time, its place, and the layer that draws it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias, cast, runtime_checkable

from domain import plugins
from domain.composition import Node, Shadow, Span
from render.route import Route, route_of
from render.timeline import Changes, Values, changes_of
from stage import vocabulary as words

if TYPE_CHECKING:
    import skia

    from render.bands import Sounds
    from render.blur import Softened
    from render.clips import Clips
    from render.fields import Fields
    from render.fonts import Fonts
    from render.images import Images
    from render.kept import Kept
    from render.shadow import Shadows

Size = tuple[float, float]
Box = tuple[float, float, float, float]
TILTS = ("rotation_x", "rotation_y", "perspective")
TURNS = ("x", "y", "scale", "scale_x", "scale_y", "rotation", "skew_x", *TILTS, "along")
"""Properties that move a node about."""
NEUTRAL = {"scale": 1.0, "scale_x": 1.0, "scale_y": 1.0, "rotation": 0.0, "skew_x": 0.0}
POSE = (*TURNS, "opacity", "blur")
"""Properties that move a node without changing what it shows."""


@dataclass
class Kit:
    """What layers draw with."""

    fonts: Fonts
    fields: Fields
    images: Images
    shadows: Shadows
    folder: Path
    notice: Callable[[str], None]
    blurs: Kept[Softened]
    effects: Sequence[Effect]
    """In their order."""
    rtl: bool
    fps: float
    scale: float
    """Device pixels for one pixel of the film."""
    alpha: bool = False
    """Whether what is transparent stays so."""

    @cached_property
    def clips(self) -> Clips:
        """The project's clips; few films have any, and their decoder is slow to load."""
        return cast("Clips", plugins.load("render", "clips").Clips(self.images.path, self.notice))

    @cached_property
    def sounds(self) -> Sounds:
        """The project's sounds as numbers to be seen."""
        return cast("Sounds", plugins.load("render", "bands").Sounds(self.images.path, self.notice))


class Layer(Protocol):
    """What a file in `render/layers` offers."""

    SIZING: tuple[str, ...]
    """Properties that change the natural size when they move."""

    def measure(self, item: Item, frame: int, width: float | None, height: float | None) -> Size:
        """Natural size within the room there is, px."""
        ...

    def draw(self, canvas: skia.Canvas, item: Item, frame: int, opacity: float) -> None:
        """Paint the item into its own box, whose corner is the origin."""
        ...

    def folds(self, item: Item) -> bool:
        """Whether an opacity may simply be given to the paint, because nothing overlaps."""
        ...

    def reach(self, item: Item, frame: int) -> Box:
        """Bounds of all that `draw` paints, children left out."""
        ...


Filter: TypeAlias = "skia.ImageFilter | None"
"""A picture on its way; nothing means what was painted."""


class Effect(Protocol):
    """What a file in `render/effects` offers."""

    ORDER: int
    """Effects of a lower order come first."""
    PROPERTIES: tuple[str, ...]
    """The words that call for it; without any of them it costs nothing."""

    def apply(self, item: Item, frame: int, picture: Filter) -> Filter:
        """Filter a picture; the same picture comes back where there is nothing to do on this frame."""
        ...

    def reach(self, item: Item, frame: int, box: Box) -> Box:
        """Bounds of what it makes of a picture within a box, in the item's own pixels."""
        ...


@runtime_checkable
class Lively(Protocol):
    """What a layer offers beside when its picture changes by the clock alone."""

    def changes(self, item: Item) -> Changes:
        """Tell on which frames it shows something else, whatever its tracks do."""
        ...


@runtime_checkable
class Arranging(Protocol):
    """What a layer offers beside when it places its children itself, and paints them among its own."""

    def places(self, item: Item, frame: int) -> list[tuple[Item, Box]]:
        """Give each child its place in the item's box."""
        ...


@dataclass(frozen=True)
class Copy:
    """One of the times that what an item holds is painted."""

    matrix: skia.Matrix
    """Where it stands, in the item's box."""
    opacity: float
    frame: int
    """The frame of the scene that it shows."""


@runtime_checkable
class Repeating(Protocol):
    """What a layer offers beside when it paints its children more than once."""

    def copies(self, item: Item, frame: int) -> list[Copy]:
        """Give every time that the children are painted, from the back to the front."""
        ...

    def lag(self, item: Item) -> int:
        """How many frames later the last copy plays than the first."""
        ...


class Item:
    """One node of one scene."""

    def __init__(self, node: Node, parent: Item | None, layer: Layer, kit: Kit) -> None:
        self.node = node
        self.kind = node.kind
        self.parent = parent
        self.layer = layer
        self.repeats = layer if isinstance(layer, Repeating) else None
        self.kit = kit
        self.values = Values(words.KINDS[node.kind], node.props, node.tracks)
        self.children: list[Item] = []
        self.place: Box = (0, 0, 0, 0)
        """Left, top, width and height in the parent's box."""
        self.baseline: float | None = None
        self.room: tuple[float | None, float | None] = (None, None)
        """The room that the last measure gave."""
        self.sizes: dict[tuple[float | None, float | None], Size] = {}
        self.sized_on = -1
        """The frame that the measured sizes hold for."""
        self.memo: dict[object, object] = {}
        self.turns = any(name in self.values.moving for name in TURNS)
        """Whether the place or the angle of the node moves by itself."""
        words_said = self.values.said | self.values.moving.keys()
        self.tilts = not words_said.isdisjoint(TILTS)
        """Whether the node stands in perspective."""
        self.effects = tuple(each for each in kit.effects if not words_said.isdisjoint(each.PROPERTIES))
        """What its words call for, in the order in which it is done."""
        self.carriers = _carriers(parent) if "motion_blur" in words_said else ()
        """What moves it about beside itself, from the scene down."""
        self.shutter = (self.turns or bool(self.carriers)) and "motion_blur" in words_said
        """Whether its motion may be smeared."""
        self.route = self._route()
        """The way that the node goes."""
        self.winds = bool(self.values.fixed.get("way"))
        """Whether it is a text on a way, which no room bounds."""
        self.upright = self.route is None and not self.tilts and self._all_hold(NEUTRAL)
        """Whether it is never scaled, turned or skewed: its place is all there is to its stance."""
        self.plain = self._is_plain()
        """Whether it is painted as it is, without a filter."""
        self.stance: tuple[Box, skia.Matrix] | None = None
        """Where a node that does not move stands, once that is known."""
        self.pivot: tuple[tuple[float, float], tuple[float, float]] | None = None
        self.magnified = kit.scale
        """Device pixels that one of its own takes where it is painted with effects."""
        self.shadows = _shadows(node)
        self.start = self.values.number("start", 0)
        self.end = self.values.length("end", 0)
        self.pose_moves = self._pose_moves()
        self.blur_moves = self.values.moves(("blur",))
        self.content_moves = self.moves = self._own_moves()
        self.sees_behind = False
        """Whether it, or something in it, shows what was painted before it in another light."""

    def _route(self) -> Route | None:
        way = self.values.text("follow")
        return route_of(way, self.node.id, self.kit.notice) if way else None

    def _is_plain(self) -> bool:
        if self.effects or self.shutter or self.values.fixed.get("blend") not in (None, "", "normal"):
            return False
        return all(self._holds(name, 0.0) for name in ("blur", "backdrop_blur"))

    def _pose_moves(self) -> Changes:
        """When it stands elsewhere than before; a smeared motion ends a frame later."""
        moves = self.values.moves(POSE)
        if not self.shutter:
            return moves
        every = Changes.union((moves, *(each.values.moves(TURNS) for each in self.carriers)))
        return Changes((first, last + 1) for first, last in every.ranges)

    def _own_moves(self) -> Changes:
        """When it looks different where it stands."""
        own = Changes.union((self.values.moves(set(self.values.moving) - set(POSE)), self._part_moves()))
        return Changes.union((own, self.layer.changes(self))) if isinstance(self.layer, Lively) else own

    def _all_hold(self, values: Mapping[str, float]) -> bool:
        return all(self._holds(name, value) for name, value in values.items())

    def _holds(self, name: str, value: float) -> bool:
        return name not in self.values.moving and self.values.number(name, 0) == value

    def _part_moves(self) -> Changes:
        count = len(str(self.node.props.get("text") or "")) + sum(
            len(span.text) for span in self.spans()
        )  # fmt: skip
        found: list[tuple[int, int]] = []
        for track in self.node.tracks:
            if track.unit is None:
                continue
            stretch = 0.0
            if track.stagger is not None:
                stretch = track.stagger.each * max(count, 40)
                if track.stagger.total is not None:
                    stretch = min(stretch, track.stagger.total)
            found.extend(changes_of(track.keys, stretch))
        return Changes(found)

    def spans(self) -> tuple[Span, ...]:
        """The rich runs of a text, if it has any."""
        value = self.node.props.get("spans")
        return value if isinstance(value, tuple) else ()  # pyright: ignore[reportReturnType]

    def settle(self) -> None:
        """Gather the changes of the whole subtree, once its children are there."""
        edges = [(int(edge), int(edge)) for edge in (self.start, self.end) if edge]
        lag = self.repeats.lag(self) if self.repeats else 0
        held = [(first, last + lag) for child in self.children for first, last in child.moves.ranges]
        inner = Changes.union((self.content_moves, Changes(held)))
        self.inner_moves = inner
        self.sees_behind = "backdrop_blur" in self.values.said | self.values.moving.keys() or any(
            child.sees_behind for child in self.children
        )
        self.moves = Changes.union((inner, self.pose_moves, Changes(edges)))

    def shown(self, frame: int) -> bool:
        """Tell whether the node is drawn at all on a frame of its scene."""
        return self.start <= frame and (self.end is None or frame < self.end)

    def opacity(self, frame: int) -> float:
        """Give the node's own opacity on a frame of the scene; 0 while it is not there."""
        if frame < self.start or (self.end is not None and frame >= self.end):
            return 0.0
        return self.values.number("opacity", frame)

    def number(self, name: str, frame: int) -> float:
        """Give a number on a frame of the scene."""
        return self.values.number(name, frame)

    def walk(self) -> Iterator[Item]:
        """Visit the item and all under it."""
        yield self
        for child in self.children:
            yield from child.walk()


def _carriers(parent: Item | None) -> tuple[Item, ...]:
    """Give an item and all that hold it, from the first of them that moves down; none when nothing does."""
    chain: list[Item] = []
    while parent is not None:
        chain.insert(0, parent)
        parent = parent.parent
    while chain and not chain[0].turns:
        chain.pop(0)
    return tuple(chain)


def _shadows(node: Node) -> tuple[Shadow, ...]:
    value = node.props.get("shadow")
    if not isinstance(value, tuple):
        return ()
    return tuple(each for each in value if isinstance(each, Shadow))


def grow(node: Node, parent: Item | None, layers: Mapping[str, Layer], kit: Kit) -> Item:
    """Make items of a node and all its children."""
    item = Item(node, parent, layers[node.kind], kit)
    item.children = [grow(child, item, layers, kit) for child in node.children]
    item.settle()
    return item
