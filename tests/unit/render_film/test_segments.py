"""A film is cut into segments that are drawn again when, and only when, what they show has changed."""

import pytest

from domain.composition import Composition, Node, Scene, Source, Theme, Transition
from domain.engine import Output
from render.segments import cut, make_plan


def scene(name: str, frames: int, enter: Transition | None = None, text: str = "") -> Scene:
    node = Node(id="title", kind="text", props={"text": text or name}, source=Source(file="film.py", line=3))
    return Scene(id=name, frames=frames, nodes=(node,), enter=enter or Transition())


FADE = Transition(kind="fade", frames=10)
DIP = Transition(kind="dip", frames=12)


def film(*scenes: Scene, **changes: object) -> Composition:
    return Composition(width=320, height=180, fps=30, scenes=scenes).model_copy(update=changes)


def keys(
    made: Composition, output: Output | None = None, engine: str = "1", shas: dict[str, str] | None = None
) -> list[str]:
    return [piece.key for piece in make_plan(made, output or Output(), shas or {}, engine).pieces]


def test_pieces_cover_every_frame_once_and_none_is_long() -> None:
    made = film(scene("a", 31), scene("b", 200, FADE), scene("c", 5))
    pieces = cut(made, 0, made.frames)
    assert [first for first, _ in pieces[1:]] == [end for _, end in pieces[:-1]]
    assert (pieces[0][0], pieces[-1][1]) == (0, made.frames)
    assert max(end - first for first, end in pieces) <= 75


def test_an_overlap_is_a_piece_of_its_own() -> None:
    assert cut(film(scene("a", 30), scene("b", 30, FADE)), 0, 50) == [(0, 20), (20, 30), (30, 50)]


def test_a_wished_stretch_is_cut_out() -> None:
    made = film(scene("a", 30), scene("b", 30))
    plan = make_plan(made, Output(first_frame=10, last_frame=40), {}, "1")
    assert (plan.first, plan.frames) == (10, 30)


def test_an_empty_stretch_is_refused() -> None:
    with pytest.raises(ValueError, match="no stretch of a film of 30 frames"):
        make_plan(film(scene("a", 30)), Output(first_frame=30), {}, "1")


def changed(before: list[str], after: list[str]) -> list[int]:
    return [place for place, (one, other) in enumerate(zip(before, after, strict=True)) if one != other]


def test_an_edit_costs_its_scene_and_its_overlaps_only() -> None:
    old = keys(film(scene("a", 30), scene("b", 40, FADE), scene("c", 30, FADE)))
    new = keys(film(scene("a", 30), scene("b", 40, FADE), scene("c", 30, FADE, text="other")))
    # a, a+b, b, b+c, c
    assert changed(old, new) == [3, 4]


def test_an_edit_beside_a_dip_stays_on_its_side() -> None:
    old = film(scene("a", 30), scene("b", 90, DIP))
    assert cut(old, 0, 120) == [(0, 18), (18, 30), (30, 42), (42, 81), (81, 120)]
    assert changed(keys(old), keys(film(scene("a", 30, text="other"), scene("b", 90, DIP)))) == [0, 1]


def test_another_transition_of_the_same_length_costs_only_its_own_frames() -> None:
    red = DIP.model_copy(update={"color": "#FF0000"})
    old, new = film(scene("a", 30), scene("b", 90, DIP)), film(scene("a", 30), scene("b", 90, red))
    assert changed(keys(old), keys(new)) == [1, 2]
    wipe = Transition(kind="wipe", frames=10)
    old, new = film(scene("a", 30), scene("b", 90, FADE)), film(scene("a", 30), scene("b", 90, wipe))
    assert changed(keys(old), keys(new)) == [1]


def test_a_comment_above_a_scene_changes_nothing() -> None:
    moved = scene("a", 30)
    node = moved.nodes[0].model_copy(update={"source": Source(file="film.py", line=99)})
    assert keys(film(scene("a", 30))) == keys(film(moved.model_copy(update={"nodes": (node,)})))


@pytest.mark.parametrize(
    "change", [{"fps": 25}, {"width": 322}, {"theme": Theme(fonts={"body": "Lora"})}, {"direction": "rtl"}]
)
def test_what_decides_every_pixel_is_part_of_every_key(change: dict[str, object]) -> None:
    assert changed(keys(film(scene("a", 30))), keys(film(scene("a", 30), **change))) == [0]


def test_quality_engine_and_files_are_part_of_the_key() -> None:
    picture = Node(id="hero", kind="image", props={"src": "assets/hero.png"})
    made = film(Scene(id="a", frames=30, nodes=(picture,)))
    plain = keys(made)
    assert plain != keys(made, Output(quality="high"))
    assert plain != keys(made, engine="2")
    assert keys(made, shas={"assets/hero.png": "1"}) != keys(made, shas={"assets/hero.png": "2"})
    assert plain == keys(made, shas={"assets/other.png": "1"})


def test_a_long_film_is_drawn_in_batches_until_little_is_left() -> None:
    plan = make_plan(film(scene("a", 4_000)), Output(), {}, "1")
    batch = plan.batch()
    assert (batch.join, batch.done, batch.whole) == (False, 0, 4_000)
    assert 1_200 <= batch.frames < 1_300
    drawn = {piece.index for piece in batch.pieces}
    pieces = (piece.model_copy(update={"reused": piece.index in drawn}) for piece in plan.pieces)
    second = plan.model_copy(update={"pieces": tuple(pieces)}).batch()
    assert second.done == batch.frames
    assert not drawn & {piece.index for piece in second.pieces}
    short = make_plan(film(scene("a", 1_500)), Output(), {}, "1")
    assert short.batch() == short


def test_a_draft_is_half_the_size() -> None:
    assert make_plan(film(scene("a", 30)), Output(quality="draft"), {}, "1").coding.scale == 0.5
