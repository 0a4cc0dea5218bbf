"""A box for code and media that nobody trusts, and the seam that every kind of box fulfils."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Literal, Protocol

from pydantic import Field

from domain.nouns import Noun


class Mount(Noun):
    """A file or folder of the host, shown read-only inside the box."""

    source: Path
    """Absolute path on the host; may lie below a folder that only the server may enter."""
    target: str
    """Path inside the box, absolute, a file's below a folder: `/project`, `/in/film.json`."""


class BoxLimits(Noun):
    """How much of the machine one box may take."""

    seconds: float = Field(default=30, gt=0)
    """Wall clock, seconds."""
    cpu_seconds: float | None = None
    """CPU time of one process, seconds; nothing means four times the wall clock."""
    memory_mb: int = Field(default=2048, ge=64)
    """Resident memory of all processes together, MiB."""
    processes: int = Field(default=64, ge=1)
    """Processes and threads together."""
    cpus: float = Field(default=1, gt=0)
    """Processors."""
    work_mb: int = Field(default=256, ge=1)
    """Size of the writable work folder, MiB; it is memory, not disk."""
    output_mb: int = Field(default=64, ge=1)
    """What may be collected from the work folder's `out/`, MiB in all."""
    stdout_kb: int = Field(default=1024, ge=1)
    """What is kept of each of stdout and stderr, KiB; the rest is drained and thrown away."""


class ExecResult(Noun):
    """How a command in a box ended: an exit code other than 0 is data, a missing box is an error."""

    exit_code: int
    """The command's exit code; 128 + signal when a signal ended it."""
    stdout: bytes
    stderr: bytes
    ended_by: Literal["exit", "timeout", "memory", "output", "cancelled"] = "exit"
    """What ended it: its own exit, or the limit that was reached."""
    seconds: float
    """Wall clock from start to end, seconds."""


OnLine = Callable[[bytes], Awaitable[None]]
"""Called with each line of stdout as it arrives."""


class Session(Protocol):
    """A warm box: one long-lived guest process that answers one message at a time."""

    async def ask(self, message: bytes, *, seconds: float) -> bytes:
        """Send a length-prefixed message and wait for the answer.

        Raises Unavailable when the guest died or did not answer in time: the session is then closed.
        """
        ...

    async def close(self) -> None:
        """End the guest and everything it started."""
        ...


class Sandbox(Protocol):
    """Runs a command where it can see its inputs, write to its work folder, and do nothing else.

    Inside, every box looks alike: `/box` is the current directory and the only writable place, files
    left in `/box/out` are collected; the environment holds PATH, HOME, LANG, PYTHON* and PYDANTIC* only;
    there is no network. The guest's packages (stage, domain, render) and interpreter are always there.
    """

    name: str

    async def run(
        self,
        argv: Sequence[str],
        *,
        mounts: Sequence[Mount] = (),
        limits: BoxLimits,
        stdin: bytes = b"",
        collect: Path | None = None,
        on_line: OnLine | None = None,
        files: Mapping[str, bytes] = {},
    ) -> ExecResult:
        """Run one command to its end; `argv[0]` may be `python`, `ffmpeg` or `ffprobe`.

        `files` are written read-only below `/in`. Regular files left in `/box/out` are moved into `collect`
        (an existing, empty folder of the host) without following links; special files are refused.
        Cancelling the call kills everything inside within 2 seconds.
        Raises Unavailable when no box can be had: nothing is ever run without one.
        """
        ...

    def open(
        self, argv: Sequence[str], *, mounts: Sequence[Mount] = (), limits: BoxLimits
    ) -> AbstractAsyncContextManager[Session]:
        """Start a warm guest that reads and writes length-prefixed messages on stdin and stdout.

        Each message is a 4-byte big-endian length and that many bytes.
        Raises Unavailable when no box can be had.
        """
        ...

    async def verify(self) -> list[str]:
        """Try a set of escapes from inside; return one sentence for each that succeeded (none is good)."""
        ...
