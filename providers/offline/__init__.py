"""The offline director: a model of rules that reads a prompt and drives the same tools as any other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence

from domain.model import Delta, Message, Reply, ToolSpec
from domain.plugins import load


class Offline:
    """Decides everything from the conversation it is given, so the same conversation gets the same answer."""

    name = "offline"
    folds = False

    async def reply(
        self, briefing: str, messages: Sequence[Message], tools: Sequence[ToolSpec]
    ) -> AsyncGenerator[Delta | Reply, None]:
        # The rules are hundreds of patterns to compile: in a thread, so that the server goes on answering.
        rules = await asyncio.to_thread(load, "providers.offline", "rules")
        reply: Reply = rules.answer(briefing, messages)
        for word in reply.text.split(" ") if reply.text else ():
            yield Delta(text=f"{word} ")
        yield reply


def create() -> Offline:
    """Make the model."""
    return Offline()
