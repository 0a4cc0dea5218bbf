"""One frame of reference composition A as a 1080p PNG: by a cold process, and by a warm one."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

from bench.figure import FILMS, ROOT, Bar, compiled, timed

BARS = {"still_cold_ms": Bar("≤", 600), "still_warm_ms": Bar("≤", 150)}
WISH = '{"frames":[%d],"png":true,"sheet":false}'


def measure(folder: Path) -> dict[str, float]:
    """Take the median of several frames of each."""
    composition = compiled("A", folder).read_bytes()
    return {"still_cold_ms": cold(folder), "still_warm_ms": warm(composition)}


def cold(folder: Path) -> float:
    """Start a process for each frame, milliseconds."""
    found: list[float] = []
    for frame in (60, 100, 140, 180, 220):
        (folder / "wish.json").write_text(WISH % frame)
        argv = [
            sys.executable,
            "-m",
            "render",
            "stills",
            "--given",
            str(folder),
            "--project",
            str(FILMS / "A"),
        ]
        found.append(timed(argv) * 1000)
    return statistics.median(found)


def warm(composition: bytes) -> float:
    """Ask one process for one frame after the other, milliseconds."""
    argv = [sys.executable, "-m", "render", "serve", "--project", str(FILMS / "A")]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as guest:
        assert guest.stdin is not None
        assert guest.stdout is not None
        found: list[float] = []
        for frame in range(50, 250, 10):
            head = (WISH % frame).encode()
            sizes = f"[{len(composition)}]".encode()
            message = b"".join((length(head), head, length(sizes), sizes, composition))
            started = time.perf_counter()
            guest.stdin.write(length(message) + message)
            guest.stdin.flush()
            size = int.from_bytes(guest.stdout.read(4), "big")
            assert b"\x89PNG" in guest.stdout.read(size)
            found.append((time.perf_counter() - started) * 1000)
        guest.stdin.close()
    return statistics.median(found[3:])


def length(message: bytes) -> bytes:
    """A message's size, as both sides read it."""
    return len(message).to_bytes(4, "big")
