"""Decoding a delivered file from end to end; stretches that were measured before are not decoded again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from numpy.typing import NDArray

from render.coding import PACKETS_ONLY
from render.watch.banding import Flags, flat_of
from render.watch.stretch import WIDE, Gauge, Planes, Stretch

LEAST_PACKETS = 30
"""A stretch of a file without a plan is at least so long, where it has key frames enough."""
LOOKED_AT = 480
"""Width of the frames that are compared with stills, px."""
Luma = NDArray[np.float32]
Sealed = tuple[str, bytes]
"""Measures of a stretch, after the mark of the packets that they are of."""
Known = Callable[[int, str], Stretch | None]
"""Gives what a stretch measures, by its place in the file and its mark."""


@dataclass
class Film:
    """What a file gave when it was watched."""

    stretches: list[Stretch] = field(default_factory=list[Stretch])
    marks: list[str] = field(default_factory=list[str])
    """SHA-256 of each stretch's packets, and of what the decoder is told before them."""
    fresh: list[bool] = field(default_factory=list[bool])
    """Whether a stretch was decoded now."""
    frames: dict[int, Luma] = field(default_factory=dict[int, Luma])
    """The wanted frames, small, luma of 255."""
    flat: dict[int, Flags] = field(default_factory=dict[int, Flags])
    """Which squares of the wanted frames are flat."""
    shown: list[int] = field(default_factory=list[int])
    """When each frame is shown, in the stream's own ticks."""
    trouble: str = ""
    """What a decoder said that broke off."""


def watch(
    path: Path, demuxer: str, counts: Sequence[int], known: Known, wanted: frozenset[int], *, threads: int = 0
) -> Film:
    """Decode a file; `counts` are the frames of its planned stretches, none for a file without a plan.

    Of known stretches only the packets are read; wanted frames come from those that are decoded. No number of
    threads means one for each processor.
    """
    seen = Film()
    options = PACKETS_ONLY if counts else {"protocol_whitelist": "file"}
    try:
        with av.open(str(path), format=demuxer, options=options) as source:
            video = source.streams.video[0]
            video.thread_type = "NONE" if threads == 1 else "AUTO"
            video.codec_context.thread_count = threads
            for packets in groups((each for each in source.demux(video) if each.pts is not None), counts):
                _watch_stretch(video, packets, known, wanted, seen)
    except (av.FFmpegError, IndexError) as error:
        seen.trouble = str(error) or type(error).__name__
    seen.shown.sort()
    return seen


def groups(packets: Iterator[av.Packet], counts: Sequence[int]) -> Iterator[list[av.Packet]]:
    """Cut packets into the planned stretches, or at key frames."""
    wanted = list(counts)
    group: list[av.Packet] = []
    for packet in packets:
        full = len(group) >= wanted[0] if wanted else packet.is_keyframe and len(group) >= LEAST_PACKETS
        if group and full:
            yield group
            group = []
            wanted = wanted[1:]
        group.append(packet)
    if group:
        yield group


def _watch_stretch(
    video: av.VideoStream, packets: list[av.Packet], known: Known, wanted: frozenset[int], seen: Film
) -> None:
    head = head_of(video)
    mark = hashlib.sha256(b"".join((head, *(bytes(packet) for packet in packets)))).hexdigest()
    first = len(seen.shown)
    seen.shown += sorted(packet.pts or 0 for packet in packets)
    stretch = known(len(seen.stretches), mark)
    fresh = stretch is None
    if stretch is None:
        gauge, fitter = Gauge(), VideoReformatter()
        number = first
        for frame in _decoded(video, packets):
            gauge.see(small(frame, fitter))
            if number in wanted:
                seen.frames[number] = luma_of(frame)
                flat = flat_of(frame)
                if flat is not None:
                    seen.flat[number] = flat
            number += 1
        stretch = gauge.stretch()
    if stretch is not None:
        seen.stretches.append(stretch)
        seen.marks.append(mark)
        seen.fresh.append(fresh)


def head_of(stream: av.VideoStream | av.AudioStream) -> bytes:
    """Give what a stream's decoder is told before the first packet."""
    return cast("bytes | None", stream.codec_context.extradata) or b""  # pyright: ignore


def _decoded(video: av.VideoStream, packets: Sequence[av.Packet]) -> Iterator[av.VideoFrame]:
    context = video.codec_context
    for packet in packets:
        yield from context.decode(packet)
    yield from context.decode(None)
    context.flush_buffers()


def small(frame: av.VideoFrame, fitter: VideoReformatter) -> Planes:
    """Make a small frame of luma and chroma."""
    height = max(4, round(WIDE * frame.height / frame.width / 2) * 2)
    fitted = fitter.reformat(
        frame, width=WIDE, height=height, format="yuv420p", interpolation=Interpolation.FAST_BILINEAR,
        threads=1,
    )  # fmt: skip
    return fitted.to_ndarray()


def luma_of(frame: av.VideoFrame) -> Luma:
    """Make a frame of at most 480 px across for comparing: BT.709 luma of its colors, full range."""
    wide, tall = looked_at(frame.width, frame.height)
    fitted = VideoReformatter().reformat(
        frame, width=wide, height=tall, format="rgb24", interpolation=Interpolation.AREA,
        src_colorspace=Colorspace.ITU709, dst_colorspace=Colorspace.ITU709,
        src_color_range=ColorRange.MPEG, dst_color_range=ColorRange.JPEG, threads=1,
    )  # fmt: skip
    return fitted.to_ndarray().astype(np.float32) @ np.array([0.2126, 0.7152, 0.0722], np.float32)


def looked_at(width: int, height: int) -> tuple[int, int]:
    """Give the size at which frames of a size are compared with stills."""
    wide = min(LOOKED_AT, width)
    return (wide, max(2, round(wide * height / width)))


def seal(mark: str, measures: bytes) -> bytes:
    """Write measures down with the mark of the packets that they are of."""
    return mark.encode() + measures


def sealed(content: bytes) -> Sealed:
    """Take mark and measures apart."""
    return content[:64].decode("ascii", "replace"), content[64:]


def recalled(kept: Sequence[Sealed | None]) -> Known:
    """Give what finds a stretch's measures among kept ones, in order; broken ones are as good as none."""

    def known(place: int, mark: str) -> Stretch | None:
        found = kept[place] if place < len(kept) else None
        if found is None or found[0] != mark:
            return None
        try:
            return Stretch.unpacked(found[1])
        except ValueError:
            return None

    return known
