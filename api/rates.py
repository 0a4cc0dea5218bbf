"""How often somebody may ask: so many requests a minute of each kind, so many streams at once."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal, Protocol, cast

from domain.errors import LimitReached, Unavailable
from domain.plugins import load

log = logging.getLogger(__name__)

Kind = Literal["upload", "generate", "refine", "production", "other", "stop"]
MINUTE_S = 60
AWAY_S = 15.0
"""Seconds for which a Redis that was away is not asked again."""
_PATHS: dict[tuple[str, str], Kind] = {
    ("POST", "/api/assets/upload"): "upload",
    ("POST", "/api/assets/fetch"): "upload",
    ("POST", "/api/generate/start"): "generate",
    ("POST", "/api/generate/refine"): "refine",
    ("POST", "/api/render/start"): "production",
    ("POST", "/api/tools/render_video"): "production",
    ("POST", "/api/tools/ai_image_proxy"): "production",
}
_TOOLS: dict[str, Kind] = {"render_video": "production", "ai_image_proxy": "production", "cancel_job": "stop"}


class TooMany(LimitReached):
    """Asked too often; `retry_after_s` says when again."""

    status = 429


@dataclass(frozen=True)
class Rates:
    """Requests a minute of each kind, by key or address; 0 lets any number pass."""

    upload: int = 20
    generate: int = 10
    refine: int = 30
    production: int = 5
    other: int = 100
    streams: int = 20
    """Event streams at once."""
    redis_url: str = ""
    """Where all servers count together; each counts for itself unless said."""
    prefix: str = "director"

    def of(self, kind: Kind) -> int:
        """How many a minute; whoever wants work to stop is never told to wait."""
        return 0 if kind == "stop" else cast(int, getattr(self, kind))


def kind_of(method: str, path: str) -> Kind:
    """The kind of a request."""
    path = path.rstrip("/")
    if method == "POST" and path.endswith(("/cancel", "/cancel_job")):
        return "stop"
    return _PATHS.get((method, path), "other")


def kind_of_tool(name: str) -> Kind:
    """The kind of a tool call, however it came in."""
    return _TOOLS.get(name, "other")


def address_of(client: str, forwarded: str, *, behind_proxy: bool) -> str:
    """Whom a request without a name is counted for: an IPv4 address, or the /64 that IPv6 gives a customer.

    What a request says of its own way counts only where a proxy of ours has written the last word of it.
    """
    said = forwarded.rsplit(",", 1)[-1].strip() if behind_proxy else ""
    for each in (said, client):
        try:
            found = ipaddress.ip_address(each)
        except ValueError:
            continue
        if found.version == 6:
            return str(ipaddress.ip_network((found, 64), strict=False))
        return str(found)
    return "unknown"


class Window(Protocol):
    """Counts in a sliding window."""

    async def hit(self, name: str, most: int, seconds: int) -> float:
        """Count one; 0 when it may pass, else the seconds until one may. Raises Unavailable."""
        ...

    async def close(self) -> None: ...


@dataclass
class Meter:
    """Counts who asks for what; counting together needs Redis, and goes on alone while that is away."""

    rates: Rates = field(default_factory=Rates)
    clock: Callable[[], float] | None = None
    _own: Window | None = None
    _shared: Window | None = None
    _away_until: float = 0
    _open: Counter[str] = field(default_factory=Counter[str])
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def take(self, who: str, kind: Kind) -> None:
        """Count a request of somebody; nobody's, who is not named, is not counted.

        Raises TooMany.
        """
        most = self.rates.of(kind)
        if not who or not most:
            return
        wait_s = await self._hit(f"{kind}:{who}", most)
        if wait_s:
            name = "requests" if kind == "other" else f"{kind} requests"
            raise TooMany(
                "rate_limited",
                f"more than {most} {name} within {MINUTE_S} seconds; try again in {max(1, round(wait_s))} s",
                retry_after_s=wait_s,
            )

    @contextmanager
    def stream(self, who: str) -> Generator[None]:
        """Count a stream for as long as it is open.

        Raises TooMany before it opens.
        """
        most = self.rates.streams
        if not who or not most:
            yield
            return
        if self._open[who] >= most:
            raise TooMany(
                "too_many_streams",
                f"{most} streams are open already; close one, or follow a project instead of each run",
                retry_after_s=5,
            )
        self._open[who] += 1
        try:
            yield
        finally:
            self._open[who] -= 1
            if not self._open[who]:
                del self._open[who]

    @property
    def open_streams(self) -> int:
        """Streams of those who are counted."""
        return self._open.total()

    async def close(self) -> None:
        """End the connections that counting has opened."""
        for window in (self._own, self._shared):
            if window is not None:
                await window.close()

    async def _hit(self, name: str, most: int) -> float:
        async with self._turn:
            if self._own is None:
                await self._load()
        assert self._own is not None
        now = self._now()
        if self._shared is not None and now >= self._away_until:
            try:
                return await self._shared.hit(name, most, MINUTE_S)
            except Unavailable as away:
                self._away_until = now + AWAY_S
                log.warning(
                    "rates are counted by this server alone",
                    extra={"action": "rates_alone", "reason": away.message},
                )
        return await self._own.hit(name, most, MINUTE_S)

    async def _load(self) -> None:
        """Load the library that counts when the first one is counted."""
        room = await asyncio.to_thread(load, "api", "windows")
        if self.rates.redis_url:
            self._shared = cast(Window, room.shared(self.rates.redis_url, self.rates.prefix))
        self._own = cast(Window, room.own())

    def _now(self) -> float:
        return self.clock() if self.clock is not None else asyncio.get_running_loop().time()
