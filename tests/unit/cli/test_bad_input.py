"""What the terminal is given wrongly is named with the way out, before any work is done."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from cli.client import Sent
from cli.show import Show
from settings import ROOT

HANGS_S = 120
"""Seconds after which a command hangs; it takes one or two, and thirty on a very busy machine."""


def director(folder: Path, *arguments: str | bytes, **settings: str) -> subprocess.CompletedProcess[str]:
    names = ("PATH", "HOME", "LANG", "LC_ALL", "PYTHONPATH")
    environment = {name: os.environ[name] for name in names if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "main", *arguments],
        cwd=ROOT,
        env=environment
        | {"DIRECTOR_DATA": str(folder / "data"), "DIRECTOR_FILMS": str(folder / "films")}
        | settings,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=HANGS_S,
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("make", b"tea \xff\xfe"), 2, "prompt: is no UTF-8 text at position 4"),
        (("make", "tea", "--seconds", "nan"), 2, "seconds: is nan"),
        (("make", "tea", "--seconds", "inf"), 2, "seconds: is inf"),
        (("make", "tea", "--asset", "/nowhere.png"), 2, "'/nowhere.png' is no file"),
        (("make", "tea", "--out", "/proc/nowhere"), 2, "'/proc/nowhere' cannot be made"),
        (("make", "tea", "--out", "/dev/null"), 2, "'/dev/null' cannot be made"),
        (("serve", "--port", "99999"), 2, "port is 99999"),
        (("serve", "--port", "-1"), 2, "port is -1"),
    ],
)
def test_a_wrong_argument_is_named_before_a_server_starts(
    arguments: tuple[str | bytes, ...], code: int, says: str, tmp_path: Path
) -> None:
    ended = director(tmp_path, *arguments)
    assert ended.returncode == code, ended.stderr
    assert says in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "data").exists()


def test_a_reader_that_closes_early_is_no_fault(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        [sys.executable, "-m", "main", "templates"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DIRECTOR_DATA": str(tmp_path / "data")},
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        timeout=30,
        check=False,
    )
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (141, "")


def test_the_way_out_of_a_failed_run_is_shown_whole() -> None:
    out = io.StringIO()
    reason = "the model is away; " * 20 + "set another key"
    Show(Console(file=out, width=80)).event(Sent(1, "run.finished", {"status": "failed", "reason": reason}))
    assert "set another key" in " ".join(out.getvalue().split())


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ended = director(tmp_path, "doctor", DIRECTOR_DATA=str(tmp_path / "file"))
    assert ended.returncode == 3
    assert f"{str(tmp_path / 'file')!r}: File exists; name a place" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_wrong_setting_is_told_with_its_value_but_a_secret_is_not(tmp_path: Path) -> None:
    wrong = director(tmp_path, "doctor", DIRECTOR_PORT="abc", CHROMA_URL="ftp://me:sesame@host")
    assert wrong.returncode == 2
    assert "(got 'abc')" in wrong.stderr
    assert "sesame" not in wrong.stderr


@pytest.mark.parametrize("arguments", [("check",), ("render", "--still", "0", "--out", "{}/still.png")])
def test_a_folder_is_worked_on_without_a_word_of_the_machinery(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "film.py").write_text(
        "from stage import Film, Scene, Text\n"
        'film = Film("t", width=640, height=360)\n'
        'scene = Scene("a", seconds=1)\n'
        'scene.add(Text("hello"))\n'
        "film.add(scene)\n"
    )
    ended = director(tmp_path, *(each.format(tmp_path) for each in arguments), str(tmp_path))
    assert (ended.returncode, ended.stderr) == (0, "")
