"""The handbook's own entries: short, sourced, and their examples work."""

import ast
import re
from pathlib import Path

import pytest

from domain.composition import Composition
from memory.library import FOLDER, entries, read
from stage.examples import KINDS, WORDS
from tests.unit.stage.projects import ASSETS, compiled, told

ROOT = Path(__file__).parents[3]
ENTRIES = entries()
CODE = re.compile(r"```python\n(.*?)```", re.S)
MOST_LETTERS = 1_600
NAMING = {"mistake", "warn", "told", "wrong", "Finding", "_nothing"}
"""Functions whose first argument is a finding's code."""
SNIPPETS = {
    f"{entry.entry_id}-{index}": code
    for entry in ENTRIES
    if not entry.entry_id.endswith(".py")
    for index, code in enumerate(CODE.findall(entry.text))
}


def codes() -> set[str]:
    """Every finding's code that the compiler, the painter and the checks write as it is."""
    found: set[str] = set()
    for path in [*ROOT.glob("stage/*.py"), *ROOT.glob("render/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                called = getattr(node.func, "attr", getattr(node.func, "id", ""))
                named = [each.value for each in node.keywords if each.arg == "code"]
                named += node.args[:1] if called in NAMING else []
                found |= {str(each.value) for each in named if isinstance(each, ast.Constant)}
    return found


def test_there_is_enough_and_each_has_a_name_of_its_own() -> None:
    kinds = [entry.kind for entry in ENTRIES]
    assert len({entry.entry_id for entry in ENTRIES}) == len(ENTRIES)
    assert kinds.count("practice") >= 30
    assert kinds.count("recipe") >= 12
    assert {f"stage/{name}" for name in (*KINDS, *WORDS)} <= {entry.entry_id for entry in ENTRIES}


def test_entries_are_short_and_say_where_they_come_from() -> None:
    for entry in ENTRIES:
        assert 40 <= len(entry.text) <= MOST_LETTERS, entry.entry_id
        assert len(entry.title) <= 160, entry.entry_id
        assert entry.tags, entry.entry_id
        assert (ROOT / entry.source).is_file(), entry.entry_id


def test_every_finding_has_its_fix() -> None:
    assert (
        codes() - {entry.entry_id.removeprefix("fix/") for entry in ENTRIES if entry.kind == "fix"} == set()
    )


@pytest.mark.parametrize("name", SNIPPETS)
def test_an_example_compiles_without_a_finding(tmp_path: Path, name: str) -> None:
    code = SNIPPETS[name]
    answer = compiled(tmp_path, {"film.py": code} | ASSETS if code.startswith("from stage") else code)
    assert told(answer) == []
    Composition.model_validate(answer["composition"])


@pytest.mark.parametrize(
    "text",
    ["no fences", "---\ntags: a\n---\ntext\n", "---\ntitle: a\n---\n\n", "---\ntitle: a\nb: c\n---\nx\n"],
)
def test_a_note_of_another_form_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "note.md"
    path.write_text(text)
    with pytest.raises(ValueError, match=r"note\.md|unpack"):
        read(path, "practice")


def test_every_file_of_the_handbook_is_read() -> None:
    files = {f"memory/handbook/{path.parent.name}/{path.name}" for path in FOLDER.glob("*/*.md")}
    assert files == {entry.source for entry in ENTRIES} - {"stage/examples.py"}
