"""A slice of `make chaos`: a real server, killed with -9, goes on as if nothing had been."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.chaos.__main__ import left_alone, plans, trial

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


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_a_run_killed_while_it_is_cancelled_ends_cancelled(tmp_path: Path) -> None:
    reference = await left_alone(tmp_path)
    cancels = [plan for plan in plans(SEED, 20, len(reference.events)) if plan.moment == "cancel"]
    for plan in cancels:
        outcome = await trial(tmp_path, plan, reference)
        assert outcome.differences == [], plan
