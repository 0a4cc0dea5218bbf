"""The way into a box: what only root can lay out is laid out, root is given up, and Landlock closes behind.

Run as `python -I -S /proc/self/fd/CODE PARENT UID CODE SOURCE… -- COMMAND…`: box.py hands it over compiled,
as descriptor CODE. Nothing of a guest ever runs here. A box started by root must not belong to root, but the
unprivileged user may not enter the folders where root keeps the interpreter, the clone or the data. So for
root this process takes a mount namespace of its own, hangs a clone of every source below a private tmpfs, and
maps the owner of the files to the box's user (mount_setattr(2), MOUNT_ATTR_IDMAP), which makes even files of
mode 0600 readable, anywhere.

Landlock (landlock(7)) then refuses TCP, abstract sockets and signals to the outside for good: a second lock
on doors that namespaces and seccomp have closed. It leaves files to the mount namespace, because a process
with rules on files may not mount any more, which is what bubblewrap does next.

Every box waits for it, so it takes what the interpreter has built in instead of what wraps that: os, stat,
struct and ctypes would double the milliseconds that it adds to a bare start of Python.
"""

import posix
import sys
from _ctypes import FUNCFLAG_CDECL, FUNCFLAG_USE_ERRNO, CFuncPtr, dlopen, dlsym, get_errno
from _stat import S_ISDIR, S_ISREG

STAGE = "/tmp"  # noqa: S108 -- covered by a tmpfs of this namespace; the host's folder is not touched

_CLONE_NEWNS, _CLONE_NEWUSER = 0x20000, 0x10000000
_MS_NOSUID, _MS_NODEV, _MS_REC, _MS_PRIVATE = 0x2, 0x4, 0x4000, 0x40000
_OPEN_TREE, _MOVE_MOUNT, _MOUNT_SETATTR = 428, 429, 442  # the same on every architecture
_OPEN_TREE_CLONE, _AT_RECURSIVE, _AT_EMPTY_PATH, _MOVE_MOUNT_F_EMPTY_PATH = 0x1, 0x8000, 0x1000, 0x4
_MOUNT_ATTR_IDMAP = 0x100000
_AT_FDCWD = -100
_PR_SET_PDEATHSIG, _SIGKILL = 1, 9
_PR_SET_NO_NEW_PRIVS = 38
_LANDLOCK_CREATE, _LANDLOCK_RESTRICT, _LANDLOCK_VERSION = 444, 446, 1  # the same on every architecture
_LANDLOCK_TCP = 0b11
"""LANDLOCK_ACCESS_NET_BIND_TCP and CONNECT_TCP."""
_LANDLOCK_SCOPES = 0b11
"""LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET and SIGNAL."""
LANDLOCK_NET, LANDLOCK_SCOPED = 4, 6
"""The versions of the kernel's interface that brought rules for TCP, and for sockets and signals."""

_RTLD_NOW = 2


class _Function(CFuncPtr):
    """A function of the C library that gives an int and leaves errno."""

    _flags_ = FUNCFLAG_CDECL | FUNCFLAG_USE_ERRNO


_library = dlopen(None, _RTLD_NOW)  # pyright: ignore[reportArgumentType] -- None: all that is loaded


def _libc(name: str) -> _Function:
    """Find a function by its name; other systems, where nobody starts a launcher, lack some."""
    return _Function(dlsym(_library, name))


def _checked(result: int, what: str) -> int:
    if result < 0:
        code = get_errno()
        raise OSError(code, f"{what}: {posix.strerror(code)}")
    return result


def _words(*numbers: int) -> bytes:
    """Lay out a kernel's structure of 64-bit fields."""
    return b"".join(number.to_bytes(8, sys.byteorder) for number in numbers)


def _system_call(number: int, *arguments: object, what: str) -> int:
    return _checked(_libc("syscall")(number, *arguments), what)


def _own_mounts() -> None:
    _checked(_libc("unshare")(_CLONE_NEWNS), "unshare(CLONE_NEWNS)")
    _checked(_libc("mount")(None, b"/", None, _MS_REC | _MS_PRIVATE, None), "mount / private")


def _open(source: str) -> int:
    descriptor = posix.open(source, posix.O_PATH | posix.O_NOFOLLOW | posix.O_CLOEXEC)
    mode = posix.fstat(descriptor).st_mode
    if not (S_ISREG(mode) or S_ISDIR(mode)):
        raise OSError(f"{source!r} is neither a file nor a folder")
    return descriptor


