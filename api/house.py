"""What the HTTP doors may use: every wired piece behind its seam, and how the server is reached."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Protocol
from urllib.parse import urlsplit

from fastapi import Depends, Request

from api.rates import Meter
from api.shown import Shown
from domain.blob import Blobs
from domain.count import Untold
from domain.database import Database
from domain.engine import Engine
from domain.event import EventLog
from domain.fetching import Fetcher
from domain.knowledge import Knowledge
from domain.memory import Memory
from domain.run import Limits
from domain.template import TemplateCard
from tools.executor import Executor

LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Part(Protocol):
    """One part of the installation, as /ready asks it."""

    @property
    def name(self) -> str: ...

    @property
    def using(self) -> str: ...

    @property
    def check(self) -> Callable[[], Awaitable[str]]:
        """Looks whether it works and gives a line about it; raises Unavailable with the way out."""
        ...


@dataclass(frozen=True)
class Bounds:
    """How much a door takes, and how long it waits."""

    upload_bytes: int = 500 * 1024 * 1024
    heartbeat_s: float = 10
    """Seconds between two comments that keep an idle event stream open."""
    send_timeout_s: float = 20
    """Seconds after which a client that reads nothing loses its stream."""


@dataclass
class Presence:
    """Who is at the doors right now."""

    open: int = 0
    """Requests and streams that are not answered to their end."""
    last_s: float = 0
    """When the last of them ended, by the loop's clock."""
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the server goes away: streams say goodbye and end."""


@dataclass(frozen=True)
class OAuth:
    """An authorization server whose tokens are taken at /mcp."""

    issuer: str
    jwks_url: str
    """Where its public keys are."""
    audience: str = ""
    """Whom its tokens are made for; the address of /mcp unless said."""


@dataclass(frozen=True)
class House:
    """One installation as its doors see it."""

    version: str
    fingerprint: str
    """Changes with every setting that a running server would have to know."""
    director: str
    """Who directs: `offline`, or the Gemini model's name."""
    data: Path
    """Folder of the installation; the server's lock and the sessions' secret lie in it."""
    database: Database
    log: EventLog
    blobs: Blobs
    engine: Engine
    executor: Executor
    templates: Sequence[TemplateCard]
    parts: Sequence[Part] = ()
    memory: Memory | None = None
    """What is at hand of runs and films, where something is."""
    knowledge: Knowledge | None = None
    fetcher: Fetcher | None = None
    """Brings what lies at public addresses; nothing where that is switched off."""
    limits: Limits = field(default_factory=Limits)
    """Of each run that starts here."""
    bounds: Bounds = field(default_factory=Bounds)
    meter: Meter = field(default_factory=Meter)
    """Counts who asks how often."""
    host: str | None = None
    """Address that the TCP port is bound to; None when there is no TCP port."""
    public_url: str = ""
    """Address that a proxy shows to the world, when there is one."""
    oauth: OAuth | None = None
    """Whose tokens are taken at /mcp; nobody's unless said."""
    detached: bool = False
    """Whether a command started this server in the background."""
    boxes: Untold = field(default_factory=Untold)
    """Boxes that this process has started and not written down yet."""
    presence: Presence = field(default_factory=Presence)
    shown: Shown = field(default_factory=Shown)

    @property
    def exposed(self) -> bool:
        """Whether others than this machine may reach the port: then nobody comes in without a key."""
        return self.host is not None and not is_loopback(self.host)

    @property
    def public_host(self) -> str:
        """The host name of `public_url`; empty when there is none."""
        return (urlsplit(self.public_url).hostname or "") if self.public_url else ""

    @property
    def uploads(self) -> Path:
        """Where uploads lie while they arrive."""
        return self.data / "uploads"


def is_loopback(host: str) -> bool:
    """Tell whether a host name or address means this machine alone."""
    bare = host.strip("[]").rstrip(".").lower()
    if bare in LOOPBACK:
        return True
    try:
        return ipaddress.ip_address(bare).is_loopback
    except ValueError:
        return False


def house_of(request: Request) -> House:
    """Give the house that a request came to."""
    house = request.app.state.house
    assert isinstance(house, House)
    return house


Home = Annotated[House, Depends(house_of)]
