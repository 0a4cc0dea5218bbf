"""One server per data folder: whoever holds the lock is it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from domain.errors import Conflict

FILE = "server.lock"


@contextmanager
def elected(data: Path) -> Generator[None]:
    """Be the server of a data folder for as long as the context is open; the kernel ends it with the process.

    Raises Conflict, naming the process, when another one is.
    """
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(data / FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pid = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip() or "unknown"
            raise Conflict(
                "server_running",
                f"a server for {str(data)!r} runs already as process {pid}; stop it with: kill {pid}",
            ) from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)
