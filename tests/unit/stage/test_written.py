"""A film may be written as JSON, held against the same words."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.stage.projects import compiled

FILM: dict[str, Any] = {
    "width": 640,
    "height": 360,
    "fps": 30,
    "scenes": [
        {
            "id": "a",
            "frames": 60,
            "nodes": [{"id": "t", "kind": "text", "props": {"text": "hi", "opacity": 1}}],
        },
        {"id": "b", "frames": 60, "enter": {"kind": "fade", "frames": 15}, "nodes": []},
    ],
}


def found(folder: Path, text: str) -> list[tuple[int, str]]:
    answer = compiled(folder, {"film.json": text})
    assert answer["composition"] is None
    return [(each["line"], each["message"]) for each in answer["findings"]]


def test_a_film_in_json_passes_as_it_stands(tmp_path: Path) -> None:
    answer = compiled(tmp_path, {"film.json": json.dumps(FILM)})
    assert answer["composition"] == FILM
    assert answer["source_seconds"] == 3.5


def test_a_film_in_json_may_have_a_frame_rate_of_television(tmp_path: Path) -> None:
    answer = compiled(tmp_path, {"film.json": json.dumps({**FILM, "fps": 29.97})})
    assert (answer["composition"]["fps"], answer["source_seconds"]) == (29.97, 3.5035)
    told = "fps of the film is 12.5; give 1 to 120"
    assert [words for _, words in found(tmp_path, json.dumps({**FILM, "fps": 12.5}))] == [told]


def test_film_py_goes_before_film_json(tmp_path: Path) -> None:
    code = "from stage import *\nfilm = Film('py')\nfilm.add(Scene('a'))\n"
    assert compiled(tmp_path, {"film.json": "{", "film.py": code})["composition"]["title"] == "py"


@pytest.mark.parametrize(
    ("before", "after", "line", "message"),
    [
        ('"opacity"', '"opacty"', 15, "text has no property 'opacty' (did you mean 'opacity'?)"),
        ('"kind": "text"', '"kind": "txt"', 12, "no kind 'txt' (did you mean 'text'?)"),
        ('"scenes"', '"scens"', 5, "film has no field 'scens' (did you mean 'scenes'?)"),
        ('"nodes": [', '"node": [', 9, "scene has no field 'node' (did you mean 'nodes'?)"),
        ('"width": 640', '"width": 100000', 2, "width of the film is 100000; give 16 to 7680"),
        ('"fps": 30', '"fps": 1000', 4, "fps of the film is 1000; give 1 to 120"),
        ('"frames": 60', '"frames": 6000000', 1, "the film lasts 200,002 s; give 0.1 to 7,200 s"),
        ('"opacity": 1', '"opacity": NaN', 1, "film.json holds NaN; give a finite number"),
        ('"opacity": 1', '"opacity": 1e999', 1, "film.json holds 1e999; give a finite number"),
    ],
)
def test_a_wrong_word_is_told_at_its_line(
    tmp_path: Path, before: str, after: str, line: int, message: str
) -> None:
    text = json.dumps(FILM, indent=1).replace(before, after, 1)
    assert (line, message) in found(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "Expecting property name enclosed in double quotes, column 2; mend the JSON"),
        ("[]", 'film.json holds no object; begin with {"width": …}'),
        ("{}", "width of the film is None; give 16 to 7680"),
        ('{"width": 64, "height": 64, "fps": 30, "scenes": []}', "the film has no scenes; give at least one"),
        ("[" * 100_000, "film.json is nested too deeply; use fewer groups inside groups"),
    ],
)
def test_what_is_no_film_is_refused(tmp_path: Path, text: str, message: str) -> None:
    assert found(tmp_path, text)[-1][1] == message


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "film.json").write_bytes(b"\xff\xfe{")
    assert [each["message"] for each in compiled(tmp_path, {})["findings"]] == [
        "film.json is no UTF-8 text: byte 0; save it as UTF-8"
    ]
