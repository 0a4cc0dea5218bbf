"""Files of pictures: made out of lossless segments, and asked what they hold."""

from __future__ import annotations

import hashlib
import io
import subprocess
import zipfile
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import av
from PIL import Image, ImageSequence

from domain.engine import FilmFacts
from render.picture import Pixels
from render.png import png

WRITE_SECONDS = 1_800.0


def drawn(segments: Sequence[Path]) -> Iterator[Pixels]:
    """Decode lossless segments one behind the other: BGRA, premultiplied."""
    for segment in segments:
        with av.open(str(segment), format="matroska") as source:
            for frame in source.decode(video=0):
                yield frame.to_ndarray(format="bgra")


def listed(segments: Sequence[Path], path: Path) -> Path:
    """Write the list by which ffmpeg reads segments one behind the other."""
    path.write_text("".join(f"file '{segment}'\n" for segment in segments))
    return path


def tool(argv: Sequence[str]) -> None:
    """Run ffmpeg to its good end; raises ValueError with its last words."""
    ended = subprocess.run(
        ["ffmpeg", "-nostdin", "-v", "error", "-y", *argv],
        capture_output=True, text=True, timeout=WRITE_SECONDS, check=False,
    )  # fmt: skip
    if ended.returncode:
        raise ValueError(f"the pictures cannot be written: {ended.stderr.strip()[-300:]}")


def numbered(segments: Sequence[Path], path: Path) -> None:
    """Write every frame as a PNG into one archive: `00001.png` and so on."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for count, picture in enumerate(drawn(segments), 1):
            content = png(picture, alpha=bool((picture[:, :, 3] < 255).any()))
            archive.writestr(zipfile.ZipInfo(f"{count:05d}.png"), content)


def facts_of_animation(path: Path) -> FilmFacts:
    """Ask an animated picture what it is, its real times among it."""
    with Image.open(path) as film:
        times: list[float] = []
        for frame in ImageSequence.Iterator(film):
            frame.load()  # a WebP tells a frame's time only now
            times.append(float(frame.info.get("duration", 0)))
        kind = (film.format or "").lower()
        size = film.size
    return facts(path, size, len(times), sum(times) / 1000, kind)


def facts_of_archive(path: Path, rate: Fraction) -> FilmFacts:
    """Ask an archive of pictures what it holds."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        with Image.open(io.BytesIO(archive.read(names[0]))) as first:
            size = first.size
    return facts(path, size, len(names), float(len(names) / rate), "png")


def facts(path: Path, size: tuple[int, int], frames: int, seconds: float, codec: str) -> FilmFacts:
    """Put together what a file of pictures says of itself."""
    with path.open("rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    return FilmFacts(
        width=size[0], height=size[1], fps=round(frames / seconds, 3) if seconds else 0, frames=frames,
        seconds=seconds, video_codec=codec, pixel_format="rgb", color="rgb/pc", audio_codec=None,
        audio_seconds=None, bytes=path.stat().st_size, sha256=sha256,
    )  # fmt: skip


def small(segments: Sequence[Path], width: int, height: int) -> list[Image.Image]:
    """Decode the first frame of every segment, small."""
    found: list[Image.Image] = []
    for segment in segments:
        with av.open(str(segment), format="matroska") as source:
            found.append(next(source.decode(video=0)).to_image(width=width, height=height))
    return found
