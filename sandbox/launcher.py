"""The way into a box: what only root can lay out is laid out, root is given up, and Landlock closes behind.

Run as `python -I -S launcher.py PARENT UID SOURCE… -- COMMAND…`; standard library only, and nothing of a
guest ever runs here. A box started by root must not belong to root, but the unprivileged user may not enter
the folders where root keeps the interpreter, the clone or the data. So for root this process takes a mount
namespace of its own, hangs a clone of every source below a private tmpfs, and maps the owner of the files to
the box's user (mount_setattr(2), MOUNT_ATTR_IDMAP), which makes even files of mode 0600 readable, anywhere.

Landlock (landlock(7)) then refuses TCP, abstract sockets and signals to the outside for good: a second lock
on doors that namespaces and seccomp have closed. It leaves files to the mount namespace, because a process
with rules on files may not mount any more, which is what bubblewrap does next.
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct
import sys

STAGE = "/tmp"  # noqa: S108 -- covered by a tmpfs of this namespace; the host's folder is not touched

_CLONE_NEWNS, _CLONE_NEWUSER = 0x20000, 0x10000000
_MS_NOSUID, _MS_NODEV, _MS_REC, _MS_PRIVATE = 0x2, 0x4, 0x4000, 0x40000
_OPEN_TREE, _MOVE_MOUNT, _MOUNT_SETATTR = 428, 429, 442  # the same on every architecture
_OPEN_TREE_CLONE, _AT_RECURSIVE, _AT_EMPTY_PATH, _MOVE_MOUNT_F_EMPTY_PATH = 0x1, 0x8000, 0x1000, 0x4
_MOUNT_ATTR_IDMAP = 0x100000
_AT_FDCWD = -100
_PR_SET_PDEATHSIG, _SIGKILL = 1, 9  # importing signal would cost more than building the stage
_PR_SET_NO_NEW_PRIVS = 38
_LANDLOCK_CREATE, _LANDLOCK_RESTRICT, _LANDLOCK_VERSION = 444, 446, 1  # the same on every architecture
_LANDLOCK_TCP = 0b11
"""LANDLOCK_ACCESS_NET_BIND_TCP and CONNECT_TCP."""
_LANDLOCK_SCOPES = 0b11
"""LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET and SIGNAL."""
LANDLOCK_NET, LANDLOCK_SCOPED = 4, 6
"""The versions of the kernel's interface that brought rules for TCP, and for sockets and signals."""

_libc = ctypes.CDLL(None, use_errno=True)


def _checked(result: int, what: str) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{what}: {os.strerror(code)}")
    return result


def _system_call(number: int, *arguments: object, what: str) -> int:
    return _checked(_libc.syscall(number, *arguments), what)


def _own_mounts() -> None:
    _checked(_libc.unshare(_CLONE_NEWNS), "unshare(CLONE_NEWNS)")
    _checked(_libc.mount(None, b"/", None, _MS_REC | _MS_PRIVATE, None), "mount / private")


def _open(source: str) -> int:
    descriptor = os.open(source, os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC)
    mode = os.fstat(descriptor).st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise OSError(f"{source!r} is neither a file nor a folder")
    return descriptor


def _user_namespace(owner: int, group: int, uid: int) -> int:
    """Make a user namespace that says: `owner` on the disk is `uid` for whoever looks through the mount."""
    made, done = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        os.write(made[1], b"1" if _libc.unshare(_CLONE_NEWUSER) == 0 else b"0")
        os.read(done[0], 1)
        os._exit(0)
    try:
        if os.read(made[0], 1) != b"1":
            raise OSError("unshare(CLONE_NEWUSER) was refused")
        for name, host in (("uid_map", owner), ("gid_map", group)):
            with open(f"/proc/{child}/{name}", "w") as mapping:
                mapping.write(f"{host} {uid} 1")
        return os.open(f"/proc/{child}/ns/user", os.O_RDONLY | os.O_CLOEXEC)
    finally:
        os.write(done[1], b"1")
        os.waitpid(child, 0)


