"""What is carried along is smeared by that motion too when it asks for an open shutter."""

from pathlib import Path

import numpy as np

from domain.composition import Composition, Node
from render.picture import Picture
from tests.unit.render.films import film, node, shot, track

NOWHERE = Path("/nonexistent")


def ball(**props: object) -> Node:
    return node("rect", "ball", width=20, height=20, fill="#FFFFFF", **props)  # type: ignore[arg-type]


def carried(inner: Node, *keys: tuple[float, float], name: str = "x", opacity: float = 1) -> Composition:
    moves = [track(name, *keys)]
    cart = node(
        "group", "cart", inner, width=40, height=40, inside="frame", y=50, tracks=moves, opacity=opacity
    )
    return film(cart, size=(240, 160), background="#000000")


def row(made: Composition, frame: int) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    return shot(made, frame)[60, :, 0].copy()


def test_a_child_is_smeared_by_its_parent_s_motion_as_by_its_own() -> None:
    alone = ball(inside="frame", y=50, motion_blur=0.5, tracks=[track("x", (0, 0), (10, 200))])
    own = film(alone, size=(240, 160), background="#000000")
    moving = carried(ball(motion_blur=0.5), (0, 0), (10, 200))
    assert np.abs(row(moving, 5).astype(int) - row(own, 5).astype(int)).max() <= 2
    assert (row(carried(ball(), (0, 0), (10, 200)), 5) > 0).sum() == 20


def test_a_child_that_stands_still_in_the_frame_is_sharp() -> None:
    against = ball(motion_blur=1, tracks=[track("x", (0, 200), (10, 0))])
    light = row(carried(against, (0, 0), (10, 200)), 5)
    assert ((light > 0) & (light < 255)).sum() == 0


def test_it_is_drawn_anew_once_all_rest() -> None:
    picture = Picture(carried(ball(motion_blur=0.5), (5, 0), (10, 200)), NOWHERE)
    rows = [picture.draw(frame)[60, :, 0].copy() for frame in range(14)]
    soft = [frame for frame in range(14) if ((rows[frame] > 0) & (rows[frame] < 255)).any()]
    assert soft == [6, 7, 8, 9, 10]
    for frame in range(1, 14):
        assert picture.same_as_previous(frame) <= np.array_equal(rows[frame], rows[frame - 1]), frame


def test_a_smear_in_a_faded_group_is_not_cut_off() -> None:
    inner = node("group", "inner", ball(motion_blur=1), ball(motion_blur=1).model_copy(update={"id": "b"}))
    plain, faded = (carried(inner, (0, 0), (10, 200), opacity=opacity) for opacity in (1, 0.5))
    assert ((row(faded, 5) > 4).sum() - (row(plain, 5) > 8).sum()) in range(-3, 4)


def test_a_parent_that_has_no_size_on_the_way_leaves_its_child_unseen_not_broken() -> None:
    made = carried(ball(motion_blur=1), (0, 0), (10, 1), name="scale")
    assert not shot(made, 0)[:, :, :3].any()
    assert shot(made, 6)[:, :, 0].any()