def _user_namespace(owner: int, group: int, uid: int) -> int:
    """Make a user namespace that says: `owner` on the disk is `uid` for whoever looks through the mount."""
    made, done = posix.pipe(), posix.pipe()
    child = posix.fork()
    if child == 0:
        posix.write(made[1], b"1" if _libc("unshare")(_CLONE_NEWUSER) == 0 else b"0")
        posix.read(done[0], 1)
        posix._exit(0)  # pyright: ignore[reportPrivateUsage]
    try:
        if posix.read(made[0], 1) != b"1":
            raise OSError("unshare(CLONE_NEWUSER) was refused")
        for name, host in (("uid_map", owner), ("gid_map", group)):
            with open(f"/proc/{child}/{name}", "w") as mapping:
                mapping.write(f"{host} {uid} 1")
        return posix.open(f"/proc/{child}/ns/user", posix.O_RDONLY | posix.O_CLOEXEC)
    finally:
        posix.write(done[1], b"1")
        posix.waitpid(child, 0)


def _hang(descriptors: list[int], uid: int) -> None:
    """Hang a clone of each source below the stage, as a file or a folder named by its number."""
    flags = _MS_NOSUID | _MS_NODEV
    _checked(_libc("mount")(b"stage", STAGE.encode(), b"tmpfs", flags, b"mode=755,size=1m"), "mount stage")
    maps: dict[tuple[int, int], int] = {}
    for number, descriptor in enumerate(descriptors):
        status = posix.fstat(descriptor)
        owner = (status.st_uid, status.st_gid)
        if owner not in maps:
            maps[owner] = _user_namespace(*owner, uid)
        clone = _OPEN_TREE_CLONE | _AT_RECURSIVE | _AT_EMPTY_PATH | posix.O_CLOEXEC
        tree = _system_call(_OPEN_TREE, descriptor, b"", clone, what="open_tree")
        mapping = _words(_MOUNT_ATTR_IDMAP, 0, 0, maps[owner])
        # A file system without mapped mounts (some network ones) still shows what everybody may read.
        _libc("syscall")(_MOUNT_SETATTR, tree, b"", _AT_EMPTY_PATH | _AT_RECURSIVE, mapping, len(mapping))
        target = f"{STAGE}/{number}"
        if S_ISDIR(status.st_mode):
            posix.mkdir(target)
        else:
            posix.close(posix.open(target, posix.O_CREAT | posix.O_EXCL | posix.O_WRONLY))
        target_name = target.encode()
        _system_call(
            _MOVE_MOUNT, tree, b"", _AT_FDCWD, target_name, _MOVE_MOUNT_F_EMPTY_PATH, what="move_mount"
        )


def _stop_being_root(uid: int) -> None:
    posix.setgroups([])
    posix.setresgid(uid, uid, uid)
    posix.setresuid(uid, uid, uid)


def _die_with(parent: int) -> None:
    """Ask to be killed when the server dies; a change of user forgets this, so it comes after (prctl(2))."""
    _checked(_libc("prctl")(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0), "prctl(PR_SET_PDEATHSIG)")
    if posix.getppid() != parent:
        raise OSError("the server died meanwhile")


def landlock_version() -> int:
    """Ask the kernel which version of Landlock it has; 0 when it has none or has it switched off."""
    return max(0, int(_libc("syscall")(_LANDLOCK_CREATE, None, 0, _LANDLOCK_VERSION)))


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
    rules = _words(0, _LANDLOCK_TCP, _LANDLOCK_SCOPES)
    size = 24 if version >= LANDLOCK_SCOPED else 16
    ruleset = _system_call(_LANDLOCK_CREATE, rules, size, 0, what="landlock_create_ruleset")
    if posix.geteuid() != 0:
        _checked(_libc("prctl")(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl(PR_SET_NO_NEW_PRIVS)")
    _system_call(_LANDLOCK_RESTRICT, ruleset, 0, what="landlock_restrict_self")
    posix.close(ruleset)


def main(arguments: list[str]) -> None:
    """Build the stage and drop to the box's user when this is root, lock, and become the command."""
    split = arguments.index("--")
    parent, uid, code, *sources = arguments[:split]
    command = arguments[split + 1 :]
    posix.close(int(code))  # else the guest would have it
    program = posix.open(command[0], posix.O_PATH | posix.O_CLOEXEC)
    posix.umask(0o022)
    is_root = posix.geteuid() == 0
    if is_root:
        _own_mounts()
        _hang([_open(source) for source in sources], int(uid))
    posix.chdir("/")
    lock()
    if is_root:
        _stop_being_root(int(uid))
    _die_with(int(parent))
    posix.execve(program, command, {})


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except OSError as problem:
        sys.exit(f"launcher: {problem}")
