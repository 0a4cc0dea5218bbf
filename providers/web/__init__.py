"""The web as a place to fetch media from: a light front that loads what connects with the first address."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from domain.fetching import Fetched
from domain.plugins import load
from providers.web.config import FetchConfig

if TYPE_CHECKING:
    from providers.web.fetch import WebFetcher


class Web:
    """The Fetcher seam over the public web (see domain/fetching.py)."""

    def __init__(self, config: FetchConfig) -> None:
        self._config = config
        self._fetcher: WebFetcher | None = None

    @asynccontextmanager
    async def fetch(self, url: str) -> AsyncGenerator[Fetched]:
        """Fetch what lies at an address; the file is gone when the context ends."""
        if self._fetcher is None:
            module = await asyncio.to_thread(load, "providers.web", "fetch")
            self._fetcher = module.WebFetcher(self._config)
        assert self._fetcher is not None
        async with self._fetcher.fetch(url) as got:
            yield got


def create(config: FetchConfig) -> Web:
    """Make the fetcher."""
    return Web(config)
