"""What must not stand in any file: other people's machines, secrets, and work left undone."""

import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT, name_of, python_files, text_files

# Each pattern is written so that it does not match itself.
MACHINE = re.compile(
    "|".join(
        [
            r"[/]home/[a-z][\w.-]*/",
            r"[/]Users/\w+/",
            *([re.escape(str(ROOT)) + r"\b"] if len(ROOT.parts) > 2 else []),
        ]
    )
)
REGISTRY = re.compile(
    r"pythonhosted[.]org|pypi[.]org/simple|registry[.]npmjs|index[-]url|find[-]links|^\s*registry\s*=\s*http",
    re.IGNORECASE | re.MULTILINE,
)
SECRET = re.compile(
    r"AKIA[0-9A-Z]{16}|AIza[\w-]{35}|gh[pousr]_\w{36}|\bsk-[A-Za-z0-9_-]{20,}|\br8_\w{30,}|xox[bp]-[\w-]{20,}"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----"
)
UNDONE = re.compile(
    r"\bTO[D]O\b|\bFIX[M]E\b|\bXX[X]\b|NotImplemented[E]rror|\bfor[ ]now\b|placeholder[ ]implementation"
)


def hits(pattern: re.Pattern[str], text: str) -> list[str]:
    return [match.group() for match in pattern.finditer(text)]


@pytest.mark.parametrize("pattern", [MACHINE, REGISTRY, SECRET], ids=["machine", "registry", "secret"])
def test_no_file_tells_of_a_machine_a_registry_or_a_secret(pattern: re.Pattern[str]) -> None:
    found = {name_of(path): hits(pattern, text) for path, text in text_files()}
    assert {name: matches for name, matches in found.items() if matches} == {}


def test_no_work_is_left_undone_in_code() -> None:
    found = {name_of(path): hits(UNDONE, path.read_text()) for path in python_files()}
    assert {name: matches for name, matches in found.items() if matches} == {}


def test_no_tracked_file_is_a_link() -> None:
    assert [name_of(path) for path, _ in text_files() if path.is_symlink()] == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (MACHINE, str(Path("/", "home", "ada", "film.py"))),
        (REGISTRY, "--index" + "-url https://example.org"),
        (SECRET, "AIza" + "x" * 35),
        (SECRET, "-----BEGIN " + "PRIVATE KEY-----"),
        (UNDONE, "# TO" + "DO later"),
        (UNDONE, "raise NotImplemented" + "Error"),
    ],
)
def test_the_patterns_can_fail(pattern: re.Pattern[str], text: str) -> None:
    assert hits(pattern, text)
