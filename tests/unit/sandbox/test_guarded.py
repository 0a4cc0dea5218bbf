"""Nothing is run in a box that a canary got out of."""

from pathlib import Path

import pytest

from domain.errors import Unavailable
from domain.sandbox import BoxLimits
from sandbox.guarded import Guarded
from tests.contracts.sandboxes import SANDBOXES
from tests.unit.sandbox.test_canaries import LeakyBox

HOLE = {"secret": "/etc/passwd"}
LIMITS = BoxLimits(seconds=20, work_mb=8)


async def test_a_leaky_box_runs_nothing_and_says_what_got_out(tmp_path: Path) -> None:
    boxes = Guarded("leaky", lambda: LeakyBox(HOLE), tmp_path / "verdict")
    with pytest.raises(Unavailable, match=r"does not hold, so no code is run: .*see `director doctor`"):
        await boxes.run(["python", "-c", "pass"], limits=LIMITS)
    with pytest.raises(Unavailable, match="does not hold"):
        async with boxes.open(["python"], limits=LIMITS):
            raise AssertionError
    assert boxes.starts.number == 0
    assert not (tmp_path / "verdict").exists()
    assert await boxes.verdict() != []


async def test_a_good_box_is_tried_once_and_again_when_something_changed(tmp_path: Path) -> None:
    verdict = tmp_path / "verdict"
    boxes = Guarded("bubblewrap", SANDBOXES["bubblewrap"], verdict)
    assert (await boxes.run(["python", "-c", "pass"], limits=LIMITS)).exit_code == 0
    assert boxes.starts.number == 1
    assert len(verdict.read_text()) == 64
    leaky = Guarded("leaky", lambda: LeakyBox(HOLE), verdict, "another image")
    with pytest.raises(Unavailable):
        await leaky.run(["python", "-c", "pass"], limits=LIMITS)
    again = Guarded("bubblewrap", SANDBOXES["bubblewrap"], verdict)
    await again.run(["python", "-c", "pass"], limits=LIMITS)
    assert await again.verdict() == []
