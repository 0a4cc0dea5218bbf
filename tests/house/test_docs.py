"""What is written about the project is true of it."""

import re
import tomllib
from pathlib import Path

import pytest

from docs.write import stale
from tests.house.tree import ROOT, files, name_of

LINK = re.compile(r"\]\(([^)\s#]+)(?:#[^)\s]*)?\)|<img[^>]+src=\"([^\"]+)\"")
TARGET = re.compile(r"^([a-z]+):", re.MULTILINE)
COMMANDS = ('make film PROMPT="', "make test")


def pages() -> list[Path]:
    return [path for path in files() if path.suffix == ".md" and path.name != "LICENSE"]


def dead_links(page: Path, text: str) -> list[str]:
    shown = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    links = [first or second for first, second in LINK.findall(shown)]
    local = [link for link in links if not re.match(r"\w+:", link)]
    return [link for link in local if not (page.parent / link).exists()]


def unknown_targets(text: str, targets: set[str]) -> list[str]:
    return [name for name in re.findall(r"`make ([a-z]+)", text) if name not in targets]


def test_the_readme_gives_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text()
    assert [command for command in COMMANDS if command not in text] == []


def test_the_changelog_tells_of_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    newest = re.search(r"^## \[?(\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert newest is not None
    assert newest.group(1) == version


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    assert dead_links(page, page.read_text()) == []


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_every_make_target_that_a_page_names_exists(page: Path) -> None:
    targets = set(TARGET.findall((ROOT / "Makefile").read_text()))
    assert unknown_targets(page.read_text(), targets) == []


def test_generated_pages_say_what_the_code_says() -> None:
    assert [name_of(path) for path in stale()] == [], "make docs writes them anew"


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs/adr").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_dead_link_and_an_unknown_target_are_seen() -> None:
    assert dead_links(ROOT / "README.md", "[gone](docs/gone.md) [kept](Makefile)") == ["docs/gone.md"]
    assert unknown_targets("`make tea`, `make test`", {"test"}) == ["tea"]
