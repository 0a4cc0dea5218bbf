"""The doctor looks at all parts, or at those that are asked for."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT


def doctor(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DIRECTOR_DATA": str(folder), "DIRECTOR_MODEL": "offline", **more}
    argv = [sys.executable, "-m", "main", "doctor", *words]
    return subprocess.run(argv, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_one_part_is_looked_at_alone(tmp_path: Path) -> None:
    ended = doctor(tmp_path, "--json", "--part", "database", "--part", "data")
    assert ended.returncode == 0, ended.stderr
    assert [part["part"] for part in json.loads(ended.stdout)["parts"]] == ["database", "data"]


def test_a_part_that_is_none_names_those_that_are(tmp_path: Path) -> None:
    ended = doctor(tmp_path, "--part", "kitchen")
    assert ended.returncode == 2
    assert "--part is 'kitchen'; give some of database, sandbox" in ended.stderr


@pytest.mark.parametrize(
    ("more", "using", "says"),
    [
        ({}, ["nobody", "symbols"], "set GEMINI_API_KEY, or REPLICATE_API_TOKEN"),
        (
            {"REPLICATE_API_TOKEN": "sesame", "DIRECTOR_REPLICATE_MODEL": "some/painter"},
            ["replicate", "symbols"], "some/painter, key is set; $0.25",
        ),
        (
            {"GEMINI_API_KEY": "sesame", "DIRECTOR_MODEL": "gemini", "DIRECTOR_PICTURE_USD": "0.04"},
            ["gemini", "gemini-3.8-flash"], "key is set; $0.04",
        ),
    ],
    ids=["nobody", "replicate", "gemini"],
)  # fmt: skip
def test_who_makes_pictures_and_drawings_is_told(
    more: dict[str, str], using: list[str], says: str, tmp_path: Path
) -> None:
    ended = doctor(tmp_path, "--json", "--part", "pictures", "--part", "drawings", **more)
    assert ended.returncode == 0, ended.stderr
    parts = json.loads(ended.stdout)["parts"]
    assert [part["using"] for part in parts] == using
    assert says in parts[0]["says"]
    assert "Lucide" in parts[1]["says"]
    assert "sesame" not in ended.stdout + ended.stderr


SHOW = """
import sys
from pathlib import Path
from settings import Settings
class There(Settings):
    model_config = {"secrets_dir": Path(sys.argv[1]), "env_file": None}
found = There()
print(found.database, found.director)
"""


def test_secrets_are_read_from_files_and_the_environment_goes_before_them(tmp_path: Path) -> None:
    address = "postgresql://director:word@postgres/director"
    (tmp_path / "DATABASE_URL").write_text(f"{address}\n")
    (tmp_path / "GEMINI_API_KEY").write_text("\n")  # an empty file is no key
    for environment, told in (({}, address), ({"DATABASE_URL": "sqlite:///x.db"}, "sqlite:///x.db")):
        argv = [sys.executable, "-c", SHOW, str(tmp_path)]
        ended = subprocess.run(argv, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        assert ended.stdout.split() == [told, "offline"]
