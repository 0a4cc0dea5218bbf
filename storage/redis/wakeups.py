"""Wake-ups between machines: one Redis stream for the installation, one shared reader for each process."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import time
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import Any, NamedTuple, cast

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from domain.errors import Unavailable
from domain.nouns import new_id
from storage.bells import LocalBell, LocalWakeups
from storage.redis.outage import AWAY, away, require

log = logging.getLogger(__name__)

KEPT = 10_000
"""Rings that the stream keeps, about: what a reader may miss and still be told."""
BATCH = 500
"""Rings that are written, or read, at once."""
BLOCK_S = 5.0
ANSWER_S = 2.0
"""Seconds that Redis gets for an answer."""
START_S = 1.0
"""Seconds that the first listener waits for its place in the stream; later rings are found by looking."""
STALE_S = 2.0
"""Age of a ring that is not sent any more: whoever waited for it has looked by now."""
PAUSE_S = 0.5
MOST_SPEAKERS = 4_096
START = b"0-0"


class Ring(NamedTuple):
    """One ring on its way out."""

    at: float
    fields: dict[Any, Any]


def client(url: str, *, answer_s: float = ANSWER_S) -> Redis:
    """Make a client that fails at once instead of trying again by itself.

    Raises Unavailable when the address is not one.
    """
    try:
        made = Redis.from_url(  # pyright: ignore[reportUnknownMemberType]
            url,
            protocol=2,
            socket_connect_timeout=ANSWER_S,
            socket_timeout=answer_s,
            retry=Retry(NoBackoff(), 0),
            health_check_interval=0,
            client_name="director",
        )
    except ValueError as error:
        raise Unavailable("redis", "REDIS_URL is no address; write redis://:password@host:6379/0") from error
    return made


class RedisWakeups(LocalWakeups):
    """Rings in every process of the installation, on any machine.

    Listeners of the same process hear at once, with or without Redis. Others hear through the stream; one who
    was cut off goes on behind what was heard last. Nobody waits for Redis: rings that it does not take within
    STALE_S are dropped, and who listens finds out by looking at the database.
    """

    def __init__(self, url: str, *, prefix: str = "director") -> None:
        super().__init__()
        self._stream = f"{prefix}:wakes"
        self._mouth = client(url)
        self._ear = client(url, answer_s=BLOCK_S + ANSWER_S)
        self._name = f"{socket.gethostname()}-{os.getpid()}-{new_id()[-12:]}".encode()
        self._count = 0
        self._late: deque[Ring] = deque(maxlen=KEPT)
        self._spoken = asyncio.Event()
        self._sent = asyncio.Event()
        self._placed = asyncio.Event()
        self._last: bytes | None = None
        self._heard: dict[bytes, int] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._away = False

    async def ring(self, topic: str, message: bytes = b"") -> None:
        """Ring the listeners of this process at once, and soon those of others; never waits for Redis."""
        await super().ring(topic, message)
        self._count += 1
        fields = {"p": self._name, "n": self._count, "t": topic.encode("utf-8", "replace"), "m": message}
        self._late.append(Ring(time.monotonic(), fields))
        self._sent.clear()
        self._spoken.set()
        self._begin("mouth")

    @asynccontextmanager
    async def listen(self, *topics: str) -> AsyncGenerator[LocalBell, None]:
        """Listen while the context is open; the first listener starts this process's reader."""
        self._begin("ear")
        with suppress(TimeoutError):
            async with asyncio.timeout(START_S):
                await self._placed.wait()
        async with super().listen(*topics) as bell:
            yield bell

    async def check(self) -> str:
        """Tell Redis's version.

        Raises Unavailable when it is away or too old.
        """
        try:
            told = await cast(Any, self._mouth).info("server")
        except AWAY as error:
            raise away(error) from error
        require(str(told["redis_version"]))
        return f"Redis {told['redis_version']}"

    async def close(self) -> None:
        """Send what is waiting, unless that takes long, and hang up."""
        if "mouth" in self._tasks and not self._away:
            with suppress(TimeoutError):
                async with asyncio.timeout(ANSWER_S):
                    await self._sent.wait()
        while running := [task for task in self._tasks.values() if not task.done()]:
            for task in running:
                task.cancel()
            # a client that is just connecting may swallow one cancellation
            await asyncio.wait(running, timeout=0.1)
        self._tasks.clear()
        for end in (self._mouth, self._ear):
            with suppress(*AWAY):
                await end.aclose()

    def _begin(self, which: str) -> None:
        if which not in self._tasks:
            work = self._speak() if which == "mouth" else self._hear()
            self._tasks[which] = asyncio.create_task(work, name=f"{which} of redis")

    async def _speak(self) -> None:
        batch: list[Ring] = []
        while True:
            if not (batch or self._late):
                self._sent.set()
                await self._spoken.wait()
                self._spoken.clear()
            while self._late and len(batch) < BATCH:
                batch.append(self._late.popleft())
            oldest = time.monotonic() - STALE_S
            batch = [ring for ring in batch if ring.at >= oldest]
            try:
                if batch:
                    await self._send(batch)
                    self._well()
                batch = []
            except AWAY as error:
                self._complain(error)
                await asyncio.sleep(PAUSE_S)

    async def _send(self, batch: list[Ring]) -> None:
        pipe = self._mouth.pipeline(transaction=False)
        for ring in batch:
            pipe.xadd(self._stream, ring.fields, maxlen=KEPT, approximate=True)
        await pipe.execute()

    async def _hear(self) -> None:
        while True:
            try:
                await self._place()
                self._placed.set()
                await self._listen()
            except AWAY as error:
                self._complain(error)
                await asyncio.sleep(PAUSE_S)

    async def _place(self) -> None:
        """Stand at the stream's end at first, later where it was heard last; at its start when it is new."""
        newest: list[tuple[bytes, Any]] = await cast(Any, self._ear).xrevrange(self._stream, count=1)
        tip = newest[0][0] if newest else START
        if self._last is None or _order(tip) < _order(self._last):
            self._last = tip if self._last is None else START

    async def _listen(self) -> None:
        while True:
            blocked = int(BLOCK_S * 1000)
            read = cast(Any, self._ear).xread({self._stream: self._last}, count=BATCH, block=blocked)
            found: list[tuple[bytes, list[tuple[bytes, dict[bytes, bytes]]]]] = await read
            self._well()
            if not found:
                await self._place()
            for _, rings in found:
                for place, fields in rings:
                    self._last = place
                    self._take(fields)
                await asyncio.sleep(0)

    def _take(self, fields: dict[bytes, bytes]) -> None:
        speaker, number = fields.get(b"p", b""), fields.get(b"n", b"")
        if speaker == self._name or not number.isdigit():
            return  # heard at once, when it was rung, or nobody's
        if int(number) <= self._heard.get(speaker, 0):
            return  # a batch that was sent twice
        while len(self._heard) >= MOST_SPEAKERS:
            del self._heard[next(iter(self._heard))]
        self._heard[speaker] = int(number)
        self._deliver(fields.get(b"t", b"").decode("utf-8", "replace"), fields.get(b"m", b""))

    def _complain(self, error: Exception) -> None:
        if not self._away:
            self._away = True
            log.warning("redis is away", extra={"action": "redis_away", "reason": away(error).message})

    def _well(self) -> None:
        if self._away:
            self._away = False
            log.warning("redis is back", extra={"action": "redis_back"})


def _order(place: bytes) -> tuple[int, int]:
    milliseconds, _, number = place.partition(b"-")
    return int(milliseconds), int(number or b"0")
