"""A guest's standard streams: fed, drained without end, kept up to a cap, handed on line by line."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import Any

from domain.sandbox import OnLine

LINE = 64 * 1024
"""Longest line that is handed on, bytes; the rest of a longer one is dropped."""


async def feed(line: socket.socket, content: bytes) -> None:
    """Write all of standard input and close it; a guest that does not care to read is no error."""
    loop = asyncio.get_running_loop()
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        await loop.sock_sendall(line, content)
        line.shutdown(socket.SHUT_WR)


async def drain(stream: asyncio.StreamReader, keep: int, on_line: OnLine | None = None) -> bytes:
    """Read a stream to its end and return its first `keep` bytes, telling each line on the way."""
    kept = bytearray()
    teller = Lines(on_line)
    while chunk := await stream.read(LINE):
        kept += chunk[: max(0, keep - len(kept))]
        await teller.take(chunk)
    await teller.finish()
    return bytes(kept)


def piped(stream: asyncio.StreamReader | None) -> asyncio.StreamReader:
    """Tell the type checker that a stream asked for as a pipe is there."""
    assert stream is not None
    return stream


async def put_away(*tasks: asyncio.Task[Any]) -> None:
    """Cancel tasks and wait until they have let go of what they held."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


class Lines:
    """Cuts chunks into lines without ever holding more than one line's cap."""

    def __init__(self, on_line: OnLine | None) -> None:
        self._on_line = on_line
        self._line = bytearray()

    async def take(self, chunk: bytes) -> None:
        if self._on_line is None:
            return
        *ended, rest = chunk.split(b"\n")
        for part in ended:
            self._add(part)
            await self._tell(self._on_line)
        self._add(rest)

    async def finish(self) -> None:
        if self._on_line is not None and self._line:
            await self._tell(self._on_line)

    def _add(self, part: bytes) -> None:
        self._line += part[: max(0, LINE - len(self._line))]

    async def _tell(self, on_line: OnLine) -> None:
        line = bytes(self._line)
        self._line.clear()
        await on_line(line)
