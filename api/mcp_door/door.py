"""The address of the MCP door: who may come in, before any word of the protocol is read."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Message, Receive, Send
from starlette.types import Scope as Connection

from api.entrance import by_socket, count, payer, principal
from api.guard import check_origin
from api.house import House
from api.mcp_door.wire import FOREIGN, within
from api.problems import KeyNeeded, known, request_id_of
from domain.account import SCOPES, Principal, Scope
from domain.errors import Denied, Unavailable
from domain.plugins import load

PATH = "/mcp"
METADATA = "/.well-known/oauth-protected-resource"
DEFAULT: tuple[Scope, ...] = ("read", "write", "render")
"""What a client asks a token for unless it is told otherwise."""


class ScopeNeeded(Denied):
    """Somebody is known, and not allowed this; `wanted` is what a token would need to allow."""

    def __init__(self, message: str, wanted: Sequence[Scope]) -> None:
        super().__init__("scope_missing", message)
        self.wanted = wanted


class McpDoor:
    """Lets in who is known; the protocol's library is loaded when the first one comes."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._speaker: Any = None
        self._task: asyncio.Task[None] | None = None
        self._tokens: Any = None
        self._opening = asyncio.Lock()

    async def __call__(self, scope: Connection, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)
        try:
            asking = await self._admit(request)
            if asking.user_id.startswith(FOREIGN) and request.method == "POST":
                receive = await self._check_scope(request, asking)
        except (KeyNeeded, ScopeNeeded) as refused:
            answer = known(refused, request_id_of(request))
            answer.headers["WWW-Authenticate"] = self._challenge(request, refused)
            await answer(scope, receive, send)
            return
        speaker = await self._opened()
        if self._house.presence.closing.is_set():
            raise Unavailable("server", "it is going away; ask again in a moment")
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
            raise ScopeNeeded("this access token has not the scope 'read'", ("read",))
        return asking

    def _challenge(self, request: Request, refused: Denied) -> str:
        errors = {"token_invalid": "invalid_token", "scope_missing": "insufficient_scope"}
        error = f', error="{errors[refused.code]}"' if refused.code in errors else ""
        wanted = refused.wanted if isinstance(refused, ScopeNeeded) else DEFAULT
        scope = f', scope="{" ".join(wanted)}"' if self._house.oauth is not None else ""
        page = f"{_base(request, self._house)}{METADATA}{PATH}"
        return f'Bearer realm="director", resource_metadata="{page}"{error}{scope}'

    async def _check_scope(self, request: Request, asking: Principal) -> Receive:
        """Hold a call against what its token allows, before any answer begins, as the protocol wants it.

        Gives back how the body is read again. Raises ScopeNeeded with all that the token would need to allow.
        """
        body = await request.body()
        message: object = None
        with contextlib.suppress(ValueError, RecursionError):
            message = json.loads(body)
        if within({"at": message}, "at").get("method") == "tools/call":
            tool = self._house.executor.tools.get(str(within(message, "params").get("name")))
            if tool is not None and tool.scope not in asking.scopes:
                wanted: list[Scope] = [each for each in SCOPES if each == tool.scope or each in asking.scopes]
                raise ScopeNeeded(f"{tool.name} needs a token with the scope {tool.scope!r}", wanted)
        return _again(body, request.receive)

    async def _opened(self) -> Any:
        async with self._opening:
            if self._task is None or self._task.done():
                module = await asyncio.to_thread(load, "api.mcp_door", "speaker")
                self._speaker = module.Speaker(self._house)
                started = asyncio.Event()
                self._task = asyncio.create_task(self._speaker.run(started), name="MCP sessions")
                await started.wait()
        return self._speaker


def _again(body: bytes, receive: Receive) -> Receive:
    """Give a body that was read once more, and then what comes after it."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


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
