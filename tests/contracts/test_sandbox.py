"""What every sandbox does for a command: furniture, inputs, streams, limits, and what comes back."""

import asyncio
import json
import os
import time
from pathlib import Path

import pytest

from domain.sandbox import Mount, Sandbox
from tests.contracts.sandboxes import LIMITS, SANDBOXES, limits, python


@pytest.fixture(params=SANDBOXES)
def sandbox(request: pytest.FixtureRequest) -> Sandbox:
    return SANDBOXES[request.param]()


# --- how a command ends


async def test_a_command_answers_with_its_output(sandbox: Sandbox) -> None:
    result = await sandbox.run(
        python("import sys; print('out'); print('err', file=sys.stderr)"), limits=LIMITS
    )
    assert (result.exit_code, result.stdout, result.stderr, result.ended_by) == (
        0,
        b"out\n",
        b"err\n",
        "exit",
    )
    assert 0 < result.seconds < LIMITS.seconds


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("raise SystemExit(3)", 3),
        ("1 / 0", 1),
        ("import os; os.kill(os.getpid(), 9)", 137),
        ("import os; os.abort()", 134),
    ],
)
async def test_a_failing_command_is_data(sandbox: Sandbox, code: str, expected: int) -> None:
    result = await sandbox.run(python(code), limits=LIMITS)
    assert (result.exit_code, result.ended_by) == (expected, "exit")


async def test_a_command_that_does_not_exist_is_data(sandbox: Sandbox) -> None:
    result = await sandbox.run(["no-such-program"], limits=LIMITS)
    assert result.exit_code == 127
    assert b"no-such-program" in result.stderr


async def test_no_command_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="argv is empty"):
        await sandbox.run([], limits=LIMITS)


async def test_arguments_arrive_as_they_are(sandbox: Sandbox) -> None:
    awkward = ["a b", "$HOME", "*", "", "'\"", "--", "-x", "line\nline", "ü"]
    code = "import sys, json; print(json.dumps(sys.argv[1:]))"
    result = await sandbox.run([*python(code), *awkward], limits=LIMITS)
    assert json.loads(result.stdout) == awkward


# --- what a guest finds


async def test_the_environment_holds_nothing_of_the_server(sandbox: Sandbox) -> None:
    result = await sandbox.run(python("import os, json; print(json.dumps(dict(os.environ)))"), limits=LIMITS)
    environment = json.loads(result.stdout)
    assert environment["HOME"] == "/work"
    assert environment["PYTHONHASHSEED"] == "0"
    assert all(name in ("PATH", "HOME", "LANG") or name.startswith("PYTHON") for name in environment)


async def test_the_work_folder_is_where_a_guest_starts_and_the_only_place_it_may_write(
    sandbox: Sandbox,
) -> None:
    code = """
import os
print(os.getcwd())
open("out/a", "w").write("x")
for place in ("/", "/usr", "/etc", "/app", "/in", "/dev", "/var"):
    try:
        open(os.path.join(place, "a"), "w")
        print("wrote", place)
    except OSError:
        pass
"""
    result = await sandbox.run(python(code), limits=LIMITS)
    assert (result.stdout, result.stderr) == (b"/work\n", b"")


async def test_a_guest_imports_what_it_needs_and_no_other_code_of_ours(sandbox: Sandbox) -> None:
    code = """
import importlib.util
import domain.sandbox, pydantic, numpy
names = "sandbox agent tools storage jobs providers api memory settings main".split()
print([name for name in names if importlib.util.find_spec(name)])
"""
    result = await sandbox.run(python(code), limits=LIMITS)
    assert (result.stdout, result.stderr) == (b"[]\n", b"")


async def test_a_script_does_not_import_from_its_own_folder_or_the_current_one(sandbox: Sandbox) -> None:
    files = {"json.py": b"print('planted')", "main.py": b"import json; print(json.dumps(1))"}
    result = await sandbox.run(["python", "/in/main.py"], limits=LIMITS, files=files)
    assert result.stdout == b"1\n"


async def test_ffmpeg_makes_a_film_and_ffprobe_reads_it(sandbox: Sandbox, tmp_path: Path) -> None:
    source = "testsrc2=size=64x64:rate=30:duration=1"
    made = await sandbox.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", source, "out/film.mp4"],
        limits=LIMITS,
        collect=tmp_path,
    )
    assert (made.exit_code, made.stderr) == (0, b"")
    film = Mount(source=tmp_path / "film.mp4", target="/in/film.mp4")
    command = ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", "/in/film.mp4"]
    probed = await sandbox.run(command, mounts=[film], limits=LIMITS)
    assert float(probed.stdout) == pytest.approx(1)


# --- what goes in


async def test_standard_input_arrives_whole_and_ends(sandbox: Sandbox) -> None:
    content = os.urandom(300_000)
    code = "import sys; a = sys.stdin.buffer.read(); sys.stdout.buffer.write(a[:-11:-1]); print(len(a))"
    result = await sandbox.run(python(code), limits=LIMITS, stdin=content)
    assert result.stdout == content[::-1][:10] + b"300000\n"


async def test_a_guest_may_ignore_its_input(sandbox: Sandbox) -> None:
    assert (await sandbox.run(["true"], limits=LIMITS, stdin=bytes(1_000_000))).exit_code == 0


