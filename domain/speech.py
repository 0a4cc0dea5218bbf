"""Saying words aloud, and the seam that every voice fulfils."""

from __future__ import annotations

import hashlib
from typing import Protocol

from domain.composition import Speech


class Speaker(Protocol):
    """Turns words into a recording."""

    name: str
    """Which voice it is, with its version: part of a recording's identity."""

    async def say(self, speech: Speech) -> bytes:
        """Record a speech as a WAV file; the same words in the same manner sound the same.

        Raises Unavailable when no voice can be had, ToolError("invalid" | "limit", …) for words that it
        cannot say.
        """
        ...


def recording_path(speech: Speech) -> str:
    """Where in a film's box the recording of a speech lies: named by all that the film says of it."""
    digest = hashlib.sha256(speech.model_dump_json().encode()).hexdigest()
    return f".spoken/{digest[:32]}.wav"
