"""A film as pictures: any frame of it as pixels, and where everything stands on it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

import numpy as np
import skia
from numpy.typing import NDArray

from domain import plugins
from domain.composition import Composition, Scene, walk
from domain.layout import Layout
from render import brush, passage, report
from render.fields import Fields
from render.fonts import Fonts
from render.images import Images
from render.item import Effect, Kit, Layer
from render.kept import Kept
from render.shadow import Shadows
from render.sight import Sight

Pixels = NDArray[np.uint8]
_KEPT_BYTES = 64_000_000
BLACK = "#000000"


def _effects() -> dict[str, Effect]:
    return cast("dict[str, Effect]", plugins.load_all("render.effects"))


class Picture:
    """Draws the frames of one film; the same frame is the same bytes in any order and any process."""

    def __init__(
        self,
        film: Composition,
        folder: Path,
        *,
        scale: float = 1,
        fonts: Fonts | None = None,
        alpha: bool = False,
    ) -> None:
        """Make everything ready; `folder` holds the project's tree as files, `assets/` among them.

        With `alpha` the frames keep the transparency of their scenes' grounds, premultiplied.
        """
        self.film = film
        self.notices: list[str] = []
        self.width = max(2, round(film.width * scale))
        self.height = max(2, round(film.height * scale))
        kinds = {node.kind for scene in film.scenes for node in walk(scene.nodes)}
        self._layers = {kind: cast("Layer", plugins.load("render.layers", kind)) for kind in sorted(kinds)}
        self._kit = Kit(
            fonts=fonts or Fonts(folder, film.theme.fonts, self._notice),
            fields=Fields(),
            images=Images(folder, self._notice),
            shadows=Shadows(scale),
            blurs=Kept(_KEPT_BYTES),
            effects=sorted(_effects().values(), key=lambda each: each.ORDER),
            folder=folder,
            notice=self._notice,
            rtl=film.direction == "rtl",
            fps=film.fps,
            scale=scale,
            alpha=alpha,
        )
        self._starts = film.starts()
        self._sights: dict[int, Sight] = {}
        self._front, self._surface = self._buffer()
        self._behind: list[tuple[Pixels, skia.Surface]] = []
        """What two scenes are drawn on while one turns into the other."""
        self._pair: tuple[int, dict[str, object]] = (0, {})

    def draw(self, frame: int) -> Pixels:
        """Draw a frame of the film: (height, width, 4) BGRA bytes, opaque; the next call draws over them."""
        index, inner = self._where(frame)
        canvas = self._surface.getCanvas()
        if index and inner < self.film.scenes[index].enter.overlap:
            self._change(canvas, index, inner)
        else:
            self._sight(index).draw(self._surface, inner)
        share, color = self._dip(index, inner)
        if share > 0:
            canvas.saveLayerAlpha(None, round(share * 255))
            canvas.clear(brush.color.packed(color[:7]))
            canvas.restore()
        return self._front

    def same_as_previous(self, frame: int) -> bool:
        """Tell whether nothing at all changes between the frame before and this one."""
        if frame <= 0:
            return False
        (index, inner), (before, _) = self._where(frame), self._where(frame - 1)
        if index != before or self._fading(index, inner):
            return False
        if self._dip(index, inner) != self._dip(index, inner - 1):
            return False
        return not self._sight(index).moves.at(inner)

    def layout(self, frames: Sequence[int]) -> Layout:
        """Tell where every node stands on the given frames of the film."""
        wanted = sorted({min(max(0, frame), self.film.frames - 1) for frame in frames})
        found = report.nodes(
            [(self._sight(index), start) for index, start in enumerate(self._starts)], wanted
        )
        return Layout(
            width=self.film.width,
            height=self.film.height,
            fps=self.film.fps,
            frames=self.film.frames,
            sampled=tuple(wanted),
            nodes=found,
            notices=tuple(self.notices),
        )

    def _notice(self, text: str) -> None:
        if text not in self.notices:
            self.notices.append(text)

    def _buffer(self) -> tuple[Pixels, skia.Surface]:
        pixels = np.zeros((self.height, self.width, 4), np.uint8)
        info = skia.ImageInfo.Make(self.width, self.height, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)
        return pixels, skia.Surface.MakeRasterDirect(info, pixels, self.width * 4)

    def _sight(self, index: int) -> Sight:
        if index not in self._sights:
            if len(self._sights) > 3:
                del self._sights[min(self._sights)]
            self._sights[index] = self._look(self.film.scenes[index])
        return self._sights[index]

    def _where(self, frame: int) -> tuple[int, int]:
        """Find the newest scene on a frame of the film, and the frame on its own clock."""
        if not 0 <= frame < self.film.frames:
            raise IndexError(f"the film has no frame {frame}; it has 0 to {self.film.frames - 1}")
        index = max(at for at, start in enumerate(self._starts) if start <= frame)
        return index, frame - self._starts[index]

    def _fading(self, index: int, inner: int) -> bool:
        overlap = self.film.scenes[index].enter.overlap
        return index > 0 and overlap > 0 and inner <= overlap

    def _change(self, canvas: skia.Canvas, index: int, inner: int) -> None:
        """Paint one scene on its way into the next."""
        how = self.film.scenes[index].enter
        if self._pair[0] != index:
            self._pair = (index, {})
        pair = passage.Pair(
            how=how,
            old=passage.Stretch(
                self._sight(index - 1), self._starts[index] + inner - self._starts[index - 1]
            ),
            new=passage.Stretch(self._sight(index), inner),
            share=passage.eased(how, passage.progress(how, inner)),
            before=passage.eased(how, passage.progress(how, inner - 1)),
            width=self.width,
            height=self.height,
            picture=self._drawn_behind,
            look=self._look,
            memo=self._pair[1],
        )
        way = cast("passage.Draw", plugins.load("render.transitions", how.kind))
        canvas.clear(0 if self._kit.alpha else 0xFF000000)
        way.draw(canvas, pair)

    def _drawn_behind(self, sight: Sight, frame: int, place: int) -> skia.Image:
        """Draw a scene on a surface of its own, of which there are as many as a change needs."""
        while len(self._behind) <= place:
            self._behind.append(self._buffer())
        pixels, surface = self._behind[place]
        sight.draw(surface, frame)
        kind = skia.kPremul_AlphaType if self._kit.alpha else skia.kOpaque_AlphaType
        return skia.Image.fromarray(pixels, skia.kBGRA_8888_ColorType, kind, None, False)

    def _look(self, scene: Scene) -> Sight:
        return Sight(scene, (self.film.width, self.film.height), self._layers, self._kit)

    def _dip(self, index: int, inner: int) -> tuple[float, str]:
        """Tell how much of a dip's color lies over a frame: half of the dip before the cut, half after it."""
        scenes = self.film.scenes
        enter = scenes[index].enter
        if index and enter.kind == "dip":
            half = (enter.frames + 1) // 2
            if inner < half:
                return (half - inner) / (half + 1), enter.color or BLACK
        if index + 1 < len(scenes) and scenes[index + 1].enter.kind == "dip":
            after = scenes[index + 1].enter
            half = after.frames // 2
            left = scenes[index].frames - inner
            if left <= half:
                return (half + 1 - left) / (half + 1), after.color or BLACK
        return 0.0, BLACK
