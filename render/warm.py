"""Warm guests: opened when first asked, then kept; closed when old, used up, idle or broken."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from domain.errors import Unavailable
from domain.sandbox import BoxLimits, Mount, Sandbox, Session


@dataclass(frozen=True)
class Kind:
    """What makes two guests alike: a question may be asked of any guest of its kind."""

    key: str
    argv: tuple[str, ...]
    limits: BoxLimits
    mounts: tuple[Mount, ...] = ()


@dataclass
class Guest:
    """One open session and how much of its life it has had."""

    kind: Kind
    session: Session
    stack: AsyncExitStack
    asked: int = 0
    born: float = field(default_factory=time.monotonic)
    last: float = field(default_factory=time.monotonic)


class WarmGuests:
    """A few warm guests of any kinds; `most` of them work at once, and as many may wait idle."""

    def __init__(
        self,
        sandbox: Sandbox,
        *,
        most: int = 2,
        most_asks: int = 200,
        oldest_s: float = 600,
        idle_s: float = 60,
    ) -> None:
        self._sandbox = sandbox
        self._most, self._most_asks, self._oldest, self._idle_s = most, most_asks, oldest_s, idle_s
        self._slots = asyncio.Semaphore(most)
        self._idle: list[Guest] = []
        self._reaper: asyncio.Task[None] | None = None
        self._closed = False

    async def rest(self) -> None:
        """Wait until no guest is idle any more: all have gone or are at work."""
        if self._reaper is not None:
            await asyncio.shield(self._reaper)

    async def ask(self, kind: Kind, message: bytes, *, seconds: float) -> bytes:
        """Ask a guest of a kind; one that died while it waited is replaced once.

        Raises Unavailable when no guest can be had, or it died of the question, or took too long.
        """
        async with self._slots:
            waiting = await self._take(kind)
            if waiting is not None:
                try:
                    return await self._ask(waiting, message, seconds)
                except Unavailable:
                    if time.monotonic() - waiting.last >= seconds:
                        raise
            return await self._ask(await self._open(kind), message, seconds)

    async def close(self) -> None:
        """End all guests."""
        self._closed = True
        if self._reaper is not None:
            self._reaper.cancel()
            await asyncio.gather(self._reaper, return_exceptions=True)
        while self._idle:
            await self._idle.pop().stack.aclose()

    async def _ask(self, guest: Guest, message: bytes, seconds: float) -> bytes:
        guest.last = time.monotonic()
        try:
            answer = await guest.session.ask(message, seconds=seconds)
        except BaseException:
            await guest.stack.aclose()
            raise
        guest.asked += 1
        guest.last = time.monotonic()
        if self._closed or guest.asked >= self._most_asks or guest.last - guest.born >= self._oldest:
            await guest.stack.aclose()
        else:
            self._idle.append(guest)
            if self._reaper is None or self._reaper.done():
                self._reaper = asyncio.create_task(self._reap())
        return answer

    async def _take(self, kind: Kind) -> Guest | None:
        for guest in reversed(self._idle):
            if guest.kind.key == kind.key:
                self._idle.remove(guest)
                return guest
        if len(self._idle) >= self._most:
            await self._idle.pop(0).stack.aclose()
        return None

    async def _open(self, kind: Kind) -> Guest:
        stack = AsyncExitStack()
        session = await stack.enter_async_context(
            self._sandbox.open(list(kind.argv), mounts=kind.mounts, limits=kind.limits)
        )
        return Guest(kind, session, stack)

    async def _reap(self) -> None:
        """Close guests that nobody asks any more, until there are none."""
        while self._idle:
            oldest = min(guest.last for guest in self._idle)
            await asyncio.sleep(max(0.05, oldest + self._idle_s - time.monotonic()))
            for guest in [each for each in self._idle if time.monotonic() - each.last >= self._idle_s]:
                self._idle.remove(guest)
                await guest.stack.aclose()


def joined(parts: Sequence[str]) -> str:
    """Make one key out of several parts."""
    return "\n".join(parts)
