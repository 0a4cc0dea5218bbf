"""The system calls that a guest may not make, as a classic BPF program for seccomp(2).

A deny list on top of namespaces, not the wall itself: it takes away the kernel's less travelled paths, all
sockets but socket pairs, and memory that no process limit counts. Layout and semantics: linux/filter.h,
linux/seccomp.h and the kernel's Documentation/userspace-api/seccomp_filter.rst.
"""

from __future__ import annotations

import errno
import platform
import struct
from functools import cache
from typing import NamedTuple

from domain.errors import Unavailable
from sandbox.syscalls import AARCH64, X86_64

_LOAD = 0x20  # BPF_LD | BPF_W | BPF_ABS
_EQUAL = 0x15  # BPF_JMP | BPF_JEQ | BPF_K
_AT_LEAST = 0x35  # BPF_JMP | BPF_JGE | BPF_K
_ANY_BIT = 0x45  # BPF_JMP | BPF_JSET | BPF_K
_RETURN = 0x06  # BPF_RET | BPF_K

_NUMBER, _ARCH, _ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data
_ALLOW = 0x7FFF0000
_KILL = 0x80000000
_DENY = 0x00050000 | errno.EPERM
_ABSENT = 0x00050000 | errno.ENOSYS

_X32 = 0x40000000
"""Bit that marks the x32 calls of x86-64: the same calls under other numbers."""

NAMESPACES = 0x7E020080
"""CLONE_NEWNS, CGROUP, UTS, IPC, USER, PID, NET and TIME (linux/sched.h)."""

SET_IDS = 0o6000
DEVICE_NODE = 0o020000
"""The bit that S_IFCHR and S_IFBLK share and that S_IFIFO and S_IFREG lack."""

AF_UNIX = 1
TIOCSTI, TIOCLINUX = 0x5412, 0x541C

REFUSED = (
    # talking to anybody: a guest has its standard streams and socket pairs among its own processes
    "socket connect bind listen accept accept4",
    # other processes' memory and descriptors
    "ptrace process_vm_readv process_vm_writev process_madvise kcmp pidfd_getfd migrate_pages move_pages",
    # large kernel surfaces that no guest of ours needs
    (
        "io_uring_setup io_uring_enter io_uring_register bpf perf_event_open userfaultfd "
        "keyctl add_key request_key fanotify_init fanotify_mark lookup_dcookie "
    ),
    # the tree of mounts and the ways around it
    (
        "mount umount2 pivot_root chroot open_tree open_tree_attr move_mount mount_setattr fsopen fsconfig "
        "fsmount fspick statmount listmount open_by_handle_at name_to_handle_at unshare setns "
    ),
    # the machine
    (
        "acct swapon swapoff reboot sethostname setdomainname iopl ioperm modify_ldt init_module "
        "delete_module finit_module kexec_load kexec_file_load quotactl quotactl_fd nfsservctl uselib "
        "sysfs syslog vhangup "
        "settimeofday clock_settime adjtimex clock_adjtime personality "
    ),
    # the processors that the host chose
    "sched_setaffinity",
    # System V memory and queues outlive their processes and stand in no process's resident size
    "shmget shmat shmctl shmdt semget semop semctl semtimedop msgget msgsnd msgrcv msgctl",
)
"""Answered with EPERM, in groups by what they would give a guest."""

ABSENT = ("clone3", "memfd_create", "memfd_secret")
"""Answered with ENOSYS, so that libraries take their older path.

clone3 hides its flags behind a pointer that a filter cannot follow; memfd pages count for nobody.
"""


class _Machine(NamedTuple):
    audit: int
    numbers: dict[str, int]


_MACHINES = {"x86_64": _Machine(0xC000003E, X86_64), "aarch64": _Machine(0xC00000B7, AARCH64)}


def _step(code: int, value: int, when_true: int = 0, when_false: int = 0) -> bytes:
    """Encode one instruction; jumps count the instructions to skip."""
    return struct.pack("=HBBI", code, when_true, when_false, value)


def _answer(number: int, action: int) -> bytes:
    return _step(_EQUAL, number, 0, 1) + _step(_RETURN, action)


def _examine(number: int, argument: int, tests: list[tuple[int, int]], *, otherwise: int = _ALLOW) -> bytes:
    """Refuse call `number` when a test of the low half of an argument holds; else answer `otherwise`."""
    matched = _ALLOW if otherwise == _DENY else _DENY
    body = _step(_LOAD, _ARGUMENTS + 8 * argument)
    for code, value in tests:
        body += _step(code, value, 0, 1) + _step(_RETURN, matched)
    body += _step(_RETURN, otherwise)
    return _step(_EQUAL, number, 0, len(body) // 8) + body


def _arguments(numbers: dict[str, int]) -> bytes:
    rules = [
        ("clone", 0, [(_ANY_BIT, NAMESPACES)], _ALLOW),
        ("socketpair", 0, [(_EQUAL, AF_UNIX)], _DENY),
        ("ioctl", 1, [(_EQUAL, TIOCSTI), (_EQUAL, TIOCLINUX)], _ALLOW),
        ("chmod", 1, [(_ANY_BIT, SET_IDS)], _ALLOW),
        ("fchmod", 1, [(_ANY_BIT, SET_IDS)], _ALLOW),
        ("fchmodat", 2, [(_ANY_BIT, SET_IDS)], _ALLOW),
        ("fchmodat2", 2, [(_ANY_BIT, SET_IDS)], _ALLOW),
        ("mknod", 1, [(_ANY_BIT, DEVICE_NODE)], _ALLOW),
        ("mknodat", 2, [(_ANY_BIT, DEVICE_NODE)], _ALLOW),
    ]
    blocks = [
        _examine(numbers[name], argument, tests, otherwise=otherwise)
        for name, argument, tests, otherwise in rules
        if name in numbers
    ]
    return b"".join(blocks)


@cache
def program(machine: str = platform.machine()) -> bytes:
    """Build the filter for a processor family.

    Raises Unavailable for a family whose system call numbers are not known here.
    """
    if machine not in _MACHINES:
        known = ", ".join(_MACHINES)
        raise Unavailable("sandbox", f"no system call filter for {machine!r}: boxes run on {known}")
    audit, numbers = _MACHINES[machine]
    parts = [
        _step(_LOAD, _ARCH),
        _step(_EQUAL, audit, 1, 0),
        _step(_RETURN, _KILL),
        _step(_LOAD, _NUMBER),
    ]
    if machine == "x86_64":
        parts += [_step(_AT_LEAST, _X32, 0, 1), _step(_RETURN, _ABSENT)]
    parts += [_answer(numbers[name], _DENY) for group in REFUSED for name in group.split() if name in numbers]
    parts += [_answer(numbers[name], _ABSENT) for name in ABSENT if name in numbers]
    parts += [_arguments(numbers), _step(_RETURN, _ALLOW)]
    return b"".join(parts)
