"""One scene ready to be drawn: its items, its camera, its ground, and what of it stands still."""

from __future__ import annotations

import math

import skia

from domain.composition import Gradient, Scene
from render import blur, brush, layout, painter
from render.fields import Field
from render.item import Item, Kit, Layer, grow
from render.kept import Kept
from render.timeline import Changes, Values
from stage import vocabulary as words

_LEAST_RUN = 3
"""A picture of what stands still at the back is kept when it serves at least this many frames."""
_KEEP_RUN = 6
"""A picture of one still node is kept when it serves at least this many frames."""
_SHARP = 0.3
"""A softness below this many pixels is none."""
LENS = ("focus", "aperture")
_KEPT_BYTES = 96_000_000


class Sight:
    """A scene as it is seen."""

    def __init__(self, scene: Scene, size: tuple[int, int], layers: dict[str, Layer], kit: Kit) -> None:
        self.scene = scene
        self.width, self.height = size
        self.kit = kit
        self.camera = Values(words.CAMERA, {}, scene.camera)
        self.camera_moves = self.camera.moves(words.CAMERA)
        self.lens_moves = self.camera.moves(LENS)
        self.lens = "aperture" in self.camera.said | self.camera.moving.keys()
        """Whether depth may be out of focus."""
        self.roots = [grow(node, None, layers, kit) for node in scene.nodes]
        self._sizing = [layout.sizing(root) for root in self.roots]
        self._laid: list[object] = [None] * len(self.roots)
        self._settled: tuple[int, float] = (0, -1)
        """First and last of the frames that all is laid out for."""
        self.root_moves = [self._moves(root) for root in self.roots]
        self.moves = Changes.union(self.root_moves)
        self._ground: tuple[object, skia.Image] | None = None
        self._stills: Kept[tuple[skia.Image, int, int]] = Kept(_KEPT_BYTES)

    def _moves(self, root: Item) -> Changes:
        if any(item.values.get("depth", 0) or "depth" in item.values.moving for item in root.walk()):
            return Changes.union((root.moves, self.camera_moves))
        return Changes.union((root.moves, self.lens_moves)) if self.lens_moves.ranges else root.moves

    def settle(self, frame: int) -> None:
        """Lay everything out as it is on a frame."""
        since, until = self._settled
        if since <= frame <= until:
            return
        since, until = 0, math.inf
        for at, root in enumerate(self.roots):
            key, last = self._sizing[at].run(frame)
            since, until = max(since, key), min(until, last)
            if self._laid[at] != key:
                layout.settle(root, key, self.width, self.height)
                self._laid[at] = key
        self._settled = (since, until)

    def view(self, frame: int) -> painter.View:
        """Give the camera on a frame."""
        x, y, zoom, rotation = (self.camera.number(name, frame) for name in ("x", "y", "zoom", "rotation"))
        return painter.View(x, y, zoom, rotation, self.width, self.height)

    def draw(self, surface: skia.Surface, frame: int) -> None:
        """Draw the scene on a frame; what stands still at its back is drawn once and kept."""
        self.settle(frame)
        canvas = surface.getCanvas()
        still, key = self._still(frame)
        start = 0
        if still:
            if self._ground is None or self._ground[0] != key:
                self._background(canvas)
                self._roots(canvas, frame, 0, still)
                self._ground = (key, surface.makeImageSnapshot())
            else:
                canvas.drawImage(
                    self._ground[1], 0, 0, brush.NEAREST, skia.Paint(BlendMode=skia.BlendMode.kSrc)
                )
            start = still
        else:
            self._background(canvas)
        self._roots(canvas, frame, start, len(self.roots))

    def _still(self, frame: int) -> tuple[int, object]:
        """Count the nodes at the back that stand still around a frame."""
        key: list[int] = []
        worth = 0
        for at, moves in enumerate(self.root_moves):
            first, last = moves.run(frame)
            if last - first + 1 < _LEAST_RUN:
                break
            key.append(first)
            worth = at + 1
        return worth, tuple(key)

    def _roots(self, canvas: skia.Canvas, frame: int, first: int, last: int) -> None:
        view = self.view(frame)
        whole = skia.Matrix.Scale(self.kit.scale, self.kit.scale)
        looks = bool(view.x or view.y or view.zoom != 1 or view.rotation)
        plain = not looks and self.kit.scale == 1 and not self.lens
        for at in range(first, last):
            root = self.roots[at]
            matrix = whole
            if looks:
                matrix = skia.Matrix.Concat(whole, view.matrix(root.values.number("depth", frame)))
            begun, ended = self.root_moves[at].run(frame)
            if ended - begun + 1 >= _KEEP_RUN:
                if root.opacity(frame) <= painter.FAINT:
                    continue
                kept = self._kept(at, frame, begun, matrix)
                if kept is not None:
                    canvas.drawImage(*kept)
                    continue
            if plain:
                painter.paint(canvas, root, frame)
                continue
            canvas.save()
            canvas.concat(matrix)
            self._root(canvas, root, frame)
            canvas.restore()

    def _softness(self, root: Item, frame: int) -> float:
        """How far a node's depth lies off the camera's focus, as the sigma of a blur."""
        if not self.lens or root.sees_behind:
            return 0
        off = root.values.number("depth", frame) - self.camera.number("focus", frame)
        return abs(off) * self.camera.number("aperture", frame)

    def _root(self, canvas: skia.Canvas, root: Item, frame: int) -> None:
        """Paint a node as the lens sees it."""
        sigma = self._softness(root, frame)
        if sigma < _SHARP:
            painter.paint(canvas, root, frame)
            return
        bounds = painter.pose(root, frame).mapRect(skia.Rect(*painter.outer(root, frame)))
        mode = brush.BLENDS.get(root.values.text("blend"), skia.BlendMode.kSrcOver)

        def draw(target: skia.Canvas) -> None:
            painter.paint(target, root, frame)

        blur.blurred(canvas, bounds, sigma, skia.Paint(BlendMode=mode), draw)

    def _kept(
        self, at: int, frame: int, first: int, matrix: skia.Matrix
    ) -> tuple[skia.Image, int, int] | None:
        """Give a node that stands still over something moving as an image, unless painting it is as quick."""
        root = self.roots[at]
        blend = root.values.text("blend")
        if blend not in ("", "normal") or root.sees_behind:
            return None
        key = (at, first)
        kept = self._stills.get(key)
        if kept is not None:
            return kept
        reach = skia.Rect(*painter.outer(root, frame)).makeOutset(2, 2)
        bounds = skia.Matrix.Concat(matrix, painter.pose(root, frame)).mapRect(reach)
        edge = 3 * self._softness(root, frame) * blur.scale_of(matrix)
        bounds = bounds.makeOutset(edge, edge)
        left, top = max(0, math.floor(bounds.left())), max(0, math.floor(bounds.top()))
        right = min(round(self.width * self.kit.scale), math.ceil(bounds.right()))
        bottom = min(round(self.height * self.kit.scale), math.ceil(bounds.bottom()))
        if right <= left or bottom <= top:
            return None
        info = skia.ImageInfo.Make(
            right - left, bottom - top, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType
        )
        surface = skia.Surface.MakeRaster(info)
        canvas = surface.getCanvas()
        canvas.translate(-left, -top)
        canvas.concat(matrix)
        self._root(canvas, root, frame)
        kept = (surface.makeImageSnapshot(), left, top)
        return self._stills.put(key, kept, (right - left) * (bottom - top) * 4)

    def _background(self, canvas: skia.Canvas) -> None:
        value = self.scene.background
        width, height = canvas.imageInfo().width(), canvas.imageInfo().height()
        if isinstance(value, Gradient):
            stops = tuple((stop.at, stop.color) for stop in value.stops)
            if value.shape == "radial":
                reach = (width**2 + height**2) ** 0.5 / 2
                field = Field("radial", stops, width, height, width / 2, height / 2, reach)
            else:
                x1, y1, x2, y2 = brush.line_ends(value.angle, width, height)
                field = Field("linear", stops, width, height, x1, y1, x2 - x1, y2 - y1)
            canvas.clear(0 if self.kit.alpha else 0xFF000000)
            canvas.drawImage(self.kit.fields.image(field, keep=True), 0, 0)
            return
        canvas.clear(brush.color.packed(value if self.kit.alpha else brush.color.over_black(value)))
