from __future__ import annotations

import math
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from domain.composition import Composition, Node
from render.picture import Picture
from render.svgparts import length_of, split
from tests.unit.render.films import film, node, track

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10">'
THREE = (
    f'{HEAD}<rect id="a" width="10" height="10" fill="#FF0000"/>'
    '<g id="b"><rect x="10" width="10" height="10" fill="#00FF00"/></g>'
    '<rect x="20" width="10" height="10" fill="#0000FF"/></svg>'
)


def drawn(folder: Path, *children: Node, frame: int = 0, **props: object) -> Picture:
    whole = node("svg", "s", *children, inside="frame", width=300, height=100, markup=THREE, **props)  # type: ignore[arg-type]
    picture = Picture(film(whole, background="#FFFFFF"), folder)
    picture.draw(frame)
    return picture


def color(picture: Picture, x: int, frame: int = 0) -> tuple[int, ...]:
    return tuple(picture.draw(frame)[50, x, 2::-1].tolist())


def test_an_element_stands_where_the_drawing_has_it_and_moves_alone(tmp_path: Path) -> None:
    go = track("x", (0, 0), (10, 150))
    picture = drawn(tmp_path, node("element", "e", of="a", tracks=[go]))
    assert [color(picture, x) for x in (50, 150, 250)] == [(255, 0, 0), (0, 255, 0), (0, 0, 255)]
    assert color(picture, 50, 10) == (255, 255, 255)
    assert color(picture, 150, 10) == (0, 255, 0)  # it goes under what is painted after it
    box = next(each for each in picture.layout([0]).nodes if each.id == "e").samples[0].box
    assert box == pytest.approx((0, 0, 100, 100), abs=1)


def test_a_group_of_a_drawing_is_an_element_too(tmp_path: Path) -> None:
    assert color(drawn(tmp_path, node("element", "e", of="b", opacity=0)), 150) == (255, 255, 255)


def test_an_element_that_is_not_there_is_noticed_with_those_that_are(tmp_path: Path) -> None:
    picture = drawn(tmp_path, node("element", "e", of="zz"))
    assert picture.notices == ["svg 's' has no element 'zz'; its elements are a, b"]
    assert color(picture, 50) == (255, 0, 0)


def test_lines_are_drawn_on_and_fills_follow(tmp_path: Path) -> None:
    assert color(drawn(tmp_path, draw_end=0.5), 50) == (255, 255, 255)
    assert color(drawn(tmp_path, draw_end=1), 50) == (255, 0, 0)
    half = color(drawn(tmp_path, draw_end=0.8), 50)
    assert 100 < half[1] < 200


def test_a_tree_is_taken_apart_in_painting_order() -> None:
    root = fromstring(THREE.replace(' xmlns="http://www.w3.org/2000/svg"', ""))
    assert [name for name, _ in split(root, frozenset({"b"}))] == ["", "b", ""]
    assert [len(list(tree.iter("rect"))) for _, tree in split(root, frozenset({"b"}))] == [1, 1, 1]
    assert [name for name, _ in split(root, frozenset({"a", "b"}))] == ["a", "b", ""]


@pytest.mark.parametrize(
    ("markup", "length"),
    [
        ('<circle r="10"/>', 20 * math.pi),
        ('<line x1="0" y1="0" x2="3" y2="4"/>', 5),
        ('<rect width="10" height="5"/>', 30),
        ('<polyline points="0,0 10,0 10,10"/>', 20),
        ('<polygon points="0 0 10 0 10 10 0 10"/>', 40),
        ('<path d="M0 0 H7"/>', 7),
        ('<path d="bad"/>', 0),
        ("<text>a</text>", 0),
        ("<circle/>", 0),
    ],
)
def test_lengths_of_lines(markup: str, length: float) -> None:
    assert length_of(fromstring(markup)) == pytest.approx(length, rel=0.01)


@pytest.mark.parametrize(
    ("kind", "child"), [("svg", "rect"), ("rect", "element"), ("svg", "group"), ("text", "text")]
)
def test_only_elements_stand_in_a_drawing(kind: str, child: str) -> None:
    with pytest.raises(ValueError, match="holds no children but"):
        Node.model_validate({"id": "n", "kind": kind, "children": [{"id": "c", "kind": child}]})


def test_a_hostile_drawing_taken_apart_is_still_harmless(tmp_path: Path) -> None:
    bad = THREE.replace("<g id", '<script>x</script><image href="file:///etc/passwd"/><g onload="x" id')
    whole = node("svg", "s", node("element", "e", of="b"), markup=bad, width=300, height=100, inside="frame")
    made: Composition = film(whole, background="#FFFFFF")
    assert color(Picture(made, tmp_path), 150) == (0, 255, 0)
