"""Gemini over google-genai: one streamed turn, asked again until it is whole or there is no hope.

Deliberate oddities:
1. The HTTP client is ours, because the SDK takes whichever it finds, and sets no timeouts of its own.
2. The SDK's retries are off: they ignore what the provider asks for, and never mend a broken stream.
3. The SDK sends its timeout to the server as the time for the whole answer, so that header is ours as well.
4. Leaving the SDK's stream leaves its connection open: each response is known by its turn and closed by us.
5. No cache is made by name: it costs by the hour, and forbids tools and instructions beside it. Each request
   begins as the one before it did, which the service notices by itself.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Sequence

import httpx2
from google.genai import types

from domain.errors import Unavailable
from domain.model import NOW, Delta, Message, Reply, ToolSpec
from domain.nouns import new_id
from domain.run import Usage
from providers.gemini.client import client_of
from providers.gemini.config import GeminiConfig
from providers.gemini.gathering import Gathering, both, used
from providers.gemini.history import contents, declarations
from providers.gemini.trouble import FAILURES, Patience, weigh

log = logging.getLogger(__name__)

LONGEST_TURN_S = 600
"""Seconds that the server may take for one whole answer."""
_TURN = "x-director-turn"


class Adapter:
    """Speaks with one Gemini model."""

    def __init__(self, config: GeminiConfig) -> None:
        self._config = config
        self._price = config.prices.get(config.model, config.price)
        self._responses: dict[str, httpx2.Response] = {}
        hooks = {"request": [self._prepare], "response": [self._remember]}
        self._http = httpx2.AsyncClient(event_hooks=hooks)
        self._client = client_of(config, self._http, {"X-Server-Timeout": str(LONGEST_TURN_S)})

    async def reply(
        self, briefing: str, messages: Sequence[Message], tools: Sequence[ToolSpec]
    ) -> AsyncGenerator[Delta | Reply, None]:
        """Stream one answer; an attempt that breaks off is thrown away whole."""
        lasting, heading, now = briefing.partition(NOW)
        conversation = contents(messages, self._config.model, f"{heading}{now}")
        turn = new_id()
        asked = self._ask(lasting.rstrip(), tools, turn)
        patience = Patience(self._config)
        spent = Usage()
        while True:
            gathering = Gathering()
            try:
                stream = await self._client.aio.models.generate_content_stream(
                    model=self._config.model, contents=list(conversation), config=asked
                )
                async for chunk in stream:
                    if text := gathering.take(chunk):
                        yield Delta(text=text)
                reply = gathering.reply(both(spent, used(gathering.usage, self._price)))
            except FAILURES as failure:
                spent = both(spent, used(gathering.usage, self._price))
                await self._wait(patience, failure)
            else:
                yield reply
                return
            finally:
                if response := self._responses.pop(turn, None):
                    await response.aclose()

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aio.aclose()
        await self._http.aclose()
        self._client.close()

    async def _wait(self, patience: Patience, failure: Exception) -> None:
        assert isinstance(failure, FAILURES)
        trouble = weigh(failure, self._config)
        try:
            pause = patience.pause(trouble)
        except Unavailable as away:
            raise away from failure
        log.warning(
            "model asked again",
            extra={"action": "model_retry", "reason": trouble.message, "pause_s": round(pause, 2)},
        )
        await asyncio.sleep(pause)

    def _ask(self, briefing: str, tools: Sequence[ToolSpec], turn: str) -> types.GenerateContentConfig:
        declared = declarations(tools)
        mode = types.FunctionCallingConfigMode.AUTO
        thinking = self._config.thinking
        return types.GenerateContentConfig(
            http_options=types.HttpOptions(headers={_TURN: turn}),
            system_instruction=briefing or None,
            tools=list(declared) or None,
            tool_config=types.ToolConfig(function_calling_config=types.FunctionCallingConfig(mode=mode))
            if declared
            else None,
            automatic_function_calling=types.AutomaticFunctionCallingConfig(disable=True),
            automatic_continuation=False,
            store=False,
            max_output_tokens=self._config.longest_answer,
            thinking_config=types.ThinkingConfig(thinking_level=types.ThinkingLevel(thinking.upper()))
            if thinking
            else None,
        )

    async def _prepare(self, request: httpx2.Request) -> None:
        """Give each request its own timeouts, for the SDK knows only one; the turn's mark stays at home."""
        request.extensions["turn"] = request.headers.pop(_TURN, "")
        read, connect = self._config.read_timeout_s, self._config.connect_timeout_s
        request.extensions["timeout"] = {"connect": connect, "read": read, "write": read, "pool": connect}

    async def _remember(self, response: httpx2.Response) -> None:
        self._responses[response.request.extensions["turn"]] = response
