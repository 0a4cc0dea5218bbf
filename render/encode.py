"""Turning drawn pixels into video: BT.709 colour, dither against bands, and closed segments."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from math import ceil
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import numpy as np
from av.video.reformatter import (
    ColorPrimaries,
    ColorRange,
    Colorspace,
    ColorTrc,
    Interpolation,
    VideoReformatter,
)

from render import rank
from render.alpha import straight
from render.coding import GROUP_SECONDS, PACKETS_ONLY, Coding
from render.outputs import mp4
from render.picture import Pixels
from render.profiles import even
from render.room import lean

DITHER_SIGMA = 1.6
"""Strength of the screen-fixed noise, in steps of 8 bit: dark gradients band at 0, grain shows from 3 on."""
DITHER_MOST = 5
CHROMA = Interpolation.BILINEAR | Interpolation.FULL_CHR_H_INP
"""Colour is read at every pixel and halved after: truer than pairs of pixels, and a quarter sooner."""
DEFAULT = mp4.x264("veryfast", 19.5)
DEMUXERS = {"mp4": "mp4", "mov": "mov", "webm": "matroska", "matroska": "matroska"}


class Converter:
    """Makes frames of one size and coding out of BGRA pixels: BT.709, limited range, dithered in 8 bit."""

    def __init__(self, width: int, height: int, coding: Coding = DEFAULT) -> None:
        self._width, self._height = even(width), even(height)
        self._coding = coding
        self._reformatter = VideoReformatter()
        self._noise = noise(self._width, self._height) if coding.pixels == "yuv420p" else None

    def convert(self, pixels: Pixels) -> av.VideoFrame:
        """Convert one picture; its memory is free again when this returns."""
        rows, columns = pixels.shape[:2]
        if (rows, columns) != (self._height, self._width):
            grown = ((0, self._height - rows), (0, self._width - columns), (0, 0))
            pixels = np.pad(pixels, grown, mode="edge")
        if self._coding.alpha:
            pixels = straight(pixels)
        if self._coding.pixels == "bgra":
            return av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="bgra")
        frame = self._reformatter.reformat(
            av.VideoFrame.from_numpy_buffer(np.ascontiguousarray(pixels), format="bgra"),
            format=self._coding.pixels,
            src_colorspace=Colorspace.ITU709,
            dst_colorspace=Colorspace.ITU709,
            src_color_range=ColorRange.JPEG,
            dst_color_range=ColorRange.MPEG,
            interpolation=CHROMA,
            threads=1,
        )
        if self._noise is not None:
            dither(frame, self._noise)
        return frame


def dither(frame: av.VideoFrame, grains: Pixels) -> None:
    """Lay the noise over a frame's luma."""
    plane = frame.planes[0]
    luma = np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)
    luma = luma[:, : grains.shape[1]]
    # 16 - 5 and 235 + 5 stay inside a byte, so the sum may wrap around like two's complement
    np.add(luma, grains, out=luma)
    np.clip(luma, 16, 235, out=luma)


def noise(width: int, height: int) -> Pixels:
    """Draw the dither of a frame size: the same grains for every frame, machine and process."""
    normal = np.random.default_rng(709).standard_normal((height, width), dtype=np.float32)
    normal *= DITHER_SIGMA
    np.clip(np.rint(normal, out=normal), -DITHER_MOST, DITHER_MOST, out=normal)
    return normal.astype(np.int8).view(np.uint8)


