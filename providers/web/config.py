"""The settings of fetching."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class FetchConfig:
    """How much is taken, and how long is waited."""

    folder: Path
    """For files that pass through."""
    largest: int = 100 * 1024 * 1024
    """Bytes."""
    connect_s: float = 10
    read_s: float = 15
    """Seconds without a byte."""
    total_s: float = 120
    """Seconds for all of it, redirects too: a body that trickles ends here."""
