"""Local makers of pictures that speak the wire protocols of Gemini and of Replicate, and are as strict."""

from __future__ import annotations

import asyncio
import base64
import json
import re
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, cast

from tests.web.server import Answer, Request, listening, whole

KEY = "a-good-key"
GEMINI_MODEL = "gemini-paints"
MODEL = "ada/paints"
VERSION = "5" * 64
Json = dict[str, Any]
RATIOS = ["1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3"]
SCHEMA: Json = {
    "components": {
        "schemas": {
            "Input": {
                "type": "object",
                "required": ["prompt"],
                "properties": {
                    "prompt": {"type": "string"},
                    "seed": {"type": "integer"},
                    "aspect_ratio": {
                        "allOf": [{"$ref": "#/components/schemas/aspect_ratio"}],
                        "default": "1:1",
                    },
                    "output_format": {"allOf": [{"$ref": "#/components/schemas/output_format"}]},
                    "num_outputs": {"type": "integer"},
                },
            },
            "aspect_ratio": {"type": "string", "enum": ["1:1", "16:9", "9:16", "3:2"]},
            "output_format": {"type": "string", "enum": ["webp", "jpg", "png"]},
        }
    }
}


@dataclass
class Asked:
    """One request."""

    method: str
    path: str
    headers: dict[str, str]
    body: Json


@dataclass
class Wire:
    """A server: what it was asked, what was wrong with that, and who answers."""

    answer: Callable[[Asked], Answer]
    address: str = ""
    asked: list[Asked] = field(default_factory=list[Asked])
    refused: list[str] = field(default_factory=list[str])

    def serve(self, request: Request) -> Answer:
        """Answer one request."""
        body: Json = json.loads(request.body) if request.body else {}
        self.asked.append(Asked(request.method, request.path, request.headers, body))
        return self.answer(self.asked[-1])

    def refuse(self, why: str, code: int = 422) -> bytes:
        """What a strict service says, written down for the test."""
        self.refused.append(why)
        return told({"title": "Refused", "detail": why, "status": code}, f"{code} Refused")


@asynccontextmanager
async def wire(answer: Callable[[Wire], Callable[[Asked], Answer]]) -> AsyncGenerator[Wire]:
    """Open a server."""
    made = Wire(lambda _: b"")
    made.answer = answer(made)
    async with listening(made.serve) as port:
        made.address = f"http://127.0.0.1:{port}"
        yield made


def told(body: Json, status: str = "200 OK", *headers: str) -> bytes:
    """An answer in JSON."""
    return whole(json.dumps(body).encode(), "Content-Type: application/json", *headers, status=status)


# -- Gemini


def painted(content: bytes, kind: str = "image/png") -> Json:
    """An answer with a picture in it, and a thought before it."""
    parts: list[Json] = [
        {"text": "A calm composition.", "thought": True},
        {"inlineData": {"mimeType": kind, "data": base64.b64encode(content).decode()}},
    ]
    return {
        "candidates": [{"content": {"role": "model", "parts": parts}, "finishReason": "STOP"}],
        "usageMetadata": {"promptTokenCount": 9, "candidatesTokenCount": 1290, "totalTokenCount": 1299},
    }


def spoken(text: str, finish: str = "STOP") -> Json:
    """An answer in words."""
    parts: list[Json] = [{"text": text}] if text else []
    return {"candidates": [{"content": {"role": "model", "parts": parts}, "finishReason": finish}]}


def failed(code: int, status: str, message: str, *headers: str) -> bytes:
    """An error as Google writes it."""
    body: Json = {"error": {"code": code, "status": status, "message": message}}
    return told(body, f"{code} {status}", *headers)


