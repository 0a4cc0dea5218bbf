"""Which container a file is, by its first bytes, and which way up it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import av

from domain.finding import Finding


def demuxer_of(path: Path) -> str:
    """Name the demuxer of a film; raises ValueError for any other file."""
    with path.open("rb") as film:
        head = film.read(12)
    if head[4:8] in (b"ftyp", b"moov", b"wide", b"mdat", b"free", b"skip"):
        return "mov" if head[8:12] == b"qt  " else "mp4"
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return "matroska"
    raise ValueError("the file is no film in MP4, MOV, WebM or Matroska")


def turned(path: Path, demuxer: str) -> Iterable[Finding]:
    """Find a film that players have to turn, or whose pixels are not square."""
    try:
        with av.open(str(path), format=demuxer, options={"protocol_whitelist": "file"}) as film:
            video = film.streams.video[0]
            aspect = video.sample_aspect_ratio
            frame = next(film.decode(video), None)
            angle = frame.rotation if frame is not None else 0
    except av.FFmpegError:  # told as a broken film by whoever decodes all of it
        return
    if angle:
        yield wrong(f"the file says that it is to be turned by {angle} degrees", angle)
    if aspect is not None and aspect not in (0, 1):
        yield wrong(f"the file's pixels are not square but {aspect}", float(aspect))


def wrong(message: str, value: float) -> Finding:
    """Say that a file is not shown as it is coded."""
    return Finding(
        code="film_size", severity="error", message=message, value=value, limit=0,
        fix_hint="encode the picture the way it is to be shown", fix_owner="user",
    )  # fmt: skip
