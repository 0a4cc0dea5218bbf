"""Gradients that became bands are found; dithered ones, grounds, edges and grains are not taken for them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from domain.composition import Composition, Node, Scene
from domain.engine import Output, Quality
from render.coding import Coding, coding_of
from render.encode import Converter, SegmentWriter
from render.outputs import mp4
from render.picture import Picture
from render.watch.banding import banded, bands, flat_blocks, gradients
from render.watch.decode import recalled, watch
from render.watch.piece import Sketch, watch_piece
from render.watch.stretch import Stretch
from tests.bad.files import soft_film, undithered
from tests.unit.templates.films import CONTENTS, FORMATS, NAMES, compiled, lay

STANDARD, MOST = coding_of(Output()), 0.05
RAMP = np.linspace(10, 40, 480, dtype=np.float32)[None].repeat(270, axis=0)


def test_a_square_is_flat_when_all_of_it_is_one_value() -> None:
    luma = np.full((20, 28), 40, np.uint8)
    luma[9, 17] = 41
    assert flat_blocks(luma).tolist() == [[True, True, True], [True, True, False]]


def test_a_soft_change_is_a_gradient_and_a_ground_an_edge_and_a_grain_are_none() -> None:
    assert gradients(RAMP).all()
    assert not gradients(np.full((270, 480), 30, np.float32)).any()
    edge = np.where(np.arange(480) < 240, 20, 29).astype(np.float32)[None].repeat(270, axis=0)
    assert not gradients(edge).any()
    grain = 30 + np.random.default_rng(1).normal(0, 2, (270, 480)).astype(np.float32)
    assert not gradients(grain).any()


def test_only_flat_squares_in_a_gradient_count() -> None:
    half = np.concatenate([RAMP[:, :240], np.full((270, 240), 200, np.float32)], axis=1)
    flat = np.ones((135, 240), np.bool_)
    assert 0.4 < banded(half, flat) < 0.5
    assert banded(half, ~flat) == 0


def test_the_worst_frame_is_told_once_and_little_is_not_told() -> None:
    told = list(bands([(10, 0.04), (40, 0.31), (70, 0.2)], 30))
    assert [(each.value, each.span) for each in told] == [(0.31, (40 / 30, 40 / 30))]
    assert list(bands([(10, 0.05)], 30)) == []
    assert list(bands([], 30)) == []


def share(film: Composition, coding: Coding, folder: Path, first: int = 0, count: int = 12) -> float:
    """Draw and code some frames as the house does; gives the share that a piece's own watch measures."""
    picture = Picture(film, folder)
    converter = Converter(film.width, film.height, coding)
    sketch = Sketch(count, (film.width, film.height), alpha=False)
    path = folder / "piece.seg"
    with SegmentWriter(path, film.width, film.height, 30, coding) as writer:
        for place in range(count):
            pixels = picture.draw(first + place)
            sketch.see(place, pixels)
            writer.add(converter.convert(pixels))
    measured = watch_piece(path, "mp4", count, sketch)
    assert measured is not None
    return float(Stretch.unpacked(measured[64:]).bands[0, 1])


@pytest.mark.parametrize("quality", ["standard", "high"])
def test_our_own_files_keep_dark_gradients_smooth(tmp_path: Path, quality: Quality) -> None:
    coding = coding_of(Output(quality=quality))
    assert share(soft_film("#0A0E18", "#1C2434"), coding, tmp_path) <= MOST


def test_a_coding_too_coarse_for_the_dither_is_found_where_it_is_drawn(tmp_path: Path) -> None:
    assert share(soft_film("#0A0E18", "#1C2434"), mp4.x264("veryfast", 36), tmp_path) > 2 * MOST


def test_the_finished_file_says_what_its_pieces_say(tmp_path: Path) -> None:
    film = soft_film("#0A0E18", "#1C2434")
    told = [each for each in undithered(film)(tmp_path) if each.code == "look_bands"]
    assert [each.scene for each in told] == ["dark"]
    seen = watch(tmp_path / "film.mp4", "mp4", (), recalled(()), frozenset((15,)))
    assert set(seen.flat) == {15}


def test_two_grounds_of_one_color_each_are_no_bands_however_coarse_the_file(tmp_path: Path) -> None:
    card = Node(id="card", kind="rect", props={"width": 400, "height": 200, "fill": "#1A1E28"})
    scene = Scene(id="flat", frames=12, background="#10141E", nodes=(card,))
    film = Composition(width=640, height=360, fps=30, scenes=(scene,))
    assert share(film, mp4.x264("veryfast", 36), tmp_path) == 0


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if at == 0 else pytest.mark.slow) for at, name in enumerate(NAMES)]
)
def test_no_template_bands_in_any_scene_on_a_dark_brand(name: str, tmp_path: Path) -> None:
    """What is advice for anybody's film is a fault in a template: each scene's middle, as delivered."""
    film, _ = compiled(lay(tmp_path, name, FORMATS["16:9"], CONTENTS["dark brand"]))
    found = {
        scene.id: share(film, STANDARD, tmp_path, start + scene.frames // 2, 6)
        for scene, start in zip(film.scenes, film.starts(), strict=True)
    }
    assert {scene: much for scene, much in found.items() if much > MOST} == {}