async def test_mounted_files_and_folders_are_read_only(sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "film").mkdir()
    (tmp_path / "film/scene.py").write_text("scene")
    (tmp_path / "one.json").write_text("one")
    mounts = [
        Mount(source=tmp_path / "film", target="/project"),
        Mount(source=tmp_path / "one.json", target="/in/one.json"),
    ]
    code = """
print(open("/project/scene.py").read(), open("/in/one.json").read())
for path in ("/project/scene.py", "/project/new", "/in/one.json"):
    try:
        open(path, "w")
        print("wrote", path)
    except OSError:
        pass
"""
    result = await sandbox.run(python(code), mounts=mounts, limits=LIMITS)
    assert (result.stdout, result.stderr) == (b"scene one\n", b"")
    assert (tmp_path / "film/scene.py").read_text() == "scene"


async def test_a_private_file_below_a_private_folder_can_be_mounted(sandbox: Sandbox, tmp_path: Path) -> None:
    folder = tmp_path / "home" / "data"
    folder.mkdir(parents=True)
    (folder / "blob").write_text("mine")
    (folder / "blob").chmod(0o600)
    folder.chmod(0o700)
    (tmp_path / "home").chmod(0o700)
    code = "print(open('/blob').read(), open('/data/blob').read())"
    mounts = [Mount(source=folder / "blob", target="/blob"), Mount(source=folder, target="/data")]
    result = await sandbox.run(python(code), mounts=mounts, limits=LIMITS)
    assert (result.stdout, result.stderr) == (b"mine mine\n", b"")


async def test_given_files_stand_read_only_below_in(sandbox: Sandbox) -> None:
    code = """
import os
print(open("/in/a").read(), open("/in/deep/b.txt").read())
for path in ("/in/a", "/in/deep/c"):
    try:
        open(path, "w")
        print("wrote", path)
    except OSError:
        pass
"""
    files = {"a": b"A", "deep/b.txt": b"B"}
    result = await sandbox.run(python(code), limits=LIMITS, files=files)
    assert (result.stdout, result.stderr) == (b"A B\n", b"")


async def test_many_given_files_are_no_trouble(sandbox: Sandbox) -> None:
    files = {f"scene-{number}.py": b"x" * number for number in range(150)}
    code = "import os; print(sum(os.path.getsize(f'/in/{name}') for name in os.listdir('/in')))"
    assert (await sandbox.run(python(code), limits=LIMITS, files=files)).stdout == b"11175\n"


@pytest.mark.parametrize("name", ["", "..", "../x", "/x", "a/../../x", "a\0b", "."])
async def test_a_given_file_cannot_leave_its_folder(sandbox: Sandbox, name: str) -> None:
    with pytest.raises(ValueError, match="relative path"):
        await sandbox.run(["true"], limits=LIMITS, files={name: b""})


@pytest.mark.parametrize(
    "target",
    ["", "/", "project", "/a/../b", "/a\0b", "/usr/x", "/proc", "/etc/passwd", "/work", "/work/out", "/app"],
)
async def test_a_mount_cannot_hide_what_belongs_to_the_box(
    sandbox: Sandbox, tmp_path: Path, target: str
) -> None:
    with pytest.raises(ValueError, match="mount target"):
        await sandbox.run(["true"], limits=LIMITS, mounts=[Mount(source=tmp_path, target=target)])


async def test_two_mounts_cannot_share_a_target(sandbox: Sandbox, tmp_path: Path) -> None:
    mount = Mount(source=tmp_path, target="/project")
    with pytest.raises(ValueError, match="mounted twice: '/project'"):
        await sandbox.run(["true"], limits=LIMITS, mounts=[mount, mount])


async def test_a_source_must_be_a_real_file_or_folder(sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/etc")
    os.mkfifo(tmp_path / "fifo")
    for source in (
        tmp_path / "link",
        tmp_path / "fifo",
        tmp_path / "missing",
        Path("relative"),
        tmp_path / "..",
    ):
        with pytest.raises(ValueError, match="mount source"):
            await sandbox.run(["true"], limits=LIMITS, mounts=[Mount(source=source, target="/project")])


# --- what comes back


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


# --- limits


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
    assert result.ended_by == "memory"
    assert result.exit_code == 137


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


# --- taking down, and many at once


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
print(os.listdir("/dev/shm") == [mine], sorted(os.listdir()) == sorted([mine, "out"]), len(processes))
"""
    runs = [sandbox.run(python(code), limits=LIMITS, files={"name": str(n).encode()}) for n in range(4)]
    assert [result.stdout for result in await asyncio.gather(*runs)] == [b"True True 2\n"] * 4


async def test_a_second_run_finds_nothing_of_the_first(sandbox: Sandbox) -> None:
    code = """
import os
print([name for place in ("/work", "/tmp", "/dev/shm", "/var", "/work/out") for name in os.listdir(place)])
open("a", "w"); open("/tmp/b", "w"); open("/dev/shm/c", "w"); open("out/d", "w")
"""
    first, second = [await sandbox.run(python(code), limits=LIMITS) for _ in range(2)]
    assert first.stdout == second.stdout


async def test_no_canary_gets_out(sandbox: Sandbox) -> None:
    assert await sandbox.verify() == []
