"""Two scenes on the way from one to the other, and what every such way is drawn from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
import skia

from domain.composition import Scene, Transition
from render import brush
from render.ease import curve
from render.sight import Sight
from stage import vocabulary as words

DrawScene = Callable[[Sight, int, int], skia.Image]
"""Draws a scene on one of its frames as a whole picture, on the surface of a number."""
STEPS = {"left": (-1.0, 0.0), "right": (1.0, 0.0), "up": (0.0, -1.0), "down": (0.0, 1.0)}
"""Where the picture goes, as a step across and down."""


@dataclass(frozen=True)
class Stretch:
    """One of the two scenes, and the frame of it that is seen."""

    sight: Sight
    frame: int


@dataclass
class Pair:
    """The scene that leaves, the scene that enters, and how far the change is."""

    how: Transition
    old: Stretch
    new: Stretch
    share: float
    """Of the way, eased; may overshoot."""
    width: int
    """Of the frame, device pixels."""
    height: int
    before: float
    """The share on the frame before, for what leaves a trail."""
    picture: DrawScene
    look: Callable[[Scene], Sight]
    """Makes another scene ready to be drawn."""
    memo: dict[str, object]
    """What a way needs on all its frames."""

    @cached_property
    def leaving(self) -> skia.Image:
        """The scene that leaves, as a picture."""
        return self.picture(self.old.sight, self.old.frame, 0)

    @cached_property
    def entering(self) -> skia.Image:
        """The scene that enters, as a picture."""
        return self.picture(self.new.sight, self.new.frame, 1)

    @property
    def step(self) -> tuple[float, float]:
        """Where the picture goes: one frame's width or height, device pixels."""
        across, down = STEPS[self.how.direction]
        return across * self.width, down * self.height

    @property
    def center(self) -> skia.Point:
        """Of an opening or a zoom, device pixels."""
        return skia.Point(self.how.x * self.width, self.how.y * self.height)

    @property
    def frame(self) -> skia.Rect:
        """The whole picture."""
        return skia.Rect.MakeWH(self.width, self.height)


class Draw(Protocol):
    """What a file in `render/transitions` offers."""

    def draw(self, canvas: skia.Canvas, pair: Pair) -> None:
        """Paint the whole frame as it is on the way."""
        ...


def progress(how: Transition, inner: int) -> float:
    """Tell how far a change is on a frame of the scene that enters: 0 is not begun, 1 is done."""
    return (inner + 1) / (how.frames + 1)


def eased(how: Transition, share: float) -> float:
    """Bend a share of the time into a share of the way."""
    return float(curve(how.ease or words.PASSAGES[how.kind].ease)(np.array([min(max(share, 0.0), 1.0)]))[0])


def lay(
    canvas: skia.Canvas,
    image: skia.Image,
    x: float = 0,
    y: float = 0,
    opacity: float = 1,
    blend: skia.BlendMode = skia.BlendMode.kSrcOver,
) -> None:
    """Lay a whole picture down."""
    whole = x == int(x) and y == int(y)
    paint = skia.Paint(Alphaf=opacity, BlendMode=blend)
    canvas.drawImage(image, x, y, brush.NEAREST if whole else brush.LINEAR, paint)


def mix(canvas: skia.Canvas, leaving: skia.Image, entering: skia.Image, share: float) -> None:
    """Mix two pictures on an empty canvas; what can be seen through in both stays so."""
    share = min(1.0, max(0.0, share))
    if entering.isOpaque():
        lay(canvas, entering)
        lay(canvas, leaving, opacity=1 - share)
        return
    lay(canvas, entering, opacity=share, blend=skia.BlendMode.kPlus)
    lay(canvas, leaving, opacity=1 - share, blend=skia.BlendMode.kPlus)


def uncovered(canvas: skia.Canvas, image: skia.Image, mask: skia.Paint) -> None:
    """Lay a picture down where a mask's paint is solid, in place of what lies there."""
    together = skia.Paint()
    if not image.isOpaque():
        mask.setBlendMode(skia.BlendMode.kDstOut)
        canvas.drawPaint(mask)
        together.setBlendMode(skia.BlendMode.kPlus)
    canvas.saveLayer(None, together)
    lay(canvas, image)
    mask.setBlendMode(skia.BlendMode.kDstIn)
    canvas.drawPaint(mask)
    canvas.restore()
