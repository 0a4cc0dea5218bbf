"""One box: built, stopped at its door, tamed from outside, let go, and taken down without a trace."""

from __future__ import annotations

import asyncio
import contextlib
import marshal
import os
import secrets
import signal
import socket
import struct
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import cache
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from typing import Literal

from domain.errors import Unavailable
from domain.sandbox import BoxLimits
from sandbox import seccomp
from sandbox.argv import DOOR, MIB, Plan
from sandbox.streams import drain, piped, put_away

PYTHON = Path(sys.executable).resolve()
LAUNCHER = Path(__file__).with_name("launcher.py")
FIRST_UID, UIDS = 1_900_000_000, 100_000_000
"""Where root's boxes find a user: far above people, services, containers and systemd's dynamic users.

Each box draws its own: the kernel counts processes per user, and two boxes must never share a user.
"""

START_SECONDS, STOP_SECONDS = 20, 1
_CREDENTIALS = struct.Struct("3i")  # struct ucred: pid, uid, gid

EndedBy = Literal["timeout", "memory", "output"]


class Box:
    """A running box and the few handles that the host keeps on it."""

    def __init__(self, process: asyncio.subprocess.Process, line: socket.socket, keep: int) -> None:
        self.process = process
        self.words = asyncio.create_task(drain(piped(process.stderr), keep))
        """Standard error: the launcher's and bubblewrap's own words, then the guest's."""
        self.line = line
        """The host's end of the guest's standard input."""
        self.pid = 0
        """Process 1 of the box, as the host counts."""
        self.work = -1
        """The work folder; holding it open keeps its content after the box has ended."""
        self.ended_by: EndedBy | None = None
        self._pidfd = -1

    def tame(self, pid: int, uid: int, limits: BoxLimits) -> None:
        """Take the handles and the processors while nothing but the door runs inside.

        Raises Unavailable when the box would run as root.
        """
        self.pid = pid
        self._pidfd = os.pidfd_open(pid)
        if uid == 0:
            raise Unavailable("sandbox", "the box would run as root on the host: nothing was run in it")
        inside = Path("/proc", str(pid), "root", "box")
        self.work = os.open(inside, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        os.sched_setaffinity(pid, _processors(limits.cpus))
        Path(f"/proc/{pid}/oom_score_adj").write_text("1000")

    def kill(self, reason: EndedBy | None = None) -> None:
        """End everything inside: a PID namespace dies with its process 1 (pid_namespaces(7))."""
        self.ended_by = self.ended_by or reason
        if self._pidfd >= 0:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
        else:  # not yet at the door, which closes when nobody can answer any more
            with contextlib.suppress(OSError):
                self.line.shutdown(socket.SHUT_RDWR)

    async def take_down(self) -> None:
        """Kill what is left, wait until the kernel has let go of it, and close every handle."""
        self.kill()
        await put_away(self.words)
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await self._gone()
        except TimeoutError:
            self.process.kill()
            await self._gone()
        self.line.close()
        for descriptor in (self.work, self._pidfd):
            if descriptor >= 0:
                os.close(descriptor)

    async def _gone(self) -> None:
        for stream in (piped(self.process.stdout), piped(self.process.stderr)):
            while await stream.read(MIB):
                pass  # asyncio lets go of a process when its pipes are read to their end
        await self.process.wait()


@asynccontextmanager
async def opened(bwrap: str, plan: Plan) -> AsyncGenerator[Box]:
    """Build a box that waits at its door, and take it down at the end, come what may.

    Raises Unavailable with bubblewrap's own words when it refuses.
    """
    box = await _spawned(bwrap, plan)
    try:
        pid, uid = await _at_the_door(box)
        box.line.shutdown(socket.SHUT_RD)  # from here on a guest has nobody to talk to
        box.tame(pid, uid, plan.limits)
        yield box
    finally:
        await asyncio.shield(asyncio.ensure_future(box.take_down()))


async def _spawned(bwrap: str, plan: Plan) -> Box:
    """Start the processes in one go: asyncio may wait for ever for one whose start was cancelled."""
    spawning = asyncio.ensure_future(_spawn(bwrap, plan))
    try:
        return await asyncio.shield(spawning)
    except asyncio.CancelledError:
        await asyncio.shield(asyncio.ensure_future(_take_back(spawning)))
        raise


async def _take_back(spawning: asyncio.Future[Box]) -> None:
    box = await spawning
    await box.take_down()


async def _spawn(bwrap: str, plan: Plan) -> Box:
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
    passed: list[int] = []
    try:
        options = list(plan.options)
        for target, content in plan.data:
            passed.append(_memory_file(content))
            options += ["--perms", "0444", "--file", str(passed[-1]), target]
        passed.append(_memory_file(seccomp.program()))
        options += ["--remount-ro", "/dev", "--remount-ro", "/", "--seccomp", str(passed[-1])]
        passed.append(_memory_file(b"\0".join(os.fsencode(option) for option in options) + b"\0"))
        command = [bwrap, "--args", str(passed[-1]), "--", *_limited(plan.limits)]
        command += ["/bin/sh", "-c", DOOR, "sh", *plan.command]
        passed.append(_memory_file(_launcher_code()))
        command = [*_launcher(plan, passed[-1]), *command]
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=theirs.fileno(),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            pass_fds=passed,
            env={},
            cwd="/",
            start_new_session=True,
        )
    except BaseException:
        ours.close()
        raise
    finally:
        theirs.close()
        for descriptor in passed:
            os.close(descriptor)
    return Box(process, ours, plan.limits.stdout_kb * 1024)


