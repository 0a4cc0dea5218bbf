"""The same list of refused system calls in the form that container engines read (the OCI runtime's JSON)."""

from __future__ import annotations

import errno
import json
import platform
from collections.abc import Iterator
from functools import cache
from typing import Any

from domain.errors import Unavailable
from sandbox.seccomp import (
    ABSENT,
    AF_UNIX,
    DEVICE_NODE,
    NAMESPACES,
    REFUSED,
    SET_IDS,
    TIOCLINUX,
    TIOCSTI,
)
from sandbox.syscalls import AARCH64, X86_64

_MACHINES = {
    "x86_64": (["SCMP_ARCH_X86_64", "SCMP_ARCH_X32"], X86_64),
    "aarch64": (["SCMP_ARCH_AARCH64"], AARCH64),
}
_LOW_HALF = 0xFFFFFFFF
"""The kernel looks at 32 bits of these arguments: what stands above them must not hide them."""


@cache
def profile(machine: str = platform.machine()) -> str:
    """Write the profile for a processor family.

    Raises Unavailable for a family whose system call numbers are not known here.
    """
    if machine not in _MACHINES:
        known = ", ".join(_MACHINES)
        raise Unavailable("sandbox", f"no system call filter for {machine!r}: boxes run on {known}")
    architectures, numbers = _MACHINES[machine]
    refused = [name for group in REFUSED for name in group.split() if name in numbers]
    rules = [_rule(refused, errno.EPERM), _rule([name for name in ABSENT if name in numbers], errno.ENOSYS)]
    rules += [_rule([name], errno.EPERM, test) for name, test in _examined() if name in numbers]
    told = {"defaultAction": "SCMP_ACT_ALLOW", "architectures": architectures, "syscalls": rules}
    return json.dumps(told)


def _rule(names: list[str], code: int, *tests: dict[str, Any]) -> dict[str, Any]:
    return {"names": names, "action": "SCMP_ACT_ERRNO", "errnoRet": code, "args": list(tests)}


def _examined() -> Iterator[tuple[str, dict[str, Any]]]:
    """One rule for each bit and value: any of them refuses the call."""
    for name, argument, mask in (
        ("clone", 0, NAMESPACES),
        ("chmod", 1, SET_IDS),
        ("fchmod", 1, SET_IDS),
        ("fchmodat", 2, SET_IDS),
        ("fchmodat2", 2, SET_IDS),
        ("mknod", 1, DEVICE_NODE),
        ("mknodat", 2, DEVICE_NODE),
    ):
        for bit in (1 << place for place in range(32)):
            if mask & bit:
                yield name, _masked(argument, bit, bit)
    for value in (TIOCSTI, TIOCLINUX):
        yield "ioctl", _masked(1, _LOW_HALF, value)
    yield "socketpair", {"index": 0, "value": AF_UNIX, "valueTwo": 0, "op": "SCMP_CMP_NE"}


def _masked(argument: int, mask: int, value: int) -> dict[str, Any]:
    return {"index": argument, "value": mask, "valueTwo": value, "op": "SCMP_CMP_MASKED_EQ"}
