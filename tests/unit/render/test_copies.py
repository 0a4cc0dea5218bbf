"""A repeater paints what it holds as often and where it is asked to."""

from pathlib import Path

import numpy as np
import pytest

from domain.composition import Composition, Node
from render.picture import Picture, Pixels
from tests.unit.render.films import film, node, shot, track

DOT = node("rect", "dot", width=10, height=10, fill="#FFFFFF")


def many(*, held: Node = DOT, anchor: str = "center", frames: int = 30, **props: object) -> Composition:
    said = {"inside": "frame", "anchor": anchor, **props}
    return film(node("repeater", "many", held, **said), frames=frames, background="#000000")  # type: ignore[arg-type]


def light(pixels: Pixels) -> int:
    return int((pixels[:, :, 0] > 128).sum())


def test_a_grid_has_as_many_as_rows_and_columns_side_by_side() -> None:
    drawn = shot(many(count=4, rows=3, gap=10))
    assert light(drawn) == 4 * 3 * 100
    rows, columns = np.nonzero(drawn[:, :, 0])
    assert (columns.min(), columns.max() + 1, rows.min(), rows.max() + 1) == (205, 275, 110, 160)


def test_bricks_stand_half_a_step_aside() -> None:
    drawn = shot(many(count=2, rows=2, gap=10, brick=0.5))
    first, second = (np.flatnonzero(drawn[row, :, 0]).min() for row in (125, 145))
    assert second - first == 10


def test_a_ring_is_even_and_turns_its_copies_with_it() -> None:
    held = node("rect", "dot", width=6, height=30, fill="#FFFFFF")
    drawn = shot(many(held=held, form="ring", count=4, ring=60))
    assert (drawn[135 - 60, 240, 0], drawn[135, 240 + 60 + 14, 0]) == (255, 255)
    still = shot(many(held=held, form="ring", count=4, ring=60, aim=False))
    assert (still[135, 240 + 60 + 14, 0], still[135 + 14, 240 + 60, 0]) == (0, 255)


def test_copies_go_their_way_and_those_that_leave_come_in_again() -> None:
    moved = [track("slide", (0, 0), (29, 1))]
    way = node(
        "repeater", "many", DOT, tracks=moved, anchor="center", inside="frame", form="path", count=4,
        d="M -100 0 L 100 0", aim=False,
    )  # fmt: skip
    slide = film(way, background="#000000")
    for frame in range(0, 29, 4):
        assert abs(light(shot(slide, frame)) - 400) <= 40


def test_later_copies_play_later_and_each_is_fainter_and_smaller() -> None:
    held = node("rect", "dot", width=10, height=10, fill="#FFFFFF", tracks=[track("y", (0, 0), (10, 40))])
    made = many(held=held, count=3, gap=10, delay=10 / 30)
    heights = [
        [shot(made, frame)[135 + y, x, 0] for x, y in ((220, 40), (240, 40), (260, 40))]
        for frame in (10, 20, 30 - 1)
    ]
    assert heights[0] == [255, 0, 0]
    assert heights[1] == [255, 255, 0]
    fading = shot(many(count=3, gap=10, step_opacity=0.5, step_scale=0.8))
    assert [fading[135, x, 0] // 8 for x in (220, 240, 260)] == [255 // 8, 128 // 8, 64 // 8]


@pytest.mark.parametrize("order", ["start", "end", "center", "edges", "random"])
def test_copies_come_in_by_order_until_all_are_there(order: str) -> None:
    counts = [
        light(shot(many(count=9, rows=5, gap=4, shown=shown, order=order))) for shown in (0, 0.3, 0.7, 1)
    ]
    assert counts == sorted(counts)
    assert (counts[0], counts[-1]) == (0, 4_500)


def test_frames_said_to_be_the_same_are_the_same(tmp_path: Path) -> None:
    held = node("rect", "dot", width=10, height=10, fill="#FFFFFF", tracks=[track("y", (2, 0), (6, 40))])
    picture = Picture(many(held=held, count=3, gap=10, delay=5 / 30, frames=40), tmp_path)
    same = [picture.same_as_previous(frame) for frame in range(1, 40)]
    drawn = [picture.draw(frame).copy() for frame in range(40)]
    assert all(np.array_equal(drawn[at], drawn[at + 1]) for at, each in enumerate(same) if each)
    assert same.index(False) < 3
    assert not any(same[6:14])
    assert all(same[20:])


def test_a_way_that_cannot_be_read_is_told_and_the_copies_stand_in_a_row(tmp_path: Path) -> None:
    picture = Picture(many(form="path", count=4, rows=3, gap=10, d="M 0 nonsense"), tmp_path)
    assert light(picture.draw(0)) == 400
    assert any("'many' follows is left out" in each for each in picture.notices)


def test_a_repeater_that_holds_nothing_paints_nothing() -> None:
    empty = film(node("repeater", "many", anchor="center"), background="#000000")
    assert light(shot(empty)) == 0
