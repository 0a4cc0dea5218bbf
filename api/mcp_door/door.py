"""The address of the MCP door: who may come in, before any word of the protocol is read."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from api.entrance import by_socket, count, payer, principal
from api.guard import check_origin
from api.house import House
from api.problems import KeyNeeded, known, request_id_of
from domain.account import SCOPES, Principal
from domain.errors import Denied
from domain.plugins import load

PATH = "/mcp"
METADATA = "/.well-known/oauth-protected-resource"


class ScopeNeeded(Denied):
    """Somebody is known, and allowed nothing here."""


class McpDoor:
    """Lets in who is known; the protocol's library is loaded when the first one comes."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._speaker: Any = None
        self._task: asyncio.Task[None] | None = None
        self._tokens: Any = None
        self._opening = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)
        try:
            asking = await self._admit(request)
        except (KeyNeeded, ScopeNeeded) as refused:
            answer = known(refused, request_id_of(request))
            answer.headers["WWW-Authenticate"] = self._challenge(request, refused)
            await answer(scope, receive, send)
            return
        speaker = await self._opened()
        hearing = request.method == "GET"  # the stream that a session of the older revisions listens on
        with self._house.meter.stream(payer(request) if hearing else ""):
            await speaker.answer(scope, receive, send, asking)

    async def _admit(self, request: Request) -> Principal:
        """Tell who asks.

        Raises KeyNeeded when nobody known does, ScopeNeeded for a token that allows nothing here, Denied for
        a page of another site, whatever it asks for.
        """
        token = _token(request) if self._house.oauth is not None and not by_socket(request) else ""
        if token:
            check_origin(request, self._house)
            asking = await self._by_token(token, f"{_base(request, self._house)}{PATH}")
            await count(request, self._house, asking)
            return asking
        asking = await principal(request, self._house)
        if asking.door == "socket":
            return asking
        check_origin(request, self._house)
        if self._house.oauth is not None and asking.key_id is None:
            raise KeyNeeded("token_needed", "this server wants an access token or a key")
        return asking.model_copy(update={"door": "mcp"})

    async def _by_token(self, token: str, resource: str) -> Principal:
        if self._tokens is None:
            module = await asyncio.to_thread(load, "api.mcp_door", "tokens")
            self._tokens = module.Tokens(self._house.oauth)
        asking: Principal = await self._tokens.principal(token, resource)
        if "read" not in asking.scopes:
            raise ScopeNeeded("scope_missing", "this access token has not the scope 'read'")
        return asking

    def _challenge(self, request: Request, refused: Denied) -> str:
        errors = {"token_invalid": "invalid_token", "scope_missing": "insufficient_scope"}
        error = f', error="{errors[refused.code]}"' if refused.code in errors else ""
        scope = ', scope="read write render"' if refused.code == "scope_missing" else ""
        page = f"{_base(request, self._house)}{METADATA}{PATH}"
        return f'Bearer realm="director", resource_metadata="{page}"{error}{scope}'

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
            "authorization_servers": [house.oauth.issuer] if house.oauth is not None else [],
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


def _token(request: Request) -> str:
    """The access token that a request carries; keys of this house begin otherwise and are none."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    return value.strip() if scheme.lower() == "bearer" and value.count(".") == 2 else ""


def _base(request: Request, house: House) -> str:
    return house.public_url.rstrip("/") or f"{request.url.scheme}://{request.headers.get('host', '')}"
