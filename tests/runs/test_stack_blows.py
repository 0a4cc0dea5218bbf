"""A slice of `make stack`: each part is killed once, and the film is as if nothing had been."""

from pathlib import Path

import pytest

from bench.chaos.story import leavings
from bench.stack.films import begin
from bench.stack.kills import VICTIMS, blows, trial
from bench.stack.parts import opened
from bench.stack.streams import measure

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]
SEED = 7


def test_blows_are_drawn_from_their_seed_and_each_victim_has_its_turn() -> None:
    drawn = blows(SEED, 20, 40)
    assert drawn == blows(SEED, 20, 40)
    assert drawn != blows(SEED + 1, 20, 40)
    assert {blow.victim for blow in drawn[:3]} == set(VICTIMS)
    assert all(1 <= blow.after_seq < 40 for blow in drawn)


async def test_a_blow_at_each_part_leaves_the_same_film_and_a_crowd_misses_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path) as stack:
        await stack.ready()
        started = await begin(stack.server)
        alone = await leavings(stack.server.client, str(started["project_id"]), str(started["run_id"]))
        assert alone.status == "succeeded"
        for blow in blows(SEED, len(VICTIMS), len(alone.events)):
            made = await trial(stack, blow, alone)
            assert made.differences == (), blow
            await stack.ready()
        assert (await measure(stack, clients=50))["sse_lost"] == 0
