"""The HTTP API as a command uses it: over the local socket, or at DIRECTOR_URL."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import httpx
from httpx_sse import aconnect_sse
from pydantic import BaseModel, ConfigDict, JsonValue

from domain.errors import Unavailable, UserError

Json = dict[str, JsonValue]
_PAUSES_S = (0.2, 0.5, 1, 2, 4, 8)


class Health(BaseModel):
    """What a server says of itself."""

    model_config = ConfigDict(extra="ignore")

    status: str
    version: str
    fingerprint: str = ""
    pid: int = 0
    detached: bool = False
    busy: bool = False
    director: str = ""


@dataclass(frozen=True)
class Sent:
    """One event as it came over the wire."""

    seq: int
    type: str
    data: Json


class Client:
    """Speaks to one server; use it as a context."""

    def __init__(self, *, socket: Path | None = None, url: str = "", key: str = "") -> None:
        transport = httpx.AsyncHTTPTransport(uds=str(socket)) if socket else None
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._http = httpx.AsyncClient(
            transport=transport,
            base_url=url or "http://director",
            headers=headers,
            timeout=httpx.Timeout(60, connect=5),
            trust_env=False,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def health(self) -> Health | None:
        """Ask the server how it is; None when nobody answers."""
        try:
            answer = await self._http.get("/health")
        except httpx.TransportError:
            return None
        return Health.model_validate(answer.json()) if answer.is_success else None

    async def get(self, path: str, **query: str | int) -> Json:
        """Raises UserError as the server says it, and Unavailable when nobody answers."""
        return await self._send("GET", path, params=query)

    async def post(self, path: str, body: Json) -> Json:
        """Raises UserError as the server says it, and Unavailable when nobody answers."""
        return await self._send("POST", path, json=body)

    async def patch(self, path: str, body: Json) -> Json:
        """Raises UserError as the server says it, and Unavailable when nobody answers."""
        return await self._send("PATCH", path, json=body)

    async def delete(self, path: str) -> Json:
        """Raises UserError as the server says it, and Unavailable when nobody answers."""
        return await self._send("DELETE", path)

    async def upload(self, file: Path, project_id: str | None) -> Json:
        """Send a file up as an asset."""
        form = {"project_id": project_id} if project_id else {}
        with file.open("rb") as content:
            return await self._send(
                "POST", "/api/assets/upload", data=form, files={"file": (file.name, content)}
            )

    async def download(self, path: str, target: Path) -> None:
        """Fetch a file whole, or leave none."""
        part = target.with_name(f".{target.name}.part")
        try:
            async with self._http.stream("GET", path) as answer:
                if not answer.is_success:
                    await answer.aread()
                    raise _problem(answer)
                with part.open("wb") as file:
                    async for piece in answer.aiter_bytes():
                        file.write(piece)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)

    async def events(self, path: str, revive: Callable[[], Awaitable[None]]) -> AsyncIterator[Sent]:
        """Follow a stream to its end; a connection that breaks is taken up where it broke.

        `revive` is awaited after each break. Raises Unavailable when the server stays away.
        """
        last = 0
        failures = 0
        while True:
            try:
                async for sent in self._stream(path, last):
                    failures = 0
                    last = max(last, sent.seq)
                    yield sent
                    if sent.type == "run.finished":
                        return
            except httpx.TransportError as broken:
                if failures >= len(_PAUSES_S):
                    raise Unavailable("server", f"the event stream stays broken: {broken}") from None
            await asyncio.sleep(_PAUSES_S[min(failures, len(_PAUSES_S) - 1)])
            failures += 1
            await revive()

    async def _stream(self, path: str, last: int) -> AsyncIterator[Sent]:
        headers = {"Last-Event-ID": str(last)} if last else {}
        async with aconnect_sse(self._http, "GET", path, headers=headers) as source:
            if not source.response.is_success:
                await source.response.aread()
                raise _problem(source.response)
            async for sse in source.aiter_sse():
                if sse.data:
                    data: Json = sse.json()
                    seq = data.get("seq")
                    yield Sent(seq=seq if isinstance(seq, int) else 0, type=sse.event, data=data)

    async def _send(self, method: str, path: str, **rest: object) -> Json:
        request = self._http.build_request(method, path, **rest)  # pyright: ignore[reportArgumentType]
        try:
            answer = await self._http.send(request)
        except httpx.TransportError as broken:
            raise Unavailable("server", f"nobody answers at {request.url}: {broken}") from None
        if not answer.is_success:
            raise _problem(answer)
        return answer.json() if answer.content else {}


def _problem(answer: httpx.Response) -> UserError:
    """Read a problem+json answer as the error that its server raised."""
    told: Json = {}
    with contextlib.suppress(json.JSONDecodeError):
        told = answer.json()
    detail = str(told.get("detail") or answer.text[:300] or answer.reason_phrase)
    return UserError(str(told.get("code") or answer.status_code), detail)
