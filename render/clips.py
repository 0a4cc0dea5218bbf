"""Clips of the project, decoded frame by frame as they are shown: upright, and exact to the frame."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import av
import av.error
import numpy as np
import skia

FindPath = Callable[[str], Path]
_MOST_OPEN = 4
_KEPT = 6
"""Pictures of one clip that are kept: a clip shown twice at neighbouring moments is decoded once."""
_SEEK_S = 2.0
"""A leap forward of more than this is a seek, a shorter one is decoded through."""
_HD, _OLD = 1, (5, 6)
"""BT.709, and BT.601 of 625 and 525 lines, as the decoder numbers them (ISO/IEC 23091-2)."""
_MOST_PIXELS = 40_000_000


class Clips:
    """Opens the project's clips; one that cannot be shown is noticed, once."""

    def __init__(self, path: FindPath, notice: Callable[[str], None]) -> None:
        self._path = path
        self._notice = notice
        self._open: OrderedDict[str, Clip | None] = OrderedDict()

    def get(self, source: str) -> Clip | None:
        """Give a clip by its path in the project, or nothing when it cannot be shown."""
        if source not in self._open:
            try:
                path = self._path(source)
                if not path.is_file():
                    raise ValueError("there is no such file; add it under assets/")
                self._open[source] = Clip(path)
            except (OSError, ValueError, av.error.FFmpegError) as error:
                self._notice(f"clip {source!r} is left out: {error}")
                self._open[source] = None
            while len(self._open) > _MOST_OPEN:
                _, oldest = self._open.popitem(last=False)
                if oldest is not None:
                    oldest.close()
        self._open.move_to_end(source)
        return self._open[source]


class Clip:
    """One clip; raises ValueError when it has no pictures."""

    def __init__(self, path: Path) -> None:
        opened: Any = av.open(str(path), mode="r", options={"protocol_whitelist": "file"})
        self._container = opened
        if not self._container.streams.video:
            self._container.close()
            raise ValueError("it has no pictures in it")
        self._stream: Any = opened.streams.video[0]
        self._stream.thread_type = (
            "SLICE"  # frame threads hold pictures back, and nothing here waits for them
        )
        self._base: Fraction = self._stream.time_base or Fraction(1, 1000)
        self._first: int = self._stream.start_time or 0
        self._frames: Iterator[Any] | None = None
        self._now: Any = None
        self._next: Any = None
        self._made: OrderedDict[int, skia.Image] = OrderedDict()
        first = self._at(0.0)
        if first is None:
            raise ValueError("no picture of it can be decoded")
        self._turn = round(float(getattr(first, "rotation", 0) or 0) / 90) % 4
        wide, high = int(first.width), int(first.height)
        if wide * high > _MOST_PIXELS:
            raise ValueError(f"it has {wide} × {high} pixels; at most {_MOST_PIXELS // 1_000_000} million")
        self.size = (high, wide) if self._turn % 2 else (wide, high)
        length = self._stream.duration * self._base if self._stream.duration else None
        whole = self._container.duration
        self.seconds: float = float(length) if length else (whole or 0) / 1_000_000
        """Its length; 0 when it does not say."""

    def picture(self, second: float) -> skia.Image | None:
        """Give what is seen at a moment: the picture that began last."""
        found = self._at(max(0.0, second))
        if found is None:
            return None
        key = int(found.pts or 0)
        if key not in self._made:
            self._made[key] = self._image(found)
            while len(self._made) > _KEPT:
                self._made.popitem(last=False)
        return self._made[key]

    def close(self) -> None:
        """Let go of the file."""
        self._frames = None
        self._container.close()

    def _at(self, second: float) -> Any:
        """Decode up to a moment: onward where that is near, else from the key frame before it."""
        wanted = self._first + int(
            Fraction(second).limit_denominator(90_000) / self._base + Fraction(1, 1000)
        )
        leap = int(_SEEK_S / self._base)
        if self._frames is None or (self._now is not None and wanted < self._pts(self._now)) or (
            self._next is not None and wanted - self._pts(self._next) > leap
        ):  # fmt: skip
            self._container.seek(wanted, stream=self._stream, backward=True)
            self._frames = iter(self._container.decode(self._stream))
            self._now, self._next = None, self._step()
        while self._next is not None and (self._now is None or self._pts(self._next) <= wanted):
            self._now, self._next = self._next, self._step()
        return self._now

    def _step(self) -> Any:
        """Decode one more picture; a broken end is the end."""
        assert self._frames is not None
        try:
            return next(self._frames, None)
        except av.error.FFmpegError:
            return None

    def _pts(self, frame: Any) -> int:
        return int(frame.pts) if frame.pts is not None else self._first

    def _image(self, frame: Any) -> skia.Image:
        space = (
            "ITU601"
            if frame.colorspace in _OLD or (frame.colorspace != _HD and frame.height < 720)
            else "ITU709"
        )
        shown = frame.reformat(format="bgra", src_colorspace=space, dst_colorspace="ITU709")
        pixels = cast("np.ndarray[Any, np.dtype[np.uint8]]", shown.to_ndarray())
        if self._turn:
            pixels = np.rot90(pixels, self._turn)
        return skia.Image.fromarray(
            np.ascontiguousarray(pixels), skia.kBGRA_8888_ColorType, skia.kOpaque_AlphaType
        )
