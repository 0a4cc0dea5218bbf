"""The place that this process has among all others on the machine's processors (sched(7))."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def kept() -> Generator[None]:
    """Keep this process and the threads that are started meanwhile where it stands among others.

    SVT-AV1 goes before everybody else (SCHED_FIFO, 99) wherever that is allowed, as it is to root, and takes
    the thread that opens it along for good: whatever that starts later keeps all other processes waiting.
    """
    policy, param = os.sched_getscheduler(0), os.sched_getparam(0)
    try:
        yield
    finally:
        if os.sched_getscheduler(0) != policy:
            for task in Path("/proc/self/task").iterdir():
                with suppress(ProcessLookupError):  # a thread that has ended meanwhile
                    os.sched_setscheduler(int(task.name), policy, param)
