"""A server that exits at one boundary of its ledger: `python -m bench.chaos.crashing POINT COUNT COMMAND…`.

The boundaries are wrapped from outside, so that the product knows nothing of it; they count from the first
tool call on.
"""

from __future__ import annotations

import functools
import inspect
import os
import sys
from collections.abc import Callable
from typing import Any

from main import main
from storage.blobs import LocalBlobs
from storage.rows.events import SqlEvents
from storage.rows.jobs import SqlJobs
from storage.rows.steps import SqlSteps
from storage.steady import SteadyConnection
from tools.executor import Executor

CODE = 77
WRAPPED: dict[str, tuple[type, str]] = {
    "intent": (SqlSteps, "intend"),
    "effect": (Executor, "_try"),
    "result": (SqlSteps, "finish"),
    "event": (SqlEvents, "append"),
    "commit": (SteadyConnection, "commit"),
    "ack": (SqlJobs, "finish"),
    "rename": (LocalBlobs, "_settle"),
    "blob": (LocalBlobs, "_put"),
}
POINTS = tuple(f"{name}-{side}" for name in WRAPPED for side in ("before", "after"))


class Fuse:
    """Counts how often a boundary was reached, and ends the process there."""

    def __init__(self, left: int) -> None:
        self._left = left
        self.is_armed = False

    def burn(self) -> None:
        """Count once; the process is gone without a word when it was the last time."""
        if self.is_armed:
            self._left -= 1
            if self._left == 0:
                os._exit(CODE)


def wrap(owner: type, name: str, before: Callable[[], None], after: Callable[[], None]) -> None:
    """Have something done before and after each call of a method."""
    inner: Any = getattr(owner, name)

    @functools.wraps(inner)
    async def awaited(*arguments: Any, **named: Any) -> Any:
        before()
        result = await inner(*arguments, **named)
        after()
        return result

    @functools.wraps(inner)
    def called(*arguments: Any, **named: Any) -> Any:
        before()
        result = inner(*arguments, **named)
        after()
        return result

    setattr(owner, name, awaited if inspect.iscoroutinefunction(inner) else called)


def prepare(point: str, count: int) -> None:
    """Lay the fuse."""
    name, _, side = point.partition("-")
    fuse = Fuse(count)

    def nothing() -> None:
        return

    wrap(*WRAPPED[name], *((fuse.burn, nothing) if side == "before" else (nothing, fuse.burn)))

    def arm() -> None:
        fuse.is_armed = True

    wrap(SqlSteps, "intend", arm, nothing)


if __name__ == "__main__":
    prepare(sys.argv[1], int(sys.argv[2]))
    sys.exit(main(sys.argv[3:]))
