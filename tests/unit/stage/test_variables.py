"""What a film leaves open, and the row of data that fills it in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.stage.projects import compiled, told

FILM = """from stage import *
v = variables(headline="Sale", price=9.9, seats=4, sold_out=False, tier=("gold", "silver"), cities=["Cairo"])
film = Film(v.headline)
scene = film.add(Scene("a"))
scene.add(Text(v.headline), Counter(v.price), Text(f"{v.seats} {v.sold_out} {v.tier} {'/'.join(v.cities)}"))
"""


def shown(folder: Path, row: object) -> list[object]:
    answer = compiled(folder, {"film.py": FILM, "data.json": json.dumps(row)})
    assert told(answer) == []
    nodes = answer["composition"]["scenes"][0]["nodes"]
    return [nodes[0]["props"]["text"], nodes[1]["props"]["value"], nodes[2]["props"]["text"]]


def test_without_data_the_defaults_hold(tmp_path: Path) -> None:
    assert shown(tmp_path, {}) == ["Sale", 9.9, "4 False gold Cairo"]


def test_data_takes_the_place_of_defaults_as_their_types(tmp_path: Path) -> None:
    row = {
        "headline": "خصم الربيع",
        "price": "12.50",
        "seats": "7",
        "sold_out": "Yes",
        "tier": "silver",
        "cities": "Riyadh | Jeddah",
    }
    assert shown(tmp_path, row) == ["خصم الربيع", 12.5, "7 True silver Riyadh/Jeddah"]
    row = {"headline": 2026, "price": 12.5, "seats": 7, "sold_out": True, "cities": ["Riyadh", "Jeddah"]}
    assert shown(tmp_path, row) == ["2026", 12.5, "7 True gold Riyadh/Jeddah"]


def test_an_empty_cell_leaves_the_default(tmp_path: Path) -> None:
    assert shown(tmp_path, {"headline": "", "price": "", "seats": None}) == [
        "Sale",
        9.9,
        "4 False gold Cairo",
    ]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"price": "cheap"}, "the data's price is 'cheap'; give a number"),
        ({"price": "nan"}, "the data's price is 'nan'; give a number"),
        ({"price": "1e999"}, "the data's price is '1e999'"),
        ({"price": True}, "the data's price is True"),
        ({"seats": "2.5"}, "the data's seats is '2.5'; give a whole number"),
        ({"sold_out": "maybe"}, "the data's sold_out is 'maybe'; give yes or no"),
        (
            {"tier": "sliver"},
            "the data's tier is 'sliver' (did you mean 'silver'?)",
        ),
        ({"headline": ["a"]}, "the data's headline is ['a']; give a text"),
    ],
)
def test_wrong_data_is_told(tmp_path: Path, row: object, message: str) -> None:
    answer = compiled(tmp_path, {"film.py": FILM, "data.json": json.dumps(row)})
    assert answer["composition"] is None
    assert any(message in finding for finding in told(answer, "error"))


@pytest.mark.parametrize("text", ["{", "[1]", "7", "\ufeff[]", '{"a": ' * 3_000])
def test_a_broken_row_is_told(tmp_path: Path, text: str) -> None:
    answer = compiled(tmp_path, {"film.py": FILM, "data.json": text})
    assert answer["findings"][0]["file"] == "data.json"
    assert answer["findings"][0]["code"] == "data_wrong"


def test_data_that_nobody_asked_for_is_a_warning(tmp_path: Path) -> None:
    answer = compiled(tmp_path, {"film.py": FILM, "data.json": '{"headlin": "x"}'})
    assert answer["composition"] is not None
    assert "the data's 'headlin' is no variable of the film (did you mean 'headline'?)" in told(answer)[0]


@pytest.mark.parametrize("default", ["None", "()", "(1, 2)", "{}", "[1]", "b''"])
def test_a_default_of_no_known_type_is_told(tmp_path: Path, default: str) -> None:
    answer = compiled(tmp_path, f"v = variables(a={default})\nscene.add(Text('a'))\n")
    assert "the default of variable 'a' is" in told(answer, "error")[0]


def test_a_variable_that_is_not_there_is_told_with_a_guess(tmp_path: Path) -> None:
    answer = compiled(tmp_path, "v = variables(headline='a')\nscene.add(Text(v.headlin))\n")
    assert "no variable 'headlin' (did you mean 'headline'?)" in told(answer, "error")[0]


def test_a_variable_may_be_asked_for_in_two_files_but_mean_one_thing(tmp_path: Path) -> None:
    same = "variables(a='x')\nvariables(a='x')\nscene.add(Text('a'))\n"
    assert told(compiled(tmp_path, same)) == []
    other = compiled(tmp_path, same.replace("'x')\nscene", "'y')\nscene"))
    assert "variable 'a' is left open twice" in told(other, "error")[0]
