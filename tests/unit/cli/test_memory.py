"""`director memory` from end to end: a style and a note are kept, shown, mended, agreed to and forgotten."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.unit.cli.test_bad_input import director


def said(folder: Path, *arguments: str | bytes, code: int = 0) -> str:
    ended: subprocess.CompletedProcess[str] = director(folder, "memory", *arguments)
    assert ended.returncode == code, ended.stderr
    assert "Traceback" not in ended.stderr
    return ended.stderr if code else ended.stdout


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_style_is_kept_shown_mended_taken_along_and_forgotten(tmp_path: Path) -> None:
    assert said(tmp_path, "list") == "no house styles and no lessons yet\n"
    style = json.loads(said(tmp_path, "--json", "add", "Our films end on the tin."))
    name = style["lesson_id"]
    assert "style: Our films end on the tin. [held 1×, said by you" in said(tmp_path, "show", name)
    assert "end on the leaf" in said(tmp_path, "edit", name, "Our films end on the leaf.")
    assert [each["lesson_id"] for each in json.loads(said(tmp_path, "export"))["lessons"]] == [name]
    file = tmp_path / "mine.json"
    assert said(tmp_path, "export", str(file)) == f"{file}\n"
    assert json.loads(file.read_text("utf-8"))["lessons"][0]["text"] == "Our films end on the leaf."
    assert said(tmp_path, "forget", name) == f"forgotten: {name}\n"
    assert said(tmp_path, "list") == "no house styles and no lessons yet\n"
    assert "nothing is remembered under" in said(tmp_path, "forget", name, code=2)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("add", ""), "the text has 0 letters; give 1 to 500"),
        (("edit", "some", "x" * 501), "the text has 501 letters"),
        (("add", b"green \xff"), "no UTF-8 at position 6"),
    ],
)
def test_what_is_no_text_is_named_before_a_server_starts(
    tmp_path: Path, arguments: tuple[str | bytes, ...], says: str
) -> None:
    assert says in said(tmp_path, *arguments, code=2)
    assert not (tmp_path / "data").exists()


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("add", "the password is hunter22"), "a password is never remembered"),
        (("add", "--project", "nope", "calm"), "there is no project 'nope'"),
        (("show", "nope"), "'nope' is no note, style, lesson or film"),
        (("edit", "nope", "calm"), "nothing is remembered under 'nope'"),
        (("accept", "nope"), "there is no project 'nope'"),
        (("list", "--project", "../../x"), "there is nothing at"),
    ],
)
def test_what_is_given_wrongly_is_named(
    tmp_path_factory: pytest.TempPathFactory, arguments: tuple[str | bytes, ...], says: str
) -> None:
    folder = tmp_path_factory.getbasetemp() / "shared"
    folder.mkdir(exist_ok=True)
    ended = director(folder, "memory", *arguments)
    assert ended.returncode != 0
    assert says in ended.stderr
    assert "Traceback" not in ended.stderr
