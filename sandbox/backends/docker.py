"""Boxes made by a Docker engine, here or elsewhere: hardened containers of our own image and no other."""

from __future__ import annotations

import asyncio
import contextlib
import struct
import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from domain.errors import Unavailable
from domain.sandbox import BoxLimits, ExecResult, Mount, OnLine
from sandbox import canaries
from sandbox.attached import ERR, OUT, LastWords
from sandbox.collector import TooMuch
from sandbox.container import Box, opened
from sandbox.contents import fingerprint
from sandbox.engine import LINGER_SECONDS, Engine
from sandbox.guest import ROOT
from sandbox.order import MIB, command, order
from sandbox.parcel import Parcel, unpack
from sandbox.streams import Lines, put_away

_SESSION_CPU_SECONDS = 24 * 3600
_GRACE_SECONDS = 5
"""How long after its time a keeper may take to end its guest before the container is removed."""
_NEAR = 0.8
"""Share of its memory above which a guest that was killed was killed for it."""
_KILLED = 137
_ENDS = {"timeout": "timeout", "memory": "memory", "output": "output"}
_LENGTH = struct.Struct(">I")


class DockerConfig(BaseModel):
    """Which engine makes the boxes, and of which image."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    url: str = "unix:///var/run/docker.sock"
    """Address of the engine: a unix socket, or plain tcp on a network of its own."""
    image: str = "director-sandbox"
    """Name or digest of the image; it is looked up once and never pulled."""
    installation: str = "director"
    """Label of this installation's containers: what a crash has left is found by it."""
    timeout: float = Field(default=30, gt=0)
    """Seconds after which an engine that does not answer is away."""
    linger: float = Field(default=LINGER_SECONDS, ge=0)
    """Seconds for which boxes that have ended are left to whoever made them."""
    root: Path = ROOT
    """Where the packages lie whose like the image must hold."""


def create(config: DockerConfig) -> Docker:
    """Make the sandbox; whether the engine works shows at the first box."""
    return Docker(config)


class Docker:
    """The Sandbox seam over a Docker engine (see domain/sandbox.py)."""

    name = "docker"

    def __init__(self, config: DockerConfig) -> None:
        self._config = config
        self._engine = Engine(
            config.url, config.image, config.installation, config.timeout, linger=config.linger
        )
        self._contents = ""

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
        """Run one command to its end; only a command that ended by itself leaves files behind.

        Raises Unavailable when no box can be had, ValueError for a mount or a name that no box accepts.
        """
        words = command(argv)
        parcel = await asyncio.to_thread(Parcel, mounts, files)
        contents = await self._fingerprint()
        async with opened(self._engine, limits, parcel) as box:
            asked = order(
                words, limits, mark=box.mark, contents=contents, stdin=len(stdin), collect=collect is not None
            )
            return await self._run_out(box, limits, asked + stdin, on_line, collect)

    @asynccontextmanager
    async def open(
        self, argv: Sequence[str], *, mounts: Sequence[Mount] = (), limits: BoxLimits
    ) -> AsyncGenerator[ContainerSession]:
        """Start a warm guest; `limits.seconds` does not bound it, every question has its own seconds.

        Raises Unavailable when no box can be had, ValueError for a mount that no box accepts.
        """
        words = command(argv)
        cpu = limits.cpu_seconds or _SESSION_CPU_SECONDS
        limits = limits.model_copy(update={"cpu_seconds": cpu})
        parcel = await asyncio.to_thread(Parcel, mounts, {})
        contents = await self._fingerprint()
        async with opened(self._engine, limits, parcel) as box:
            await box.line.send(
                order(words, limits, mark=box.mark, contents=contents, stdin=None, collect=False)
            )
            session = ContainerSession(self, box, limits)
            try:
                yield session
            finally:
                await session.close()

    async def verify(self) -> list[str]:
        """Let canaries try to escape; one sentence for each that did."""
        return await canaries.escapes(self)

    async def _fingerprint(self) -> str:
        if not self._contents:
            self._contents = await asyncio.to_thread(fingerprint, self._config.root)
        return self._contents

    async def _run_out(
        self, box: Box, limits: BoxLimits, asked: bytes, on_line: OnLine | None, collect: Path | None
    ) -> ExecResult:
        started = time.monotonic()
        out, err = Kept(limits.stdout_kb * 1024, on_line), Kept(limits.stdout_kb * 1024)
        mouth = asyncio.create_task(_feed(box, asked))
        last: LastWords | None = None
        late = False
        try:
            async with asyncio.timeout(limits.seconds + _GRACE_SECONDS):
                while piece := await box.line.read():
                    await (out if piece[0] == OUT else err).take(piece[1])
                last = await box.line.last_words()
        except TimeoutError:
            late = True
        finally:
            await put_away(mouth)
        await out.finish()
        code, ended_by = _KILLED, "timeout"
        if not late:
            code, ended_by = await self.judge(box, limits, last, bytes(err.kept))
        seconds = time.monotonic() - started
        if collect is not None and last is not None and ended_by == "exit":
            try:
                await unpack(box.line, last.files, collect, limits.output_mb * MIB)
            except TooMuch:
                ended_by = "output"
            except ConnectionResetError as problem:
                raise Unavailable("sandbox", f"{problem}: run it again") from None
        told = {"exit_code": code, "stdout": bytes(out.kept), "stderr": bytes(err.kept)}
        return ExecResult.model_validate({**told, "ended_by": ended_by, "seconds": seconds})

    async def judge(
        self, box: Box, limits: BoxLimits, last: LastWords | None, words: bytes
    ) -> tuple[int, str]:
        """Say how the guest ended: its exit code, and the limit that ended it or `exit`.

        Raises Unavailable when it never ran.
        """
        if last is None:
            return await self._post_mortem(box, words)
        if last.contents != self._contents:
            raise Unavailable(
                "sandbox",
                f"the image {self._config.image!r} holds other packages than this server: build it anew with "
                "`make image`; nothing was run",
            )
        if last.ended_by:
            return (last.code if last.ended_by == "output" else _KILLED), _ENDS.get(last.ended_by, "exit")
        if last.code == 128 + 24:  # SIGXCPU
            return last.code, "timeout"
        if last.code == _KILLED:
            is_near = last.peak_kb > _NEAR * limits.memory_mb * 1024
            return _KILLED, "memory" if is_near or await self._lacked_memory(box) else "exit"
        return last.code, "exit"

    async def _post_mortem(self, box: Box, words: bytes) -> tuple[int, str]:
        """Look at a container whose keeper could not speak."""
        try:
            state = (await self._engine.ask(self._engine.client.inspect_container, box.name))["State"]
        except Unavailable:
            gone = (
                "the engine went away, or removed the box, while a guest ran: bring it back and run it again"
            )
            raise Unavailable("sandbox", gone) from None
        if state["OOMKilled"]:
            return _KILLED, "memory"
        if state["ExitCode"] == _KILLED or state["Running"]:
            return _KILLED, "exit"
        said = words.decode(errors="replace").strip()[-300:]
        raise Unavailable("sandbox", f"the box ended too early ({state['ExitCode']}, {said!r})")

    async def _lacked_memory(self, box: Box) -> bool:
        found = await self._engine.ask(self._engine.client.inspect_container, box.name)
        return bool(found["State"]["OOMKilled"])


