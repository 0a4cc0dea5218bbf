"""Every way from one scene to the next."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pytest

from domain import plugins
from domain.composition import Composition, Node, Transition
from render.picture import Picture, Pixels
from stage import vocabulary as words
from tests.unit.render.films import film, node, scene

WAYS = [name for name, each in words.PASSAGES.items() if each.overlaps]
NOWHERE = Path("/nonexistent")


def changing(
    old: tuple[Node, ...] = (), new: tuple[Node, ...] = (), size: tuple[int, int] = (160, 90), **how: object
) -> Composition:
    second = scene(*new, background="#C03018", frames=30)
    enter = Transition.model_validate({"frames": 12, **how})
    return film(*old, size=size, background="#101820", after=[second.model_copy(update={"enter": enter})])


def drawn(made: Composition, frame: int) -> Pixels:
    return Picture(made, NOWHERE).draw(frame).copy()


def apart(one: Pixels, other: Pixels) -> float:
    return float(np.abs(one.astype(int) - other.astype(int)).mean())


LEFT = (node("rect", "a", inside="frame", width=40, height=60, x=20, y=10, fill="#F0F0F0"),)
RIGHT = (node("ellipse", "b", inside="frame", width=70, height=50, x=70, y=30, fill="#2080FF"),)


def test_every_transition_but_a_cut_and_a_dip_has_a_file_that_draws_it() -> None:
    assert plugins.names("render.transitions") == sorted(WAYS)


@pytest.mark.parametrize("kind", WAYS)
def test_a_change_begins_at_the_old_scene_and_ends_at_the_new_one(kind: str) -> None:
    made = changing(LEFT, RIGHT, kind=kind)
    old, new = drawn(made, 17), drawn(made, 30)
    steps = [drawn(made, frame) for frame in range(18, 30)]
    assert apart(steps[0], old) < apart(steps[0], new) / 3
    assert apart(steps[-1], new) < apart(steps[-1], old) / 3
    assert min(apart(steps[6], old), apart(steps[6], new)) > 1
    assert all((step[:, :, 3] == 255).all() for step in steps)


@pytest.mark.parametrize("kind", WAYS)
def test_the_frame_after_a_change_is_the_new_scene_alone(kind: str) -> None:
    made = changing(LEFT, RIGHT, kind=kind)
    alone = film(*RIGHT, size=(160, 90), background="#C03018")
    picture = Picture(made, NOWHERE)
    for frame in range(18, 30):
        picture.draw(frame)
    assert np.array_equal(picture.draw(30), drawn(alone, 12))


@pytest.mark.parametrize("kind", WAYS)
def test_a_change_is_drawn_the_same_in_any_order(kind: str) -> None:
    made = changing(LEFT, RIGHT, kind=kind)
    picture = Picture(made, NOWHERE)
    onward = [picture.draw(frame).copy() for frame in range(16, 32)]
    back = [picture.draw(frame).copy() for frame in reversed(range(16, 32))]
    assert all(np.array_equal(one, two) for one, two in zip(onward, reversed(back), strict=True))


@pytest.mark.parametrize(
    ("kind", "option"),
    [(kind, option) for kind, each in words.PASSAGES.items() if each.overlaps for option in each.takes],
)
def test_a_change_listens_to_what_it_takes(kind: str, option: str) -> None:
    other: dict[str, dict[str, str | float]] = {
        "direction": {"direction": "down"},
        "softness": {"softness": 0.5},
        "color": {"color": "#00FF00"},
        "shape": {"shape": "star"},
        "center": {"x": 0.1, "y": 0.9},
    }
    plain, changed = (
        drawn(changing(LEFT, RIGHT, (160, 90), kind=kind, **more), 24) for more in ({}, other[option])
    )
    assert apart(plain, changed) > 0.5


@pytest.mark.parametrize(
    ("kind", "ease"), [*product(WAYS, ["back.inOut(4)", "elastic.out(2,0.2)", "steps(3)"])]
)
def test_a_curve_that_overshoots_does_no_harm(kind: str, ease: str) -> None:
    picture = Picture(changing(LEFT, RIGHT, size=(64, 36), kind=kind, ease=ease, softness=0.3), NOWHERE)
    assert all((picture.draw(frame)[:, :, 3] == 255).all() for frame in range(18, 30))


@pytest.mark.parametrize(("kind", "frames"), [*product(WAYS, [1, 30])])
def test_a_change_may_last_one_frame_or_the_whole_scene(kind: str, frames: int) -> None:
    made = changing(LEFT, RIGHT, size=(64, 36), kind=kind, frames=frames, shape="arch", x=0, y=1)
    assert made.frames == 60 - frames
    picture = Picture(made, NOWHERE)
    assert all(
        (picture.draw(frame)[:, :, 3] == 255).all() for frame in (0, made.frames // 2, made.frames - 1)
    )


def test_a_frame_of_a_change_is_never_told_to_be_the_same_as_the_one_before() -> None:
    picture = Picture(changing(kind="push"), NOWHERE)
    assert [frame for frame in range(60 - 12) if not picture.same_as_previous(frame)] == [0, *range(18, 31)]


def test_what_two_scenes_share_turns_into_each_other() -> None:
    old = node("rect", "card", inside="frame", width=40, height=40, fill="#FFFFFF")
    new = node("rect", "card", inside="frame", width=80, height=60, x=60, y=20, fill="#FFFFFF")
    middle = drawn(changing((old,), (new,), kind="morph", ease="none", frames=11), 19 + 5)
    white = middle[:, :, :3].min(axis=2) > 250
    rows, columns = np.flatnonzero(white.max(axis=1)), np.flatnonzero(white.max(axis=0))
    assert (columns[0], columns[-1] + 1, rows[0], rows[-1] + 1) == (30, 90, 10, 60)


def test_nodes_that_nobody_named_do_not_turn_into_each_other() -> None:
    old = node("rect", "rect_1", inside="frame", width=40, height=40, fill="#FFFFFF")
    new = node("rect", "rect_1", inside="frame", width=80, height=60, x=60, y=20, fill="#FFFFFF")
    made = (drawn(changing((old,), (new,), kind=kind, ease="none"), 24) for kind in ("morph", "fade"))
    assert np.array_equal(next(made), next(made))


def test_a_shared_text_never_fades_away_on_its_way() -> None:
    old = node("text", "word", inside="frame", text="Word", size=60, color="#FFFFFF")
    new = node("text", "word", inside="frame", text="Word", size=30, x=70, y=40, color="#FFFFFF")
    picture = Picture(changing((old,), (new,), kind="morph"), NOWHERE)
    assert all(picture.draw(frame)[:, :, :3].min(axis=2).max() > 235 for frame in range(18, 30))


@pytest.mark.parametrize("kinds", [("group", "rect"), ("text", "image"), ("counter", "text")])
def test_a_shared_node_may_be_of_another_kind(kinds: tuple[str, str]) -> None:
    old, new = (node(kind, "it", inside="frame", width=50, height=30) for kind in kinds)
    assert (drawn(changing((old,), (new,), kind="morph"), 24)[:, :, 3] == 255).all()


@pytest.mark.parametrize("wrong", [{"kind": "teleport"}, {"ease": "wobble"}, {"x": 2}, {"softness": -1}])
def test_a_wrong_change_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"teleport|wobble|less than|greater than"):
        Transition.model_validate(wrong)


def test_a_crossfade_is_a_fade() -> None:
    assert Transition.model_validate({"kind": "crossfade"}).kind == "fade"


@pytest.mark.parametrize("kind", [kind for kind in WAYS if kind != "slide"])
@pytest.mark.parametrize("softness", [0, 0.4])
def test_what_both_scenes_can_be_seen_through_stays_so(kind: str, softness: float) -> None:
    made = changing(LEFT, RIGHT, kind=kind, softness=softness, ease="none")
    clear = [scene.model_copy(update={"background": "#00000000"}) for scene in made.scenes]
    picture = Picture(made.model_copy(update={"scenes": tuple(clear)}), NOWHERE, alpha=True)
    first, middle, last = (picture.draw(frame)[:, :, 3].astype(int) for frame in (18, 24, 29))
    assert middle[88, 2] == middle[88, 158] == 0
    assert first.sum() > 0
    assert last[50, 30] < 90, "what only the old scene shows has gone"
