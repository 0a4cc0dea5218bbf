"""What a bubblewrap box leaves on the host, who it is there, and how it ends with its server."""

import asyncio
import ctypes
import os
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from domain.errors import Unavailable
from domain.sandbox import Mount
from sandbox.backends.bubblewrap import Bubblewrap, BubblewrapConfig, create
from sandbox.box import FIRST_UID
from sandbox.guest import OURS, Guest
from sandbox.watchdog import tree
from tests.contracts.sandboxes import LIMITS, python

PR_SET_CHILD_SUBREAPER = 36
ANSWER = """
import sys
sys.stdin.buffer.read(4)
sys.stdout.buffer.write(bytes(4))
sys.stdout.flush()
sys.stdin.read()
"""
ROOT = Path(__file__).resolve().parents[2]
IS_ROOT = os.geteuid() == 0


@pytest.fixture
def sandbox() -> Bubblewrap:
    return create(BubblewrapConfig())


def processes(mark: str) -> dict[int, str]:
    """The host's processes whose command line holds a mark: pid and status."""
    found: dict[int, str] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (folder / "cmdline").read_bytes():
                found[int(folder.name)] = (folder / "status").read_text()
        except OSError:
            continue
    return found


def field(status: str, name: str) -> list[str]:
    return next(line for line in status.splitlines() if line.startswith(f"{name}:")).split()[1:]


def inside(mark: str) -> list[str]:
    """The status of those of them that live in a PID namespace of their own."""
    return [status for status in processes(mark).values() if field(status, "NSpid")[1:]]


async def test_the_host_sees_no_root_in_a_running_box(sandbox: Bubblewrap) -> None:
    mark = f"mark-{os.getpid()}"
    async with sandbox.open([*python(ANSWER), mark], limits=LIMITS) as session:
        assert await session.ask(b"", seconds=10) == b""
        outside, guests = list(processes(mark).values()), inside(mark)
    assert len(guests) == 2, "the door and the guest"
    assert all("0" not in field(status, "Uid") + field(status, "Gid") for status in outside + guests)
    assert all(int(field(status, "CapEff")[0], 16) == 0 for status in guests)
    assert all(field(status, "Seccomp") == ["2"] for status in guests)
    assert all(field(status, "NoNewPrivs") == ["1"] for status in guests)
    if IS_ROOT:
        assert all(field(status, "Groups") == [] for status in guests)
        assert all(int(field(status, "Uid")[0]) >= FIRST_UID for status in guests)


@pytest.mark.skipif(not IS_ROOT, reason="only root can give each box a user of its own")
async def test_two_boxes_of_root_have_two_users(sandbox: Bubblewrap) -> None:
    mark = f"mark-{os.getpid()}"
    guest = [*python(ANSWER), mark]
    async with sandbox.open(guest, limits=LIMITS), sandbox.open(guest, limits=LIMITS):
        assert len({field(status, "Uid")[0] for status in inside(mark)}) == 2


async def test_clone_and_data_may_lie_below_a_folder_that_only_the_owner_enters(tmp_path: Path) -> None:
    home = tmp_path / "home"
    for name in OURS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, home / "clone" / name, ignore=shutil.ignore_patterns("__pycache__"))
    (home / "data").mkdir()
    (home / "data/film.py").write_text("film")
    for path in [*home.rglob("*"), home]:
        path.chmod(0o700 if path.is_dir() else 0o600)
    boxes = create(BubblewrapConfig(guest=Guest(root=home / "clone")))
    code = "import domain.sandbox; print(domain.sandbox.__file__, open('/project/film.py').read())"
    mount = Mount(source=home / "data", target="/project")
    result = await boxes.run(python(code), mounts=[mount], limits=LIMITS)
    assert (result.stdout, result.stderr) == (b"/app/domain/sandbox.py film\n", b"")


@pytest.fixture
def adopting() -> Generator[None]:
    """Make every orphan of a box a child of this process, where it can be seen (prctl(2))."""
    libc = ctypes.CDLL(None, use_errno=True)
    assert libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0
    yield
    assert libc.prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0) == 0


