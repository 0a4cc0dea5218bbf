"""What every sandbox brings back from a command: files, lines and kept output."""

import asyncio
import time
from pathlib import Path

import pytest

from domain.sandbox import Sandbox
from tests.contracts.sandboxes import LIMITS, SANDBOXES, python


@pytest.fixture(params=SANDBOXES)
def sandbox(request: pytest.FixtureRequest) -> Sandbox:
    return SANDBOXES[request.param]()


async def test_files_left_in_out_are_collected_with_their_folders(sandbox: Sandbox, tmp_path: Path) -> None:
    code = """
import os
os.makedirs("out/frames/a")
open("out/facts.json", "w").write("{}")
open("out/frames/a/0001.png", "wb").write(bytes(100_000))
open("elsewhere", "w").write("x")
"""
    result = await sandbox.run(python(code), limits=LIMITS, collect=tmp_path)
    found = {
        str(path.relative_to(tmp_path)): path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()
    }
    assert result.ended_by == "exit"
    assert found == {"facts.json": 2, "frames/a/0001.png": 100_000}


async def test_a_failing_command_still_leaves_its_files(sandbox: Sandbox, tmp_path: Path) -> None:
    code = "open('out/log', 'w').write('why'); raise SystemExit(1)"
    assert (await sandbox.run(python(code), limits=LIMITS, collect=tmp_path)).exit_code == 1
    assert (tmp_path / "log").read_text() == "why"


async def test_more_than_may_be_collected_leaves_nothing(sandbox: Sandbox, tmp_path: Path) -> None:
    code = "[open(f'out/{n}', 'wb').write(bytes(1_000_000)) for n in range(6)]"
    result = await sandbox.run(python(code), limits=LIMITS, collect=tmp_path)
    assert result.ended_by == "output"
    assert list(tmp_path.iterdir()) == []


async def test_lines_arrive_while_the_command_runs(sandbox: Sandbox) -> None:
    arrived = asyncio.Event()

    async def on_line(line: bytes) -> None:
        if line == b"half way":
            arrived.set()

    code = "import time; print('start'); print('half way', flush=True); time.sleep(60)"
    running = asyncio.create_task(sandbox.run(python(code), limits=LIMITS, on_line=on_line))
    async with asyncio.timeout(10):
        await arrived.wait()
    assert not running.done()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_every_line_is_told_once_and_long_ones_are_cut(sandbox: Sandbox) -> None:
    lines: list[bytes] = []

    async def on_line(line: bytes) -> None:
        lines.append(line)

    code = "print('a'); print(); print('b' * 200_000); print('c', end='')"
    await sandbox.run(python(code), limits=LIMITS, on_line=on_line)
    assert lines == [b"a", b"", b"b" * 65536, b"c"]


async def test_a_listener_that_fails_ends_the_command(sandbox: Sandbox) -> None:
    async def on_line(line: bytes) -> None:
        raise ZeroDivisionError

    code = "import time; print('x', flush=True); time.sleep(60)"
    started = time.monotonic()
    with pytest.raises(ZeroDivisionError):
        await sandbox.run(python(code), limits=LIMITS, on_line=on_line)
    assert time.monotonic() - started < 5


async def test_output_is_kept_up_to_the_cap_and_drained_beyond_it(sandbox: Sandbox) -> None:
    code = "import sys; sys.stdout.write('o' * 5_000_000); sys.stderr.write('e' * 5_000_000)"
    result = await sandbox.run(python(code), limits=LIMITS)
    assert (result.exit_code, len(result.stdout), len(result.stderr)) == (0, 65536, 65536)
