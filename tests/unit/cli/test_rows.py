"""Rows of data for many films, read and named."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from cli.rows import film_names, read_rows
from domain.errors import UserError
from tests.unit.cli.test_bad_input import director


def rows(folder: Path, text: str | bytes, name: str = "rows.csv") -> list[dict[str, object]]:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_rows(path)


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_a_table_is_read_by_its_header(tmp_path: Path, between: str) -> None:
    text = "name,price\nNoor,9.5\n\nليلى,8\n".replace(",", between)
    wanted = [{"name": "Noor", "price": "9.5"}, {"name": "ليلى", "price": "8"}]
    assert (
        rows(tmp_path, text)
        == rows(tmp_path, b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
        == wanted
    )


def test_quoted_cells_hold_anything(tmp_path: Path) -> None:
    assert rows(tmp_path, 'name,line\n"Sam, Jr.","two\nlines ""here"""\n') == [
        {"name": "Sam, Jr.", "line": 'two\nlines "here"'}
    ]


def test_a_short_row_leaves_defaults(tmp_path: Path) -> None:
    assert rows(tmp_path, "a,b\n1\n") == [{"a": "1"}]


def test_a_list_of_objects_is_rows_too(tmp_path: Path) -> None:
    assert rows(tmp_path, json.dumps([{"a": 1}, {"a": [2]}]), "rows.json") == [{"a": 1}, {"a": [2]}]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("rows.csv", "", "has no rows"),
        ("rows.csv", "name\n", "has no rows"),
        ("rows.csv", "a,a\n1,2\n", "names 'a' twice"),
        ("rows.csv", "a,\n1,2\n", "a column without a name"),
        ("rows.csv", "a,b\n1,2\n3,4,5\n", "line 3: 3 cells, but 2 columns"),
        ("rows.csv", 'a\n"open\n', "line"),
        ("rows.csv", b"a\n\xff\xfe\n", "no UTF-8 text at byte 2"),
        ("rows.csv", "a\n" + "1\n" * 1_001, "has 1,001 rows"),
        ("rows.json", "{", "is no JSON"),
        ("rows.json", '{"a": 1}', "holds no list of objects"),
        ("rows.json", "[1]", "holds no list of objects"),
    ],
)
def test_wrong_rows_are_told_with_their_line(tmp_path: Path, name: str, text: str | bytes, says: str) -> None:
    with pytest.raises(UserError, match=says):
        rows(tmp_path, text, name)


def test_rows_that_are_not_there_are_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is no file"):
        read_rows(tmp_path / "none.csv")


def test_films_are_named_by_a_column_or_their_number() -> None:
    assert film_names([{"name": "Noor Tea"}, {"name": "../../etc"}, {"name": "noor tea"}, {"name": ""}]) == [
        "noor-tea", "etc", "noor-tea-3", "4",
    ]  # fmt: skip
    assert film_names([{"a": str(at)} for at in range(12)])[::11] == ["01", "12"]


FILM = """from stage import *
v = variables(name="Noor", price=9.9)
film = Film("t", width=160, height=90)
scene = film.add(Scene("a", seconds=1))
scene.add(Rect(width=160, height=90, inside="frame", fill="accent"), Text(v.name, size=30 + v.price))
"""


def test_one_source_and_two_rows_make_two_pictures(tmp_path: Path) -> None:
    film = tmp_path / "film"
    film.mkdir()
    (film / "film.py").write_text(FILM)
    (tmp_path / "rows.csv").write_text("name,price\nNoor,1\nليلى,30\n", encoding="utf-8")
    arguments = ("render", str(film), "--data", str(tmp_path / "rows.csv"), "--out", str(tmp_path / "out"))
    ended = director(tmp_path, *arguments, "--still", "0.5")
    assert (ended.returncode, ended.stderr) == (0, "")
    made = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert set(made) == {"noor.png", "ليلى.png"}
    assert made["noor.png"] != made["ليلى.png"]


def test_nothing_is_drawn_when_a_row_is_wrong(tmp_path: Path) -> None:
    film = tmp_path / "film"
    film.mkdir()
    (film / "film.py").write_text(FILM)
    (tmp_path / "rows.csv").write_text("name,price,colour\nNoor,1,red\nSam,cheap,red\n")
    arguments = ("render", str(film), "--data", str(tmp_path / "rows.csv"), "--out", str(tmp_path / "out"))
    ended = director(tmp_path, *arguments, "--still", "0.5")
    assert ended.returncode == 1
    assert "row 2: film.py:2: the data's price is 'cheap'; give a number" in ended.stderr
    assert ended.stderr.count("'colour' is no variable of the film") == 1
    assert not (tmp_path / "out").exists()


def test_every_film_of_a_row_has_its_poster_and_thumbnail_beside_it(tmp_path: Path) -> None:
    film = tmp_path / "film"
    film.mkdir()
    (film / "film.py").write_text(FILM.replace("seconds=1", "seconds=0.2"))
    (tmp_path / "rows.csv").write_text("name,price\nNoor,1\n")
    arguments = ("render", str(film), "--data", str(tmp_path / "rows.csv"), "--out", str(tmp_path / "out"))
    ended = director(tmp_path, *arguments, "--poster", "--thumbnail", "64", "--quality", "high")
    assert f"thumbnail: {tmp_path / 'out' / 'noor.thumbnail.jpg'}" in ended.stdout
    sizes = {
        path.name: Image.open(BytesIO(path.read_bytes())).size for path in (tmp_path / "out").glob("*.jpg")
    }
    assert sizes == {"noor.poster.jpg": (160, 90), "noor.thumbnail.jpg": (64, 36)}


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--thumbnail", "4"), "--thumbnail is 4; give 16 to 1920 pixels"),
        (("--thumbnail", "9999"), "--thumbnail is 9999; give 16 to 1920 pixels"),
        (("--still", "0", "--poster"), "belong to a whole film"),
    ],
)
def test_a_poster_that_cannot_be_is_told(tmp_path: Path, options: tuple[str, ...], says: str) -> None:
    ended = director(tmp_path, "render", str(tmp_path), *options)
    assert ended.returncode == 2
    assert says in ended.stderr
