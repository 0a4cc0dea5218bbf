"""Drawing and encoding reference films A, B and C, against encoding the very same frames alone."""

from __future__ import annotations

import shutil
from pathlib import Path

from bench.figure import Bar, draw, prepared, run, timed
from render.encode import wide_vectors

BARS = {
    f"render_{name}_{preset}_vs_limit": Bar("≥", bar)
    for name in "ABC"
    for preset, bar in (("veryfast", 0.7), ("medium", 0.86))
}
TRIES = {("A", "veryfast"): 3, ("C", "veryfast"): 3}
"""How often a pair is measured, turn by turn; what lasts long is measured once."""
CRF = "23"
FRAME = 1920 * 1080 * 3 // 2
"""Bytes of a frame."""
SAMPLE, EVERY = 90, 300
"""Of a film longer than `EVERY` frames the limit is taken from so many of that many: they fit into memory."""


def measure(folder: Path) -> dict[str, float]:
    """Compare frames a second, the best of the tries of both sides."""
    found: dict[str, float] = {}
    for name in "ABC":
        project = prepared(name, folder)
        count, raws = frames(project, folder)
        for preset in ("veryfast", "medium"):
            film: list[float] = []
            limit: list[float] = []
            for _ in range(TRIES.get((name, preset), 1)):
                film.append(count / timed(draw(project, folder / "out", "--preset", preset, "--crf", CRF)))
                shutil.rmtree(folder / "out")
                limit.append(alone(raws, preset, folder))
            found[f"render_{name}_{preset}_vs_limit"] = max(film) / max(limit)
            found[f"render_{name}_{preset}_fps"] = max(film)
            found[f"encode_{name}_{preset}_limit_fps"] = max(limit)
        for raw in raws:
            raw.unlink()
    return found


def frames(project: Path, folder: Path) -> tuple[int, list[Path]]:
    """Keep the frames that the encoder is given, as a factor of 0 does; gives the film's length too."""
    run(draw(project, folder / "whole", "--preset", "ultrafast", "--crf", "0"))
    film = folder / "whole" / "film.mp4"
    asked = ["ffprobe", "-v", "error", "-count_packets", "-select_streams", "v", "-of", "csv=p=0"]
    count = int(run([*asked, "-show_entries", "stream=nb_read_packets", str(film)]).stdout)
    stretches = [(0, count)] if count <= EVERY else [(first, SAMPLE) for first in range(0, count, EVERY)]
    raws: list[Path] = []
    for first, length in stretches:
        raws.append(folder / f"frames{first}.yuv")
        decode = ["ffmpeg", "-v", "error", "-ss", f"{first / 30:.3f}", "-i", str(film), "-pix_fmt", "yuv420p"]
        run([*decode, "-frames:v", str(length), "-f", "rawvideo", str(raws[-1])])
    shutil.rmtree(folder / "whole")
    return count, raws


def alone(raws: list[Path], preset: str, folder: Path) -> float:
    """Encode frames alone, on all processors; frames a second."""
    count = sum(raw.stat().st_size for raw in raws) / FRAME
    return count / sum(timed(encode(raw, preset, folder)) for raw in raws)


def encode(raw: Path, preset: str, folder: Path) -> list[str]:
    """Write the command that encodes frames alone; films keep off AVX-512, and so does their limit."""
    argv = ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-s", "1920x1080", "-pix_fmt", "yuv420p"]
    argv += ["-r", "30", "-i", str(raw), "-c:v", "libx264", "-preset", preset, "-crf", CRF]
    argv += ["-x264-params", "asm=avx2"] if wide_vectors() else []
    return [*argv, str(folder / "limit.mp4")]
