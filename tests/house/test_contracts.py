"""The import contracts can fail: each breaks on a tree that breaks it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOMS, ROOT

OFFENCES = {
    "floors": {"tools/look.py": "import agent.loop", "agent/loop.py": ""},
    "adapters": {"agent/loop.py": "import storage.rows", "storage/rows.py": ""},
    "circles": {"domain/a.py": "import domain.b", "domain/b.py": "import domain.a"},
    "independent-tools": {"tools/builtin/a.py": "import tools.builtin.b", "tools/builtin/b.py": ""},
    "vendor-models": {"agent/loop.py": "from google.genai import types"},
    "vendor-web": {"tools/look.py": "import fastapi"},
    "vendor-database": {"jobs/lease.py": "from sqlalchemy import text"},
}


@pytest.mark.parametrize("contract", OFFENCES)
def test_a_contract_breaks_on_an_offence(contract: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    for room in (*ROOMS, "tools/builtin"):
        (tmp_path / room).mkdir(parents=True)
        (tmp_path / room / "__init__.py").touch()
    for name, source in OFFENCES[contract].items():
        (tmp_path / name).write_text(f"{source}\n")
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--contract", contract]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert "1 broken" in ended.stdout
