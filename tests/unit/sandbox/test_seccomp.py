"""The filter, run by an interpreter of classic BPF: which calls pass, which are refused, and how."""

import errno
import struct

import pytest

from domain.errors import Unavailable
from sandbox import seccomp
from sandbox.syscalls import AARCH64, X86_64

ALLOW, KILL = 0x7FFF0000, 0x80000000
EPERM, ENOSYS = 0x50000 | errno.EPERM, 0x50000 | errno.ENOSYS
MACHINES = {"x86_64": (0xC000003E, X86_64), "aarch64": (0xC00000B7, AARCH64)}
EXAMINED = {"clone", "socketpair", "ioctl", "chmod", "fchmod", "fchmodat", "fchmodat2", "mknod", "mknodat"}


def answer(machine: str, number: int, *arguments: int, audit: int | None = None) -> int:
    """Run the filter over one call."""
    padded = (*arguments, 0, 0, 0, 0, 0, 0)[:6]
    data = struct.pack("=IIQ6Q", number, MACHINES[machine][0] if audit is None else audit, 0, *padded)
    steps = list(struct.iter_unpack("=HBBI", seccomp.program(machine)))
    at = accumulator = 0
    while True:
        code, when_true, when_false, value = steps[at]
        at += 1
        match code:
            case 0x20:
                (accumulator,) = struct.unpack_from("=I", data, value)
            case 0x06:
                return int(value)
            case _:
                holds = {
                    0x15: accumulator == value,
                    0x35: accumulator >= value,
                    0x45: bool(accumulator & value),
                }
                at += when_true if holds[code] else when_false


@pytest.mark.parametrize("machine", MACHINES)
def test_every_call_is_answered_as_the_lists_say(machine: str) -> None:
    names = {number: name for name, number in MACHINES[machine][1].items()}
    refused = {name for group in seccomp.REFUSED for name in group.split()}
    for number in range(1024):
        name = names.get(number)
        if name in EXAMINED:
            continue
        expected = EPERM if name in refused else ENOSYS if name in seccomp.ABSENT else ALLOW
        assert answer(machine, number) == expected, name or number


@pytest.mark.parametrize("machine", MACHINES)
def test_every_name_is_known_by_its_number_and_every_number_is_used(machine: str) -> None:
    used = {*(name for group in seccomp.REFUSED for name in group.split()), *seccomp.ABSENT, *EXAMINED}
    assert set(MACHINES[machine][1]) <= used
    assert set(X86_64) == used
    assert len(set(MACHINES[machine][1].values())) == len(MACHINES[machine][1])


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("clone", (0x11,), ALLOW),
        ("clone", (0x003D0F00,), ALLOW),
        *[("clone", (flag | 0x11,), EPERM) for flag in (0x20000, 0x2000000, 0x4000000, 0x8000000)],
        *[("clone", (flag | 0x11,), EPERM) for flag in (0x10000000, 0x20000000, 0x40000000, 0x80)],
        ("socketpair", (1, 1), ALLOW),
        ("socketpair", (2, 1), EPERM),
        ("socketpair", ((1 << 32) | 2, 1), EPERM),
        ("ioctl", (0, 0x5412), EPERM),
        ("ioctl", (0, (1 << 32) | 0x5412), EPERM),
        ("ioctl", (0, 0x541C), EPERM),
        ("ioctl", (0, 0x5401), ALLOW),
        ("fchmod", (3, 0o755), ALLOW),
        ("fchmod", (3, 0o4755), EPERM),
        ("fchmodat", (3, 0, 0o2755), EPERM),
        ("fchmodat2", (3, 0, 0o6755), EPERM),
        ("mknodat", (3, 0, 0o010600), ALLOW),
        ("mknodat", (3, 0, 0o020600), EPERM),
        ("mknodat", (3, 0, 0o060600), EPERM),
    ],
)
def test_some_calls_depend_on_what_is_asked(
    machine: str, name: str, arguments: tuple[int, ...], expected: int
) -> None:
    assert answer(machine, MACHINES[machine][1][name], *arguments) == expected


@pytest.mark.parametrize("machine", MACHINES)
def test_a_call_of_another_architecture_kills(machine: str) -> None:
    assert answer(machine, 1, audit=0x40000003) == KILL


def test_the_other_numbers_of_x86_are_absent() -> None:
    assert answer("x86_64", 0x40000000 | X86_64["socket"]) == ENOSYS


def test_a_machine_without_numbers_has_no_box() -> None:
    with pytest.raises(Unavailable, match="'sparc64'"):
        seccomp.program("sparc64")
