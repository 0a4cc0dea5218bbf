"""What was made once and may be wanted again, up to so many bytes; what was not wanted longest goes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Kept(Generic[Thing]):
    """Keeps things by their key."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._bytes = 0
        self._things: OrderedDict[Hashable, tuple[Thing, int]] = OrderedDict()

    def get(self, key: Hashable) -> Thing | None:
        """Give what is kept under a key, if it is still there."""
        found = self._things.get(key)
        if found is None:
            return None
        self._things.move_to_end(key)
        return found[0]

    def put(self, key: Hashable, thing: Thing, weight: int) -> Thing:
        """Keep a thing that takes so many bytes, and give it back."""
        self._things[key] = (thing, weight)
        self._bytes += weight
        while self._bytes > self._most and len(self._things) > 1:
            _, (_, freed) = self._things.popitem(last=False)
            self._bytes -= freed
        return thing