def _hang(descriptors: list[int], uid: int) -> None:
    """Hang a clone of each source below the stage, as a file or a folder named by its number."""
    flags = _MS_NOSUID | _MS_NODEV
    _checked(_libc.mount(b"stage", STAGE.encode(), b"tmpfs", flags, b"mode=755,size=1m"), "mount stage")
    maps: dict[tuple[int, int], int] = {}
    for number, descriptor in enumerate(descriptors):
        status = os.fstat(descriptor)
        owner = (status.st_uid, status.st_gid)
        if owner not in maps:
            maps[owner] = _user_namespace(*owner, uid)
        clone = _OPEN_TREE_CLONE | _AT_RECURSIVE | _AT_EMPTY_PATH | os.O_CLOEXEC
        tree = _system_call(_OPEN_TREE, descriptor, b"", clone, what="open_tree")
        mapping = struct.pack("=QQQQ", _MOUNT_ATTR_IDMAP, 0, 0, maps[owner])
        # A file system without mapped mounts (some network ones) still shows what everybody may read.
        _libc.syscall(_MOUNT_SETATTR, tree, b"", _AT_EMPTY_PATH | _AT_RECURSIVE, mapping, len(mapping))
        target = f"{STAGE}/{number}"
        if stat.S_ISDIR(status.st_mode):
            os.mkdir(target)
        else:
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        target_name = target.encode()
        _system_call(
            _MOVE_MOUNT, tree, b"", _AT_FDCWD, target_name, _MOVE_MOUNT_F_EMPTY_PATH, what="move_mount"
        )


def _stop_being_root(uid: int) -> None:
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)


def _die_with(parent: int) -> None:
    """Ask to be killed when the server dies; a change of user forgets this, so it comes after (prctl(2))."""
    _checked(_libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0), "prctl(PR_SET_PDEATHSIG)")
    if os.getppid() != parent:
        raise OSError("the server died meanwhile")


def landlock_version() -> int:
    """Ask the kernel which version of Landlock it has; 0 when it has none or has it switched off."""
    return max(0, int(_libc.syscall(_LANDLOCK_CREATE, None, 0, _LANDLOCK_VERSION)))


def landlock_words() -> str:
    """Say for the doctor what Landlock adds to a box on this kernel."""
    version = landlock_version()
    if version < LANDLOCK_NET:
        return f"Landlock is off (the kernel has version {version}, {LANDLOCK_NET} is needed)"
    held = "TCP, abstract sockets and signals" if version >= LANDLOCK_SCOPED else "TCP"
    return f"Landlock {version} holds {held} too"


def lock() -> None:
    """Take TCP, abstract sockets and signals to the outside from this process and all that come of it.

    A kernel whose Landlock is too old for that adds nothing; the other walls do not lean on it.
    """
    version = landlock_version()
    if version < LANDLOCK_NET:
        return
    rules = struct.pack("=QQQ", 0, _LANDLOCK_TCP, _LANDLOCK_SCOPES)
    size = 24 if version >= LANDLOCK_SCOPED else 16
    ruleset = _system_call(_LANDLOCK_CREATE, rules, size, 0, what="landlock_create_ruleset")
    if os.geteuid() != 0:
        _checked(_libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl(PR_SET_NO_NEW_PRIVS)")
    _system_call(_LANDLOCK_RESTRICT, ruleset, 0, what="landlock_restrict_self")
    os.close(ruleset)


def main(arguments: list[str]) -> None:
    """Build the stage and drop to the box's user when this is root, lock, and become the command."""
    split = arguments.index("--")
    parent, uid, *sources = arguments[:split]
    command = arguments[split + 1 :]
    program = os.open(command[0], os.O_PATH | os.O_CLOEXEC)
    os.umask(0o022)
    is_root = os.geteuid() == 0
    if is_root:
        _own_mounts()
        _hang([_open(source) for source in sources], int(uid))
    os.chdir("/")
    lock()
    if is_root:
        _stop_being_root(int(uid))
    _die_with(int(parent))
    os.execve(program, command, {})


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except OSError as problem:
        sys.exit(f"launcher: {problem}")
