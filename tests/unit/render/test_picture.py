# ruff: noqa: E501 - tables are read by their columns
from __future__ import annotations

import hashlib
import json
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from domain.composition import Composition
from render.picture import Picture
from tests.golden.compositions import SHOTS
from tests.unit.render import films

MOVING = ("moving_parts", "counters", "drawn_on", "fade_and_camera", "dip_and_camera")


def _busy() -> Composition:
    return films.film(
        films.node("rect", "still", width=100, height=100, fill="#335577"),
        films.node("rect", "late", x=120, width=50, height=50, fill="#FFFFFF80", start=7, end=12),
        films.node(
            "rect", "mover", y=120, width=40, height=40, fill="#CC8844",
            tracks=[films.track("x", (4, 0), (10, 200, "power2.out"), (16, 200), (20, 100))],
        ),
        films.node("text", "t", text="Hello", y=180, size=30, tracks=[films.track("opacity", (12, 0), (18, 1))]),
        frames=30,
        after=[films.scene(films.node("text", "u", text="Then", size=60), enter="fade", over=6),
               films.scene(films.node("text", "v", text="Last", size=60), id="three", enter="dip", over=8)],
    )  # fmt: skip


@pytest.mark.parametrize("name", MOVING)
def test_frames_said_to_be_the_same_are_the_same_bytes(name: str, tmp_path: Path) -> None:
    picture = Picture(SHOTS[name].make(), tmp_path, scale=0.2)
    _check_sameness(picture)


def test_sameness_holds_over_starts_ends_and_transitions(tmp_path: Path) -> None:
    picture = Picture(_busy(), tmp_path)
    same = _check_sameness(picture)
    assert same > 25


def _check_sameness(picture: Picture) -> int:
    same = 0
    before = picture.draw(0).copy()
    for frame in range(1, picture.film.frames):
        now = picture.draw(frame).copy()
        if picture.same_as_previous(frame):
            same += 1
            assert np.array_equal(before, now), f"frame {frame} differs"
        before = now
    return same


@pytest.mark.parametrize("name", MOVING)
def test_a_frame_is_the_same_bytes_in_any_order(name: str, tmp_path: Path) -> None:
    made = SHOTS[name].make()
    forward = Picture(made, tmp_path, scale=0.25)
    frames = list(range(0, made.frames, 3))
    kept = {frame: hashlib.sha256(forward.draw(frame).tobytes()).hexdigest() for frame in frames}
    random.Random(4).shuffle(frames)
    other = Picture(made, tmp_path, scale=0.25)
    assert {frame: hashlib.sha256(other.draw(frame).tobytes()).hexdigest() for frame in frames} == kept


def test_another_process_draws_the_same_bytes(tmp_path: Path) -> None:
    film = SHOTS["moving_parts"].make()
    source = tmp_path / "film.json"
    source.write_text(film.model_dump_json())
    program = (
        "import hashlib, pathlib, sys\n"
        "from domain.composition import Composition\n"
        "from render.picture import Picture\n"
        "film = Composition.model_validate_json(pathlib.Path(sys.argv[1]).read_text())\n"
        "picture = Picture(film, pathlib.Path('.'), scale=0.5)\n"
        "print(hashlib.sha256(picture.draw(14).tobytes()).hexdigest())\n"
    )
    root = Path(__file__).parents[3]
    answer = subprocess.run(
        [sys.executable, "-c", program, str(source)], cwd=root, capture_output=True, text=True, check=True
    )
    here = Picture(film, tmp_path, scale=0.5).draw(14)
    assert answer.stdout.strip() == hashlib.sha256(here.tobytes()).hexdigest()


def test_every_frame_is_opaque_and_as_large_as_asked(tmp_path: Path) -> None:
    picture = Picture(_busy(), tmp_path, scale=0.5)
    pixels = picture.draw(0)
    assert pixels.shape == (135, 240, 4)
    assert pixels.dtype == np.uint8
    assert (pixels[:, :, 3] == 255).all()


def test_a_frame_outside_the_film_is_refused_by_its_number(tmp_path: Path) -> None:
    picture = Picture(_busy(), tmp_path)
    with pytest.raises(IndexError, match="no frame 84"):
        picture.draw(picture.film.frames)


def test_a_fade_mixes_both_scenes_and_ends_with_the_new_one(tmp_path: Path) -> None:
    film = films.film(
        frames=20, background="#FF0000", after=[films.scene(enter="fade", over=10, background="#0000FF")]
    )
    picture = Picture(film, tmp_path)
    reds = [int(picture.draw(frame)[0, 0, 2]) for frame in range(film.frames)]
    assert reds[9] == 255
    assert reds[20] == 0
    assert reds[10:20] == sorted(reds[10:20], reverse=True)
    assert len(set(reds[9:21])) == 12


