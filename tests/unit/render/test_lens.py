"""A camera with an open lens shows one depth sharp and the others soft."""

from pathlib import Path

import numpy as np
import pytest

from domain.composition import Composition, Node
from render.picture import Picture, Pixels
from tests.unit.render import films
from tests.unit.stage.projects import compiled


def seen(*camera: tuple[str, float], frame: int = 0, **props: object) -> Pixels:
    tracks = tuple(films.track(name, (0, value)) for name, value in camera)
    return films.shot(films.film(box("box", **props), camera=tracks), frame).copy()


def box(id: str = "box", **props: object) -> Node:
    said = {"width": 120, "height": 120, "fill": "#FFFFFF", "anchor": "center", "inside": "frame", **props}
    return films.node("rect", id, **said)  # type: ignore[arg-type]


def edges(pixels: Pixels) -> int:
    """Pixels that are neither the ground nor the box."""
    light = pixels[:, :, 1].astype(int)
    return int(((light > 40) & (light < 240)).sum())


def test_what_lies_at_the_focus_is_as_sharp_as_without_a_lens() -> None:
    assert np.array_equal(seen(("aperture", 30)), seen())
    assert np.array_equal(seen(("aperture", 30), ("focus", 0.4), depth=0.4), seen(depth=0.4))
    assert np.array_equal(seen(("focus", 3)), seen())


def test_what_lies_farther_off_is_softer_before_and_behind() -> None:
    soft = [edges(seen(("aperture", 12), ("focus", focus))) for focus in (1, 1.5, 2, 3)]
    assert soft == sorted(soft)
    assert soft[0] < soft[1]
    assert edges(seen(("aperture", 12), ("focus", 0.5))) == edges(seen(("aperture", 12), ("focus", 1.5)))


def test_light_that_is_added_stays_added_out_of_focus() -> None:
    glass = seen(("aperture", 8), ("focus", 2), fill="#404040", blend="add")
    middle = glass[135, 240, :3].astype(int)
    assert np.abs(middle - (0x20 + 0x40, 0x18 + 0x40, 0x10 + 0x40)).max() <= 2


def test_a_pull_of_the_focus_draws_anew_what_does_not_move(tmp_path: Path) -> None:
    picture = Picture(pulled(), tmp_path)
    same = [picture.same_as_previous(frame) for frame in range(30)]
    assert same == [frame not in range(6, 13) and frame > 0 for frame in range(30)]
    frames = {frame: picture.draw(frame).copy() for frame in (0, 9, 20, 25)}
    assert not np.array_equal(frames[0], frames[20])
    assert np.array_equal(frames[20], frames[25])
    again = Picture(pulled(), tmp_path)
    for frame in (25, 9, 0, 20):
        assert np.array_equal(again.draw(frame), frames[frame])


def pulled() -> Composition:
    far = box("far", depth=0, width=60, x=-150)
    moving = films.node("rect", "m", width=10, height=10, fill="#FF0000", depth=1)
    lens = (films.track("aperture", (0, 10)), films.track("focus", (5, 1), (12, 0)))
    return films.film(far, moving, box(x=100), camera=lens)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("scene.camera.set(aperture=900)", "aperture of the camera is 900; give 0 to 200"),
        ("scene.timeline.to(scene.camera, focus=9)", "focus of the camera is 9; give 0 to 3"),
        ("scene.camera.set(apperture=9)", "camera has no property 'apperture' (did you mean 'aperture'?)"),
    ],
)
def test_a_lens_that_is_none_is_refused_by_name(said: str, told: str, tmp_path: Path) -> None:
    code = f"from stage import *\nfilm = Film()\nscene = film.add(Scene('a'))\n{said}\n"
    assert [each["message"] for each in compiled(tmp_path, {"film.py": code})["findings"]] == [told]
