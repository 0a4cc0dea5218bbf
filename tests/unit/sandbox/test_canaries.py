"""The canaries sing when a wall is down."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from domain.sandbox import BoxLimits, ExecResult, Mount, OnLine
from sandbox.backends.bubblewrap import Bubblewrap, BubblewrapConfig, create
from sandbox.canaries import escapes


class LeakyBox(Bubblewrap):
    """A box whose wall has a hole: what the canaries look for lies inside."""

    def __init__(self, hole: Mapping[str, object]) -> None:
        super().__init__(BubblewrapConfig())
        self.hole = hole

    async def run(
        self,
        argv: Sequence[str],
        *,
        mounts: Sequence[Mount] = (),
        limits: BoxLimits,
        stdin: bytes = b"",
        collect: Path | None = None,
        on_line: OnLine | None = None,
        files: Mapping[str, bytes] = {},
    ) -> ExecResult:
        facts: dict[str, Any] = {**json.loads(files["facts.json"]), **self.hole}
        files = {**files, "facts.json": json.dumps(facts).encode()}
        return await super().run(argv, limits=limits, files=files)


async def test_a_readable_file_is_told() -> None:
    told = await escapes(LeakyBox({"secret": "/etc/passwd"}))
    assert told == ["a guest reads files of the host", "a guest reads files of the host through /proc"]


async def test_more_room_and_more_processes_than_promised_are_told() -> None:
    told = await escapes(LeakyBox({"work_mb": 1, "processes": 2}))
    assert told == [
        "a guest starts as many processes as it likes",
        "a guest fills more than its work folder",
    ]


async def test_canaries_that_cannot_report_are_told() -> None:
    told = await escapes(LeakyBox({"work_mb": "not a number"}))
    assert told == ["the canaries did not report back (exit code 1, exit)"]


async def test_twenty_canaries_fly_through_one_box_and_none_gets_out() -> None:
    source = Path(__file__).resolve().parents[3] / "sandbox/canary_guest.py"
    assert source.read_text().count("@canary(") >= 20
    assert await create(BubblewrapConfig()).verify() == []
