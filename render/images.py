"""Pictures of the project, decoded once: PNG, JPEG and WebP, never larger than a cap."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath

import numpy as np
import skia

_MOST_PIXELS = 40_000_000
_MOST_BYTES = 80_000_000
_KINDS = (skia.EncodedImageFormat.kPNG, skia.EncodedImageFormat.kJPEG, skia.EncodedImageFormat.kWEBP)

_TURNED = (
    skia.kLeftTop_EncodedOrigin,
    skia.kRightTop_EncodedOrigin,
    skia.kRightBottom_EncodedOrigin,
    skia.kLeftBottom_EncodedOrigin,
)


class Images:
    """Opens the project's pictures; one that cannot be shown is noticed, once."""

    def __init__(self, folder: Path, notice: Callable[[str], None]) -> None:
        self._folder = folder
        self._notice = notice
        self._kept: dict[str, skia.Image | None] = {}
        self._small: dict[tuple[str, int], skia.Image] = {}

    def get(self, source: str) -> skia.Image | None:
        """Give a picture by its path in the project, or nothing when it cannot be shown."""
        if source not in self._kept:
            try:
                self._kept[source] = self._open(source)
            except (OSError, ValueError) as error:
                self._notice(f"picture {source!r} is left out: {error}")
                self._kept[source] = None
        return self._kept[source]

    def nearest(self, source: str, shrink: float) -> tuple[skia.Image, float] | None:
        """Give a picture halved as often as it will be shrunk anyway, and what it was shrunk by."""
        image = self.get(source)
        if image is None:
            return None
        halvings = 0
        while shrink <= 0.5 and halvings < 6:
            shrink *= 2
            halvings += 1
        if not halvings:
            return image, 1.0
        key = (source, halvings)
        if key not in self._small:
            small = image
            for _ in range(halvings):
                small = small.resize(
                    max(1, (small.width() + 1) // 2),
                    max(1, (small.height() + 1) // 2),
                    skia.SamplingOptions(skia.FilterMode.kLinear),
                )
            self._small[key] = small
        small = self._small[key]
        return small, small.width() / image.width()

    def path(self, source: str) -> Path:
        """Find a file of the project; raises ValueError when the path leads out of it."""
        pure = PurePosixPath(source)
        if not source or pure.is_absolute() or ".." in pure.parts or "\0" in source:
            raise ValueError(f"{source!r} is no path in the project")
        return self._folder / pure

    def _open(self, source: str) -> skia.Image:
        path = self.path(source)
        if not path.is_file():
            raise ValueError("there is no such file; add it under assets/")
        if path.stat().st_size > _MOST_BYTES:
            raise ValueError(f"it is larger than {_MOST_BYTES // 1_000_000} MB")
        content = skia.Data.MakeWithCopy(path.read_bytes())  # the codec reads it, but does not hold it
        try:
            codec = skia.Codec.MakeFromData(content)
        except RuntimeError:
            raise ValueError("it is no PNG, JPEG or WebP that can be read") from None
        if codec.getEncodedFormat() not in _KINDS:
            raise ValueError("it is no PNG, JPEG or WebP")
        size = codec.dimensions()
        if size.width() * size.height() > _MOST_PIXELS:
            raise ValueError(
                f"it has {size.width()} × {size.height()} pixels; at most {_MOST_PIXELS // 1_000_000} million"
            )
        image = decode(codec)
        del codec, content
        return image


def decode(codec: skia.Codec) -> skia.Image:
    """Decode a picture upright into the rasterizer's own order of bytes; raises ValueError."""
    encoded = codec.getInfo()
    opaque = encoded.alphaType() == skia.kOpaque_AlphaType
    kind = skia.kOpaque_AlphaType if opaque else skia.kPremul_AlphaType
    info = skia.ImageInfo.Make(
        encoded.width(), encoded.height(), skia.kBGRA_8888_ColorType, kind, skia.ColorSpace.MakeSRGB()
    )
    pixels = np.zeros((encoded.height(), encoded.width(), 4), np.uint8)
    result = codec.getPixels(info, pixels, encoded.width() * 4)
    if result != skia.Codec.kSuccess:
        raise ValueError("its content is corrupt")
    image = skia.Image.fromarray(pixels, skia.kBGRA_8888_ColorType, kind)
    origin = codec.getOrigin()
    if origin == skia.kTopLeft_EncodedOrigin:
        return image
    turned = origin in _TURNED
    wide, high = (image.height(), image.width()) if turned else (image.width(), image.height())
    upright = np.zeros((high, wide, 4), np.uint8)
    target = skia.ImageInfo.Make(wide, high, skia.kBGRA_8888_ColorType, kind)
    canvas = skia.Surface.MakeRasterDirect(target, upright, wide * 4).getCanvas()
    canvas.concat(skia.EncodedOriginToMatrix(origin, wide, high))
    canvas.drawImage(image, 0, 0)
    return skia.Image.fromarray(upright, skia.kBGRA_8888_ColorType, kind)
