"""One suite for everything that compiles and draws films (see domain/engine.py)."""

import asyncio
import hashlib
import os
import subprocess
from collections.abc import AsyncIterator, Callable, Mapping
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from domain.composition import Composition
from domain.engine import Engine, Film, Output, Progress
from domain.errors import ToolError, Unavailable
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


@pytest.fixture(params=ENGINES)
async def engine(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[BoxEngine]:
    made = ENGINES[request.param](tmp_path / "engine")
    yield made
    await made.close()


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


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    folder = tmp_path / "blobs"
    folder.mkdir(mode=0o700)
    made = Tree(folder)
    made.write("film.py", FILM)
    return made


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


# compile


async def test_source_becomes_a_composition(engine: Engine, tree: Tree) -> None:
    film = await compiled(engine, tree)
    assert (film.width, film.height, film.fps) == (320, 180, 30)
    assert [scene.id for scene in film.scenes] == ["one", "two"]


async def test_a_mistake_comes_back_with_its_line(engine: Engine, tree: Tree) -> None:
    tree.write("film.py", FILM.replace('anchor="center"', 'anchor="middle"'))
    build = await engine.compile(tree.files)
    errors = [each for each in build.findings if each.severity == "error"]
    assert build.composition is None
    assert (errors[0].file, errors[0].line) == ("film.py", 6)


@pytest.mark.parametrize(
    ("source", "kind"),
    [("while True: pass", "timeout"), ("hog = [bytearray(1 << 20) for _ in range(1 << 20)]", "limit")],
    ids=["endless", "memory"],
)
@pytest.mark.slow
async def test_source_that_takes_too_much_is_stopped(
    engine: Engine, tree: Tree, source: str, kind: str
) -> None:
    tree.write("film.py", source)
    with pytest.raises(ToolError) as stopped:
        await engine.compile(tree.files)
    assert stopped.value.kind == kind
    await compiled_again(engine, tree)


async def compiled_again(engine: Engine, tree: Tree) -> None:
    tree.write("film.py", FILM)
    assert await compiled(engine, tree)


async def test_one_project_never_sees_another(engine: Engine, tree: Tree) -> None:
    spy = "import os\nfound = sorted(os.listdir('/box')) + sorted(os.listdir('.'))\nraise ValueError(found)\n"
    tree.write("secret.py", "key = 'hidden'\n")
    await engine.compile(tree.files)
    del tree.files["secret.py"]
    tree.write("film.py", spy)
    build = await engine.compile(tree.files)
    assert "secret" not in " ".join(each.message for each in build.findings)


async def test_an_outline_tells_what_is_written_where(engine: Engine, tree: Tree) -> None:
    outline = await engine.outline(tree.files)
    assert {"file", "import"} <= {entry.kind for entry in outline.entries}
    tree.write("film.py", FILM + "def broken(:\n")
    assert (await engine.outline(tree.files)).problems


# stills


async def test_stills_are_pngs_of_the_film_and_a_sheet(engine: Engine, tree: Tree) -> None:
    film = await compiled(engine, tree)
    seen = await engine.stills(film, tree.files, [3, 20, 50], png=True)
    assert [still.frame for still in seen.stills] == [3, 20, 50]
    sizes = [Image.open(BytesIO(still.png)).size for still in seen.stills]
    assert sizes == [(320, 180)] * 3
    assert seen.sheet is not None
    sheet = Image.open(BytesIO(seen.sheet))
    assert sheet.format == "JPEG"
    assert max(sheet.size) <= 1568
    assert len(seen.sheet) <= 300_000
    assert {node.text for node in seen.layout.nodes if node.kind == "text"} == {"First", "Second"}
    assert seen.findings == ()


async def test_a_frame_is_the_same_bytes_cold_and_warm(engine: Engine, tree: Tree, tmp_path: Path) -> None:
    film = await compiled(engine, tree)
    first = await engine.stills(film, tree.files, [20], png=True, sheet=False)
    again = await engine.stills(film, tree.files, [50, 20], png=True, sheet=False)
    assert first.stills[0].png == again.stills[1].png


async def test_a_changed_picture_is_seen(engine: Engine, tree: Tree) -> None:
    tree.write(
        "film.py", FILM.replace("scene.add(", 'scene.add(Image("assets/a.png", width=90, height=90), ')
    )
    drawn: list[bytes] = []
    for color in ("red", "blue"):
        page = BytesIO()
        Image.new("RGB", (30, 30), color).save(page, "PNG")
        tree.write("assets/a.png", page.getvalue())
        seen = await engine.stills(await compiled(engine, tree), tree.files, [20], png=True, sheet=False)
        assert seen.findings == ()
        drawn.append(seen.stills[0].png)
    assert drawn[0] != drawn[1]


@pytest.mark.parametrize("frames", [[], [66], [-1], list(range(60)) * 2])
async def test_frames_that_are_not_there_are_refused(engine: Engine, tree: Tree, frames: list[int]) -> None:
    film = await compiled(engine, tree)
    with pytest.raises(ToolError) as refused:
        await engine.stills(film, tree.files, frames)
    assert refused.value.kind == "invalid"


async def test_a_file_that_has_gone_is_a_finding_not_a_failure(engine: Engine, tree: Tree) -> None:
    tree.write("assets/gone.png", b"")
    tree.write(
        "film.py", FILM.replace("scene.add(", 'scene.add(Image("assets/gone.png", width=9, height=9), ')
    )
    film = await compiled(engine, tree)
    del tree.files["assets/gone.png"]
    seen = await engine.stills(film, tree.files, [20])
    assert "asset_missing" in {each.code for each in seen.findings}


# film


async def test_a_film_is_what_was_planned(engine: Engine, tree: Tree, tmp_path: Path) -> None:
    steps: list[Progress] = []

    async def listen(progress: Progress) -> None:
        steps.append(progress)

    film = await compiled(engine, tree)
    out = tmp_path / "out"
    out.mkdir()
    result = await engine.film(film, tree.files, Output(), out, on_progress=listen)
    facts = result.facts
    assert (facts.width, facts.height, facts.fps, facts.frames) == (320, 180, 30, film.frames)
    assert (facts.video_codec, facts.pixel_format, facts.color) == ("h264", "yuv420p", "bt709/tv")
    assert facts.audio_codec == "aac"
    assert facts.audio_seconds == pytest.approx(film.seconds, abs=0.002)
    assert facts.sha256 == hashlib.sha256(result.path.read_bytes()).hexdigest()
    assert facts.bytes == result.path.stat().st_size
    assert size_of(result.poster) == (320, 180)
    assert max(size_of(result.sheet)) <= 1568
    assert result.layout.frames == film.frames
    assert [step.stage for step in steps][-1] == "finishing"
    assert max(step.done for step in steps) == film.frames


async def test_a_film_shows_what_its_stills_show(engine: Engine, tree: Tree, tmp_path: Path) -> None:
    film = await compiled(engine, tree)
    result = await made(engine, tree, tmp_path / "out", Output(quality="high"))
    for frame in (0, 20, 33, 50):
        seen = await engine.stills(film, tree.files, [frame], png=True, sheet=False)
        still = np.asarray(Image.open(BytesIO(seen.stills[0].png)).convert("RGB"), np.float32)
        argv = [
            "ffmpeg",
            "-v",
            "error",
            "-i",
            str(result.path),
            "-vf",
            f"select=eq(n\\,{frame})",
            "-frames:v",
            "1",
        ]
        argv += ["-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
        shown = subprocess.run(argv, capture_output=True, check=True).stdout
        video = np.frombuffer(shown, np.uint8).reshape(180, 320, 3).astype(np.float32)
        assert np.abs(still - video).mean() < 3, frame


async def test_what_has_not_changed_is_not_drawn_again(engine: Engine, tree: Tree, tmp_path: Path) -> None:
    first = await made(engine, tree, tmp_path / "a")
    again = await made(engine, tree, tmp_path / "b")
    assert (first.facts.segments_reused, again.facts.segments_reused) == (0, first.facts.segments)
    assert again.facts.sha256 == first.facts.sha256
    tree.write("film.py", FILM.replace("Second", "Last"))
    edited = await made(engine, tree, tmp_path / "c")
    assert 0 < edited.facts.segments_reused < edited.facts.segments
    assert edited.facts.frames == first.facts.frames


@pytest.mark.parametrize("content", [b"", b"poison", None])
async def test_what_was_damaged_or_poisoned_is_made_again(
    engine: Engine, tree: Tree, tmp_path: Path, content: bytes | None
) -> None:
    first = await made(engine, tree, tmp_path / "a")
    kept = tmp_path / "engine" / "segments"
    for path in (*kept.glob("*/*.film"), sorted(kept.glob("*/*.seg"))[0], *kept.glob("*/*.m4a")):
        path.chmod(0o600)
        path.write_bytes(path.read_bytes()[:-1] if content is None else content)
    again = await made(engine, tree, tmp_path / "b")
    assert again.facts.segments_reused == first.facts.segments - 1
    assert again.facts.sha256 == first.facts.sha256
    assert again.path.read_bytes() == first.path.read_bytes()


async def test_a_film_repeated_is_delivered_without_a_box(engine: Engine, tree: Tree, tmp_path: Path) -> None:
    film = await compiled(engine, tree)
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    steps: list[Progress] = []

    async def listen(progress: Progress) -> None:
        steps.append(progress)

    first = await engine.film(film, tree.files, Output(), tmp_path / "a", on_progress=quiet)
    again = await engine.film(film, tree.files, Output(), tmp_path / "b", on_progress=listen)
    assert steps == []
    assert (again.layout, again.report) == (first.layout, first.report)
    assert again.facts == first.facts.model_copy(update={"segments_reused": first.facts.segments})
    for one, other in ((first.poster, again.poster), (first.sheet, again.sheet), (first.path, again.path)):
        assert one.read_bytes() == other.read_bytes()


async def test_two_films_at_once_share_what_is_kept(engine: Engine, tree: Tree, tmp_path: Path) -> None:
    films = await asyncio.gather(*(made(engine, tree, tmp_path / name) for name in "abc"))
    assert len({each.facts.sha256 for each in films}) == 1
    kept = tmp_path / "engine" / "segments"
    assert len(list(kept.glob("*/*.seg"))) == films[0].facts.segments
    assert list(kept.glob("*/.*")) == []


async def test_a_web_film_has_its_own_sound(engine: Engine, tree: Tree, tmp_path: Path) -> None:
    result = await made(engine, tree, tmp_path / "out", Output(format="vp9"))
    assert (result.path.name, result.facts.video_codec, result.facts.audio_codec) == (
        "film.webm",
        "vp9",
        "opus",
    )


async def test_a_draft_is_half_the_size_and_a_stretch_is_a_stretch(
    engine: Engine, tree: Tree, tmp_path: Path
) -> None:
    result = await made(
        engine, tree, tmp_path / "out", Output(quality="draft", first_frame=10, last_frame=40)
    )
    assert (result.facts.width, result.facts.height, result.facts.frames) == (160, 90, 30)
    assert result.facts.audio_seconds == pytest.approx(1, abs=0.002)


async def test_a_sound_is_heard(engine: Engine, tree: Tree, tmp_path: Path) -> None:
    tone = tmp_path / "tone.flac"
    argv = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=duration=2,volume=10dB", str(tone)]
    subprocess.run(argv, check=True)
    tree.write("assets/tone.flac", tone.read_bytes())
    tree.write("film.py", FILM + 'film.add(Sound("assets/tone.flac"))\n')
    result = await made(engine, tree, tmp_path / "out")
    assert result.facts.loudness_lufs is not None
    assert result.facts.loudness_lufs <= -13


async def test_a_stopped_film_leaves_nothing(engine: Engine, tree: Tree, tmp_path: Path) -> None:
    drawing = asyncio.Event()

    async def listen(_: Progress) -> None:
        drawing.set()

    tree.write("film.py", FILM.replace("320", "1920").replace("180", "1080"))
    film = await compiled(engine, tree)
    out = tmp_path / "out"
    out.mkdir()
    task = asyncio.create_task(engine.film(film, tree.files, Output(), out, on_progress=listen))
    await drawing.wait()
    task.cancel()
    async with asyncio.timeout(2):
        await asyncio.gather(task, return_exceptions=True)
    assert task.cancelled()
    assert list(out.iterdir()) == []
    assert list((tmp_path / "engine" / "passing").iterdir()) == []


async def test_what_a_stopped_long_film_has_drawn_is_not_drawn_again(
    engine: Engine, tree: Tree, tmp_path: Path
) -> None:
    steps: list[Progress] = []
    stopped = asyncio.Event()

    async def listen(progress: Progress) -> None:
        steps.append(progress)
        if progress.done > 1_200:
            stopped.set()

    long = FILM.replace("320", "64").replace("180", "36").replace("seconds=1.2", "seconds=31.2")
    tree.write("film.py", long)
    film = await compiled(engine, tree)
    out = tmp_path / "out"
    out.mkdir()
    task = asyncio.create_task(engine.film(film, tree.files, Output(), out, on_progress=listen))
    await stopped.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert {step.total for step in steps} == {film.frames}
    result = await engine.film(film, tree.files, Output(), out, on_progress=listen)
    assert result.facts.frames == film.frames == 1866
    assert result.facts.segments == 33
    assert 20 <= result.facts.segments_reused < result.facts.segments


async def test_a_full_disk_is_told_plainly(engine: Engine, tree: Tree, tmp_path: Path) -> None:
    film = await compiled(engine, tree)
    full = Path("/dev/full")
    if not full.exists() or os.geteuid() != 0:
        pytest.skip("needs a small file system, which only root can mount")
    small = tmp_path / "out"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(small)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount")
    try:
        with pytest.raises(Unavailable, match="disk is full"):
            await engine.film(film, tree.files, Output(), small, on_progress=quiet)
        assert not (small / "film.mp4").exists()
    finally:
        subprocess.run(["umount", str(small)], check=True)


# import


async def test_media_comes_out_written_anew(engine: Engine, tmp_path: Path) -> None:
    source = tmp_path / "upload"
    Image.new("RGB", (30, 20), "red").save(source, "WEBP", lossless=True)
    media = await engine.import_media(source, "image")
    assert media.suffix == ".png"
    assert (media.facts["width"], media.facts["height"]) == (30, 20)
    assert media.content.startswith(b"\x89PNG")


@pytest.mark.parametrize("kind", ["image", "audio", "font", "svg"])
async def test_a_playlist_is_no_media_of_any_kind(engine: Engine, tmp_path: Path, kind: str) -> None:
    source = tmp_path / "upload.mp4"
    source.write_bytes(b"#EXTM3U\n#EXTINF:9,\n/etc/hostname\n#EXT-X-ENDLIST\n")
    with pytest.raises(ToolError) as refused:
        await engine.import_media(source, kind)  # type: ignore[arg-type]
    assert refused.value.kind == "invalid"