def _launcher(plan: Plan, code: int) -> list[str]:
    uid = FIRST_UID + secrets.randbelow(UIDS)
    python = [str(PYTHON), "-I", "-S", f"/proc/self/fd/{code}", str(os.getpid()), str(uid), str(code)]
    return [*python, *(map(str, plan.sources) if os.geteuid() == 0 else ()), "--"]


@cache
def _launcher_code() -> bytes:
    """Compile the launcher into what a .pyc file holds (PEP 552), or Python would at every start, 1.5 ms."""
    code = compile(LAUNCHER.read_bytes(), LAUNCHER.name, "exec", dont_inherit=True, optimize=2)
    return MAGIC_NUMBER + bytes(12) + marshal.dumps(code)


def _memory_file(content: bytes) -> int:
    descriptor = os.memfd_create("box")
    with os.fdopen(os.dup(descriptor), "wb") as file:
        file.write(content)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor


async def _at_the_door(box: Box) -> tuple[int, int]:
    """Wait for the first message; the kernel vouches for its sender's pid and uid."""
    try:
        async with asyncio.timeout(START_SECONDS):
            await _readable(box.line)
    except TimeoutError:
        raise Unavailable("sandbox", f"the box did not start within {START_SECONDS} s") from None
    message, ancillary, _, _ = box.line.recvmsg(1, socket.CMSG_SPACE(_CREDENTIALS.size))
    if not message:
        words = (await box.words).decode(errors="replace").strip()
        raise Unavailable("sandbox", _refusal(words[:1000]))
    pid, uid, _ = _CREDENTIALS.unpack(ancillary[0][2][: _CREDENTIALS.size])
    return pid, uid


async def _readable(line: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    ready: asyncio.Future[None] = loop.create_future()
    loop.add_reader(line, lambda: ready.done() or ready.set_result(None))
    try:
        await ready
    finally:
        loop.remove_reader(line)


def _refusal(words: str) -> str:
    return (
        f"bubblewrap refused: {words or 'no word'}; nothing was run. User namespaces must be on: see sysctl "
        "user.max_user_namespaces, on older Debian kernel.unprivileged_userns_clone=1, on Ubuntu "
        "kernel.apparmor_restrict_unprivileged_userns=0"
    )


def _limited(limits: BoxLimits) -> list[str]:
    """Set the limits inside the box, before its first process, for good (prlimit(1), getrlimit(2)).

    In there the number of processes is counted per box even when all boxes share the server's own user.
    """
    cpu = max(1, round(limits.cpu_seconds or 4 * limits.seconds))
    values = {
        "nproc": limits.processes + 1,  # the door is one of them
        "fsize": (limits.work_mb + 1) * MIB,  # a full folder is an error that a program can tell of
        "nofile": 256,
        "core": 0,
        "data": (limits.memory_mb + 1024) * MIB,  # stacks of threads are counted untouched
        "msgqueue": 0,
    }
    options = [f"--{name}={value}:{value}" for name, value in values.items()]
    return ["/usr/bin/prlimit", *options, f"--cpu={cpu}:{cpu + 1}", "--"]  # first SIGXCPU, then SIGKILL


def _processors(cpus: float) -> set[int]:
    """Choose as many of our processors as the limit says, at random so that boxes spread."""
    ours = list(os.sched_getaffinity(0))
    count = min(len(ours), max(1, round(cpus)))
    return set(secrets.SystemRandom().sample(ours, count))
