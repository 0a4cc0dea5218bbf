"""Passing MCP messages on to a server over streamable HTTP, and its words back, across its restarts."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
from collections.abc import AsyncGenerator, Awaitable, Callable

import httpx

from api.mcp_door.wire import Message, encoded, failure, revision, within
from domain.errors import Conflict, Unavailable

Say = Callable[[Message], Awaitable[None]]
_NAMED = {"tools/call": "name", "prompts/get": "name", "resources/read": "uri"}
_GONE, _LOOK = "the server went away during this call", "look at the state before calling again"
_SESSION = "mcp-session-id"
_ACCEPT = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}
_GREETING: Message = {
    "jsonrpc": "2.0", "id": "hello", "method": "initialize",
    "params": {
        "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "stdio", "version": "1"}
    },
}  # fmt: skip


class Relay:
    """One client's way to a server; `revive` sees to it that the server is there."""

    def __init__(self, http: httpx.AsyncClient, revive: Callable[[], Awaitable[None]], say: Say) -> None:
        self._http = http
        self._revive = revive
        self._say = say
        self._greeting = _GREETING
        self._session = ""
        self._version = ""
        self._greeted = asyncio.Lock()
        self._watched: dict[str, None] = {}
        self._hearing: asyncio.Task[None] | None = None

    def opened_by(self, message: Message) -> None:
        """Note how the client introduced itself, to introduce it likewise."""
        self._greeting = message

    async def close(self) -> None:
        """Say goodbye."""
        if self._hearing is not None:
            self._hearing.cancel()
        if self._session:
            with contextlib.suppress(httpx.HTTPError):  # it may be gone, and the session with it
                await self._http.delete("/mcp", headers=self._legacy_headers(), timeout=2)
        await self._http.aclose()

    async def tell(self, message: Message) -> None:
        """Pass on what wants no answer; nobody there means nobody to tell."""
        if self._session:
            try:
                await self._http.post("/mcp", content=encoded(message), headers=self._legacy_headers())
            except httpx.HTTPError:
                return

    async def ask(self, message: Message) -> AsyncGenerator[Message]:
        """Pass on a request and give everything that is said until its answer, which is always the last."""
        request_id = message["id"]
        try:
            async for said in self._asked(message):
                yield said
        except httpx.ConnectError as nobody:
            yield failure(request_id, f"nobody answers at {nobody.request.url}: {nobody}")
        except httpx.TransportError as broken:
            # The request had arrived: nobody knows how far it got.
            why = broken or type(broken).__name__
            yield failure(request_id, f"{_GONE} ({why}); {_LOOK}")
        except (Unavailable, Conflict) as away:
            yield failure(request_id, away.message)

    async def _asked(self, message: Message) -> AsyncGenerator[Message]:
        modern = revision(message) is not None
        for last in (False, True):
            headers = _modern_headers(message) if modern else await self._in_session(message)
            if message["method"] == "resources/subscribe":
                await self._hear(str(within(message, "params").get("uri", "")))
            request = self._http.build_request("POST", "/mcp", content=encoded(message), headers=headers)
            try:
                answer = await self._http.send(request, stream=True)
            except httpx.ConnectError:
                if last:
                    raise
                self._session = ""
                await self._revive()
                continue
            try:
                if answer.status_code == 404 and not modern and not last and self._session:
                    self._session = ""  # the server was started anew and does not know us
                    continue
                async for said in _said(answer, message["id"]):
                    yield said
                return
            finally:
                await answer.aclose()

    # -- sessions of the older revisions

    async def _in_session(self, message: Message) -> dict[str, str]:
        async with self._greeted:
            if not self._session:
                await self._greet()
        return self._legacy_headers()

    def _legacy_headers(self) -> dict[str, str]:
        return {**_ACCEPT, _SESSION: self._session, "MCP-Protocol-Version": self._version}

    async def _greet(self) -> None:
        """Open a session as the client did with us, and watch what it watched."""
        try:
            answer = await self._http.post("/mcp", content=encoded(self._greeting), headers=_ACCEPT)
        except httpx.ConnectError:
            await self._revive()
            answer = await self._http.post("/mcp", content=encoded(self._greeting), headers=_ACCEPT)
        said = [each async for each in _said(answer, self._greeting["id"])]
        result = within(said[-1], "result") if said else {}
        if not result:
            why = within(said[-1], "error").get("message") if said else None
            raise Unavailable("server", str(why or "it says nothing"))
        self._session = answer.headers.get(_SESSION, "")
        self._version = str(result.get("protocolVersion", ""))
        await self.tell({"jsonrpc": "2.0", "method": "notifications/initialized"})
        if self._watched:
            self._listen()
            for uri in self._watched:
                again = {
                    "jsonrpc": "2.0",
                    "id": f"watch {uri}",
                    "method": "resources/subscribe",
                    "params": {"uri": uri},
                }
                await self.tell(again)

    async def _hear(self, uri: str) -> None:
        self._watched[uri] = None
        if self._hearing is None or self._hearing.done():
            self._listen()
            await asyncio.sleep(0)

    def _listen(self) -> None:
        if self._hearing is not None:
            self._hearing.cancel()
        self._hearing = asyncio.create_task(self._heard())

    async def _heard(self) -> None:
        """Pass on what the server says by itself."""
        try:
            async with self._http.stream("GET", "/mcp", headers=self._legacy_headers()) as answer:
                if answer.is_success:
                    async for said in _events(answer):
                        await self._say(said)
        except httpx.TransportError:
            return  # the next request finds the server again, and watches anew


def _modern_headers(message: Message) -> dict[str, str]:
    params = within(message, "params")
    headers = {
        **_ACCEPT,
        "MCP-Protocol-Version": str(revision(message)),
        "Mcp-Method": message["method"],
    }
    named = params.get(_NAMED.get(message["method"], ""))
    if isinstance(named, str):
        headers["Mcp-Name"] = _header(named)
    return {name: value if name == "Mcp-Name" else _header(value) for name, value in headers.items()}


def _header(value: str) -> str:
    """A text as a header carries it."""
    plain = value.isascii() and value.isprintable() and value == value.strip()
    if plain and not value.startswith("=?base64?"):
        return value
    return f"=?base64?{base64.b64encode(value.encode('utf-8', 'replace')).decode('ascii')}?="


async def _said(answer: httpx.Response, request_id: str | int) -> AsyncGenerator[Message]:
    """Everything an HTTP answer says."""
    kind = answer.headers.get("content-type", "").partition(";")[0]
    if kind == "text/event-stream":
        async for said in _events(answer):
            yield said
            if said.get("id") == request_id and "method" not in said:
                return
        yield failure(request_id, f"{_GONE}; {_LOOK}")
        return
    told: Message = {}
    with contextlib.suppress(ValueError):
        told = within({"body": json.loads(await answer.aread())}, "body")
    if "jsonrpc" in told:
        yield {**told, "id": request_id}
    else:
        yield failure(request_id, str(told.get("detail") or f"the server answered {answer.status_code}"))


async def _events(answer: httpx.Response) -> AsyncGenerator[Message]:
    """The messages of an event stream."""
    data: list[str] = []
    async for line in answer.aiter_lines():
        if line.startswith("data:"):
            data.append(line[5:].removeprefix(" "))
        elif not line and data:
            text, data = "\n".join(data), []
            if text:
                yield json.loads(text)
