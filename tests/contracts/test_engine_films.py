"""One suite for everything that makes whole films, and keeps what it has drawn (see domain/engine.py)."""

import asyncio
import hashlib
import os
import subprocess
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from domain.engine import Engine, Output, Progress
from domain.errors import Unavailable
from tests.contracts.engines import FILM, Tree, compiled, made, quiet, size_of

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
    assert size_of(result.thumbnail) == (320, 180), "no larger than the poster"
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
        if progress.done > 1_300:  # the first batch, of 1,200 frames and the rest of a piece, is kept by then
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
