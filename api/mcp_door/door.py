"""The address of the MCP door: who may come in, before any word of the protocol is read."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from api.entrance import principal
from api.guard import check_origin
from api.house import House
from api.problems import KeyNeeded, known, request_id_of
from domain.account import SCOPES, Principal
from domain.plugins import load

PATH = "/mcp"
METADATA = "/.well-known/oauth-protected-resource"


class McpDoor:
    """Lets in who is known; the protocol's library is loaded when the first one comes."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._speaker: Any = None
        self._task: asyncio.Task[None] | None = None
        self._opening = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)
        try:
            asking = await self._admit(request)
        except KeyNeeded as refused:
            answer = known(refused, request_id_of(request))
            answer.headers["WWW-Authenticate"] = self._challenge(request)
            await answer(scope, receive, send)
            return
        speaker = await self._opened()
        await speaker.answer(scope, receive, send, asking)

    async def _admit(self, request: Request) -> Principal:
        """Tell who asks.

        Raises KeyNeeded when nobody known does, Denied for a page of another site, whatever it asks for.
        """
        asking = await principal(request, self._house)
        if asking.door == "socket":
            return asking
        check_origin(request, self._house)
        return asking.model_copy(update={"door": "mcp"})

    def _challenge(self, request: Request) -> str:
        return f'Bearer realm="director", resource_metadata="{_base(request, self._house)}{METADATA}{PATH}"'

    async def _opened(self) -> Any:
        async with self._opening:
            if self._task is None or self._task.done():
                module = await asyncio.to_thread(load, "api.mcp_door", "speaker")
                self._speaker = module.Speaker(self._house)
                started = asyncio.Event()
                self._task = asyncio.create_task(self._speaker.run(started), name="MCP sessions")
                await started.wait()
        return self._speaker


def routes(house: House) -> list[Route]:
    """The door, and the page that tells clients how to come in (RFC 9728)."""

    async def metadata(request: Request) -> Response:
        told = {
            "resource": f"{_base(request, house)}{PATH}",
            "authorization_servers": [],
            "scopes_supported": list(SCOPES),
            "bearer_methods_supported": ["header"],
            "resource_name": "Director",
        }
        return JSONResponse(told, headers={"Cache-Control": "no-store"})

    return [
        Route(PATH, McpDoor(house), include_in_schema=False),
        Route(METADATA + PATH, metadata, include_in_schema=False),
        Route(METADATA, metadata, include_in_schema=False),
    ]


def _base(request: Request, house: House) -> str:
    return house.public_url.rstrip("/") or f"{request.url.scheme}://{request.headers.get('host', '')}"
