"""What a guest may leave behind to hurt the host that collects it."""

import errno
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from sandbox.beneath import open_beneath
from sandbox.collector import TooMuch, collect

ROOT = Path(__file__).resolve().parents[2]
MIB = 1024 * 1024


def swept(work: Path, into: Path, cap: int = MIB) -> list[str]:
    """Collect what lies in `out` of a folder of the host."""
    into.mkdir()
    folder = os.open(work, os.O_RDONLY | os.O_DIRECTORY)
    try:
        return sorted(collect(folder, into, cap))
    finally:
        os.close(folder)


def tree(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """The `out` of a work folder, with one good file; beside it a secret that must not be read."""
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "work_evil").mkdir()
    (tmp_path / "work_evil/file").write_text("secret")
    out = tmp_path / "work/out"
    out.mkdir(parents=True)
    (out / "good.txt").write_text("good")
    return out


def _socket(out: Path) -> None:
    with socket.socket(socket.AF_UNIX) as line:
        line.bind(os.path.relpath(out / "bad"))


TRAPS: dict[str, Callable[[Path], object]] = {
    "link to an absolute path": lambda out: (out / "bad").symlink_to(out.parents[1] / "secret"),
    "link to a relative path": lambda out: (out / "bad").symlink_to("../../secret"),
    "link to a good file": lambda out: (out / "bad").symlink_to("good.txt"),
    "link to a folder": lambda out: (out / "bad").symlink_to(out.parents[1]),
    "link to a folder whose name starts alike": lambda out: (out / "bad").symlink_to("../../work_evil"),
    "link to the root": lambda out: (out / "bad").symlink_to("/proc/self/root"),
    "link to the host's environment": lambda out: (out / "bad").symlink_to("/proc/self/environ"),
    "link to an endless device": lambda out: (out / "bad").symlink_to("/dev/zero"),
    "link to itself": lambda out: (out / "bad").symlink_to("bad"),
    "hard link": lambda out: (out / "bad").hardlink_to(out.parents[1] / "secret"),
    "FIFO that nobody writes to": lambda out: os.mkfifo(out / "bad"),
    "socket": _socket,
    "line break in a name": lambda out: (out / "b\nad").write_text("x"),
    "escape code in a name": lambda out: (out / "\x1b[2Jbad").write_text("x"),
    "name that turns around": lambda out: (out / "bad\u202egnp.exe").write_text("x"),
    "backslash in a name": lambda out: (out / "..\\bad").write_text("x"),
    "name that looks like an option": lambda out: (out / "-rf").write_text("x"),
    "name that ends with a space": lambda out: (out / "bad ").write_text("x"),
    "name that ends with a dot": lambda out: (out / "bad.").write_text("x"),
    "name that is not text": lambda out: Path(os.fsdecode(os.fsencode(out) + b"/bad\xff")).write_text("x"),
    "name that is too long": lambda out: (out / ("b" * 250)).write_text("x"),
    "folder that is too deep": lambda out: (out / "/".join("d" * 40)).mkdir(parents=True),
}


@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_is_left_behind_and_the_good_file_taken(out: Path, trap: str) -> None:
    TRAPS[trap](out)
    into = out.parents[1] / "into"
    assert swept(out.parent, into) == ["good.txt"]
    assert tree(into) == ["good.txt"]
    assert (into / "good.txt").read_text() == "good"


@pytest.mark.parametrize("names", [("Film.mp4", "film.MP4"), ("a\u0301.png", "\u00e1.png"), ("ß", "ss")])
def test_of_two_names_that_may_be_one_only_one_is_taken(out: Path, names: tuple[str, str]) -> None:
    for name in names:
        (out / name).write_text(name)
    assert len(swept(out.parent, out.parents[1] / "into")) == 2


def test_names_of_all_the_world_are_taken(out: Path) -> None:
    names = ["good.txt", "فيلم.mp4", "映画.png", "🎬.txt", "CON", "a b", ".hidden"]
    for name in names:
        (out / name).write_text("x")
    assert swept(out.parent, out.parents[1] / "into") == sorted(names)


