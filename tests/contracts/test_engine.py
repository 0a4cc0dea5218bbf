"""One suite for everything that compiles films and draws their stills (see domain/engine.py)."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from domain.engine import Engine
from domain.errors import ToolError
from tests.contracts.engines import FILM, Tree, compiled

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
    assert [finding for finding in seen.findings if finding.severity != "advice"] == []


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
