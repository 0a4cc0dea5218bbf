"""What a request was answered with, so that the same request again gets the same answer."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from pydantic import JsonValue

from domain.nouns import Noun

KEPT_S = 48 * 3600
"""Seconds that an answer is kept."""


class Receipt(Noun):
    """The answer to one request that named itself by a key."""

    key: str
    request_hash: str
    """SHA-256 of what was asked: another request under the same key is a mistake."""
    status: int
    answer: dict[str, JsonValue]
    created_at: datetime


class Receipts(Protocol):
    """The receipts of the owner's requests."""

    async def find(self, key: str) -> Receipt | None:
        """Give the receipt of a key, if it is not too old."""
        ...

    async def keep(self, receipt: Receipt) -> None:
        """Write a receipt down with what it tells of; forgets the owner's old ones.

        Raises Conflict when the key was used by a request that is not committed yet.
        """
        ...
