"""Drawing and encoding reference films A, B and C, against encoding the very same frames alone."""

from __future__ import annotations

import shutil
from pathlib import Path

from bench.figure import Bar, draw, prepared, run, timed

BARS = {
    f"render_{name}_{preset}_vs_limit": Bar("≥", bar)
    for name in "ABC"
    for preset, bar in (("veryfast", 0.7), ("medium", 0.86))
}
TRIES = {"A": 3, "B": 1, "C": 3}
CRF = "23"


def measure(folder: Path) -> dict[str, float]:
    """Take the best of three of each, turn by turn; of the minute one."""
    found: dict[str, float] = {}
    for name in TRIES:
        project = prepared(name, folder)
        raw = frames(project, folder)
        for preset in ("veryfast", "medium"):
            film: list[float] = []
            limit: list[float] = []
            for _ in range(TRIES[name]):
                out = folder / "out"
                film.append(timed(draw(project, out, "--preset", preset, "--crf", CRF)))
                shutil.rmtree(out)
                limit.append(timed(encode(raw, preset, folder)))
            count = raw.stat().st_size / (1920 * 1080 * 1.5)
            found[f"render_{name}_{preset}_vs_limit"] = min(limit) / min(film)
            found[f"render_{name}_{preset}_fps"] = count / min(film)
            found[f"encode_{name}_{preset}_limit_fps"] = count / min(limit)
        raw.unlink()
    return found


def frames(project: Path, folder: Path) -> Path:
    """Keep the frames that the encoder is given: a factor of 0 loses nothing."""
    run(draw(project, folder / "whole", "--preset", "ultrafast", "--crf", "0"))
    raw = folder / "frames.yuv"
    decode = ["ffmpeg", "-v", "error", "-i", str(folder / "whole" / "film.mp4"), "-pix_fmt", "yuv420p"]
    run([*decode, "-f", "rawvideo", str(raw)])
    shutil.rmtree(folder / "whole")
    return raw


def encode(raw: Path, preset: str, folder: Path) -> list[str]:
    """Write the command that encodes frames alone, on all processors."""
    argv = ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-s", "1920x1080", "-pix_fmt", "yuv420p"]
    argv += ["-r", "30", "-i", str(raw), "-c:v", "libx264", "-preset", preset, "-crf", CRF]
    return [*argv, str(folder / "limit.mp4")]
