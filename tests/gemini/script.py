"""What the local Gemini says: answers and faults, as data."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Status:
    """An answer that is no stream: an HTTP error with the provider's body."""

    code: int
    status: str
    message: str
    details: list[Json] = field(default_factory=list[Json])
    headers: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def body(self) -> Json:
        error: Json = {"code": self.code, "message": self.message, "status": self.status}
        return {"error": {**error, "details": self.details} if self.details else error}


@dataclass(frozen=True)
class Stream:
    """A stream of chunks and how it ends."""

    chunks: Sequence[Json]
    end: str = "clean"
    """clean: a whole body · drop: the connection is cut · hang: nothing more comes · torn: half a chunk."""


Behaviour = Status | Stream
Line = Behaviour | Callable[[Json], Behaviour]
"""A behaviour, or one that reads the request first."""

_numbers = count(1)


def usage(prompt: int = 1200, answer: int = 40, thoughts: int = 25, cached: int = 0) -> Json:
    """The running total as each chunk carries it."""
    return {
        "promptTokenCount": prompt,
        "candidatesTokenCount": answer,
        "thoughtsTokenCount": thoughts,
        "cachedContentTokenCount": cached,
        "totalTokenCount": prompt + answer + thoughts,
    }


def signature(seed: int) -> str:
    """A thought signature: bytes whose standard alphabet has + and /."""
    content = b"\xfb\xef\xbe\xff" + hashlib.sha512(str(seed).encode()).digest()
    return base64.b64encode(content).decode()


def chunk(
    parts: Sequence[Json] | None, *, finish: str = "", counted: Json | None = None, **more: Any
) -> Json:
    """One chunk of a stream."""
    candidate: Json = {"index": 0, **more}
    if parts is not None:
        candidate["content"] = {"role": "model", "parts": list(parts)}
    if finish:
        candidate["finishReason"] = finish
    return {"candidates": [candidate], "usageMetadata": counted or usage(answer=3), "modelVersion": "local"}


def answer(text: str = "", *calls: tuple[str, Json]) -> Stream:
    """A whole answer: text word by word, then each call in a chunk of its own; the first one is signed."""
    signed = signature(next(_numbers))
    words = [f"{word} " for word in text.split(" ")] if text else []
    chunks = [chunk([{"text": word}]) for word in words]
    for index, (name, args) in enumerate(calls):
        part: Json = {"functionCall": {"id": f"fc-{next(_numbers)}", "name": name, "args": args}}
        if index == 0:
            part["thoughtSignature"] = signed
        chunks.append(chunk([part]))
    if not calls:
        chunks.append(chunk([{"text": "", "thoughtSignature": signed}]))
    chunks.append(chunk(None, finish="STOP", counted=usage()))
    return Stream(chunks)


def finished(reason: str) -> Stream:
    """An answer without content that ends for a reason of its own."""
    return Stream([chunk(None, finish=reason, counted=usage(), finishMessage="as the model put it")])


def blocked_prompt() -> Stream:
    """A prompt that the provider will not answer."""
    return Stream(
        [{"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}, "usageMetadata": usage(answer=0)}]
    )


def quota(delay: str) -> Status:
    """Too many requests, with the pause that the provider asks for."""
    retry = {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": delay}
    return Status(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota.", [retry])


def overloaded() -> Status:
    """The provider has too much to do."""
    return Status(503, "UNAVAILABLE", "The model is overloaded. Please try again later.")


def broken_midway() -> Stream:
    """An error event after some words."""
    error = {
        "error": {"code": 503, "message": "The service is currently unavailable.", "status": "UNAVAILABLE"}
    }
    return Stream([chunk([{"text": "Once upon "}]), error])
