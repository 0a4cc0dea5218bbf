"""The outline tells what stands where without running anything."""

from pathlib import Path
from typing import Any

import pytest

from domain.engine import Outline
from stage.examples import PROJECT
from stage.outline import MOST_ENTRIES, outline_folder
from tests.unit.stage.projects import write


def outlined(folder: Path, files: dict[str, str]) -> tuple[list[tuple[Any, ...]], list[str]]:
    found = Outline.model_validate(outline_folder(write(folder, files)))
    return [(e.kind, e.name, e.file, e.start_line, e.end_line, e.detail) for e in found.entries], list(
        found.problems
    )


def test_files_imports_functions_scenes_nodes_and_assets_are_told(tmp_path: Path) -> None:
    scene = PROJECT["scenes/opening.py"].replace(
        "    return scene\n", '    scene.add(Image("assets/a.png"))\n'
    )
    entries, problems = outlined(tmp_path, {"scenes/opening.py": scene, "assets/a.png": "12345"})
    assert problems == []
    assert entries == [
        ("file", "assets/a.png", "assets/a.png", 1, 1, "5 bytes"),
        ("file", "scenes/opening.py", "scenes/opening.py", 1, 14, "14 lines"),
        ("import", "stage", "scenes/opening.py", 1, 1, "Rect, Scene, Text"),
        ("function", "build", "scenes/opening.py", 4, 14, "(film)"),
        ("scene", "opening", "scenes/opening.py", 6, 6, "4 s"),
        ("node", "line", "scenes/opening.py", 7, 7, "Rect"),
        ("node", "title", "scenes/opening.py", 8, 8, "Text A house for slow making"),
        ("node", "image", "scenes/opening.py", 14, 14, "Image assets/a.png"),
        ("asset", "assets/a.png", "scenes/opening.py", 14, 14, ""),
    ]


def test_ids_and_with_blocks_name_nodes_and_classes_are_told(tmp_path: Path) -> None:
    code = (
        '"""Cards."""\nclass Card(Base):\n    def show(self, *, x):\n        with Column(gap=3) as rows:\n'
        "            Text(WORDS.title, id='head')\n"
    )
    entries, _ = outlined(tmp_path, {"components/card.py": code})
    assert [(entry[0], entry[1], entry[5]) for entry in entries] == [
        ("file", "components/card.py", "5 lines: Cards."),
        ("class", "Card", "Base"),
        ("function", "show", "(self, x)"),
        ("node", "rows", "Column"),
        ("node", "head", "Text ….title"),
    ]


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("def a(:\n", "film.py:1: invalid syntax"),
        ("x = 1\n  y = 2\n", "film.py:2: unexpected indent"),
        ("(" * 500 + ")" * 500, "film.py:1: too many nested parentheses"),
        ("x = " + "-" * 20_000 + "1", "film.py: "),
        ("a\0b", "film.py"),
    ],
)
def test_what_cannot_be_read_is_a_problem_and_the_rest_is_told(
    tmp_path: Path, code: str, problem: str
) -> None:
    entries, problems = outlined(tmp_path, {"film.py": code, "scenes/a.py": "def build(film): ...\n"})
    assert problems[0].startswith(problem)
    assert ("function", "build", "scenes/a.py", 1, 1, "(film)") in entries


def test_the_outline_is_bounded(tmp_path: Path) -> None:
    files = {f"scenes/s{n}.py": "import os\n" * 2_000 for n in range(3)}
    entries, problems = outlined(tmp_path, files | {"big.py": "#" * 1_000_001})
    assert len(entries) == MOST_ENTRIES
    assert problems == [
        "big.py: larger than 1 MB, not read",
        "more than 4,000 entries; the rest from scenes/s1.py on is left out",
    ]


def test_deep_code_and_hidden_files_are_no_trouble(tmp_path: Path) -> None:
    deep = (
        "x = "
        + "+".join("1" * 900)
        + "\n"
        + "".join(f"{' ' * n}if x:\n" for n in range(90))
        + " " * 90
        + "Text('deep')\n"
    )
    entries, problems = outlined(tmp_path, {"film.py": deep, ".hidden/a.py": "x", "__pycache__/a.pyc": ""})
    assert problems == []
    assert [entry[0] for entry in entries] == ["file", "node"]
