"""The queues as their operator steers them, and how much they take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from domain.errors import LimitReached
from domain.job import JobKind
from domain.nouns import Noun

QueueState = Literal["open", "paused", "draining"]
Priority = Literal["high", "normal", "low"]
KINDS: tuple[JobKind, ...] = ("agent", "render", "analysis")
STEP = 10
"""Priority between low, normal and high."""
PRIORITIES: dict[Priority, int] = {"high": STEP, "normal": 0, "low": -STEP}
AGED_S = 300.0
"""Seconds after which a waiting job counts one step higher, and after twice the time two: none starves."""
SERVED_S = 3_600.0
"""Seconds for which it is remembered whose job was taken last."""


@dataclass(frozen=True)
class Room:
    """How many jobs of a kind may wait, before new ones are sent away."""

    all: int = 10_000
    each: int = 1_000
    """Of one user."""


class QueueFull(LimitReached):
    """A user has too many jobs waiting; some of them have to end first."""

    status = 429


class Queue(Noun):
    """One queue: `paused` gives nothing out, `draining` takes nothing in."""

    kind: JobKind
    state: QueueState = "open"
    changed_at: datetime | None = None


class Queues(Protocol):
    """What the operator has said about the queues."""

    async def list(self) -> list[Queue]:
        """All queues, in the order of KINDS."""
        ...

    async def set(self, kind: JobKind, state: QueueState) -> Queue:
        """Open, pause or drain a queue."""
        ...
