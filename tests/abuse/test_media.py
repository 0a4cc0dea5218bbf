"""Strangers' files: those that mean harm are refused or made harmless, those that mean well are taken."""

from pathlib import Path

import pytest

from render.engine import BoxEngine, EngineConfig
from tests.abuse.media.good import GOOD, Good
from tests.abuse.media.hostile import ARGUMENTS, FILES, Hostile
from tests.abuse.media.sources import PAYLOAD, picture
from tests.abuse.media.trial import NAMES, accepted, held, refused_arguments
from tests.contracts.sandboxes import SANDBOXES


def each(cases: list[Hostile] | list[Good], step: int) -> list[object]:
    """Every so-manieth is tried each time, all of them in `make abuse` and among the slow tests."""
    return [
        pytest.param(case, id=case.name, marks=[pytest.mark.slow] if number % step else [])
        for number, case in enumerate(cases)
    ]


@pytest.fixture
def door(tmp_path: Path) -> BoxEngine:
    return BoxEngine(SANDBOXES["bubblewrap"](), EngineConfig(folder=tmp_path / "engine"))


@pytest.mark.parametrize("case", each(FILES, 12))
async def test_a_file_that_means_harm_does_none(door: BoxEngine, case: Hostile, tmp_path: Path) -> None:
    assert await held(door, case, tmp_path) == []


@pytest.mark.parametrize("case", each(GOOD, 40))
async def test_a_file_that_means_well_is_taken(door: BoxEngine, case: Good, tmp_path: Path) -> None:
    assert await accepted(door, case, tmp_path) == []


def test_arguments_and_names_that_mean_harm_are_refused() -> None:
    assert [name for name, is_held in refused_arguments().items() if not is_held] == []


async def test_a_door_that_lets_everything_in_is_found_out(door: BoxEngine, tmp_path: Path) -> None:
    good = Hostile("a good picture, called hostile", "image", lambda: picture("PNG"))
    assert await held(door, good, tmp_path)
    bad = Good("no picture, called good", "image", lambda: PAYLOAD)
    assert await accepted(door, bad, tmp_path)


def test_there_are_a_hundred_and_two_hundred_each_with_a_name_of_its_own() -> None:
    assert len(FILES) + len(ARGUMENTS) + len(NAMES) == 100
    assert len({case.name for case in FILES}) == len(FILES)
    assert len({case.name for case in GOOD}) == len(GOOD) == 200
