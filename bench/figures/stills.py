"""One frame of reference composition A, from edited source to a 1080p PNG: by cold and by warm processes."""

from __future__ import annotations

import json
import statistics
import subprocess
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from bench.figure import GUEST, ROOT, Bar, prepared, run
from sandbox.guest import Guest

BARS = {"still_cold_ms": Bar("≤", 350), "still_warm_ms": Bar("≤", 80)}
WISH = '{"frames":[%d],"png":true,"sheet":false,"look":false}'
FRAMES = range(50, 250, 10)
Ask = Callable[[bytes], bytes]


def measure(folder: Path) -> dict[str, float]:
    """Take the median of several frames of each; every one has another source."""
    Guest().warm_up()  # as before the first box: bytecode would else be made anew in every process, 150 ms
    project = prepared("A", folder)
    return {"still_cold_ms": cold(project), "still_warm_ms": warm(project)}


def edited(project: Path, frame: int) -> str:
    """Change a word of the film."""
    return (project / "film.py").read_text().replace("Motion, measured", f"Motion, measured {frame}")


def cold(project: Path) -> float:
    """Start a process that compiles and one that draws, milliseconds."""
    found: list[float] = []
    given = project / "given"
    given.mkdir()
    for frame in FRAMES[::3]:
        (project / "film.py").write_text(edited(project, frame))
        (given / "wish.json").write_text(WISH % frame)
        started = time.perf_counter()
        said = json.loads(run([*GUEST, "stage", "compile", str(project)]).stdout)
        (given / "composition.json").write_text(json.dumps(said["composition"]))
        drawn = run([*GUEST, "render", "stills", "--given", str(given), "--project", str(project)])
        found.append((time.perf_counter() - started) * 1000)
        assert b"\x89PNG" in drawn.stdout
    return statistics.median(found)


def warm(project: Path) -> float:
    """Ask one process to compile and one to draw, frame after frame, milliseconds."""
    found: list[float] = []
    with (
        guest("stage", "serve", "20", "1024") as author,
        guest("render", "serve", "--project", str(project)) as drawer,
    ):
        for frame in FRAMES:
            asked = json.dumps({"do": "compile", "files": {"film.py": edited(project, frame)}}).encode()
            started = time.perf_counter()
            composition = json.dumps(json.loads(author(asked))["composition"]).encode()
            head = (WISH % frame).encode()
            sizes = f"[{len(composition)}]".encode()
            drawn = drawer(b"".join((length(head), head, length(sizes), sizes, composition)))
            found.append((time.perf_counter() - started) * 1000)
            assert b"\x89PNG" in drawn
    return statistics.median(found[3:])


@contextmanager
def guest(*words: str) -> Generator[Ask]:
    """Start a process that answers questions."""
    with subprocess.Popen(
        [*GUEST, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as process:
        question, answer = process.stdin, process.stdout
        assert question is not None
        assert answer is not None

        def ask(message: bytes) -> bytes:
            question.write(length(message) + message)
            question.flush()
            return answer.read(int.from_bytes(answer.read(4), "big"))

        yield ask
        question.close()


def length(message: bytes) -> bytes:
    """A message's size, as both sides read it."""
    return len(message).to_bytes(4, "big")
