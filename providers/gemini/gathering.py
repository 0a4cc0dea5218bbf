"""One answer, gathered from the chunks of a stream."""

from __future__ import annotations

from typing import Final, Literal

from google.genai import types

from domain.event import Call
from domain.model import Reply
from domain.nouns import new_id
from domain.run import Usage
from providers.gemini.config import Price
from providers.gemini.history import stored

Stopped = Literal["done", "length", "blocked", "malformed"]

_STOPPED: Final[dict[str, Stopped]] = {
    "STOP": "done",
    "MAX_TOKENS": "length",
    "CONTINUATION": "length",
    "SAFETY": "blocked",
    "RECITATION": "blocked",
    "LANGUAGE": "blocked",
    "BLOCKLIST": "blocked",
    "PROHIBITED_CONTENT": "blocked",
    "SPII": "blocked",
    "MODEL_ARMOR": "blocked",
}
"""Every other reason is an answer that is no use and may be asked for again: MALFORMED_FUNCTION_CALL,
UNEXPECTED_TOOL_CALL, TOO_MANY_TOOL_CALLS, OTHER, and those that do not exist yet."""


class Interrupted(Exception):
    """The stream ended without saying why: nobody knows what is missing."""


class Gathering:
    """The parts of one answer in their order, and its end."""

    def __init__(self) -> None:
        self.parts: list[types.Part] = []
        self.usage: types.GenerateContentResponseUsageMetadata | None = None
        self.finish: str = ""
        self.blocked: str = ""

    def take(self, chunk: types.GenerateContentResponse) -> str:
        """Take a chunk in; gives the text that it adds for the user."""
        # Each chunk counts everything so far, so the last one has the total.
        self.usage = chunk.usage_metadata or self.usage
        if chunk.prompt_feedback and chunk.prompt_feedback.block_reason:
            self.blocked = chunk.prompt_feedback.block_reason.value
        if not chunk.candidates:
            return ""
        candidate = chunk.candidates[0]
        if candidate.finish_reason:
            self.finish = candidate.finish_reason.value
        parts = (candidate.content.parts if candidate.content else None) or []
        self.parts += parts
        return "".join(part.text for part in parts if part.text and not part.thought)

    def reply(self, usage: Usage) -> Reply:
        """Give the whole answer.

        Raises Interrupted when the stream has no end.
        """
        if self.blocked:
            return Reply(text=self.blocked, usage=usage, stopped="blocked")
        if not self.finish:
            raise Interrupted
        stopped = _STOPPED.get(self.finish, "malformed")
        if stopped == "blocked":
            return Reply(text=self.finish, usage=usage, stopped=stopped)
        text = "".join(part.text for part in self.parts if part.text and not part.thought)
        if stopped == "malformed":
            return Reply(text=text, usage=usage, stopped=stopped)
        calls = tuple(
            Call(call_id=call.id or new_id(), tool=call.name or "", args=call.args or {})
            for part in self.parts
            if (call := part.function_call)
        )
        content = stored(types.Content(role="model", parts=self.parts)) if self.parts else None
        return Reply(text=text, calls=calls, usage=usage, provider_content=content, stopped=stopped)


def used(counted: types.GenerateContentResponseUsageMetadata | None, price: Price) -> Usage:
    """Say what an answer has used and cost; thinking is paid as answering."""
    if counted is None:
        return Usage(turns=1)
    prompt = (counted.prompt_token_count or 0) + (counted.tool_use_prompt_token_count or 0)
    cached = counted.cached_content_token_count or 0
    answer = (counted.candidates_token_count or 0) + (counted.thoughts_token_count or 0)
    cost = (prompt - cached) * price.prompt + cached * price.cached + answer * price.answer
    return Usage(
        turns=1,
        prompt_tokens=prompt,
        answer_tokens=answer,
        cached_tokens=cached,
        cost_usd=round(cost / 1_000_000, 6),
    )


def both(one: Usage, other: Usage) -> Usage:
    """Add what an attempt that failed has used to the next one's."""
    return Usage(
        turns=1,
        prompt_tokens=one.prompt_tokens + other.prompt_tokens,
        answer_tokens=one.answer_tokens + other.answer_tokens,
        cached_tokens=one.cached_tokens + other.cached_tokens,
        cost_usd=round(one.cost_usd + other.cost_usd, 6),
    )
