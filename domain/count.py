"""Numbers that all processes of the house add to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

BOXES = "boxes"
"""Sandboxes that were started."""


@dataclass
class Untold:
    """What this process has done and not written down yet."""

    number: int = 0

    def add(self) -> None:
        """Count one more."""
        self.number += 1


class Counts(Protocol):
    """Numbers that only grow."""

    async def add(self, name: str, number: int) -> None:
        """Add to a number; one that nobody has added to is 0."""
        ...

    async def get(self, name: str) -> int:
        """How far a number has come."""
        ...
