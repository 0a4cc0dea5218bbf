"""Telling other processes that something is new: a hint that may be lost, never the truth itself."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Protocol


class Bell(Protocol):
    """One listener's ear on some topics."""

    async def wait(self, timeout_s: float) -> list[tuple[str, bytes]]:
        """Wait for calls, at most so long; gives the topics and messages that came, none when time is up."""
        ...


class Wakeups(Protocol):
    """Rings a topic in every process of the installation."""

    async def ring(self, topic: str, message: bytes = b"") -> None:
        """Ring; nobody listening is no error. Topics: `project:{id}`, `jobs`."""
        ...

    def listen(self, *topics: str) -> AbstractAsyncContextManager[Bell]:
        """Listen while the context is open; `*` at a topic's end means any."""
        ...
