"""What stands inside a bubblewrap box besides the system: media programs from anywhere, or a clear word."""

from pathlib import Path

import pytest

from domain.errors import Unavailable
from sandbox.backends.bubblewrap import BubblewrapConfig, create
from sandbox.guest import Guest
from tests.contracts.sandboxes import LIMITS


async def test_a_media_program_outside_of_usr_is_brought_along(tmp_path: Path) -> None:
    program = tmp_path / "bin/ffmpeg"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho mine $1\n")
    program.chmod(0o755)
    boxes = create(BubblewrapConfig(guest=Guest(path=str(program.parent))))
    result = await boxes.run(["ffmpeg", "-version"], limits=LIMITS)
    assert result.stdout == b"mine -version\n"


@pytest.mark.parametrize("program", ["ffmpeg", "ffprobe"])
async def test_a_missing_media_program_is_told_before_anything_runs(tmp_path: Path, program: str) -> None:
    boxes = create(BubblewrapConfig(guest=Guest(path=str(tmp_path))))
    with pytest.raises(Unavailable, match="apt install ffmpeg") as refused:
        await boxes.run([program], limits=LIMITS)
    assert refused.value.part == program
