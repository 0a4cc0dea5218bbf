"""Pieces: what they are made of, how they play, and what they say of wrong words."""

from pathlib import Path
from typing import Any

import pytest

from stage.pieces.table import NUMERIC, shared
from tests.unit.stage.projects import compiled, scene_of, told


def nodes_of(node: dict[str, Any]) -> list[dict[str, Any]]:
    return [node, *(each for child in node.get("children", ()) for each in nodes_of(child))]


def test_what_is_given_to_a_device_stands_on_its_screen(tmp_path: Path) -> None:
    body = "scene.add(Phone(Text('a'), width=400), Browser(Text('b'), url='x.y'), Laptop(Text('c')))\n"
    for device, word in zip(scene_of(compiled(tmp_path, body))["nodes"], "abc", strict=True):
        screens = [
            node
            for node in nodes_of(device)
            if any(child.get("props", {}).get("text") == word for child in node.get("children", ()))
        ]
        assert len(screens) == 1
        assert screens[0]["props"]["clip"]


def test_a_piece_made_in_a_with_block_stands_there_once(tmp_path: Path) -> None:
    body = "with scene, Row():\n    Phone(Text('a'))\n    Ring(0.5)\n"
    (row,) = scene_of(compiled(tmp_path, body))["nodes"]
    assert [child["kind"] for child in row["children"]] == ["group", "group"]
    assert sum(node.get("props", {}).get("text") == "a" for node in nodes_of(row)) == 1


def test_a_table_has_a_head_rows_and_rules_and_sets_numbers_at_the_end(tmp_path: Path) -> None:
    body = (
        "t = scene.add(Table([['Tea', 'Price'], ['Mint', '4.50'], ['Sage', 12]], width=900, widths=[2, 1]))\n"
        "assert len(t.rows) == 2 and t.cells[1][1].text == '12'\nt.play(tl)\n"
    )
    (table,) = scene_of(compiled(tmp_path, body))["nodes"]
    texts = {node["props"]["text"]: node["props"] for node in nodes_of(table) if node["kind"] == "text"}
    assert texts["Mint"].get("align") == "start"
    assert texts["12"]["align"] == texts["4.50"]["align"] == "end"
    assert texts["Mint"]["width"] > texts["4.50"]["width"]


@pytest.mark.parametrize("text", ["12", "1,200", "€ 4.50", "-3 %", "٤٫٥", "40 km", "$1,000", "3:05"])
def test_numbers_are_known(text: str) -> None:
    assert NUMERIC.match(text)


@pytest.mark.parametrize("text", ["", "Mint", "Q4 2025 plan", "2025 was a good year", "A1"])
def test_words_are_no_numbers(text: str) -> None:
    assert not NUMERIC.match(text)


def test_widths_are_shared_out() -> None:
    assert shared(900, (2, 1), 2) == [600, 300]
    assert shared(900, (), 3) == [300, 300, 300]


def test_a_lower_third_comes_and_goes_and_is_mirrored(tmp_path: Path) -> None:
    body = (
        "for rtl in (False, True):\n    scene.add(LowerThird('A', 'b', rtl=rtl)).play(tl, at=0.2, hold=1)\n"
    )
    left, right = scene_of(compiled(tmp_path, body))["nodes"]
    assert [node["props"]["anchor"] for node in (left, right)] == ["bottom-left", "bottom-right"]
    wipes = [
        {
            track["property"]: [key["value"] for key in track["keys"]]
            for track in node["children"][1]["tracks"]
        }
        for node in (left, right)
    ]
    assert wipes[0]["wipe_right"][0] == wipes[0]["wipe_right"][-1] == 1
    assert wipes[1]["wipe_left"][0] == 1


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("scene.add(Progress(1.4))\n", "1: share of progress is 1.4"),
        ("scene.add(Ring('x'))\n", "1: share of progress is 'x'"),
        ("scene.add(Phone(width='wide'))\n", "1: width of Phone is 'wide'"),
        ("scene.add(Phone(width=5))\n", "1: width of Phone is 5"),
        ("scene.add(Watermark())\n", "1: a watermark has no text or src"),
        ("scene.add(Table('a,b'))\n", "1: a table is 'a,b'"),
        ("scene.add(Table([['a'], [[]]]))\n", "1: a row of a table holds []"),
        ("scene.add(Table([['a', 'b']], widths=[1]))\n", "1: widths of a table are [1]"),
        ("scene.add(Browser(colour='red'))\n", "1: group has no property 'colour'"),
    ],
)
def test_wrong_words_are_told_at_their_line(tmp_path: Path, body: str, message: str) -> None:
    assert any(message in each for each in told(compiled(tmp_path, body), "error")), told(
        compiled(tmp_path, body)
    )
