"""Gemini as a model: a light front that loads the SDK with the first reply."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING

from domain.imagery import MadePicture, PictureWish
from domain.model import Delta, Message, Reply, ToolSpec
from domain.plugins import load
from providers.gemini.config import GeminiConfig

if TYPE_CHECKING:
    from providers.gemini.adapter import Adapter
    from providers.gemini.pictures import PictureAdapter


class Gemini:
    """A Gemini model over generateContent: stateless, streamed, with a tool loop of our own."""

    folds = True

    def __init__(self, config: GeminiConfig) -> None:
        self.name = config.model
        self._config = config
        self._adapter: Adapter | None = None

    async def reply(
        self, briefing: str, messages: Sequence[Message], tools: Sequence[ToolSpec]
    ) -> AsyncGenerator[Delta | Reply, None]:
        if self._adapter is None:
            # The SDK takes a second to import: in a thread, so that the server goes on answering.
            module = await asyncio.to_thread(load, "providers.gemini", "adapter")
            self._adapter = module.Adapter(self._config)
        assert self._adapter is not None
        async with aclosing(self._adapter.reply(briefing, messages, tools)) as stream:
            async for piece in stream:
                yield piece

    async def close(self) -> None:
        """Close the connections."""
        if self._adapter is not None:
            await self._adapter.close()


class GeminiPictures:
    """The PictureMaker seam over a Gemini model that makes pictures (see domain/imagery.py)."""

    def __init__(self, config: GeminiConfig, most_usd: float) -> None:
        self.name = f"Gemini {config.model}"
        self.most_usd = most_usd
        self._config = config
        self._adapter: PictureAdapter | None = None

    async def make(self, wish: PictureWish) -> MadePicture:
        if self._adapter is None:
            module = await asyncio.to_thread(load, "providers.gemini", "pictures")
            self._adapter = module.create(self._config)
        assert self._adapter is not None
        return await self._adapter.make(wish)

    async def close(self) -> None:
        if self._adapter is not None:
            await self._adapter.close()


def create(config: GeminiConfig) -> Gemini:
    """Make the model."""
    return Gemini(config)
