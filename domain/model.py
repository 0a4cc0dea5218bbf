"""A model that decides what to do next: what it reads and what it answers."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from typing import Final, Literal, Protocol

from pydantic import JsonValue

from domain.event import Call
from domain.nouns import Noun
from domain.run import Usage

NOW: Final = "# How it stands now"
"""The heading in a briefing after which it changes from turn to turn; what is before it lasts a whole run."""


class Image(Noun):
    """A picture for the model's eyes."""

    media_type: Literal["image/png", "image/jpeg"]
    content: bytes
    caption: str = ""


class UserMessage(Noun):
    """What the user, or the loop in the user's place, says."""

    role: Literal["user"] = "user"
    text: str
    images: tuple[Image, ...] = ()


class ModelMessage(Noun):
    """What the model said before; `provider_content` goes back to the same provider verbatim."""

    role: Literal["model"] = "model"
    model: str
    text: str
    calls: tuple[Call, ...] = ()
    provider_content: JsonValue = None


class ToolAnswer(Noun):
    """What one call came to."""

    call_id: str
    tool: str
    failed: bool = False
    output: dict[str, JsonValue]
    images: tuple[Image, ...] = ()


class ToolMessage(Noun):
    """The answers to all calls of the model message before it, in their order."""

    role: Literal["tool"] = "tool"
    answers: tuple[ToolAnswer, ...]


Message = UserMessage | ModelMessage | ToolMessage


class ToolSpec(Noun):
    """A tool as data: what a model may be told about it."""

    name: str
    description: str
    args_schema: dict[str, JsonValue]
    result_schema: dict[str, JsonValue]


class Delta(Noun):
    """A piece of text while the model speaks."""

    text: str


class Reply(Noun):
    """The model's whole answer; no calls means that it thinks it is done."""

    text: str
    calls: tuple[Call, ...] = ()
    usage: Usage = Usage()
    provider_content: JsonValue = None
    stopped: Literal["done", "length", "blocked", "malformed"] = "done"
    """Why it stopped: by itself, at its length limit, by a safety block, or with a call nobody can read."""


class Model(Protocol):
    """Something that reads a conversation and answers."""

    name: str
    """As events show it: `offline`, `gemini-3.8-flash`."""
    folds: bool
    """Whether it is told the beginning of a long conversation in short; rules read every word, at no cost."""

    def reply(
        self, briefing: str, messages: Sequence[Message], tools: Sequence[ToolSpec]
    ) -> AsyncGenerator[Delta | Reply, None]:
        """Stream the answer: any number of deltas, then exactly one reply.

        A provider that keeps the beginning of prompts puts what follows NOW in the briefing last.

        Closing the generator ends the request. Raises Unavailable when the provider is away for good, after
        its own retries, and UserError when it refuses the key or the model's name.
        """
        ...
