"""A warm box: one guest that answers messages, and is closed for good at the first sign of trouble."""

from __future__ import annotations

import asyncio
import struct

from domain.errors import Unavailable
from sandbox.box import Box
from sandbox.streams import piped

_LENGTH = struct.Struct(">I")
_CHUNK = 64 * 1024


class BoxSession:
    """The Session seam over a box (see domain/sandbox.py); one message is under way at a time."""

    def __init__(self, box: Box, answer_cap: int) -> None:
        self._box = box
        self._cap = answer_cap
        """Largest answer that is read, bytes."""
        self._turn = asyncio.Lock()
        self._closed = False
        self._answers = piped(box.process.stdout)

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
                await self._end()
                raise Unavailable("sandbox", f"the guest did not answer within {seconds} s") from None
            except (asyncio.IncompleteReadError, BrokenPipeError, ConnectionResetError):
                await self._end()
                raise Unavailable("sandbox", await self._obituary()) from None
            except BaseException:
                await self._end()
                raise

    async def close(self) -> None:
        """End the guest and everything it started."""
        self._closed = True
        self._box.kill()  # which also ends a question that is under way
        async with self._turn:
            await self._end()

    async def _end(self) -> None:
        self._closed = True
        self._box.kill()
        while await self._answers.read(_CHUNK):
            pass  # a guest may have said more than it was asked

    async def _exchange(self, message: bytes) -> bytes:
        loop = asyncio.get_running_loop()
        await loop.sock_sendall(self._box.line, _LENGTH.pack(len(message)) + message)
        (length,) = _LENGTH.unpack(await self._answers.readexactly(_LENGTH.size))
        if length > self._cap:
            raise Unavailable("sandbox", f"the guest answers {length} bytes, at most {self._cap} are allowed")
        return await self._answers.readexactly(length)

    async def _obituary(self) -> str:
        words = (await self._box.words).decode(errors="replace").strip().rpartition("\n")[2]
        return f"the guest ended ({self._box.ended_by or words[:500] or 'without a word'})"
