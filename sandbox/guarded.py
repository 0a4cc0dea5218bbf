"""A box that is not opened before canaries have tried to get out of one."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import shutil
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from domain.count import Untold
from domain.errors import Unavailable
from domain.sandbox import BoxLimits, ExecResult, Mount, OnLine, Sandbox, Session
from domain.span import span

log = logging.getLogger(__name__)

_OURS = Path(__file__).parent
_BOOT = Path("/proc/sys/kernel/random/boot_id")


class Guarded:
    """A sandbox that refuses everything when an escape succeeds, and counts the boxes it starts.

    The verdict is kept in a file for as long as kernel, backend and our own code are the same ones.
    """

    def __init__(
        self,
        name: str,
        make: Callable[[], Sandbox],
        verdict: Path,
        about: str = "",
        starts: Untold | None = None,
    ) -> None:
        """`make` is called in a thread, at the first box: the library of a backend may take long to import.

        `about` says what else the verdict depends on: an image, an engine's address. `starts` counts boxes.
        """
        self.name = name
        self._make = make
        self._made: Sandbox | None = None
        self._verdict = verdict
        self._about = about
        self._making, self._trying = asyncio.Lock(), asyncio.Lock()
        self._good = self._flown = False
        self.starts = starts or Untold()

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
        """Run one command to its end.

        Raises Unavailable also when canaries have got out of such a box.
        """
        await self._admit()
        self.starts.add()
        inner = await self._inner()
        with span("box", program=argv[0]):
            return await inner.run(
                argv, mounts=mounts, limits=limits, stdin=stdin, collect=collect, on_line=on_line, files=files
            )

    @asynccontextmanager
    async def open(
        self, argv: Sequence[str], *, mounts: Sequence[Mount] = (), limits: BoxLimits
    ) -> AsyncGenerator[Session]:
        """Start a warm guest.

        Raises Unavailable also when canaries have got out of such a box.
        """
        await self._admit()
        self.starts.add()
        async with (await self._inner()).open(argv, mounts=mounts, limits=limits) as session:
            yield session

    async def verify(self) -> list[str]:
        """Let the canaries fly now, whatever was found before; one sentence for each that got out."""
        got_out = await (await self._inner()).verify()
        self._good, self._flown = not got_out, True
        for escape in got_out:
            log.error("a canary got out", extra={"action": "canary_out", "escape": escape})
        await asyncio.to_thread(self._write)
        return got_out

    async def verdict(self) -> list[str]:
        """What the canaries of this process found; they fly when they have not yet."""
        return [] if self._flown and self._good else await self.verify()

    async def _inner(self) -> Sandbox:
        async with self._making:
            if self._made is None:
                self._made = await asyncio.to_thread(self._make)
            return self._made

    async def _admit(self) -> None:
        """Raises Unavailable when an escape succeeds."""
        if self._good:
            return
        async with self._trying:
            if self._good or await asyncio.to_thread(self._known_good):
                self._good = True
                return
            if got_out := await self.verify():
                raise refusal(self.name, got_out)

    def _known_good(self) -> bool:
        try:
            return self._verdict.read_text() == self._key()
        except OSError:
            return False

    def _write(self) -> None:
        if not self._good:
            self._verdict.unlink(missing_ok=True)
            return
        part = self._verdict.with_suffix(f".{os.getpid()}")
        try:
            part.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            part.write_text(self._key())
            part.replace(self._verdict)
        except OSError as error:  # the next process tries the canaries again
            log.warning("verdict not kept", extra={"action": "verdict_lost", "reason": str(error)})

    def _key(self) -> str:
        """All that the verdict depends on, as a hash."""
        told = [self.name, self._about, str(os.geteuid()), _BOOT.read_text() if _BOOT.is_file() else ""]
        program = shutil.which("bwrap")
        for path in (*sorted(_OURS.rglob("*.py")), *([Path(program)] if program else [])):
            facts = path.stat()
            told.append(f"{path} {facts.st_mtime_ns} {facts.st_size}")
        return hashlib.sha256("\n".join(told).encode()).hexdigest()


def refusal(name: str, got_out: Sequence[str]) -> Unavailable:
    """Why nothing is run in such a box."""
    return Unavailable(
        "sandbox",
        f"{name} does not hold, so no code is run: {'; '.join(got_out)[:600]}; see `director doctor`",
    )
