"""One prompt on two installations: the film that each of them made, as hashes of its drawn frames."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import Path

from bench.chaos.server import Server
from bench.chaos.story import Leavings, leavings
from cli.client import Json
from cli.folder import source_files
from domain.sandbox import Sandbox
from render.engine import BoxEngine, EngineConfig

PROMPT = 'A 6 second clip that says "Open all night" for the Ferry House, warm. Points: Music, Food, Lights'
_AT_ONCE = 12
"""Frames that a warm guest draws for one question."""


@dataclass(frozen=True)
class Made:
    """A film, by its frames before encoding, by its bytes as delivered, and by what its run left behind."""

    frames: int
    drawn: str
    delivered: str
    left: Leavings


async def begin(server: Server) -> Json:
    """Post the prompt."""
    return await server.client.post("/api/generate/start", {"prompt": PROMPT, "quality": "draft"})


async def nothing() -> None:
    """Nobody has to be called back to life: whatever broke comes back by itself."""


async def make(server: Server, box: Sandbox, folder: Path) -> Made:
    """Make the film, and draw the revision that was delivered once more, frame by frame."""
    started = await begin(server)
    left = await leavings(server.client, str(started["project_id"]), str(started["run_id"]))
    return await look(server, started, left, box, folder)


async def look(server: Server, started: Json, left: Leavings, box: Sandbox, folder: Path) -> Made:
    """Fetch a film's source and draw it in a box of the installation's kind."""
    folder.mkdir(parents=True, exist_ok=True)
    archive = folder / "source.zip"
    await server.client.download(f"/api/projects/{started['project_id']}/export", archive)
    with zipfile.ZipFile(archive) as source:
        source.extractall(folder / "source")
    (root,) = (folder / "source").iterdir()
    count, drawn = await frames(box, root, folder / "engine")
    return Made(count, drawn, _delivered(left), left)


async def frames(box: Sandbox, source: Path, folder: Path) -> tuple[int, str]:
    """Draw all frames of a film, lossless; gives their number and the hash of their hashes."""
    engine = BoxEngine(box, EngineConfig(folder=folder, cpus=1))
    told = hashlib.sha256()
    files = source_files(source)
    try:
        build = await engine.compile(files)
        assert build.composition is not None, build.findings
        film = build.composition
        for first in range(0, film.frames, _AT_ONCE):
            numbers = range(first, min(first + _AT_ONCE, film.frames))
            drawn = await engine.stills(film, files, numbers, png=True, sheet=False, scale=0.5)
            for still in drawn.stills:
                told.update(hashlib.sha256(still.png).digest())
        return film.frames, told.hexdigest()
    finally:
        await engine.close()


def _delivered(left: Leavings) -> str:
    """The hash of the last film that a run delivered, as its own log tells it."""
    ends = [event for event in left.events if event.startswith("render.finished") and '"sha256"' in event]
    return ends[-1].split('"sha256": "')[1][:64] if ends else ""