def test_a_sparse_file_counts_with_its_holes(out: Path) -> None:
    with (out / "huge").open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(TooMuch):
        swept(out.parent, out.parents[1] / "into")
    assert tree(out.parents[1] / "into") == []


def test_thousands_of_nested_folders_do_not_exhaust_the_host(out: Path) -> None:
    folder = os.open(out, os.O_RDONLY)
    for _ in range(3000):
        os.mkdir("d", dir_fd=folder)
        deeper = os.open("d", os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = deeper
    os.close(folder)
    assert swept(out.parent, out.parents[1] / "into") == ["good.txt"]
    subprocess.run(["rm", "-rf", out / "d"], check=True)  # pytest's own clean-up would recurse


def test_too_many_entries_are_refused_whole(out: Path) -> None:
    for number in range(10_001):
        (out / f"{number}").touch()
    with pytest.raises(TooMuch):
        swept(out.parent, out.parents[1] / "into")
    assert tree(out.parents[1] / "into") == []


def test_modes_of_the_guest_do_not_reach_the_host(out: Path) -> None:
    (out / "good.txt").chmod(0o6777)
    swept(out.parent, out.parents[1] / "into")
    assert (out.parents[1] / "into/good.txt").stat().st_mode & 0o7111 == 0


@pytest.mark.parametrize("kind", ["missing", "file", "link"])
def test_an_out_that_is_no_folder_leaves_nothing(out: Path, kind: str) -> None:
    (out / "good.txt").unlink()
    out.rmdir()
    if kind == "file":
        out.write_text("x")
    if kind == "link":
        out.symlink_to("../work_evil")
    assert swept(out.parent, out.parents[1] / "into") == []


def test_a_file_above_the_cap_leaves_nothing_at_all(out: Path) -> None:
    (out / "z").write_bytes(bytes(MIB))
    with pytest.raises(TooMuch):
        swept(out.parent, out.parents[1] / "into")
    assert tree(out.parents[1] / "into") == []


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "../work_evil/file", "a/../../secret", "x\0y"])
def test_no_name_leads_out_of_a_folder(out: Path, name: str) -> None:
    folder = os.open(out.parent, os.O_RDONLY)
    try:
        with pytest.raises(OSError, match=r".") as refused:
            os.close(open_beneath(folder, name))
    finally:
        os.close(folder)
    assert refused.value.errno is not None


@pytest.mark.parametrize("tries", [2_000, pytest.param(50_000, marks=pytest.mark.slow)])
def test_a_file_swapped_with_a_link_is_never_followed(out: Path, tries: int) -> None:
    stop = threading.Event()
    (out / "file").write_text("mine")

    def swap() -> None:
        while not stop.is_set():
            (out / "next").hardlink_to(out / "file")
            (out / "next").replace(out / "seen")
            (out / "next").symlink_to(out.parents[1] / "secret")
            (out / "next").replace(out / "seen")

    swapper = threading.Thread(target=swap)
    swapper.start()
    folder = os.open(out, os.O_RDONLY)
    seen: set[bytes] = set()
    try:
        for _ in range(tries):
            try:
                file = open_beneath(folder, "seen")
            except OSError:
                continue
            seen.add(os.read(file, 10))
            os.close(file)
    finally:
        stop.set()
        swapper.join()
        os.close(folder)
    assert seen == {b"mine"}


FULL_HOST = """
import os, resource, sys
from pathlib import Path
from sandbox.collector import collect
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    collect(os.open(sys.argv[1], os.O_RDONLY), Path(sys.argv[2]), 1 << 30)
except OSError as problem:
    print(type(problem).__name__, problem.errno)
"""


def test_a_host_that_cannot_write_any_more_keeps_whole_files_only(out: Path) -> None:
    (out / "z").write_bytes(bytes(MIB))
    into = out.parents[1] / "into"
    into.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", FULL_HOST, str(out.parent), str(into)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    assert done.stdout == f"OSError {errno.EFBIG}\n".encode()
    assert tree(into) == ["good.txt"]
