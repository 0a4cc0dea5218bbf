"""Every attack of the tables, against every sandbox; and against a bare subprocess, to see that they bite."""

import json
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from domain.sandbox import BoxLimits, Mount, Sandbox
from tests.abuse.case import Case
from tests.abuse.files import FILES
from tests.abuse.network import NETWORK
from tests.abuse.prey import Prey, planted
from tests.abuse.processes import PROCESSES
from tests.abuse.resources import RESOURCES
from tests.contracts.sandboxes import SANDBOXES

CASES = [*FILES, *NETWORK, *PROCESSES, *RESOURCES]
LIMITS = BoxLimits(seconds=20, memory_mb=256, processes=32, work_mb=32, stdout_kb=64)
IMPATIENT = LIMITS.model_copy(update={"seconds": 0.5})


@pytest.fixture(params=SANDBOXES)
def sandbox(request: pytest.FixtureRequest) -> Sandbox:
    return SANDBOXES[request.param]()


@pytest.fixture
def prey(tmp_path: Path) -> Generator[Prey]:
    folder = tmp_path / "prey"
    folder.mkdir()
    with planted(folder) as prey:
        yield prey


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_the_wall_holds(sandbox: Sandbox, prey: Prey, case: Case) -> None:
    result = await sandbox.run(
        ["python", "-c", case.script()],
        mounts=[Mount(source=prey.given, target="/project")],
        limits=IMPATIENT if case.ended_by == "timeout" else LIMITS,
        stdin=json.dumps(prey.facts("/project")).encode(),
    )
    assert result.ended_by == case.ended_by, result
    if case.ended_by == "exit":
        assert result.stdout.startswith(b"HELD"), result
    assert prey.touched() == []


def bare(case: Case, prey: Prey, work: Path) -> bytes:
    """Run an attack as a plain subprocess: what the product never does."""
    work.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", case.script()],
        input=json.dumps(prey.facts(str(prey.given))).encode(),
        capture_output=True,
        cwd=work,
        timeout=20,
        check=False,
    )
    return done.stdout


def test_the_same_attacks_get_through_where_there_is_no_wall(tmp_path: Path) -> None:
    tried = [case for case in CASES if case.bare]
    opened: list[str] = []
    for number, case in enumerate(tried):
        folder = tmp_path / str(number)
        folder.mkdir()
        with planted(folder) as prey:
            if bare(case, prey, tmp_path / f"work-{number}").startswith(b"OPEN"):
                opened.append(case.name)
    assert len(opened) >= 30, opened


def test_there_are_enough_attacks_and_each_has_a_name_of_its_own() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 90
