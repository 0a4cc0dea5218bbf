"""Analyses of sounds, made in a box once and kept by what was heard and how."""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

from domain.hearing import Heard, Hearing
from domain.sandbox import BoxLimits, Mount, Sandbox
from render.answers import MIB, disk, small, undecoded
from render.cache import digest

SECONDS = 300.0
"""That a box may listen to one sound."""
MOST_MB = 48
MOST_KEPT = 500
"""Analyses; of more, those that were not used for longest go."""
PARTS = ("hearing.json", "hearing.jpg")
ROOT = Path(__file__).resolve().parent
FORM = ROOT.parent / "domain" / "hearing.py"
"""What is told of a sound: an analysis of another form is none."""


class Listener:
    """Hears sounds for an installation, and remembers them in a folder of the host."""

    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        self._sandbox = sandbox
        self._folder = folder

    async def listen(self, source: Path, sensitivity: float) -> Heard:
        """Analyse a file by its content.

        Raises ToolError("invalid" | "limit", …) when it is no sound, is broken or too long, Unavailable
        without a sandbox.
        """
        key = await asyncio.to_thread(_key, source, sensitivity)
        kept = self._folder / key
        if not all((kept / part).is_file() for part in PARTS):
            await self._make(source, sensitivity, kept)
        await asyncio.to_thread(os.utime, kept)
        text = small(kept / PARTS[0], MOST_MB * MIB)
        return Heard(hearing=Hearing.model_validate_json(text), picture=(kept / PARTS[1]).read_bytes())

    async def _make(self, source: Path, sensitivity: float, kept: Path) -> None:
        limits = BoxLimits(seconds=SECONDS, memory_mb=3_072, cpus=1, work_mb=256, output_mb=MOST_MB)
        with disk():
            self._folder.mkdir(parents=True, exist_ok=True)
            made = Path(tempfile.mkdtemp(prefix="new-", dir=self._folder))
        try:
            ended = await self._sandbox.run(
                ["python", "-m", "render", "listen", "--sensitivity", str(sensitivity)],
                mounts=[Mount(source=source.resolve(), target="/in/source")],
                limits=limits,
                collect=made,
            )
            if ended.exit_code or ended.ended_by != "exit":
                raise undecoded(ended, "audio")
            Hearing.model_validate_json(small(made / PARTS[0], MOST_MB * MIB))
            if not kept.exists():
                made.rename(kept)
            self._trim()
        finally:
            shutil.rmtree(made, ignore_errors=True)

    def _trim(self) -> None:
        kept = sorted(self._folder.glob("[0-9a-f]*"), key=lambda path: path.stat().st_mtime)
        for path in kept[: max(0, len(kept) - MOST_KEPT)]:
            shutil.rmtree(path, ignore_errors=True)


@cache
def ear() -> str:
    """Name the code that hears, by its content; read once, for what runs does not change either."""
    code = [*sorted((ROOT / "hearing").glob("*.py")), ROOT / "sound" / "loudness.py", FORM]
    return hashlib.sha256("\0".join(digest(path) for path in code).encode()).hexdigest()


def _key(source: Path, sensitivity: float) -> str:
    """Name an analysis by the sound, the manner and the code that hears."""
    parts = [digest(source), f"{sensitivity:.3f}", ear()]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
