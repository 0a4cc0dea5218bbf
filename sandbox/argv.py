"""How a box is asked for: bubblewrap's arguments (bwrap(1)), in the order in which it obeys them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path, PurePosixPath

from domain.sandbox import BoxLimits, Mount
from sandbox.guest import ENVIRONMENT, Guest

MIB = 1024 * 1024
DOOR = 'echo >&0; read -r _ || exit 125; unset PWD OLDPWD; "$@"; exit $?'
"""Process 1 of every box. It says that the box stands, and lets nobody in before the host answers.

Standard input is one end of a socket pair: the kernel stamps the first message with the sender's pid and uid
as the host sees them (unix(7), SO_PASSCRED). Being process 1, it also reaps, and its end ends the box.
"""

_LIKE_HOST = ("bin", "sbin", "lib", "lib32", "lib64", "libx32")
_SYSTEM_FILES = (
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/etc/alternatives",
    "/etc/localtime",
    "/var/cache/fontconfig",
)
RESERVED = ("proc", "dev", "sys", "usr", "etc", "tmp", "box", "app", "site", "opt", *_LIKE_HOST)
"""First parts of a target that would hide the system, the work folder or the guest's own packages."""

_WALLS = (
    ("--unshare-all", "--unshare-user", "--disable-userns", "--die-with-parent", "--new-session"),
    ("--as-pid-1", "--clearenv", "--hostname", "box", "--uid", "1000", "--gid", "1000"),
    ("--cap-drop", "ALL", "--ro-bind", "/usr", "/usr"),
)
_FURNITURE = (
    ("--proc", "/proc", "--dev", "/dev"),
    ("--symlink", "/box", "/tmp"),  # noqa: S108 -- for programs that name it
)
_PASSWD = b"box:x:1000:1000:box:/box:/usr/sbin/nologin\n"
_STAGE = "/tmp"  # noqa: S108 -- a mount point in the launcher's own mount namespace, see launcher.py


@dataclass(frozen=True)
class Plan:
    """One box, ready to be built: bubblewrap's options, and what its descriptors and mounts refer to."""

    command: list[str]
    limits: BoxLimits
    options: list[str] = field(default_factory=list[str])
    sources: list[Path] = field(default_factory=list[Path])
    data: list[tuple[str, bytes]] = field(default_factory=list[tuple[str, bytes]])
    """Files to write into the box: (target, content)."""


def plan(
    guest: Guest,
    argv: Sequence[str],
    mounts: Sequence[Mount],
    limits: BoxLimits,
    files: Mapping[str, bytes],
    *,
    staged: bool,
) -> Plan:
    """Check what is asked for and lay it out; `staged` sources are found by their number in the stage.

    Raises ValueError for a target or a source that may not be mounted.
    """
    box = Plan(command=guest.command(argv), limits=limits)
    options = box.options
    options += chain.from_iterable(_WALLS)
    for name in _LIKE_HOST:
        options += _like_host(Path("/", name))
    for path in _SYSTEM_FILES:
        options += ["--ro-bind-try", path, path]
    options += chain.from_iterable(_FURNITURE)
    shared_mb = max(16, limits.work_mb // 4)  # semaphores and frames that processes of the guest share
    options += ["--size", str(shared_mb * MIB), "--tmpfs", "/dev/shm"]  # noqa: S108
    asked, written = requested(mounts, files)
    for number, (source, target) in enumerate(guest.binds() + asked):
        options += ["--ro-bind", f"{_STAGE}/{number}" if staged else str(source), target]
        box.sources.append(source)
    box.data.extend([("/etc/passwd", _PASSWD), *written])
    options += ["--size", str(limits.work_mb * MIB), "--tmpfs", "/box"]
    options += ["--dir", "/box/out", "--chdir", "/box"]
    for name, value in ENVIRONMENT.items():
        options += ["--setenv", name, value]
    return box


def _like_host(path: Path) -> list[str]:
    """Show /bin and its kin as the host has them: links into /usr, or folders of their own."""
    if path.is_symlink():
        return ["--symlink", str(path.readlink()), str(path)]
    return ["--ro-bind", str(path), str(path)] if path.is_dir() else []


def requested(
    mounts: Sequence[Mount], files: Mapping[str, bytes]
) -> tuple[list[tuple[Path, str]], list[tuple[str, bytes]]]:
    """Check the inputs that any box is asked to show: (source, target) and (target, content).

    Raises ValueError for a target, a source or a name that no box accepts.
    """
    asked = [(_source(mount), _target(mount.target)) for mount in mounts]
    for source, target in asked:
        if source.is_file() and len(PurePosixPath(target).parts) < 3:
            raise ValueError(f"mount target {target!r} of a file needs a folder: choose '/in{target}'")
    written = [(_inside(name), content) for name, content in files.items()]
    _refuse_twins([target for target, _ in written] + [target for _, target in asked])
    return asked, written


def _source(mount: Mount) -> Path:
    source = mount.source
    if not source.is_absolute() or ".." in source.parts or "\0" in str(source):
        raise ValueError(f"mount source {str(source)!r} must be an absolute path without '..'")
    if source.is_symlink():
        raise ValueError(f"mount source {str(source)!r} is a symbolic link: name the file or folder itself")
    if not (source.is_file() or source.is_dir()):
        raise ValueError(f"mount source {str(source)!r} is not an existing file or folder")
    return source


def _target(target: str) -> str:
    path = PurePosixPath(target)
    if not path.is_absolute() or ".." in path.parts or "\0" in target or len(path.parts) < 2:
        raise ValueError(f"mount target {target!r} must be an absolute path below '/', without '..'")
    if path.parts[1] in RESERVED:
        raise ValueError(f"mount target {target!r} belongs to the box: choose '/project' or '/in/…'")
    return str(path)


def _inside(name: str) -> str:
    path = PurePosixPath(name)
    if not name or path.is_absolute() or ".." in path.parts or "\0" in name or not path.parts:
        raise ValueError(f"file name {name!r} must be a relative path without '..'")
    return f"/in/{path}"


def _refuse_twins(targets: list[str]) -> None:
    twins = sorted({target for target in targets if targets.count(target) > 1})
    if twins:
        raise ValueError(f"mounted twice: {', '.join(map(repr, twins))}")
