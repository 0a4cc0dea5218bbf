from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import skia

from render.clips import Clip, Clips
from render.picture import Picture
from tests.unit.render.films import film, node, track, write_clip


def gray(image: skia.Image | None) -> float:
    assert image is not None
    return float(image.toarray()[:, :, :3].min())


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    write_clip(tmp_path / "assets/clip.mp4")
    return tmp_path / "assets/clip.mp4"


def test_every_moment_shows_its_own_picture_in_any_order(clip: Path) -> None:
    opened = Clip(clip)
    for number in (0, 1, 2, 9, 23, 22, 3, 8, 7, 16, 0):
        assert gray(opened.picture(number / 30)) == pytest.approx(40 + 8 * number, abs=2)
    assert gray(opened.picture(7.9 / 30)) == pytest.approx(40 + 8 * 7, abs=2)
    assert gray(opened.picture(99)) == pytest.approx(40 + 8 * 23, abs=2)
    assert opened.seconds == pytest.approx(0.8, abs=0.01)


def drawn(folder: Path, frame: int, **props: object) -> float:
    shown = node("video", "v", src="assets/clip.mp4", width=480, height=270, inside="frame", **props)  # type: ignore[arg-type]
    return float(Picture(film(shown, frames=90), folder).draw(frame)[:, :, :3].min())


@pytest.mark.parametrize(
    ("frame", "props", "number"),
    [
        (5, {}, 5),
        (5, {"start": 2}, 3),
        (5, {"trim": 0.2}, 11),
        (5, {"speed": 2}, 10),
        (5, {"speed": 0.5}, 2),
        (50, {}, 23),
        (50, {"loop": True}, 2),
        (50, {"trim_end": 0.3}, 8),
        (50, {"speed": 0, "shift": 0.5}, 15),
    ],
)
def test_a_clip_plays_by_the_scenes_clock(
    clip: Path, frame: int, props: dict[str, object], number: int
) -> None:
    assert drawn(clip.parents[1], frame, **props) == pytest.approx(40 + 8 * number, abs=3)


def test_a_clip_that_plays_is_drawn_anew_on_every_frame_and_a_stopped_one_is_not(clip: Path) -> None:
    playing = Picture(film(node("video", "v", src="assets/clip.mp4")), clip.parents[1])
    stopped = Picture(film(node("video", "v", src="assets/clip.mp4", speed=0)), clip.parents[1])
    ramped = node("video", "v", src="assets/clip.mp4", speed=0, tracks=[track("shift", (4, 0), (8, 0.5))])
    assert not playing.same_as_previous(3)
    assert stopped.same_as_previous(3)
    assert not Picture(film(ramped), clip.parents[1]).same_as_previous(6)


def test_a_turned_clip_stands_upright(clip: Path) -> None:
    turned = clip.with_name("turned.mp4")
    argv = ["ffmpeg", "-v", "error", "-i", str(clip), "-c", "copy", "-metadata:s:v", "rotate=90", str(turned)]
    subprocess.run(argv, check=True)
    opened = Clip(turned)
    image = opened.picture(0)
    assert opened.size == (54, 96)
    assert image is not None
    assert (image.width(), image.height()) == (54, 96)
    assert image.toarray()[-2, 20, 0] > 200  # the bar stands where ffmpeg itself turns it to


def test_uneven_frame_times_are_kept(clip: Path) -> None:
    uneven = clip.with_name("uneven.mp4")
    argv = ["ffmpeg", "-v", "error", "-i", str(clip), "-vf", "select='lt(n,4)+gte(n,12)'", "-vsync", "vfr"]
    subprocess.run([*argv, "-c:v", "libx264", "-qp", "0", str(uneven)], check=True)
    opened = Clip(uneven)
    assert gray(opened.picture(9 / 30)) == pytest.approx(40 + 8 * 3, abs=3)
    assert gray(opened.picture(12 / 30)) == pytest.approx(40 + 8 * 12, abs=3)


@pytest.mark.parametrize("content", [b"", b"hello" * 99, b"\0\0\0\x18ftypmp42" + b"\xff" * 5_000])
def test_a_broken_clip_is_left_out_with_one_notice(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "clip.mp4").write_bytes(content)
    told: list[str] = []
    clips = Clips(lambda name: tmp_path / name, told.append)
    assert clips.get("clip.mp4") is None
    assert clips.get("clip.mp4") is None
    assert clips.get("none.mp4") is None
    assert len(told) == 2
    assert "no such file" in told[1]


def test_a_clip_cut_off_in_the_middle_ends_where_it_breaks(clip: Path) -> None:
    whole = clip.with_name("whole.mkv")
    subprocess.run(["ffmpeg", "-v", "error", "-i", str(clip), "-c", "copy", str(whole)], check=True)
    half = clip.with_name("half.mkv")
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    opened = Clip(half)
    assert gray(opened.picture(3 / 30)) == pytest.approx(40 + 8 * 3, abs=2)
    assert opened.picture(0.79) is not None
