# ruff: noqa: E501 - tables are read by their columns
from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from domain.composition import Node
from render.picture import Picture
from tests.unit.render.films import film, node, track

Box = tuple[float, ...]


def boxes(
    *nodes: Node, size: tuple[int, int] = (1000, 500), frame: int = 0, direction: str = "ltr"
) -> dict[str, Box]:
    layout = Picture(film(*nodes, size=size, direction=direction), Path("/nonexistent")).layout([frame])
    return {each.id: each.samples[0].box for each in layout.nodes}


def rect(id: str, width: float = 100, height: float = 50, **props: Any) -> Node:
    return node("rect", id, width=width, height=height, fill="#FFFFFF", **props)


@pytest.mark.parametrize(
    ("anchor", "wanted"),
    [
        ("top-left", (0, 0, 100, 50)), ("top", (450, 0, 550, 50)), ("top-right", (900, 0, 1000, 50)),
        ("left", (0, 225, 100, 275)), ("center", (450, 225, 550, 275)), ("right", (900, 225, 1000, 275)),
        ("bottom-left", (0, 450, 100, 500)), ("bottom", (450, 450, 550, 500)), ("bottom-right", (900, 450, 1000, 500)),
    ],
)  # fmt: skip
def test_a_node_hangs_on_its_anchor_by_the_same_point(anchor: str, wanted: Box) -> None:
    assert boxes(rect("a", anchor=anchor, inside="frame"))["a"] == wanted


def test_an_origin_of_its_own_is_laid_on_the_anchor() -> None:
    assert boxes(rect("a", anchor="center", origin="top-left", inside="frame"))["a"] == (500, 250, 600, 300)


def test_the_safe_area_keeps_margins_by_the_frames_shape() -> None:
    assert boxes(rect("a"))["a"][:2] == (60, 40)
    assert boxes(rect("a", anchor="bottom-right"), size=(500, 1000))["a"][2:] == (465, 800)


def test_offsets_move_and_scale_turns_about_the_origin() -> None:
    placed = boxes(
        rect("moved", inside="frame", x=10, y=20),
        rect("large", inside="frame", anchor="center", scale=2),
        rect("turned", inside="frame", anchor="center", rotation=90),
    )
    assert placed["moved"] == (10, 20, 110, 70)
    assert placed["large"] == (400, 200, 600, 300)
    assert placed["turned"] == pytest.approx((475, 200, 525, 300))


def test_a_group_is_as_large_as_what_it_holds() -> None:
    placed = boxes(node("group", "g", rect("a", x=30, y=10), rect("b", 40, 200), inside="frame", padding=5))
    assert placed["g"] == (0, 0, 140, 210)
    assert placed["a"] == (35, 15, 135, 65)


def test_a_groups_size_does_not_follow_its_childrens_entrances() -> None:
    child = node("rect", "a", width=100, height=50, tracks=[track("x", (0, -500), (20, 0))])
    assert boxes(node("group", "g", child, inside="frame"))["g"] == (0, 0, 100, 50)


def row(*children: Node, kind: str = "row", **props: Any) -> Node:
    own: dict[str, Any] = {"inside": "frame", **props}
    return node(kind, "flow", *children, **own)


@pytest.mark.parametrize(
    ("justify", "lefts"),
    [("start", (0, 110)), ("center", (145, 255)), ("end", (290, 400)), ("between", (0, 400)), ("around", (72.5, 327.5)), ("evenly", (96.67, 303.33))],
)  # fmt: skip
def test_a_row_shares_the_space_along_it(justify: str, lefts: tuple[float, float]) -> None:
    placed = boxes(row(rect("a"), rect("b"), width=500, height=100, gap=10, justify=justify))
    assert (placed["a"][0], placed["b"][0]) == pytest.approx(lefts, abs=0.01)


@pytest.mark.parametrize(
    ("align", "top", "bottom"), [("start", 0, 50), ("center", 25, 75), ("end", 50, 100), ("stretch", 0, 100)]
)
def test_children_stand_across_a_row(align: str, top: float, bottom: float) -> None:
    child = node("rect", "a", width=100, fill="#FFFFFF") if align == "stretch" else rect("a")
    placed = boxes(row(child, width=500, height=100, align=align))
    assert (placed["a"][1], placed["a"][3]) == (top, bottom)


def test_a_row_of_a_right_to_left_film_starts_at_the_right() -> None:
    placed = boxes(row(rect("a"), rect("b"), width=500, gap=10), direction="rtl")
    assert placed["a"][0] == 400
    assert placed["b"][0] == 290
    forced = boxes(row(rect("a"), rect("b"), width=500, gap=10, direction="ltr"), direction="rtl")
    assert forced["a"][0] == 0


def test_free_space_goes_to_those_that_grow() -> None:
    placed = boxes(row(rect("a"), rect("b", grow=1), rect("c", grow=3), width=700, gap=0))
    assert placed["b"][2] - placed["b"][0] == 100 + 100
    assert placed["c"][2] - placed["c"][0] == 100 + 300


def test_a_row_wraps_when_asked() -> None:
    placed = boxes(row(*(rect(name) for name in "abc"), width=250, gap=20, wrap=True))
    assert placed["c"] == (0, 70, 100, 120)
    assert placed["flow"][3] == 120


