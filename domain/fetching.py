"""Content at an address of the internet, and the seam that fetches it."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol

from domain.engine import MediaKind
from domain.nouns import Noun


class Fetched(Noun):
    """What lay at an address; a stranger's bytes, known by their beginning and nothing more."""

    path: Path
    """The content, until the context is left."""
    kind: MediaKind
    name: str
    """The last part of its address: nothing to be trusted."""
    url: str
    """Where it really lay, without the query: that may hold a signature."""
    bytes: int


class Fetcher(Protocol):
    """Fetches media, from public addresses only."""

    def fetch(self, url: str) -> AbstractAsyncContextManager[Fetched]:
        """Fetch what lies at an http or https address; the file is gone when the context ends.

        Raises UserError for an address that may not be asked, that does not answer, or that has no media,
        and LimitReached for more bytes than are taken.
        """
        ...
