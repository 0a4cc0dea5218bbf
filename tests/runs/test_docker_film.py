"""One film, drawn in both kinds of boxes: the same frames, byte for byte."""

import hashlib
from pathlib import Path

import pytest

from domain.engine import Output, Progress
from render.engine import BoxEngine, EngineConfig
from tests.contracts.sandboxes import SANDBOXES

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
FILM = """\
from stage import Film, Rect, Scene, Text

film = Film("Noor Tea", width=640, height=360, fps=30)
scene = Scene("title", seconds=2, background="#0F3D2E")
scene.add(
    Text("Noor Tea", size=72, color="#FFFFFF", anchor="center", y=-60),
    Text("شاي نور 🍃 茶", size=48, color="#D8F3DC", anchor="center", y=50),
    Rect(width=40, height=40, fill="#FFB703", anchor="left"),
)
film.add(scene)
"""


async def quiet(_: Progress) -> None:
    """Nobody listens."""


async def frames_of(name: str, folder: Path) -> tuple[list[str], int]:
    """Draw stills and the whole film in one kind of box; give the hashes and the film's frames."""
    engine = BoxEngine(SANDBOXES[name](), EngineConfig(folder=folder / "engine", cpus=2))
    source = folder / "source"
    source.write_text(FILM)
    files = {"film.py": source}
    (folder / "film").mkdir()
    try:
        build = await engine.compile(files)
        assert build.composition is not None, build.findings
        stills = await engine.stills(build.composition, files, [0, 20, 59], png=True, sheet=False)
        film = await engine.film(build.composition, files, Output(), folder / "film", on_progress=quiet)
    finally:
        await engine.close()
    assert film.path.stat().st_size > 10_000
    pictures = [still.png for still in stills.stills]
    return [hashlib.sha256(each).hexdigest() for each in pictures], film.facts.frames


async def test_a_film_is_the_same_in_every_kind_of_box(tmp_path: Path) -> None:
    drawn: dict[str, tuple[list[str], int]] = {}
    for name in SANDBOXES:
        (tmp_path / name).mkdir()
        drawn[name] = await frames_of(name, tmp_path / name)
    assert drawn["docker"] == drawn["bubblewrap"]
    assert drawn["docker"][1] == 60
