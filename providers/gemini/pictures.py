"""Pictures by a Gemini model over google-genai: one answer, at most so large, whose one picture is taken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

import httpx2
from google.genai import errors, types

from domain.errors import ToolError
from domain.imagery import MadePicture, PictureWish, capped
from domain.media import HEAD, kind_of
from providers.gemini.client import client_of
from providers.gemini.config import GeminiConfig
from providers.gemini.trouble import FAILURES, Patience, weigh

_REFUSED_UNDONE = frozenset({429, 503})
"""States that say that nothing was made, so that asking again makes and costs one picture."""


class PictureAdapter:
    """Speaks with one Gemini model that makes pictures."""

    def __init__(self, config: GeminiConfig) -> None:
        self._config = config
        seconds = config.read_timeout_s
        self._http = httpx2.AsyncClient(transport=Capped(), timeout=seconds)
        self._client = client_of(config, self._http)

    async def make(self, wish: PictureWish) -> MadePicture:
        """Make one picture."""
        patience = Patience(self._config)
        try:
            async with asyncio.timeout(self._config.read_timeout_s):
                while True:
                    try:
                        return self._taken(await self._ask(wish))
                    except errors.APIError as failure:
                        trouble = weigh(failure, self._config)
                        if failure.code not in _REFUSED_UNDONE:
                            raise
                        await asyncio.sleep(patience.pause(trouble))
        except (TimeoutError, httpx2.TimeoutException):
            raise ToolError(
                "timeout",
                f"{self._config.model} made no picture in {self._config.read_timeout_s:g} s; it may have "
                "cost something all the same. Ask again with a simpler prompt, or later",
            ) from None
        except FAILURES as failure:
            trouble = weigh(failure, self._config)
            raise ToolError("unavailable", f"{self._config.model} is away: {trouble.message}") from failure
        except ValueError as odd:  # of JSON and of pydantic, which the SDK lets through
            raise ToolError(
                "unavailable", f"{self._config.model} sent what cannot be read; ask again"
            ) from odd

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aio.aclose()
        await self._http.aclose()
        self._client.close()

    async def _ask(self, wish: PictureWish) -> types.GenerateContentResponse:
        return await self._client.aio.models.generate_content(
            model=self._config.model,
            contents=[types.Content(role="user", parts=[types.Part(text=wish.words)])],
            config=types.GenerateContentConfig(
                response_modalities=["IMAGE"],
                image_config=types.ImageConfig(aspect_ratio=wish.aspect_ratio),
                seed=wish.seed,
                automatic_function_calling=types.AutomaticFunctionCallingConfig(disable=True),
                automatic_continuation=False,
                store=False,
            ),
        )

    def _taken(self, answer: types.GenerateContentResponse) -> MadePicture:
        """Find the picture in an answer; raises ToolError that says what came in its place."""
        name = self._config.model
        if answer.prompt_feedback and answer.prompt_feedback.block_reason:
            reason = answer.prompt_feedback.block_reason.value
            raise ToolError("invalid", f"{name} refuses this prompt ({reason}); describe something else")
        candidate = answer.candidates[0] if answer.candidates else None
        parts = (candidate.content.parts if candidate and candidate.content else None) or []
        blobs = [part.inline_data for part in parts if part.inline_data and part.inline_data.data]
        if not blobs:
            said = " ".join(part.text for part in parts if part.text and not part.thought).strip()
            ended = candidate.finish_reason.value if candidate and candidate.finish_reason else "no reason"
            what = f"words ({said[:200]!r})" if said else f"nothing ({ended})"
            raise ToolError(
                "invalid", f"{name} answered with {what} and no picture; describe the picture alone"
            )
        content = blobs[0].data or b""
        if kind_of(content[:HEAD]) != "image":
            kind = (blobs[0].mime_type or "an unknown type")[:60]
            raise ToolError("invalid", f"{name} sent {kind} that is no PNG, JPEG or WebP picture; ask again")
        used = answer.usage_metadata.total_token_count if answer.usage_metadata else None
        return MadePicture(content=content, maker=name, facts={"tokens": str(used)} if used else {})


class Capped(httpx2.AsyncHTTPTransport):
    """A transport that reads no more of an answer than one may have."""

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        response = await super().handle_async_request(request)
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        response.stream = _Stream(response.stream)
        return response


class _Stream(httpx2.AsyncByteStream):
    def __init__(self, inner: httpx2.AsyncByteStream) -> None:
        self._inner = inner

    def __aiter__(self) -> AsyncGenerator[bytes, None]:
        return capped(self._inner)

    async def aclose(self) -> None:
        await self._inner.aclose()


def create(config: GeminiConfig) -> PictureAdapter:
    """Make the adapter; importing this module loads the SDK."""
    return PictureAdapter(config)
