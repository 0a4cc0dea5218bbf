"""The locks hold what pyproject.toml asks for, with hashes, and tell of no index."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

from tests.house.tree import ROOT, imported, parsed, python_files, room_of

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]
WANTED = {
    "requirements.lock": [*PROJECT["dependencies"], *EXTRAS["build"]],
    "requirements-dev.lock": [*PROJECT["dependencies"], *EXTRAS["build"], *EXTRAS["dev"]],
}
PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^\s;]+)", re.MULTILINE)
DIRECT = "director (pyproject.toml)"


def blocks(lock: str) -> dict[NormalizedName, list[tuple[str, str]]]:
    """Each locked package with its versions, and the text that stands under each."""
    found: dict[NormalizedName, list[tuple[str, str]]] = {}
    for text in re.split(r"^(?=[a-z])", lock, flags=re.MULTILINE):
        if pin := PIN.match(text):
            found.setdefault(canonicalize_name(pin["name"]), []).append((pin["version"], text))
    return found


def disagreements(wanted: list[str], lock: str) -> list[str]:
    """Where a lock does not answer what is wanted, one sentence each."""
    locked = blocks(lock)
    asked = {canonicalize_name(Requirement(line).name): Requirement(line) for line in wanted}
    found = [f"{name} is not locked" for name in asked if name not in locked]
    for name, versions in locked.items():
        for version, text in versions:
            if name in asked and not asked[name].specifier.contains(version, prereleases=True):
                found.append(f"{name} {version} does not satisfy {asked[name]}")
            if DIRECT in text and name not in asked:
                found.append(f"{name} is locked but no longer asked for")
            if "--hash=sha256:" not in text:
                found.append(f"{name} {version} has no hash")
    return found


@pytest.mark.parametrize("name", WANTED)
def test_a_lock_answers_what_the_project_asks_for(name: str) -> None:
    assert disagreements(WANTED[name], (ROOT / name).read_text()) == []


@pytest.mark.parametrize("name", WANTED)
def test_a_lock_names_no_place(name: str) -> None:
    text = (ROOT / name).read_text()
    assert re.findall(r"\w+://\S+|\s@\s|^-\S+|(?:^|\s)/\S+", text, flags=re.MULTILINE) == []


def test_tests_run_on_the_very_versions_that_users_get() -> None:
    users = blocks((ROOT / "requirements.lock").read_text())
    tests = blocks((ROOT / "requirements-dev.lock").read_text())
    versions = {name: [version for version, _ in pins] for name, pins in users.items()}
    assert {name: [version for version, _ in tests.get(name, [])] for name in users} == versions


def test_a_lock_that_lags_behind_is_seen() -> None:
    lock = f"brotli==1.0 \\\n    --hash=sha256:0\n    # via {DIRECT}\nrich==15.0 \\\n    # via {DIRECT}\n"
    assert disagreements(["brotli>=1.2", "numpy"], lock) == [
        "numpy is not locked",
        "brotli 1.0 does not satisfy brotli>=1.2",
        "rich is locked but no longer asked for",
        "rich 15.0 has no hash",
    ]


def test_a_box_s_image_has_what_its_guests_import() -> None:
    wanted = {
        module.partition(".")[0]
        for path in python_files()
        if room_of(path) in ("stage", "domain", "render")
        for node in ast.walk(parsed(path))
        for module in imported(node)
    } - {*sys.stdlib_module_names, "stage", "domain", "render"}
    owners = packages_distributions()
    lock = blocks((ROOT / "sandbox/requirements.lock").read_text())
    assert {
        name for name in wanted if not {canonicalize_name(each) for each in owners[name]} & set(lock)
    } == set()
