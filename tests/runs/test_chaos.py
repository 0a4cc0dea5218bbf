"""A slice of `make chaos`: a real server, killed with -9, goes on as if nothing had been."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bench.chaos.__main__ import left_alone, plans, trial
from bench.chaos.points import crash
from bench.chaos.storm import Tally, farm, stood_still, storm

SEED = 7
MOMENTS = 2
"""How many of the drawn trials are made here: one in the model's words, one in a draft."""


@pytest.mark.timeout(300)
async def test_a_killed_run_leaves_what_a_run_left_alone_leaves(tmp_path: Path) -> None:
    reference = await left_alone(tmp_path)
    assert reference.status == "succeeded"
    assert reference.gapless
    for plan in plans(SEED, MOMENTS, len(reference.events)):
        outcome = await trial(tmp_path, plan, reference)
        assert outcome.differences == [], plan


@pytest.mark.timeout(300)
@pytest.mark.parametrize("point", ["effect-after", pytest.param("commit-before", marks=pytest.mark.slow)])
async def test_a_server_that_exits_at_a_boundary_goes_on_with_the_call_that_has_no_result(
    tmp_path: Path, point: str
) -> None:
    reference = await left_alone(tmp_path)
    made = await crash(tmp_path, point, 2, reference)
    assert made.exited
    assert made.differences == []


@pytest.mark.slow
@pytest.mark.timeout(900)
async def test_a_storm_loses_and_doubles_nothing(tmp_path: Path) -> None:
    tally = Tally(SEED)
    async with farm(tmp_path) as place:
        await storm(place, tally, 6, 6, time.monotonic() + 600)
    assert (tally.unfinished, tally.lost, tally.doubled) == (0, 0, 0), tally.stories
    assert tally.runs >= 6


def test_a_run_stands_still_from_the_last_blow_to_its_next_event() -> None:
    assert stood_still([1, 5, 9], []) == (0, 4)
    assert stood_still([1, 5, 10], [2]) == (3, 5)
    assert stood_still([1, 5, 9], [2, 4, 6]) == (3, 0)
    assert stood_still([], [3]) == (0, 0)


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_a_run_killed_while_it_is_cancelled_ends_cancelled(tmp_path: Path) -> None:
    reference = await left_alone(tmp_path)
    cancels = [plan for plan in plans(SEED, 20, len(reference.events)) if plan.moment == "cancel"]
    for plan in cancels:
        outcome = await trial(tmp_path, plan, reference)
        assert outcome.differences == [], plan
