"""How frames are coded and wrapped: what every file in `render/outputs` gives for a quality."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Literal, Protocol, cast

from domain import plugins
from domain.engine import SUFFIXES, FilmFacts, Output
from domain.nouns import Noun

Container = Literal["mp4", "mov", "webm", "matroska"]
PACKETS_ONLY = {"protocol_whitelist": "file", "skip_frame": "all", "probesize": "32"}
"""Opens a file for its packets: else its first picture is decoded, 11 ms, to learn what we know."""
SCALES = {"draft": 0.5, "standard": 1.0, "high": 1.0}
"""Size of the file's frames against the film's."""
GROUP_SECONDS = 2.5
"""Longest group of pictures: shorter ones cost bytes, and opening an encoder costs 80 ms."""
HARDWARE = {"nvenc": "nvenc", "qsv": "qsv", "vaapi": "vaapi", "videotoolbox": "videotoolbox"}


class Coding(Noun):
    """How the frames of a segment are coded; part of every segment's key."""

    codec: str
    """Name of libav's encoder."""
    pixels: str
    """Pixel format that the encoder is given."""
    container: Container
    options: dict[str, str] = {}
    scale: float = 1
    """Size of the file's frames against the film's."""
    tag: str = ""
    """Four letters that name the codec in the file, where players want others than usual."""

    reordered: int = 0
    """How many frames the encoder holds back: the distance of decoding time from presentation time."""

    @property
    def alpha(self) -> bool:
        """Whether the frames keep their transparency."""
        return "a" in self.pixels


class Promise(Noun):
    """What the finished file will say of itself."""

    codec: str
    pixels: str
    color: str | None = "bt709/tv"
    sound: str | None = "aac"


class Format(Protocol):
    """What a file in `render/outputs` offers."""

    PROMISE: Promise

    def coding(self, output: Output) -> Coding:
        """Choose how segments are coded."""
        ...


class Pictures(Format, Protocol):
    """A format that is made of decoded pictures, not of coded segments."""

    def finish(self, segments: list[Path], path: Path, rate: Fraction) -> None:
        """Make the file."""
        ...

    def facts(self, path: Path, rate: Fraction) -> FilmFacts:
        """Ask the file what it is."""
        ...


def format_of(output: Output) -> Format:
    """Load the format of an output."""
    return cast("Format", plugins.load("render.outputs", output.format))


def coding_of(output: Output) -> Coding:
    """Choose how the segments of an output are coded.

    Raises ValueError for hardware that cannot encode the format.
    """
    if output.encoder != "software" and output.format not in ("mp4", "hevc"):
        raise ValueError(
            f"the encoder {output.encoder!r} makes mp4 and hevc; the format is {output.format!r}: "
            "leave the encoder out"
        )
    return format_of(output).coding(output)


def file_name(output: Output) -> str:
    """Name the finished file."""
    return f"film{SUFFIXES[output.format]}"


def lossless(output: Output) -> Coding:
    """Keep frames as they were drawn, for formats that are made of pictures."""
    return Coding(
        codec="ffv1", pixels="bgra", container="matroska", scale=SCALES[output.quality],
        options={"level": "3", "slices": "4", "g": "1"},
    )  # fmt: skip


def hardware(output: Output, family: str) -> str:
    """Name the encoder of a piece of hardware: `h264_nvenc`."""
    return f"{family}_{HARDWARE[output.encoder]}"
