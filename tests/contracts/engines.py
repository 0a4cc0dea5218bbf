"""Everything that compiles and draws films, and a project to try it on."""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from PIL import Image

from domain.composition import Composition
from domain.engine import Engine, Film, Output, Progress
from render.engine import BoxEngine, EngineConfig
from tests.contracts.sandboxes import SANDBOXES

FILM = """\
from stage import Film, Scene, Image, Rect, Sound, Text

film = Film("Contract", width=320, height=180, fps=30)
for name, words in (("one", "First"), ("two", "Second")):
    scene = Scene(name, seconds=1.2, background="#203040")
    title = Text(words, size=48, color="#FFFFFF", anchor="center")
    dot = Rect(width=20, height=20, fill="#FF8040", anchor="left")
    scene.add(title, dot)
    scene.timeline.to(dot, x=200, duration=1.2, ease="none", at=0)
    film.add(scene, **({"enter": "fade", "over": 0.2} if name == "two" else {}))
"""


async def quiet(_: Progress) -> None:
    """Nobody listens."""


def boxes(name: str) -> Callable[[Path], BoxEngine]:
    return lambda folder: BoxEngine(SANDBOXES[name](), EngineConfig(folder=folder, cpus=2))


ENGINES: dict[str, Callable[[Path], BoxEngine]] = {f"box over {name}": boxes(name) for name in SANDBOXES}


class Tree:
    """A project's files on the host."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, Path] = {}

    def write(self, path: str, content: str | bytes) -> Mapping[str, Path]:
        """Write a file as a blob is written: under another name, readable by its owner only."""
        data = content.encode() if isinstance(content, str) else content
        place = self.folder / hashlib.sha256(data).hexdigest()
        place.write_bytes(data)
        place.chmod(0o400)
        self.files[path] = place
        return self.files


def size_of(path: Path) -> tuple[int, int]:
    with Image.open(path) as opened:
        return opened.size


async def compiled(engine: Engine, tree: Tree) -> Composition:
    build = await engine.compile(tree.files)
    assert build.composition is not None, build.findings
    return build.composition


async def made(engine: Engine, tree: Tree, folder: Path, output: Output | None = None) -> Film:
    folder.mkdir(exist_ok=True)
    return await engine.film(
        await compiled(engine, tree), tree.files, output or Output(), folder, on_progress=quiet
    )
