"""Replicate over its SDK: a prediction is made, waited for, and its expiring file fetched in the same step.

Deliberate oddities:
1. A model is asked for its schema first: every model of Replicate names its inputs in its own way.
2. What is called off here is called off there: a prediction goes on, and costs, until somebody cancels it.
3. Addresses of outputs stay in this file: they expire within the hour and let whoever has them read.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, cast

import httpx
from replicate.client import Client
from replicate.exceptions import ReplicateError
from replicate.prediction import Prediction

from domain.errors import LimitReached, ToolError, Unavailable, UserError
from domain.fetching import Fetcher
from domain.imagery import MadePicture, PictureWish, capped
from domain.media import HEAD, kind_of
from providers.replicate.config import ReplicateConfig
from providers.replicate.wishes import inputs

_ENDED = ("succeeded", "failed", "canceled")
_CANCEL_S = 1.5
"""Seconds that calling a prediction off may take: who says stop is answered within two."""
_UNREADABLE = (ValueError, KeyError, TypeError, AttributeError)
"""What the SDK says of an answer that it does not know: of pydantic 1, of JSON, and of its own reading."""


class Adapter:
    """Speaks with one model of Replicate."""

    def __init__(self, config: ReplicateConfig, fetcher: Fetcher) -> None:
        self._config = config
        self._fetcher = fetcher
        self._transport = Capped()
        self._client = Client(
            api_token=config.api_token.get_secret_value(),
            base_url=config.base_url or "https://api.replicate.com",
            timeout=httpx.Timeout(30, connect=10),
            transport=self._transport,
            headers={"Authorization": f"Bearer {config.api_token.get_secret_value()}"},
        )
        self._client.poll_interval = config.poll_s

    async def make(self, wish: PictureWish) -> MadePicture:
        """Make one picture."""
        try:
            async with asyncio.timeout(self._config.seconds), self._translated():
                prediction = await self._predicted(wish)
        except TimeoutError:
            raise ToolError(
                "timeout",
                f"{self._config.model} made no picture in {self._config.seconds:g} s and was called off; ask "
                "again later, or with a simpler prompt",
            ) from None
        content = await self._content(prediction)
        if kind_of(content[:HEAD]) != "image":
            raise self._no_picture("a file that is no PNG, JPEG or WebP picture")
        metrics = prediction.metrics or {}
        facts = {"prediction": prediction.id[:100]}
        if isinstance(seconds := metrics.get("predict_time"), int | float):
            facts["seconds"] = f"{seconds:.1f}"
        return MadePicture(content=content, maker=self._config.model, facts=facts)

    async def close(self) -> None:
        """Close the connections."""
        await self._transport.aclose()

    async def _predicted(self, wish: PictureWish) -> Prediction:
        prediction = await self._begun(wish)
        try:
            await prediction.async_wait()
        finally:
            if prediction.status not in _ENDED:
                await asyncio.shield(self._call_off(prediction))
        if prediction.status != "succeeded":
            said = str(prediction.error or prediction.status)[:300]
            raise ToolError("invalid", f"{self._config.model} made no picture: {said}; describe it otherwise")
        return prediction

    async def _begun(self, wish: PictureWish) -> Prediction:
        """Start a prediction: at the model's own address, or, where it has none, by its newest version."""
        name, _, version = self._config.model.partition(":")
        model = cast("Any", await self._client.models.async_get(name))
        latest = model.latest_version
        said = inputs(wish, name, latest.openapi_schema if latest is not None else None)
        if not version:
            try:
                return await self._client.models.predictions.async_create(model=name, input=said)
            except ReplicateError as refused:
                if refused.status != 404 or latest is None:
                    raise
                version = latest.id
        return await self._client.predictions.async_create(version=version, input=said)

    async def _call_off(self, prediction: Prediction) -> None:
        try:
            async with asyncio.timeout(_CANCEL_S):
                await self._client.predictions.async_cancel(prediction.id)
        except (TimeoutError, httpx.HTTPError, ReplicateError, *_UNREADABLE):
            return  # it ends by itself, and nobody waits for it

    async def _content(self, prediction: Prediction) -> bytes:
        """Fetch what a prediction made, now: its address expires."""
        address = _address(prediction.output)
        if address is None:
            raise self._no_picture(f"{type(prediction.output).__name__} in place of a file")
        if address.startswith("data:"):
            return self._inline(address)
        try:
            async with self._fetcher.fetch(address) as got:
                if got.kind != "image":
                    raise self._no_picture(f"a file of the kind {got.kind}")
                return await asyncio.to_thread(got.path.read_bytes)
        except LimitReached:
            raise ToolError(
                "limit", f"the picture of {self._config.model} is too large to be taken"
            ) from None
        except UserError as refused:
            raise ToolError(
                "unavailable",
                f"{self._config.model} made a picture that could not be fetched ({refused.code}): Replicate "
                "keeps it for a short while only. Ask again",
            ) from None

    def _inline(self, address: str) -> bytes:
        try:
            return base64.b64decode(address.partition(",")[2], validate=True)
        except binascii.Error:
            raise self._no_picture("data that cannot be read") from None

    def _no_picture(self, what: str) -> ToolError:
        return ToolError(
            "invalid",
            f"{self._config.model} answered with {what}; DIRECTOR_REPLICATE_MODEL has to name a model that "
            "makes pictures",
        )

    @asynccontextmanager
    async def _translated(self) -> AsyncGenerator[None]:
        """Say the SDK's errors in our words."""
        try:
            yield
        except ReplicateError as refused:
            raise self._weighed(refused) from refused
        except httpx.TimeoutException as late:
            raise ToolError("timeout", f"Replicate did not answer in time ({type(late).__name__})") from late
        except httpx.HTTPError as broken:
            raise Unavailable(
                "pictures", f"Replicate is away: {str(broken)[:200] or type(broken).__name__}"
            ) from broken
        except _UNREADABLE as odd:
            raise Unavailable("pictures", f"Replicate's answer cannot be read: {str(odd)[:200]}") from odd

    def _weighed(self, refused: ReplicateError) -> Exception:
        said = (refused.detail or refused.title or "no reason given")[:300]
        match refused.status:
            case 401 | 403:
                return UserError(
                    "replicate_token_refused",
                    f"Replicate refuses the token ({said}). Set REPLICATE_API_TOKEN to one that works, or "
                    "unset it.",
                )
            case 404:
                return UserError(
                    "unknown_model",
                    f"Replicate knows no model {self._config.model!r} ({said}). Set DIRECTOR_REPLICATE_MODEL "
                    "to an `owner/model` that makes pictures.",
                )
            case 402:
                return UserError("replicate_unpaid", f"Replicate wants to be paid first ({said}).")
            case 400 | 422:
                return ToolError(
                    "invalid", f"{self._config.model} refuses this wish ({said}); describe it otherwise"
                )
            case _:
                return Unavailable(
                    "pictures", f"Replicate is away ({refused.status} {said}); try again later"
                )


def _address(output: Any) -> str | None:
    """Where a prediction's first file lies."""
    if isinstance(output, str):
        return output if output.startswith(("https://", "http://", "data:")) else None
    if isinstance(output, dict):
        output = list(output.values())  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if isinstance(output, list):
        found = [_address(each) for each in output]  # pyright: ignore[reportUnknownVariableType]
        return next((each for each in found if each is not None), None)
    return None


class Capped(httpx.AsyncHTTPTransport):
    """A transport that reads no more of an answer than one may have."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await super().handle_async_request(request)
        assert isinstance(response.stream, httpx.AsyncByteStream)
        response.stream = _Stream(response.stream)
        return response


class _Stream(httpx.AsyncByteStream):
    def __init__(self, inner: httpx.AsyncByteStream) -> None:
        self._inner = inner

    def __aiter__(self) -> AsyncGenerator[bytes, None]:
        return capped(self._inner)

    async def aclose(self) -> None:
        await self._inner.aclose()