def test_texts_of_a_row_shrink_to_its_width_by_wrapping() -> None:
    text = node("text", "t", text="several words that do not fit beside the box", size=40)
    placed = boxes(row(rect("a"), text, width=400, gap=20))
    assert placed["t"][2] <= 400.5
    assert placed["t"][3] > 90


def test_a_column_stacks_and_stretches() -> None:
    placed = boxes(
        row(
            rect("a"),
            node("text", "t", text="Hi", size=40),
            kind="column",
            width=300,
            gap=10,
            align="stretch",
        )
    )
    assert placed["a"][1] == 0
    assert placed["t"][1] == 60
    assert placed["t"][2] - placed["t"][0] == 300


def test_baselines_meet() -> None:
    layout = Picture(
        film(
            row(
                node("text", "big", text="49", size=120),
                node("text", "small", text="per month", size=30),
                align="baseline",
            )
        ),
        Path("/nonexistent"),
    ).layout([0])
    big, small = layout.nodes[1], layout.nodes[2]
    lines = [each.samples[0].box[1] + each.lines[0].baseline for each in (big, small)]
    assert lines[0] == pytest.approx(lines[1], abs=0.05)


def test_a_grid_has_columns_of_equal_width() -> None:
    placed = boxes(
        row(
            *(rect(name, 10) for name in "abcd"),
            kind="grid",
            columns=3,
            width=320,
            gap=10,
            row_gap=30,
            align="stretch",
        )
    )
    assert placed["b"][0] == 110
    assert placed["d"][:2] == (0, 80)
    mirrored = boxes(
        row(*(rect(name, 100) for name in "abcd"), kind="grid", columns=3, width=320, gap=10), direction="rtl"
    )
    assert mirrored["a"][0] == 220


def test_padding_moves_children_in() -> None:
    placed = boxes(row(rect("a"), padding=10, padding_x=30))
    assert placed["flow"] == (0, 0, 160, 70)
    assert placed["a"][:2] == (30, 10)


def test_neighbours_follow_a_width_that_grows() -> None:
    bar = node("rect", "bar", height=20, fill="#FFFFFF", tracks=[track("width", (0, 0), (10, 200))])
    flow = row(bar, rect("after"), gap=10)
    assert boxes(flow, frame=0)["after"][0] == 10
    assert boxes(flow, frame=5)["after"][0] == 110
    assert boxes(flow, frame=20)["after"][0] == 210


def test_a_counter_never_moves_what_stands_beside_it() -> None:
    counter = node("counter", "n", size=60, tracks=[track("value", (0, 0), (20, 10_000))])
    flow = row(counter, rect("after"), gap=10)
    places = {boxes(flow, frame=frame)["after"] for frame in range(0, 25, 4)}
    assert len(places) == 1


def test_text_wraps_in_the_room_that_its_anchor_leaves() -> None:
    words = "a line that is far too long for the room that is left of the frame's right edge"
    placed = boxes(node("text", "t", text=words, size=40, x=500))
    assert placed["t"][2] <= 940.5
    centered = boxes(node("text", "t", text=words, size=40, anchor="center"))
    assert centered["t"][0] >= 59.5
    assert centered["t"][2] <= 940.5


def test_pictures_keep_their_shape(tmp_path: Path) -> None:
    markup = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"/>'
    placed = boxes(
        node("svg", "wide", markup=markup, width=100, inside="frame"),
        node("svg", "high", markup=markup, height=100, inside="frame"),
        node("path", "p", d="M0 0 H40 V10 Z", width=80, inside="frame", fill="#FFFFFF"),
        node("ellipse", "e", width=70, inside="frame"),
    )
    assert placed["wide"] == (0, 0, 100, 50)
    assert placed["high"] == (0, 0, 200, 100)
    assert placed["p"] == (0, 0, 80, 20)
    assert placed["e"] == (0, 0, 70, 70)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [("gap", 0, 40), ("padding", 0, 30), ("padding_x", 0, 30), ("columns", 1, 2), ("row_gap", 0, 40)],
)
def test_spaces_of_a_box_move(name: str, first: float, last: float) -> None:
    cells = [node("rect", f"c{at}", width=20, height=20, fill="#FFFFFF") for at in range(4)]
    kind = "row" if name == "gap" else "grid"
    box = node(kind, "box", *cells, inside="frame", tracks=[track(name, (0, first), (10, last))])
    picture = Picture(film(box), Path("/nonexistent"))
    early, late = picture.layout([0]).nodes, picture.layout([10]).nodes
    assert [each.samples[0].box for each in early] != [each.samples[0].box for each in late]
    assert not picture.same_as_previous(5)
    assert picture.same_as_previous(15)


def test_a_share_of_the_room_moves() -> None:
    cells = [node("rect", f"c{at}", width=20, height=20, fill="#FFFFFF") for at in range(2)]
    grown = cells[0].model_copy(update={"tracks": (track("grow", (0, 0), (10, 1)),)})
    row = node("row", "box", grown, cells[1], inside="frame", width=200)
    found = {each.id: each.samples for each in Picture(film(row), Path("/nonexistent")).layout([0, 10]).nodes}
    assert [round(sample.box[2] - sample.box[0]) for sample in found["c0"]] == [20, 180]
