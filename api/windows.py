"""Sliding windows by the library `limits`, in this process or in Redis."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from limits import RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from limits.errors import StorageError

from domain.errors import Unavailable

MOST_ASKING = 16
"""Connections to Redis that counting opens."""
PATIENCE_S = 0.5
"""Seconds that Redis gets to answer: nobody waits longer to be counted."""


class Sliding:
    """Counts in the window before now, weighed with the one before that."""

    def __init__(self, storage: MemoryStorage | RedisStorage) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(storage)
        self._storage = storage
        self._room = asyncio.Semaphore(MOST_ASKING)

    async def hit(self, name: str, most: int, seconds: int) -> float:
        item = RateLimitItemPerSecond(most, seconds)
        try:
            async with self._room:
                if await self._limiter.hit(item, name):
                    return 0
                stats = await self._limiter.get_window_stats(item, name)
        except StorageError as away:
            cause = away.storage_error
            raise Unavailable("redis", f"Redis does not count: {cause or type(cause).__name__}") from None
        return max(stats.reset_time - time.time(), 1.0)

    async def close(self) -> None:
        if isinstance(self._storage, RedisStorage):
            bridge: Any = self._storage.bridge
            await bridge.storage.aclose()


def own() -> Sliding:
    """Windows of this process."""
    return Sliding(MemoryStorage())


def shared(url: str, prefix: str) -> Sliding:
    """Windows that all processes on a Redis share."""
    storage = RedisStorage(
        f"async+{'redis+' if url.startswith('unix:') else ''}{url}",
        implementation="redispy",
        wrap_exceptions=True,
        key_prefix=f"{prefix}:rates",
        socket_timeout=PATIENCE_S,
        socket_connect_timeout=PATIENCE_S,
    )
    return Sliding(storage)
