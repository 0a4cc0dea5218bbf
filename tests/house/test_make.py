"""A prompt reaches the command as it was typed, whatever make and the shell think of its letters."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.house.tree import ROOT


def make_film(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    director = folder / "director"
    director.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    director.chmod(0o755)
    outer = ("MAKE", "MFLAGS", "ARGS")  # what an outer `make test ARGS=…` hands on
    environment = {name: value for name, value in os.environ.items() if not name.startswith(outer)}
    return subprocess.run(
        ["make", "-s", "-o", ".venv/.film", "film", f"BIN={folder}", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "prompt",
    [
        "A 12-second teaser for Noor Tea: calm, green",
        "It's \"quoted\" and 'quoted' and back\\slashed",
        "$HOME costs $5, $$ and `id` and $(shell id) and ${PATH}",
        "إعلان قصير لشاي نور، ١٢ ثانية",
        "--help # 100% * ? [a] & ; | > film",
        "two\nlines",
    ],
)
def test_a_prompt_arrives_as_it_was_typed(prompt: str, tmp_path: Path) -> None:
    ended = make_film(tmp_path, f"PROMPT={prompt}")
    assert (ended.returncode, ended.stdout) == (0, f"make\n--\n{prompt}\n"), ended.stderr


@pytest.mark.parametrize("arguments", [(), ("PROMPT=",), ("PROMPT=  ",)])
def test_a_missing_prompt_shows_how_to_give_one(arguments: tuple[str, ...], tmp_path: Path) -> None:
    ended = make_film(tmp_path, *arguments)
    assert ended.returncode == 2
    assert 'usage: make film PROMPT="' in ended.stderr
