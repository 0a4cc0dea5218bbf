"""The commands speak JSON and exit codes, the same for the same source."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from domain.composition import Composition
from stage.examples import PROJECT, source
from tests.unit.stage.projects import write

ROOT = Path(__file__).parents[3]


def run(*arguments: str | Path, seed: str = "0") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "stage", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=False,
    )


def test_compile_prints_one_object_and_writes_the_composition(tmp_path: Path) -> None:
    done = run("compile", write(tmp_path / "film", PROJECT), "--out", tmp_path / "composition.json")
    answer = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert list(answer) == ["composition", "findings", "source_seconds", "printed"]
    assert json.loads((tmp_path / "composition.json").read_text("utf-8")) == answer["composition"]
    Composition.model_validate(answer["composition"])


def test_the_same_source_gives_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    stars = (
        "draw = film.random('x')\nfor _ in range(9):\n    scene.add(Rect(fill='ink', x=draw.uniform(0, 9)))\n"
        "tl.from_(scene.children, y=9, opacity=0, stagger={'each': 0.1, 'order': 'random'})\n"
    )
    files = {"film.py": source(stars)}
    folder = write(tmp_path, files)
    outputs = {run("compile", folder, seed=seed).stdout for seed in ("0", "1", "42")}
    assert len(outputs) == 1
    assert json.loads(outputs.pop())["composition"] is not None


def test_errors_exit_with_1_and_no_composition(tmp_path: Path) -> None:
    done = run(
        "compile",
        write(tmp_path, {"film.py": "from stage import Film\nfilm = Flim()\n"}),
        "--out",
        tmp_path / "c.json",
    )
    answer = json.loads(done.stdout)
    assert done.returncode == 1
    assert answer["composition"] is None
    assert answer["findings"][0] == {
        "code": "name", "severity": "error", "message": "'Flim' is not defined (did you mean 'Film'?)",
        "file": "film.py", "line": 2, "fix_hint": "",
    }  # fmt: skip
    assert not (tmp_path / "c.json").exists()


def test_prints_of_any_kind_never_reach_the_answer(tmp_path: Path) -> None:
    code = "import os\nprint('one')\nos.write(1, b'two')\nos.system('echo three')\n"
    done = run("compile", write(tmp_path, {**PROJECT, "film.py": code + PROJECT["film.py"]}))
    answer = json.loads(done.stdout)
    assert answer["printed"] == "one\n"
    assert "two" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [[], ["compile"], ["compile", "/nowhere"], ["compile", ".", "--in", "x"], ["bake", "."], ["serve", "x"]],
)
def test_wrong_usage_exits_with_2(arguments: list[str]) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr


def test_outline_and_handbook_are_printed(tmp_path: Path) -> None:
    entries: list[dict[str, Any]] = json.loads(run("outline", write(tmp_path, PROJECT)).stdout)["entries"]
    assert {entry["file"] for entry in entries} == set(PROJECT)
    assert run("handbook").stdout.startswith("# The stage")
    assert run("handbook", "--short").stdout.startswith("# Films in Python")