def test_a_dip_goes_through_its_color(tmp_path: Path) -> None:
    film = films.film(
        frames=20, background="#FFFFFF", after=[films.scene(enter="dip", over=10, background="#FFFFFF")]
    )
    picture = Picture(film, tmp_path)
    lights = [int(picture.draw(frame)[0, 0, 1]) for frame in range(film.frames)]
    assert lights[10] == 255
    assert min(lights) < 60
    assert lights.index(min(lights)) in (19, 20)
    assert lights[29] == 255


def test_a_missing_picture_is_a_notice_and_a_visible_box(tmp_path: Path) -> None:
    film = films.film(films.node("image", src="assets/none.png", width=100, height=100, inside="frame"))
    picture = Picture(film, tmp_path)
    assert tuple(picture.draw(0)[10, 50, :3]) != tuple(picture.draw(0)[200, 400, :3])
    assert picture.notices == [
        "picture 'assets/none.png' is left out: there is no such file; add it under assets/"
    ]
    assert picture.layout([0]).notices == tuple(picture.notices)


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "no PNG"), (b"GIF89a" + b"\0" * 64, "no PNG"), (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "no PNG")],
)
def test_a_corrupt_picture_is_a_notice(content: bytes, reason: str, tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/a.png").write_bytes(content)
    picture = Picture(films.film(films.node("image", src="assets/a.png", width=50, height=50)), tmp_path)
    picture.draw(0)
    assert len(picture.notices) == 1
    assert reason in picture.notices[0]


def test_a_picture_cut_short_is_a_notice(tmp_path: Path) -> None:
    films.write_photo(tmp_path / "assets/a.png", 400, 300)
    whole = (tmp_path / "assets/a.png").read_bytes()
    (tmp_path / "assets/a.png").write_bytes(whole[: len(whole) // 2])
    picture = Picture(films.film(films.node("image", src="assets/a.png", width=50, height=50)), tmp_path)
    picture.draw(0)
    assert picture.notices == ["picture 'assets/a.png' is left out: its content is corrupt"]


@pytest.mark.parametrize("path", ["../secret.png", "/etc/passwd", "a/../../b.png"])
def test_a_path_out_of_the_project_is_never_opened(path: str, tmp_path: Path) -> None:
    picture = Picture(films.film(films.node("image", src=path, width=50, height=50)), tmp_path)
    picture.draw(0)
    assert "is no path in the project" in picture.notices[0]


def test_an_unknown_font_is_replaced_with_a_notice(tmp_path: Path) -> None:
    picture = Picture(films.film(films.node("text", text="Hi", font="Nowhere Grotesk")), tmp_path)
    picture.draw(0)
    assert picture.notices == ["font 'Nowhere Grotesk' is not there: 'Inter' draws its letters"]


def test_letters_that_a_named_font_lacks_are_a_notice(tmp_path: Path) -> None:
    picture = Picture(films.film(films.node("text", text="Tea شاي", font="Inter")), tmp_path)
    picture.draw(0)
    assert picture.notices == ["font 'Inter' has no Arabic letters: 'Noto Sans Arabic' draws them"]


def test_a_glyph_that_no_font_has_is_counted(tmp_path: Path) -> None:
    private = Picture(films.film(films.node("text", text="a\uf8aab")), tmp_path)
    layout = private.layout([0])
    assert sum(run.missing for line in layout.nodes[0].lines for run in line.runs) == 1
    assert any("U+F8AA" in notice for notice in layout.notices)


def test_layout_tells_boxes_lines_and_opacity_over_time(tmp_path: Path) -> None:
    film = films.film(
        films.node(
            "group", "g",
            films.node("text", "t", text="One\nTwo", size=40),
            inside="frame", x=10, y=20, tracks=[films.track("opacity", (0, 0), (10, 1)), films.track("x", (0, 10), (10, 110))],
        ),
        frames=20,
    )  # fmt: skip
    layout = Picture(film, tmp_path).layout([0, 5, 10, 400])
    assert layout.sampled == (0, 5, 10, 19)
    group, text = layout.nodes
    assert [sample.opacity for sample in group.samples] == [0, 0.5, 1, 1]
    assert [sample.box[0] for sample in text.samples] == [10, 60, 110, 110]
    assert [line.text for line in text.lines] == ["One", "Two"]
    assert text.parent == "g"
    assert text.font_px == 40
    assert text.lines[0].baseline < text.lines[1].baseline
    assert text.lines[0].runs[0].font.startswith("Inter")
    json.loads(layout.model_dump_json())


def test_samples_stand_only_on_frames_of_their_scene(tmp_path: Path) -> None:
    layout = Picture(_busy(), tmp_path).layout(range(0, 84, 4))
    spans = {node.scene: [sample.frame for sample in node.samples] for node in layout.nodes}
    assert max(spans["one"]) < 30
    assert min(spans["two"]) >= 24
