"""What Gemini can take from its cache: requests that begin as the one before them did."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from domain.model import NOW, Message, ModelMessage, Reply, ToolAnswer, ToolMessage, UserMessage
from providers.gemini import create
from tests.contracts.models import TOOLS, config
from tests.gemini.script import Json, answer
from tests.gemini.server import gemini
from tests.gemini.strict import get, items

TURNS = 12
RULES = "You make films. " * 400


def spelled(body: Json) -> str:
    """A request in the order in which a provider reads it: tools, instructions, conversation."""
    parts = (get(body, name) for name in ("tools", "system_instruction", "contents"))
    return "".join(json.dumps(part, sort_keys=True) for part in parts)


def same(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    return next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))


async def test_what_changes_from_turn_to_turn_stands_behind_all_that_was_said() -> None:
    lines = [answer(f"Step {turn}.", ("list_templates", {"n": turn})) for turn in range(TURNS)]
    async with gemini(lines) as server:
        model = create(config(server.address))
        messages: list[Message] = [UserMessage(text="A teaser for Noor Tea. " * 40)]
        for turn in range(TURNS):
            reply = await _reply(model, f"{RULES}\n\n{NOW}\n\nRevision {turn}: files {turn}.", messages)
            messages += _heard(reply, model.name)
        await model.close()
        assert server.refused == []
    texts = [spelled(request.body) for request in server.requests]
    shares = [same(one, other) / len(one) for one, other in pairwise(texts)]
    assert min(shares) > 0.97, shares
    first = server.requests[0].body
    assert NOW not in json.dumps(get(first, "system_instruction"))
    last = items(items(server.requests[-1].body, "contents")[-1], "parts")[-1]
    assert last["text"].startswith(NOW)
    assert f"Revision {TURNS - 1}" in last["text"]


async def test_a_briefing_without_a_changing_part_is_all_instructions() -> None:
    async with gemini([answer("Done.")]) as server:
        model = create(config(server.address))
        await _reply(model, RULES, [UserMessage(text="Hello")])
        await model.close()
    [content] = items(server.requests[0].body, "contents")
    assert items(content, "parts") == [{"text": "Hello"}]


async def _reply(model: Any, briefing: str, messages: Sequence[Message]) -> Reply:
    pieces = [piece async for piece in model.reply(briefing, messages, TOOLS)]
    assert isinstance(pieces[-1], Reply)
    return pieces[-1]


def _heard(reply: Reply, name: str) -> list[Message]:
    told = tuple(
        ToolAnswer(call_id=call.call_id, tool=call.tool, output={"summary": "ok " * 100})
        for call in reply.calls
    )
    said = ModelMessage(
        model=name, text=reply.text, calls=reply.calls, provider_content=reply.provider_content
    )
    return [said, ToolMessage(answers=told)]
