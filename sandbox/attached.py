"""A container's streams as its engine sends them: frames of stdout and stderr, and our keeper's last words.

A frame is 8 bytes, the stream's number and a big-endian length, and that many bytes (Docker's API, attach).
"""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from pydantic import BaseModel, ConfigDict, ValidationError

_FRAME = struct.Struct(">BxxxI")
_CHUNK = 64 * 1024
OUT, ERR = 1, 2
_LONGEST_TAIL = 4 * 1024 * 1024


class LastWords(BaseModel):
    """What the keeper says when nothing of the guest is alive any more."""

    model_config = ConfigDict(extra="forbid")

    contents: str
    code: int
    ended_by: str
    peak_kb: int
    files: list[tuple[str, int]]


class Attached:
    """The host's end of a container's standard streams."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, mark: bytes) -> None:
        self._reader = reader
        self._writer = writer
        self._mark = mark
        self._held = {OUT: b"", ERR: b""}
        self._said: set[int] = set()
        self._tail = bytearray()
        self._frame = (0, 0)

    async def send(self, content: bytes) -> None:
        """Write to standard input, waiting while the guest does not read."""
        self._writer.write(content)
        await self._writer.drain()

    def hang_up(self) -> None:
        """Close the line for good: the keeper ends its guest, and whoever reads finds the end."""
        self._writer.transport.abort()
        self._reader.feed_eof()

    async def read(self) -> tuple[int, bytes] | None:
        """Give the next piece of the guest's output; nothing when the guest has ended."""
        while len(self._said) < 2:
            piece = await self._piece()
            if piece is None:
                return None
            stream, content = piece
            if stream in self._said:
                self._tail += content
                continue
            content = self._until_mark(stream, self._held[stream] + content)
            if content:
                return stream, content
        return None

    def held(self, count: int) -> bytes:
        """Give up waiting for the rest of a mark when what is held back completes an answer."""
        if len(self._held[OUT]) < count:
            return b""
        content, self._held[OUT] = self._held[OUT], b""
        return content

    async def last_words(self) -> LastWords | None:
        """Read what the keeper says in the end; nothing when it did not live to say it."""
        if OUT not in self._said:
            return None
        while b"\n" not in self._tail and len(self._tail) < _LONGEST_TAIL:
            piece = await self._piece()
            if piece is None:
                return None
            self._tail += piece[1]
        line, _, rest = bytes(self._tail).partition(b"\n")
        self._tail = bytearray(rest)
        try:
            return LastWords.model_validate_json(line)
        except ValidationError:
            return None

    async def rest(self) -> bytes:
        """Give the next bytes of the files; nothing at the end."""
        if self._tail:
            content = bytes(self._tail)
            self._tail.clear()
            return content
        piece = await self._piece()
        return b"" if piece is None else piece[1]

    async def _piece(self) -> tuple[int, bytes] | None:
        stream, left = self._frame
        try:
            while not left:
                stream, left = _FRAME.unpack(await self._reader.readexactly(_FRAME.size))
            content = await self._reader.read(min(left, _CHUNK))
        except (asyncio.IncompleteReadError, ConnectionResetError):
            return None
        self._frame = (stream, left - len(content))
        return (stream, content) if content else None

    def _until_mark(self, stream: int, content: bytes) -> bytes:
        """Cut at the mark; hold back an end that may be the beginning of one."""
        said, found, rest = content.partition(self._mark)
        if found:
            self._said.add(stream)
            self._held[stream] = b""
            if stream == OUT:
                self._tail += rest
            return said
        for length in range(min(len(self._mark) - 1, len(content)), 0, -1):
            if content.endswith(self._mark[:length]):
                self._held[stream] = content[-length:]
                return content[:-length]
        self._held[stream] = b""
        return content


@asynccontextmanager
async def attached(line: socket.socket, mark: bytes) -> AsyncGenerator[Attached]:
    """Take over a connected socket, and close it at the end: the keeper then ends its guest."""
    line.setblocking(False)
    reader, writer = await asyncio.open_connection(sock=line, limit=4 * _CHUNK)
    streams = Attached(reader, writer, mark)
    try:
        yield streams
    finally:
        streams.hang_up()
