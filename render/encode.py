"""Turning drawn pixels into video: BT.709 colour, dither against bands, and closed segments of H.264."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import numpy as np
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, VideoReformatter

from render.picture import Pixels
from render.profiles import Profile, even

DITHER_SIGMA = 1.6
"""Strength of the screen-fixed noise, in steps of 8 bit: dark gradients band at 0, grain shows from 3 on."""
DITHER_MOST = 5
REORDERED = 2
"""How many frames x264 holds back with B-pyramid: the distance of decoding time from presentation time."""


class Converter:
    """Makes dithered BT.709 limited-range frames of one size out of BGRA pixels."""

    def __init__(self, width: int, height: int) -> None:
        self._width, self._height = even(width), even(height)
        self._reformatter = VideoReformatter()
        self._noise = noise(self._width, self._height)

    def convert(self, pixels: Pixels) -> av.VideoFrame:
        """Convert one picture; its memory is free again when this returns."""
        rows, columns = pixels.shape[:2]
        if (rows, columns) != (self._height, self._width):
            grown = ((0, self._height - rows), (0, self._width - columns), (0, 0))
            pixels = np.pad(pixels, grown, mode="edge")
        frame = self._reformatter.reformat(
            av.VideoFrame.from_numpy_buffer(np.ascontiguousarray(pixels), format="bgra"),
            format="yuv420p",
            src_colorspace=Colorspace.ITU709,
            dst_colorspace=Colorspace.ITU709,
            src_color_range=ColorRange.JPEG,
            dst_color_range=ColorRange.MPEG,
            threads=1,
        )
        plane = frame.planes[0]
        luma = np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)[
            :, : self._width
        ]
        # 16 - 5 and 235 + 5 stay inside a byte, so the sum may wrap around like two's complement
        np.add(luma, self._noise, out=luma)
        np.clip(luma, 16, 235, out=luma)
        return frame


def noise(width: int, height: int) -> Pixels:
    """Draw the dither of a frame size: the same grains for every frame, machine and process."""
    normal = np.random.default_rng(709).standard_normal((height, width), dtype=np.float32)
    steps = np.clip(np.rint(normal * DITHER_SIGMA), -DITHER_MOST, DITHER_MOST)
    return steps.astype(np.int8).view(np.uint8)


class SegmentWriter:
    """Encodes frames into one closed group of pictures that may be laid beside others without re-encoding."""

    def __init__(self, path: Path, width: int, height: int, fps: int, profile: Profile) -> None:
        self._container = av.open(str(path), "w", format="mp4")
        self._stream = self._container.add_stream("libx264", rate=fps)
        context = self._stream.codec_context
        context.width, context.height, context.pix_fmt = even(width), even(height), "yuv420p"
        context.thread_count = 1
        tag(context)
        self._stream.options = {
            "preset": profile.preset,
            "crf": f"{profile.crf:g}",
            "g": str(2 * fps),
            "x264-params": f"aq-mode={profile.aq}:bframes=3:b-pyramid=normal:open-gop=0:stitchable=1",
        }
        self._count = 0

    def add(self, frame: av.VideoFrame) -> None:
        """Encode a frame as the next one; the same frame may be given again."""
        frame.pts = self._count
        self._count += 1
        self._container.mux(self._stream.encode(frame))

    def close(self) -> None:
        """Write what the encoder still holds, and the file's end."""
        self._container.mux(self._stream.encode(None))
        self._container.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self._container.close()


def tag(context: av.VideoCodecContext) -> None:
    """Say in the stream that its colours are BT.709, limited range."""
    context.color_primaries = ColorPrimaries.BT709
    context.color_trc = ColorTrc.BT709
    context.colorspace = Colorspace.ITU709
    context.color_range = ColorRange.MPEG


def join(segments: list[Path], sound: Path | None, path: Path, fps: int) -> int:
    """Lay segments one behind the other, with the sound beside them, without encoding again.

    Returns the number of frames written.
    """
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as film:
        with av.open(str(segments[0])) as first:
            video = film.add_stream_from_template(first.streams.video[0])
        audio_in = av.open(str(sound)) if sound is not None else None
        audio = film.add_stream_from_template(audio_in.streams.audio[0]) if audio_in is not None else None
        waiting = audio_in.demux(audio=0) if audio_in is not None else iter(())
        held = next(waiting, None)
        frames = 0
        for packet in packets(segments, fps):
            while held is not None and audio is not None and held.dts is not None:
                if held.dts * held.time_base > Fraction(packet.dts or 0, fps):
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


def packets(segments: list[Path], fps: int) -> Iterator[av.Packet]:
    """Give the coded frames of all segments with their places in the whole film, counted in frames."""
    start = 0
    for segment in segments:
        with av.open(str(segment)) as source:
            stream = source.streams.video[0]
            count = 0
            for packet in source.demux(stream):
                if packet.pts is None:
                    continue
                packet.pts = start + round(packet.pts * packet.time_base * fps)
                packet.dts = start + count - REORDERED
                packet.time_base = Fraction(1, fps)
                packet.duration = 1
                count += 1
                yield packet
            start += count
