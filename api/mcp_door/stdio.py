"""MCP on stdin and stdout: what is known is answered at once, the rest goes to the machine's server."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from api.mcp_door import catalog, prompts, resources
from api.mcp_door.catalog import IMAGES_HEADER
from api.mcp_door.files import Files, Refused
from api.mcp_door.relay import Relay
from api.mcp_door.wire import (
    INVALID_PARAMS,
    INVALID_REQUEST,
    PARSE_ERROR,
    Message,
    answered,
    encoded,
    failure,
    revision,
    within,
)
from tools.define import Tool, offered

LONGEST_LINE = 8 * 1024 * 1024
"""Bytes of one message."""
MOST_AT_ONCE = 64
_PIECE = 64 * 1024
Say = Callable[[Message], Awaitable[None]]


@dataclass(frozen=True)
class Known:
    """What can be answered without a server: the lists of this very version."""

    version: str
    tools: Mapping[str, Tool]

    def answer(self, message: Message) -> Message | None:
        """The result of a request; None when only the server knows it."""
        version = revision(message)
        if version is not None and version not in catalog.MODERN:
            return None
        match message["method"]:
            case "initialize" if version is None:
                return catalog.initialized(
                    within(message, "params").get("protocolVersion"), self.version, local=True
                )
            case "server/discover" if version is not None:
                told = {
                    "supportedVersions": list(catalog.MODERN),
                    "capabilities": catalog.capabilities(modern=True),
                    "instructions": catalog.instructions(local=True),
                }
                return self._modern(told, ttl_ms=0)
            case "tools/list":
                listed = {"tools": catalog.declarations(offered(self.tools.values()), local=True)}
            case "prompts/list":
                listed = {"prompts": prompts.listed()}
            case "resources/templates/list":
                listed = {"resourceTemplates": resources.templates()}
            case _:
                return None
        return listed if version is None else self._modern(listed, ttl_ms=catalog.LIST_TTL_MS)

    def _modern(self, result: Message, *, ttl_ms: int) -> Message:
        scope = "public" if ttl_ms else "private"
        stamp = {"io.modelcontextprotocol/serverInfo": catalog.identity(self.version)}
        return {"resultType": "complete", "ttlMs": ttl_ms, "cacheScope": scope, **result, "_meta": stamp}


class Stdio:
    """One client at stdin and stdout."""

    def __init__(self, relay: Relay, known: Known | None, files: Files, say: Say) -> None:
        self._relay = relay
        self._known = known
        self._files = files
        self._say = say
        self._open: dict[str | int, asyncio.Task[None]] = {}
        self._room = asyncio.Semaphore(MOST_AT_ONCE)

    async def run(self, lines: AsyncGenerator[bytes | None]) -> None:
        """Serve until the client has closed its end."""
        try:
            async for line in lines:
                await self._take(line)
        finally:
            for task in self._open.values():
                task.cancel()
            await self._relay.close()

    async def _take(self, line: bytes | None) -> None:
        if line is None:
            await self._fail(None, PARSE_ERROR, f"a message has more than {LONGEST_LINE} bytes; send less")
            return
        if not line.strip():
            return
        try:
            message: Any = json.loads(line)
        except (ValueError, RecursionError):
            await self._fail(None, PARSE_ERROR, "this line is no JSON")
            return
        if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":  # pyright: ignore[reportUnknownMemberType]
            await self._fail(None, INVALID_REQUEST, "send one JSON-RPC 2.0 message a line")
            return
        await self._sort(message)  # pyright: ignore[reportUnknownArgumentType]

    async def _sort(self, message: Message) -> None:
        request_id = message.get("id")
        if not isinstance(message.get("method"), str):
            await self._relay.tell(message)  # an answer to what the server asked
        elif request_id is None:
            await self._notified(message)
        elif (
            isinstance(request_id, bool) or not isinstance(request_id, str | int) or request_id in self._open
        ):
            await self._fail(None, INVALID_REQUEST, f"id {str(request_id)[:40]!r} is no new id of a request")
        elif not isinstance(message.get("params", {}), dict):
            await self._fail(request_id, INVALID_PARAMS, "params: give an object")
        else:
            task = asyncio.create_task(self._answer(message, request_id))
            self._open[request_id] = task
            task.add_done_callback(lambda _: self._open.pop(request_id, None))

    async def _notified(self, message: Message) -> None:
        if message["method"] == "notifications/cancelled":
            cancelled = within(message, "params").get("requestId")
            task = self._open.get(cancelled) if isinstance(cancelled, str | int) else None
            await self._relay.tell(message)
            if task is not None:
                task.cancel()  # closing its stream is how the newer revision says so
        elif message["method"] != "notifications/initialized":
            await self._relay.tell(message)

    async def _answer(self, message: Message, request_id: str | int) -> None:
        async with self._room:
            if message["method"] == "initialize":
                self._relay.opened_by(message)
            if message["method"] == "ping":
                await self._say(answered(request_id, {}))
                return
            known = self._known.answer(message) if self._known is not None else None
            if known is not None:
                await self._say(answered(request_id, known))
            elif message["method"] == "tools/call":
                await self._call(message, request_id)
            else:
                async for said in self._relay.ask(message):
                    await self._say(_for_stdio(message["method"], said))

    async def _call(self, message: Message, request_id: str | int) -> None:
        """Call a tool; files come in and films go out here, with the rights of this process."""
        try:
            sent, errand = await self._files.before(message)
        except Refused as refused:
            await self._say(answered(request_id, refused.result))
            return
        async for said in self._relay.ask(sent):
            if said.get("id") == request_id and "result" in said:
                result = await self._files.after(errand, within(said, "result"))
                await self._say({**said, "result": result})
            else:
                await self._say(said)

    async def _fail(self, request_id: str | int | None, code: int, text: str) -> None:
        await self._say(failure(request_id, text, code))


def _for_stdio(method: str, said: Message) -> Message:
    """Add what only this side can do to what a server elsewhere says of itself."""
    told = dict(within(said, "result"))
    if not told:
        return said
    if method == "tools/list" and "tools" in told:
        told["tools"] = [catalog.for_stdio(each) for each in told["tools"]]
    elif method in ("initialize", "server/discover") and "instructions" in told:
        told["instructions"] = f"{told['instructions']}{catalog.ON_STDIO}"
    return {**said, "result": told}


async def lines_of(descriptor: int) -> AsyncGenerator[bytes | None]:
    """Give the lines that arrive at a descriptor, and None in place of one that is too long."""
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[bytes | None] = asyncio.Queue()

    def read() -> None:
        # A thread that reads the bare descriptor can be left behind when the process ends.
        while piece := os.read(descriptor, _PIECE):
            loop.call_soon_threadsafe(queue.put_nowait, piece)
        loop.call_soon_threadsafe(queue.put_nowait, None)

    threading.Thread(target=read, daemon=True, name="stdin").start()
    rest = bytearray()
    dropping = False
    while (piece := await queue.get()) is not None:
        rest += piece
        while (end := rest.find(b"\n")) >= 0:
            line = bytes(rest[:end])
            del rest[: end + 1]
            if not dropping:
                yield line
            dropping = False
        if len(rest) > LONGEST_LINE:
            if not dropping:
                yield None
            dropping = True
            rest.clear()
    if rest and not dropping:
        yield bytes(rest)


def sayer(descriptor: int) -> Say:
    """Give what writes one message a line to a descriptor, one after the other."""
    turn = asyncio.Lock()

    def write(line: bytes) -> None:
        view = memoryview(line)
        while view:
            view = view[os.write(descriptor, view) :]

    async def say(message: Message) -> None:
        line = encoded(message) + b"\n"
        async with turn:
            await asyncio.to_thread(write, line)

    return say


@dataclass(frozen=True)
class Place:
    """Where the server is that a client at stdin is to reach."""

    socket: Path
    url: str = ""
    """A server elsewhere, in place of this machine's own."""
    key: str = ""
    images: str = "allow"

    def http(self) -> httpx.AsyncClient:
        """A client of that server."""
        headers = {IMAGES_HEADER: self.images}
        if self.url and self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        return httpx.AsyncClient(
            transport=None if self.url else httpx.AsyncHTTPTransport(uds=str(self.socket)),
            base_url=self.url or "http://director",
            headers=headers,
            timeout=httpx.Timeout(None, connect=5),
            trust_env=False,
        )


async def speak(place: Place, known: Known, revive: Callable[[], Awaitable[None]]) -> None:
    """Serve the client at stdin and stdout until it has closed its end.

    What else this process prints goes to stderr, so that it cannot get between the messages.
    """
    logging.getLogger("httpx").setLevel(logging.WARNING)  # a client shows its user what stands on stderr
    out = os.dup(1)
    os.dup2(2, 1)
    say = sayer(out)
    http = place.http()
    relay = Relay(http, _nobody if place.url else revive, say)
    files = Files(http, remote=bool(place.url))
    await Stdio(relay, None if place.url else known, files, say).run(lines_of(0))


async def _nobody() -> None:
    """A server elsewhere is nobody's to start."""
