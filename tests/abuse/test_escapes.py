"""Every attack of the tables, against every sandbox; and against a bare subprocess, to see that they bite."""

from collections.abc import Generator
from pathlib import Path

import pytest

from domain.sandbox import Sandbox
from tests.abuse.case import Case
from tests.abuse.prey import Prey, planted
from tests.abuse.suite import CASES
from tests.abuse.wall import bare, tried
from tests.contracts.sandboxes import SANDBOXES

MOST_HELD_BARE = 0.6
DEAR = {"leave thousands of nested folders", "leave more files than may be taken", "make folders without end"}


@pytest.fixture(params=SANDBOXES)
def sandbox(request: pytest.FixtureRequest) -> Sandbox:
    return SANDBOXES[request.param]()


@pytest.fixture
def prey(tmp_path: Path) -> Generator[Prey]:
    folder = tmp_path / "prey"
    folder.mkdir()
    with planted(folder) as prey:
        yield prey


def sliced() -> list[object]:
    """Every second attack is tried each time, all of them in `make abuse` and among the slow tests."""
    chosen = [case for number, case in enumerate(CASES) if number % 2 == 0 and case.name not in DEAR]
    slow = pytest.mark.slow
    return [pytest.param(case, id=case.name, marks=[] if case in chosen else [slow]) for case in CASES]


@pytest.mark.parametrize("case", sliced())
async def test_the_wall_holds(sandbox: Sandbox, prey: Prey, case: Case, tmp_path: Path) -> None:
    assert await tried(sandbox, case, prey, tmp_path / "into") == []


def test_the_same_attacks_get_through_where_there_is_no_wall(tmp_path: Path) -> None:
    safe = [case for case in CASES if case.bare][::2]
    held: list[str] = []
    for number, case in enumerate(safe):
        folder = tmp_path / str(number)
        folder.mkdir()
        with planted(folder) as prey:
            if not bare(case, prey, tmp_path / f"work-{number}"):
                held.append(case.name)
    assert len(held) <= MOST_HELD_BARE * len(safe), held


def test_there_are_enough_attacks_and_each_has_a_name_of_its_own() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 150