class Kept:
    """One stream of a guest: its first bytes are kept, and each line is told."""

    def __init__(self, keep: int, on_line: OnLine | None = None) -> None:
        self.kept = bytearray()
        self._keep = keep
        self._lines = Lines(on_line)

    async def take(self, chunk: bytes) -> None:
        """Keep what still fits, and tell the lines that are complete."""
        self.kept += chunk[: max(0, self._keep - len(self.kept))]
        await self._lines.take(chunk)

    async def finish(self) -> None:
        """Tell the last line."""
        await self._lines.finish()


class ContainerSession:
    """The Session seam over a container (see domain/sandbox.py); one message is under way at a time."""

    def __init__(self, sandbox: Docker, box: Box, limits: BoxLimits) -> None:
        self._sandbox = sandbox
        self._box = box
        self._limits = limits
        self._turn = asyncio.Lock()
        self._closed = False
        self._words = Kept(limits.stdout_kb * 1024)
        self._answers = bytearray()

    async def ask(self, message: bytes, *, seconds: float) -> bytes:
        """Send one message and wait for its answer.

        Raises Unavailable when the guest is gone, too slow, or answers more than the box may give out.
        """
        async with self._turn:
            if self._closed:
                raise Unavailable("sandbox", "this session is closed: open another one")
            try:
                async with asyncio.timeout(seconds):
                    return await self._exchange(message)
            except TimeoutError:
                self._end()
                raise Unavailable("sandbox", f"the guest did not answer within {seconds} s") from None
            except EOFError:
                words = await self._obituary()
                self._end()
                raise Unavailable("sandbox", words) from None
            except BaseException:
                self._end()
                raise

    async def close(self) -> None:
        """End the guest and everything it started."""
        self._end()  # which also ends a question that is under way
        async with self._turn:
            pass

    def _end(self) -> None:
        self._closed = True
        self._box.line.hang_up()

    async def _exchange(self, message: bytes) -> bytes:
        mouth = asyncio.create_task(_feed(self._box, _LENGTH.pack(len(message)) + message))
        try:
            (length,) = _LENGTH.unpack(await self._exactly(_LENGTH.size))
            cap = self._limits.output_mb * MIB
            if length > cap:
                raise Unavailable("sandbox", f"the guest answers {length} bytes, at most {cap} are allowed")
            return await self._exactly(length)
        finally:
            await put_away(mouth)

    async def _exactly(self, count: int) -> bytes:
        """Take so many bytes of the guest's answers.

        Raises EOFError when the guest has ended before.
        """
        while len(self._answers) < count:
            held = self._box.line.held(count - len(self._answers))
            piece = (OUT, held) if held else await self._box.line.read()
            if piece is None:
                raise EOFError
            if piece[0] == ERR:
                await self._words.take(piece[1])
            else:
                self._answers += piece[1]
        taken = bytes(self._answers[:count])
        del self._answers[:count]
        return taken

    async def _obituary(self) -> str:
        if self._closed:
            return "the guest ended: this session was closed"
        said = bytes(self._words.kept)
        last = await self._box.line.last_words()
        _, ended_by = await self._sandbox.judge(self._box, self._limits, last, said)
        words = said.decode(errors="replace").strip().rpartition("\n")[2][:500]
        return f"the guest ended ({(ended_by != 'exit' and ended_by) or words or 'without a word'})"


async def _feed(box: Box, content: bytes) -> None:
    """Write the order and the guest's input; a guest that does not care to read is no error."""
    with contextlib.suppress(ConnectionResetError, BrokenPipeError):
        await box.line.send(content)
