"""Drawing and encoding reference composition A, against encoding its frames alone, in one run."""

from __future__ import annotations

import sys
from pathlib import Path

from bench.figure import FILMS, Bar, compiled, run, timed

BARS = {"render_A_veryfast_vs_limit": Bar("≥", 0.5)}
FRAMES = 300
TRIES = 3


def measure(folder: Path) -> dict[str, float]:
    """Take the best of three of each, turn by turn."""
    compiled("A", folder)
    raw = folder / "frames.yuv"
    film: list[float] = []
    limit: list[float] = []
    for attempt in range(TRIES):
        out = folder / f"out{attempt}"
        draw = [sys.executable, "-m", "render", "film", "--preset", "veryfast", "--crf", "23"]
        draw += ["--given", str(folder), "--project", str(FILMS / "A"), "--out", str(out)]
        film.append(timed(draw))
        if not attempt:
            decode = ["ffmpeg", "-v", "error", "-i", str(out / "film.mp4"), "-pix_fmt", "yuv420p"]
            run([*decode, "-f", "rawvideo", str(raw)])
        encode = ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-s", "1920x1080", "-pix_fmt", "yuv420p"]
        encode += ["-r", "30", "-i", str(raw), "-c:v", "libx264", "-preset", "veryfast", "-crf", "23"]
        limit.append(timed([*encode, str(folder / "limit.mp4")]))
    return {
        "render_A_veryfast_vs_limit": min(limit) / min(film),
        "render_A_fps": FRAMES / min(film),
        "encode_A_limit_fps": FRAMES / min(limit),
    }