class SegmentWriter:
    """Encodes frames into one closed group of pictures that may be laid beside others without re-encoding."""

    def __init__(self, path: Path, width: int, height: int, rate: Fraction | int, coding: Coding) -> None:
        """Open the encoder.

        Raises ValueError when there is none of that name here, or the machine has not what it needs.
        """
        if coding.codec not in av.codecs_available:
            raise ValueError(f"there is no encoder {coding.codec!r} here; leave the encoder out")
        coding = lean(coding, width, height)
        self._rate = Fraction(rate)
        self._container = av.open(str(path), "w", format=coding.container)
        self._stream = self._container.add_stream(coding.codec, rate=self._rate)
        context = self._stream.codec_context
        context.width, context.height, context.pix_fmt = even(width), even(height), coding.pixels
        context.thread_count = 1
        if coding.tag:
            context.codec_tag = coding.tag
        if coding.pixels != "bgra":
            tag(context)
        if coding.alpha and coding.container == "webm":
            self._stream.metadata["alpha_mode"] = "1"
        self._stream.options = {"g": str(ceil(GROUP_SECONDS * self._rate)), **settings(coding)}
        try:
            with rank.kept():
                context.open()
        except av.FFmpegError as error:
            self._container.close()
            raise ValueError(
                f"the encoder {coding.codec!r} does not start here ({error.strerror}); leave the encoder out"
            ) from error
        self._count = self._coded = 0
        self._held = coding.reordered

    def add(self, frame: av.VideoFrame) -> None:
        """Encode a frame as the next one; the same frame may be given again."""
        frame.pts = self._count
        self._count += 1
        self._mux(self._stream.encode(frame))

    def close(self) -> None:
        """Write what the encoder still holds, and the file's end."""
        self._mux(self._stream.encode(None))
        self._container.close()

    def _mux(self, coded: list[av.Packet]) -> None:
        for packet in coded:  # x265 gives no sound decoding times for a piece shorter than it looks ahead
            packet.dts = self._coded - self._held
            self._coded += 1
        self._container.mux(coded)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self._container.close()


def settings(coding: Coding) -> dict[str, str]:
    """Give the encoder's options on this machine: the same frames become the same bytes on any.

    x264's AVX-512 reads memory that nobody wrote: the same 24 frames gave up to seven different files at
    720x1280 and 608x1080, always one and the same with AVX2, which gives the bytes of SSE4 too.
    """
    if coding.codec != "libx264" or not wide_vectors():
        return coding.options
    return {**coding.options, "x264-params": f"{coding.options['x264-params']}:asm=avx2"}


@cache
def wide_vectors() -> bool:
    """Tell whether the processor has AVX-512, and so AVX2 as well."""
    told = Path("/proc/cpuinfo")
    return told.is_file() and "avx512f" in told.read_text()


def tag(context: av.VideoCodecContext) -> None:
    """Say in the stream that its colours are BT.709, limited range."""
    context.color_primaries = ColorPrimaries.BT709
    context.color_trc = ColorTrc.BT709
    context.colorspace = Colorspace.ITU709
    context.color_range = ColorRange.MPEG


def join(segments: list[Path], sound: Path | None, path: Path, rate: Fraction | int, coding: Coding) -> int:
    """Lay segments one behind the other, with the sound beside them, without encoding again.

    Returns the number of frames written.
    """
    rate = Fraction(rate)
    options = {"movflags": "+faststart"} if coding.container in ("mp4", "mov") else {}
    with av.open(str(path), "w", format=coding.container, options=options) as film:
        with av.open(str(segments[0]), format=DEMUXERS[coding.container]) as first:
            video = film.add_stream_from_template(first.streams.video[0], opaque=not coding.tag)
            video.metadata.update(first.streams.video[0].metadata)
        if coding.tag:
            video.codec_context.codec_tag = coding.tag
        audio_in = av.open(str(sound)) if sound is not None else None
        audio = film.add_stream_from_template(audio_in.streams.audio[0]) if audio_in is not None else None
        waiting = audio_in.demux(audio=0) if audio_in is not None else iter(())
        held = next(waiting, None)
        frames = 0
        for packet in packets(segments, rate, coding):
            while held is not None and audio is not None and held.dts is not None:
                if held.dts * held.time_base > Fraction(packet.dts or 0) / rate:
                    break
                held.stream = audio
                film.mux(held)
                held = next(waiting, None)
            packet.stream = video
            film.mux(packet)
            frames += 1
        for rest in (held, *waiting):
            if rest is not None and rest.dts is not None and audio is not None:
                rest.stream = audio
                film.mux(rest)
        if audio_in is not None:
            audio_in.close()
    return frames


def packets(segments: list[Path], rate: Fraction, coding: Coding) -> Iterator[av.Packet]:
    """Give the coded frames of all segments with their places in the whole film, counted in frames."""
    start = 0
    for segment in segments:
        with av.open(str(segment), format=DEMUXERS[coding.container], options=PACKETS_ONLY) as source:
            stream = source.streams.video[0]
            count = 0
            for packet in source.demux(stream):
                if packet.pts is None:
                    continue
                packet.pts = start + round(packet.pts * packet.time_base * rate)
                packet.dts = start + count - coding.reordered
                packet.time_base = 1 / rate
                packet.duration = 1
                count += 1
                yield packet
            start += count
