"""Asking a finished file what it is: every fact is read from the file, none from the plan."""

from __future__ import annotations

import hashlib
from pathlib import Path

import av
from av.video.reformatter import ColorRange, Colorspace
from PIL import Image

from domain.engine import FilmFacts


def facts_of(path: Path, kind: str = "mp4") -> FilmFacts:
    """Probe a film, counting its frames.

    Raises ValueError when the file holds no film.
    """
    try:
        with av.open(str(path), options={"protocol_whitelist": "file"}, format=kind) as film:
            video = film.streams.video[0]
            audio = film.streams.audio[0] if film.streams.audio else None
            frames = sum(packet.pts is not None for packet in film.demux(video))
            context = video.codec_context
            rate = video.average_rate or video.guessed_rate
            whole = (film.duration or 0) / av.time_base  # Matroska keeps no lengths of single streams
            seconds = frames / float(rate) if kind == "matroska" and rate else length(video, whole)
            heard = length(audio, whole) if audio else None
            return FilmFacts(
                width=context.width,
                height=context.height,
                fps=float(rate) if rate else 0.0,
                frames=frames,
                seconds=seconds,
                video_codec=context.name,
                pixel_format=context.pix_fmt or "",
                color=color_of(context),
                audio_codec=audio.codec_context.name if audio else None,
                audio_seconds=heard,
                bytes=path.stat().st_size,
                sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
            )
    except (av.FFmpegError, IndexError) as error:
        raise ValueError(f"{path.name} is no film: {error}") from error


def length(stream: av.VideoStream | av.AudioStream, whole: float) -> float:
    """How long a stream says that it lasts, or its file where it is silent about it, seconds."""
    return float(stream.duration * stream.time_base) if stream.duration and stream.time_base else whole


def color_of(context: av.VideoCodecContext) -> str:
    """Name matrix and range: `bt709/tv`."""
    matrix = "bt709" if context.colorspace == Colorspace.ITU709 else f"matrix {int(context.colorspace)}"
    return f"{matrix}/{'tv' if context.color_range == ColorRange.MPEG else 'pc'}"


def faststart(path: Path) -> bool:
    """Tell whether a film's index stands before its pictures."""
    with path.open("rb") as film:
        while header := film.read(8):
            size, kind = int.from_bytes(header[:4], "big"), header[4:8]
            if kind in (b"moov", b"mdat"):
                return kind == b"moov"
            if size < 8:
                return False
            film.seek(size - 8, 1)
    return False


def key_frames(path: Path, most: int, width: int, height: int, kind: str = "mp4") -> list[Image.Image]:
    """Decode some of a film's key frames, small: they stand for the whole without decoding it."""
    with av.open(str(path), format=kind) as film:
        video = film.streams.video[0]
        keys = [packet for packet in film.demux(video) if packet.is_keyframe and packet.pts is not None]
        found: list[Image.Image] = []
        for packet in keys[:: -(-len(keys) // most) or 1]:
            shown = [*video.codec_context.decode(packet), *video.codec_context.decode(None)]
            found += [frame.to_image(width=width, height=height) for frame in shown[:1]]
            video.codec_context.flush_buffers()
        return found
