"""Replicate as a maker of pictures: a light front that loads the SDK with the first picture."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from domain.fetching import Fetcher
from domain.imagery import MadePicture, PictureWish
from domain.plugins import load
from providers.replicate.config import ReplicateConfig

if TYPE_CHECKING:
    from providers.replicate.adapter import Adapter


class Replicate:
    """The PictureMaker seam over any model of Replicate (see domain/imagery.py)."""

    def __init__(self, config: ReplicateConfig, fetcher: Fetcher) -> None:
        self.name = f"Replicate {config.model}"
        self.most_usd = config.most_usd
        self._config = config
        self._fetcher = fetcher
        self._adapter: Adapter | None = None

    async def make(self, wish: PictureWish) -> MadePicture:
        if self._adapter is None:
            module = await asyncio.to_thread(load, "providers.replicate", "adapter")
            self._adapter = module.Adapter(self._config, self._fetcher)
        assert self._adapter is not None
        return await self._adapter.make(wish)

    async def close(self) -> None:
        if self._adapter is not None:
            await self._adapter.close()


def create(config: ReplicateConfig, fetcher: Fetcher) -> Replicate:
    """Make the maker."""
    return Replicate(config, fetcher)