def gemini(*answers: Answer | Json) -> Callable[[Wire], Callable[[Asked], Answer]]:
    """Gemini's generateContent, which says these answers in their turn."""
    left = list(answers)

    def opened(server: Wire) -> Callable[[Asked], Answer]:
        def answer(asked: Asked) -> Answer:
            if wrong := _gemini_wrong(asked):
                return server.refuse(wrong, 400)
            if asked.headers.get("x-goog-api-key") != KEY:
                return failed(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.")
            if GEMINI_MODEL not in asked.path:
                return failed(404, "NOT_FOUND", "no such model")
            said = left.pop(0)
            return told(cast("Json", said)) if isinstance(said, dict) else said

        return answer

    return opened


def _gemini_wrong(asked: Asked) -> str:
    if not re.fullmatch(r"/v1/models/[\w.-]+:generateContent", asked.path) or asked.method != "POST":
        return f"no such method: {asked.method} {asked.path}"
    wanted: Json = asked.body.get("generationConfig", {})
    if wanted.get("responseModalities") != ["IMAGE"]:
        return f"responseModalities is {wanted.get('responseModalities')}"
    if wanted.get("imageConfig", {}).get("aspectRatio") not in RATIOS:
        return f"imageConfig is {wanted.get('imageConfig')}"
    if not isinstance(wanted.get("seed"), int):
        return "seed is missing"
    if asked.body.get("store") is not False:
        return "the request would be stored"
    unknown = set(asked.body) - {"contents", "generationConfig", "store"}
    return f"unknown fields {sorted(unknown)}" if unknown else ""


# -- Replicate


@dataclass
class Studio:
    """Replicate: one model, its predictions, and how far each is."""

    output: Any
    official: bool = True
    schema: Json | None = field(default_factory=lambda: SCHEMA)
    looks: int = 2
    """How often one has to look before a prediction ends."""
    end: str = "succeeded"
    error: str | None = None
    created: Answer | None = None
    """An answer in place of a prediction."""
    stream: str | None = ""
    cancelled: asyncio.Event = field(default_factory=asyncio.Event)
    looked: asyncio.Event = field(default_factory=asyncio.Event)

    def __call__(self, server: Wire) -> Callable[[Asked], Answer]:
        def answer(asked: Asked) -> Answer:
            if asked.headers.get("authorization") != f"Bearer {KEY}":
                return told({"title": "Unauthenticated", "detail": "bad token"}, "401 Unauthorized")
            match (asked.method, asked.path):
                case ("GET", "/v1/models/ada/paints"):
                    return told(self._model())
                case ("POST", "/v1/models/ada/paints/predictions") if self.official:
                    return self._create(server, asked, {"input"})
                case ("POST", "/v1/predictions"):
                    if asked.body.get("version") != VERSION:
                        return server.refuse(f"version is {asked.body.get('version')}")
                    return self._create(server, asked, {"input", "version"})
                case ("GET", "/v1/predictions/p1"):
                    self.looks -= 1
                    self.looked.set()
                    return told(self._prediction("processing" if self.looks > 0 else self.end))
                case ("POST", "/v1/predictions/p1/cancel"):
                    self.cancelled.set()
                    return told(self._prediction("canceled"))
                case _:
                    return told({"title": "Not found", "detail": "nothing is here"}, "404 Not Found")

        return answer

    def _create(self, server: Wire, asked: Asked, fields: set[str]) -> Answer:
        if set(asked.body) != fields:
            return server.refuse(f"fields are {sorted(asked.body)}")
        if self.schema is not None:
            known: Json = self.schema["components"]["schemas"]["Input"]["properties"]
            unknown = set(asked.body["input"]) - set(known)
            if unknown:
                return server.refuse(f"unknown inputs {sorted(unknown)}")
            ratios: list[str] = self.schema["components"]["schemas"].get("aspect_ratio", {}).get("enum", [])
            if ratios and asked.body["input"].get("aspect_ratio") not in ratios:
                return server.refuse(f"aspect_ratio is {asked.body['input'].get('aspect_ratio')}")
        return self.created if self.created is not None else told(self._prediction("starting"), "201 Created")

    def _prediction(self, status: str) -> Json:
        urls: Json = {"get": "https://api.example/p1", "cancel": "https://api.example/p1/cancel"}
        if self.stream != "":
            urls["stream"] = self.stream
        done = status == "succeeded"
        return {
            "id": "p1", "model": MODEL, "version": VERSION, "status": status, "input": {}, "logs": "",
            "output": self.output if done else None, "error": self.error if status == "failed" else None,
            "metrics": {"predict_time": 1.25} if done else {}, "urls": urls,
            "created_at": "2026-11-20T10:00:00Z", "started_at": None, "completed_at": None,
        }  # fmt: skip

    def _model(self) -> Json:
        version: Json = {
            "id": VERSION, "created_at": "2026-01-01T00:00:00Z", "cog_version": "0.9",
            "openapi_schema": self.schema,
        }  # fmt: skip
        return {
            "url": "https://replicate.example/ada/paints",
            "owner": "ada",
            "name": "paints",
            "description": "",
            "visibility": "public",
            "github_url": None,
            "paper_url": None,
            "license_url": None,
            "run_count": 1,
            "cover_image_url": None,
            "default_example": None,
            "latest_version": version if self.schema is not None else None,
        }
