"""The host's eye on a running box: wall clock, memory of all its processes, number of files."""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from domain.sandbox import BoxLimits
from sandbox.box import Box, EndedBy

LOOK_SECONDS = 0.02
"""Time between two looks: a process that fills memory as fast as it can gains some 40 MiB meanwhile."""

SHARE = 4
"""How many times as long it looks away as it looked: a box full of processes must not hold the server up."""

FILES = 20_000
"""Files and folders in the work folder; empty ones cost the kernel memory that no size limit counts."""


async def watch(box: Box, limits: BoxLimits, *, seconds: float | None) -> None:
    """Look at the box until it oversteps, then kill it and note why; runs until it is cancelled."""
    deadline = None if seconds is None else time.monotonic() + seconds
    while True:
        began = time.monotonic()
        reason = _overstepped(box, limits, deadline)
        if reason is not None:
            box.kill(reason)
            return
        pause = max(LOOK_SECONDS, SHARE * (time.monotonic() - began))
        left = pause if deadline is None else deadline - time.monotonic()
        await asyncio.sleep(max(0, min(pause, left)))


def _overstepped(box: Box, limits: BoxLimits, deadline: float | None) -> EndedBy | None:
    if deadline is not None and time.monotonic() >= deadline:
        return "timeout"
    ceiling = limits.memory_mb * 1024
    pids = list(tree(box.pid))
    # Forked processes share pages, so the sum of what each holds only ever says too much: ask again, dearly.
    if sum(map(_resident, pids)) > ceiling and sum(map(_proportional, pids)) > ceiling:
        return "memory"
    usage = os.fstatvfs(box.work)
    return "output" if usage.f_files - usage.f_ffree > FILES else None


def tree(pid: int) -> Iterator[int]:
    """List a process and all that descend from it; inside a box nobody can leave its process 1."""
    todo = [pid]
    while todo:
        parent = todo.pop()
        yield parent
        with contextlib.suppress(OSError):
            for thread in Path(f"/proc/{parent}/task").iterdir():
                todo.extend(map(int, (thread / "children").read_bytes().split()))


def _resident(pid: int) -> int:
    """Sum a process's own and shared memory pages, KiB; program text is the system's."""
    return _sum(f"/proc/{pid}/status", (b"RssAnon:", b"RssShmem:")) or 0


def _proportional(pid: int) -> int:
    """The same with each shared page divided by its holders (proc(5), smaps_rollup), KiB."""
    exact = _sum(f"/proc/{pid}/smaps_rollup", (b"Pss_Anon:", b"Pss_Shmem:"))
    return _resident(pid) if exact is None else exact


def _sum(path: str, names: tuple[bytes, ...]) -> int | None:
    try:
        lines = Path(path).read_bytes().splitlines()
    except OSError:
        return None  # it ended between two looks, or does not want to be looked at
    return sum(int(line.split()[1]) for line in lines if line.startswith(names))