@pytest.mark.usefixtures("adopting")
@pytest.mark.parametrize("starts", [10, pytest.param(200, marks=pytest.mark.slow)])
async def test_many_starts_leave_no_process_no_zombie_and_no_descriptor(
    sandbox: Bubblewrap, starts: int
) -> None:
    orphans = python("import os, time; os.fork() or os.fork() or time.sleep(60)")
    await sandbox.run(["true"], limits=LIMITS)
    children, descriptors = set(tree(os.getpid())), len(list(Path("/proc/self/fd").iterdir()))
    for number in range(starts):
        await sandbox.run(["true"] if number % 2 else orphans, limits=LIMITS)
    assert set(tree(os.getpid())) == children
    assert len(list(Path("/proc/self/fd").iterdir())) == descriptors


@pytest.mark.usefixtures("adopting")
async def test_a_start_that_is_given_up_leaves_no_process(sandbox: Bubblewrap) -> None:
    await sandbox.run(["true"], limits=LIMITS)
    children = set(tree(os.getpid()))
    for milliseconds in range(0, 40, 2):
        running = asyncio.create_task(sandbox.run(["sleep", "60"], limits=LIMITS))
        await asyncio.wait([running], timeout=milliseconds / 1000)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
    assert set(tree(os.getpid())) == children


SERVER = """
import asyncio, signal, os, sys
from domain.sandbox import BoxLimits
from sandbox.backends.bubblewrap import BubblewrapConfig, create
signal.signal(signal.SIGINT, signal.default_int_handler)  # a test run in the background ignores it
async def main():
    code = "import os; [os.fork() for _ in range(2)]; print('on', flush=True); import time; time.sleep(600)"
    async def on_line(line):
        print("up", flush=True)
    await create(BubblewrapConfig()).run(
        ["python", "-c", code, sys.argv[1]], limits=BoxLimits(seconds=600), on_line=on_line
    )
asyncio.run(main())
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_server_that_ends_takes_its_boxes_with_it(how: signal.Signals, tmp_path: Path) -> None:
    mark = f"mark-{os.getpid()}-{how}"
    with subprocess.Popen(
        [sys.executable, "-c", SERVER, mark], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == b"up\n"
        guests = [os.pidfd_open(pid) for pid in processes(mark) if pid != server.pid]
        assert len(guests) >= 4
        server.send_signal(how)
        for guest in guests:
            ended, _, _ = select.select([guest], [], [], 2)
            assert ended, "a process of the box outlived its server"
            os.close(guest)


async def test_without_bubblewrap_nothing_runs(tmp_path: Path) -> None:
    boxes = create(BubblewrapConfig(path=str(tmp_path)))
    with pytest.raises(Unavailable, match="apt install bubblewrap") as refused:
        await boxes.run(["touch", str(tmp_path / "ran")], limits=LIMITS)
    assert refused.value.part == "sandbox"
    with pytest.raises(Unavailable):
        async with boxes.open(["cat"], limits=LIMITS):
            pass
    with pytest.raises(Unavailable):
        await boxes.verify()
    assert list(tmp_path.iterdir()) == []


NO_NAMESPACES = """
import asyncio, pathlib
from domain.errors import Unavailable
from tests.contracts.sandboxes import LIMITS, SANDBOXES
async def main():
    try:
        await SANDBOXES["bubblewrap"]().run(["true"], limits=LIMITS)
    except Unavailable as refused:
        print(refused.part, refused.message)
asyncio.run(main())
"""


def test_where_user_namespaces_are_off_nothing_runs_and_the_message_says_what_to_set() -> None:
    off = 'echo 0 > /proc/sys/user/max_user_namespaces && exec "$@"'
    command = [
        "unshare",
        "--user",
        "--map-root-user",
        "sh",
        "-c",
        off,
        "sh",
        sys.executable,
        "-c",
        NO_NAMESPACES,
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)
    assert done.stdout.startswith("sandbox bubblewrap refused: "), done
    assert "user.max_user_namespaces" in done.stdout
    assert "nothing was run" in done.stdout
