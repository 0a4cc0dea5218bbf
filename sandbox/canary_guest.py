"""The guest's half of the canaries: tries to get out, and prints the sentences of those that could.

Runs inside a box as a plain script; standard library only. A canary returns when it got through and raises
OSError when it was held.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import json
import os
import platform
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

FACTS: dict[str, Any] = json.loads(Path("/in/facts.json").read_text())
HELD = OSError(errno.EPERM, "held")
CANARIES: dict[str, Callable[[], object]] = {}
ALLOWED = ("PATH=", "HOME=", "LANG=", "PWD=", "PYTHON", "PYDANTIC", "OPENBLAS_")

_libc = ctypes.CDLL(None, use_errno=True)
_ON_X86 = platform.machine() == "x86_64"


def canary(sentence: str) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Enter a canary under the sentence that it prints when it gets through."""

    def enter(attempt: Callable[[], object]) -> Callable[[], object]:
        CANARIES[sentence] = attempt
        return attempt

    return enter


def system_call(x86: int, other: int, *arguments: object) -> int:
    """Make a raw system call, by its number on x86-64 and its number elsewhere."""
    result = int(_libc.syscall(x86 if _ON_X86 else other, *arguments))
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result


@canary("a guest reads files of the host")
def _read_host_file() -> None:
    Path(FACTS["secret"]).read_text()


@canary("a guest reads files of the host through /proc")
def _read_through_proc() -> None:
    Path(f"/proc/1/root{FACTS['secret']}").read_text()


@canary("a guest sees the server's environment")
def _foreign_environment() -> None:
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(PermissionError):
            entries = (folder / "environ").read_text().split("\0")
            if any(entry and not entry.startswith(ALLOWED) for entry in entries):
                return
    raise HELD


@canary("a guest sees the host's processes")
def _host_process() -> None:
    if Path(f"/proc/{FACTS['pid']}/cmdline").read_bytes().hex() != FACTS["command"]:
        raise HELD


@canary("a guest reaches the host over TCP")
def _tcp() -> None:
    socket.create_connection(("127.0.0.1", FACTS["port"]), timeout=2).close()


@canary("a guest sends datagrams")
def _udp() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"canary", ("192.0.2.1", 53))


@canary("a guest reaches the host's unix sockets")
def _unix() -> None:
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(FACTS["socket"])


@canary("a guest reaches the host's abstract sockets")
def _abstract() -> None:
    with socket.socket(socket.AF_UNIX) as line:
        line.connect("\0" + FACTS["abstract"])


@canary("a guest opens netlink sockets")
def _netlink() -> None:
    socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0).close()


@canary("a guest has a network interface")
def _interface() -> None:
    names = [line.split(":")[0].strip() for line in Path("/proc/net/dev").read_text().splitlines()[2:]]
    if names in ([], ["lo"]):
        raise HELD


@canary("a guest writes outside of its work folder")
def _write_outside() -> None:
    for folder in ("/", "/usr", "/etc", "/dev", "/app", "/in", "/proc/sys/kernel"):
        with contextlib.suppress(OSError):
            Path(folder, "canary").write_text("x")
            return
    raise HELD


@canary("a guest makes user namespaces")
def _user_namespace() -> None:
    system_call(272, 97, 0x10000000)


@canary("a guest mounts file systems")
def _mount() -> None:
    system_call(165, 40, b"x", b"/box", b"tmpfs", 0, None)


@canary("a guest traces processes")
def _trace() -> None:
    system_call(101, 117, 16, 1, 0, 0)


@canary("a guest sets up io_uring")
def _io_uring() -> None:
    system_call(425, 425, 1, ctypes.create_string_buffer(256))


@canary("a guest uses kernel keyrings")
def _keyring() -> None:
    system_call(250, 219, 0, -3, 1)


@canary("a guest sets the setuid bit")
def _set_user_bit() -> None:
    Path("/box/canary").write_text("x")
    Path("/box/canary").chmod(0o4755)


@canary("a guest holds capabilities or may gain privileges")
def _privileges() -> None:
    lines = dict(line.split(":\t", 1) for line in Path("/proc/self/status").read_text().splitlines())
    held = all(int(lines[name], 16) == 0 for name in ("CapEff", "CapPrm", "CapBnd"))
    if held and os.getuid() != 0 and lines["NoNewPrivs"] == "1" and lines["Seccomp"] == "2":
        raise HELD


@canary("a guest inherits descriptors")
def _descriptors() -> None:
    for number in range(3, 1024):
        with contextlib.suppress(OSError):
            os.fstat(number)
            return
    raise HELD


@canary("a guest starts as many processes as it likes")
def _processes() -> None:
    children: list[int] = []
    try:
        for _ in range(FACTS["processes"] + 1):
            child = os.fork()
            if child == 0:
                signal.pause()
            children.append(child)
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


@canary("a guest fills more than its work folder")
def _fill() -> None:
    block = bytes(1024 * 1024)
    for number in range(FACTS["work_mb"] + 1):
        Path(f"/box/fill-{number}").write_bytes(block)


def main() -> None:
    """Let every canary try, and print the list of sentences."""
    through: list[str] = []
    for sentence, attempt in CANARIES.items():
        with contextlib.suppress(OSError):
            attempt()
            through.append(sentence)
    sys.stdout.write(json.dumps(through))


if __name__ == "__main__":
    main()
