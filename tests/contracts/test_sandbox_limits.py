"""What every sandbox takes from a command that wants too much, and how it takes a box down."""

import asyncio
import time
from pathlib import Path

import pytest

from domain.sandbox import Sandbox
from tests.contracts.sandboxes import LIMITS, SANDBOXES, limits, python


@pytest.fixture(params=SANDBOXES)
def sandbox(request: pytest.FixtureRequest) -> Sandbox:
    return SANDBOXES[request.param]()


async def test_the_wall_clock_ends_a_command_that_ignores_everything(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    code = """
import os, signal, time
for number in range(1, 32):
    if number not in (9, 19):
        signal.signal(number, signal.SIG_IGN)
open("out/half", "w").write("x")
print("on", flush=True)
if os.fork() == 0:
    os.setsid()
os.close(0); os.close(1); os.close(2)
time.sleep(60)
"""
    result = await sandbox.run(python(code), limits=limits(seconds=0.5), collect=tmp_path)
    assert (result.ended_by, result.exit_code, result.stdout) == ("timeout", 137, b"on\n")
    assert result.seconds < 2.5
    assert list(tmp_path.iterdir()) == []


async def test_processor_time_ends_a_busy_command(sandbox: Sandbox) -> None:
    result = await sandbox.run(python("while True: pass"), limits=limits(seconds=20, cpu_seconds=1))
    assert result.ended_by == "timeout"
    assert result.seconds < 15


@pytest.mark.parametrize(
    "code",
    [
        "hoard = [bytearray(1_000_000) for _ in range(100_000)]",
        """
import mmap
shared = mmap.mmap(-1, 900_000_000)
for at in range(0, 900_000_000, 4096):
    shared[at] = 1
""",
        """
import os, time
for _ in range(8):
    if os.fork() == 0:
        break
hoard = bytearray(os.urandom(1)) * 60_000_000
time.sleep(30)
""",
    ],
    ids=["own", "shared", "many processes"],
)
async def test_memory_of_all_processes_together_is_bounded(sandbox: Sandbox, code: str) -> None:
    result = await sandbox.run(python(code), limits=LIMITS)
    if result.ended_by == "exit":  # on a busy machine the address space may be full before somebody looks
        assert result.exit_code == 1
        assert result.stderr.endswith(b"MemoryError\n")
    else:
        assert (result.ended_by, result.exit_code) == ("memory", 137)


async def test_pages_shared_by_forked_processes_count_once(sandbox: Sandbox) -> None:
    code = """
import os, time
hoard = bytearray(os.urandom(1)) * 100_000_000
children = [os.fork() or time.sleep(0.5) or os._exit(0) for _ in range(6)]
[os.wait() for _ in children]
"""
    result = await sandbox.run(python(code), limits=LIMITS)
    assert (result.ended_by, result.exit_code, result.stderr) == ("exit", 0, b"")


async def test_an_absurd_allocation_is_a_plain_error(sandbox: Sandbox) -> None:
    result = await sandbox.run(python("x = [0] * 100_000_000_000"), limits=LIMITS)
    assert result.exit_code == 1
    assert b"MemoryError" in result.stderr


async def test_the_work_folder_is_full_at_its_size(sandbox: Sandbox) -> None:
    code = """
import errno
try:
    for number in range(100):
        open(f"{number}", "wb").write(bytes(1024 * 1024))
except OSError as problem:
    print(number, errno.errorcode[problem.errno])
"""
    assert (await sandbox.run(python(code), limits=LIMITS)).stdout == b"16 ENOSPC\n"


async def test_processes_are_bounded_and_a_command_gets_as_many_as_it_was_promised(sandbox: Sandbox) -> None:
    code = """
import os, signal, sys
children = []
try:
    while len(children) < 100:
        child = os.fork()
        if child == 0:
            signal.pause()
        children.append(child)
except BlockingIOError:
    pass
sys.stdout.write(str(1 + len(children)))
"""
    assert (await sandbox.run(python(code), limits=limits(processes=16))).stdout == b"16"


async def test_one_processor_means_one_processor(sandbox: Sandbox) -> None:
    code = """
import os
print(len(os.sched_getaffinity(0)))
try:
    os.sched_setaffinity(0, range(os.cpu_count()))
except PermissionError:
    print("held")
"""
    assert (await sandbox.run(python(code), limits=limits(cpus=1))).stdout == b"1\nheld\n"


async def test_cancelling_ends_everything_inside_within_two_seconds(sandbox: Sandbox) -> None:
    started = asyncio.Event()

    async def on_line(line: bytes) -> None:
        started.set()

    code = "import os, time; [os.fork() for _ in range(3)]; print('on', flush=True); time.sleep(60)"
    running = asyncio.create_task(sandbox.run(python(code), limits=LIMITS, on_line=on_line))
    await started.wait()
    before = time.monotonic()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert time.monotonic() - before < 2


async def test_cancelling_while_a_box_starts_leaves_no_task_behind(sandbox: Sandbox) -> None:
    for delay in (0, 0.001, 0.005, 0.01, 0.02, 0.03):
        running = asyncio.create_task(sandbox.run(["sleep", "60"], limits=LIMITS))
        await asyncio.wait([running], timeout=delay)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
    assert (await sandbox.run(["true"], limits=LIMITS)).exit_code == 0


async def test_boxes_side_by_side_do_not_see_each_other(sandbox: Sandbox) -> None:
    code = """
import os, time
mine = str(hash(open("/in/name").read()))
open(mine, "w").write("x"); open("/dev/shm/" + mine, "w").write("x")
time.sleep(0.3)
processes = [name for name in os.listdir("/proc") if name.isdigit()]
print(os.listdir("/dev/shm") == [mine], sorted(os.listdir()) == sorted([mine, "out"]), len(processes) <= 3)
"""
    runs = [sandbox.run(python(code), limits=LIMITS, files={"name": str(n).encode()}) for n in range(4)]
    assert [result.stdout for result in await asyncio.gather(*runs)] == [b"True True True\n"] * 4


async def test_a_second_run_finds_nothing_of_the_first(sandbox: Sandbox) -> None:
    code = """
import os
print([name for place in ("/box", "/tmp", "/dev/shm", "/var", "/box/out") for name in os.listdir(place)])
open("a", "w"); open("/tmp/b", "w"); open("/dev/shm/c", "w"); open("out/d", "w")
"""
    first, second = [await sandbox.run(python(code), limits=LIMITS) for _ in range(2)]
    assert first.stdout == second.stdout


async def test_no_canary_gets_out(sandbox: Sandbox) -> None:
    assert await sandbox.verify() == []
