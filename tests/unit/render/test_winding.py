"""Letters stand on their way, turned as it goes, and those beyond its ends are not shown."""

from pathlib import Path

import numpy as np

from domain.composition import Composition, Stagger
from render.picture import Picture, Pixels
from tests.unit.render.films import film, node, shot, track

LINE, DOWN = "M 0 0 L 300 0", "M 0 0 L 0 200"


def text(words: str = "IIII", way: str = LINE, **props: object) -> Composition:
    said = {"text": words, "size": 30, "color": "#FFFFFF", "way": way, "anchor": "center", "inside": "frame"}
    return film(node("text", "t", **{**said, **props}), background="#000000")  # type: ignore[arg-type]


def where(pixels: Pixels) -> tuple[int, int, int, int]:
    rows, columns = np.nonzero(pixels[:, :, 0] > 100)
    return int(columns.min()), int(rows.min()), int(columns.max()), int(rows.max())


def test_a_straight_way_shows_what_a_straight_text_shows() -> None:
    winding = shot(text("Noor"))
    straight = film(
        node("text", "t", text="Noor", size=30, color="#FFFFFF", x=90, y=50, inside="frame"),
        background="#000000",
    )
    one, other = where(winding), where(shot(straight))
    assert one[0] == other[0]
    assert (one[2] - one[0], one[3] - one[1]) == (other[2] - other[0], other[3] - other[1])


def test_a_way_down_turns_the_letters() -> None:
    left, top, right, bottom = where(shot(text(way=DOWN)))
    assert bottom - top > 25
    assert right - left > 15
    assert abs(top - 35) <= 6


def test_alignment_says_where_on_the_way_a_text_begins() -> None:
    starts = [where(shot(text(align=align)))[0] for align in ("start", "center", "end")]
    ends = [where(shot(text(align=align)))[2] for align in ("start", "center", "end")]
    assert abs(starts[0] - 90) <= 4
    assert abs((starts[1] + ends[1]) / 2 - 240) <= 2
    assert abs(ends[2] - 390) <= 4
    right = where(shot(text("שלום")))
    assert abs(right[2] - 390) <= 4


def test_letters_beyond_the_ends_are_hidden() -> None:
    whole = int((shot(text("IIIIIIII"))[:, :, 0] > 100).sum())
    half = int((shot(text("IIIIIIII", way_at=-0.1))[:, :, 0] > 100).sum())
    assert 0 < half < whole
    assert not (shot(text(way_at=1.2))[:, :, 0] > 100).any()


def test_letters_come_in_along_their_way_and_rest_where_they_stand_without_tracks(tmp_path: Path) -> None:
    tracks = [track("opacity", (0, 0), (6, 1), unit="char", stagger=Stagger(each=2))]
    said = {
        "text": "IIII",
        "size": 30,
        "color": "#FFFFFF",
        "way": DOWN,
        "anchor": "center",
        "inside": "frame",
    }
    moving = film(node("text", "t", tracks=tracks, **said), background="#000000")  # type: ignore[arg-type]
    picture = Picture(moving, tmp_path)
    lights = [int(picture.draw(frame)[:, :, 0].astype(int).sum()) for frame in (0, 4, 8, 20)]
    assert lights == sorted(lights)
    assert lights[0] == 0
    assert np.array_equal(picture.draw(20), shot(text(way=DOWN)))


def test_the_letters_of_a_way_have_room_beside_it_when_they_are_made_soft() -> None:
    soft = shot(text(way=LINE, blur=2))
    left, top, right, bottom = where(soft)
    assert bottom - top > 15
    assert right > left


def test_a_way_that_cannot_be_read_is_told_and_the_text_stands_straight(tmp_path: Path) -> None:
    picture = Picture(text("Noor", way="M 0 nonsense"), tmp_path)
    left, top, right, bottom = where(picture.draw(0))
    assert right - left > bottom - top
    assert any("'t' follows is left out" in each for each in picture.notices)


def test_a_text_on_a_way_is_as_large_as_its_way(tmp_path: Path) -> None:
    [placed] = Picture(text(way="M 0 0 L 200 100"), tmp_path).layout([0]).nodes
    left, top, right, bottom = placed.samples[0].box
    assert (right - left, bottom - top) == (200, 100)
