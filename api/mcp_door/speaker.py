"""The house as an MCP server of both eras, over streamable HTTP."""

from __future__ import annotations

import asyncio
from contextlib import aclosing, nullcontext
from typing import Any

from mcp.server import Server
from mcp.server.auth.middleware.bearer_auth import AuthenticatedUser
from mcp.server.auth.provider import AccessToken
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.subscriptions import InMemorySubscriptionBus, ListenHandler, ResourceUpdated
from mcp.server.transport_security import TransportSecuritySettings
from mcp.shared.exceptions import MCPError
from mcp_types import (
    INVALID_REQUEST,
    CallToolRequestParams,
    CompleteRequestParams,
    GetPromptRequestParams,
    PaginatedRequestParams,
    ReadResourceRequestParams,
    SubscribeRequestParams,
    SubscriptionsListenRequestParams,
    UnsubscribeRequestParams,
)
from starlette.types import Receive, Scope, Send

from api.entrance import check_scope, payer
from api.guard import LARGEST_BODY
from api.house import House
from api.mcp_door import asking as consents
from api.mcp_door import catalog, prompts, resources
from api.mcp_door.completion import completed
from api.mcp_door.problems import Context, Handler, translated
from api.mcp_door.results import result
from api.mcp_door.watching import changed, progress
from api.rates import TooMany, kind_of_tool
from domain.account import Principal
from domain.errors import LimitReached, NotFound
from domain.nouns import new_id
from tools.answer import Answer

ASKING = "director.asking"
"""Where a request's scope says who asks."""
MOST_SESSIONS = 1_000
MOST_WATCHED = 100
"""Addresses that one client watches."""
_PRIVATE: dict[str, Any] = {"ttlMs": 0, "cacheScope": "private"}
_PUBLIC: dict[str, Any] = {"ttlMs": catalog.LIST_TTL_MS, "cacheScope": "public"}


class Speaker:
    """Answers MCP requests that the door has let in."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._declared = catalog.declarations(house.executor.listed(), local=False)
        self._watches: dict[tuple[int, str], asyncio.Task[None]] = {}
        self.listeners: set[InMemorySubscriptionBus] = set()
        """One for each stream of changes: what one client may hear is none of the others' business."""
        self._streams: set[ListenHandler] = set()
        self.server = self._server()
        self.manager = StreamableHTTPSessionManager(
            app=self.server,
            security_settings=TransportSecuritySettings(enable_dns_rebinding_protection=False),
            max_sessions=MOST_SESSIONS,
            max_request_body_size=LARGEST_BODY,
        )

    async def run(self, started: asyncio.Event) -> None:
        """Hold sessions until the house closes."""
        async with self.manager.run():
            started.set()
            await self._house.presence.closing.wait()
            for stream in self._streams:
                stream.close()
        for task in self._watches.values():
            task.cancel()

    async def answer(self, scope: Scope, receive: Receive, send: Send, asking: Principal) -> None:
        """Answer one HTTP request; a session belongs to who opened it."""
        owner = f"{asking.user_id}/{asking.key_id or asking.door}"
        scope[ASKING] = asking
        scope["user"] = AuthenticatedUser(AccessToken(token="", client_id=owner, scopes=list(asking.scopes)))
        await self.manager.handle_request(scope, receive, send)

    def _server(self) -> Server[Any]:
        house = self._house
        server: Server[Any] = Server(
            catalog.NAME,
            version=house.version,
            title=catalog.TITLE,
            instructions=catalog.instructions(local=False),
            get_tool_input_schema=self._schema_of,
        )
        handlers: tuple[tuple[str, type[Any], Handler], ...] = (
            ("tools/list", PaginatedRequestParams, self._list_tools),
            ("tools/call", CallToolRequestParams, self._call),
            ("resources/list", PaginatedRequestParams, self._list_resources),
            ("resources/templates/list", PaginatedRequestParams, self._list_templates),
            ("resources/read", ReadResourceRequestParams, self._read),
            ("resources/subscribe", SubscribeRequestParams, self._subscribe),
            ("resources/unsubscribe", UnsubscribeRequestParams, self._unsubscribe),
            ("prompts/list", PaginatedRequestParams, self._list_prompts),
            ("prompts/get", GetPromptRequestParams, self._prompt),
            ("completion/complete", CompleteRequestParams, self._complete),
        )
        for method, params, handler in handlers:
            server.add_request_handler(method, params, translated(handler))
        server.add_request_handler("subscriptions/listen", SubscriptionsListenRequestParams, self._listen)
        return server

    def _schema_of(self, name: str) -> dict[str, Any] | None:
        return next((each["inputSchema"] for each in self._declared if each["name"] == name), None)

    async def _list_tools(self, ctx: Context, params: PaginatedRequestParams) -> dict[str, Any]:
        return {"tools": self._declared, **_PUBLIC}

    async def _call(self, ctx: Context, params: CallToolRequestParams) -> dict[str, Any]:
        house, asking = self._house, _asking(ctx)
        args: dict[str, Any] = dict(params.arguments or {})
        images = _header(ctx, catalog.IMAGES_HEADER) or "allow"
        if params.name in catalog.SHOWING:
            images = args.pop("images", images)
        call_id = new_id()
        if images not in ("allow", "omit"):
            summary = f"images: give allow or omit (got {str(images)[:60]!r})"
            refused = Answer(call_id=call_id, tool=params.name, failed=True, kind="invalid", summary=summary)
            return await result(refused, house.blobs, images=False)
        try:
            kind = kind_of_tool(params.name)
            await house.meter.take(_payer(ctx) if kind != "other" else "", kind)
        except TooMany as full:
            summary = full.message
            refused = Answer(call_id=call_id, tool=params.name, failed=True, kind="limit", summary=summary)
            return await result(refused, house.blobs, images=False)
        project_id = args.get("project_id")
        listening = (
            progress(house, asking, project_id, call_id, ctx.session.report_progress)
            if isinstance(project_id, str) and ctx.meta and "progress_token" in ctx.meta
            else nullcontext()
        )
        was_asked = await consents.brought(house, asking, params)
        async with listening:
            answer = await house.executor.call(asking, params.name, args, call_id=call_id)
            if answer.approval_id is not None and consents.can_ask(ctx) and not was_asked:
                needed = await consents.needed(house, asking, ctx, answer.approval_id)
                if needed is not None:
                    return needed
                answer = await house.executor.call(asking, params.name, args, call_id=call_id)
        return await result(answer, house.blobs, images=images == "allow")

    async def _list_resources(self, ctx: Context, params: PaginatedRequestParams) -> dict[str, Any]:
        return {"resources": await resources.listed(self._house, _reader(ctx)), **_PRIVATE}

    async def _list_templates(self, ctx: Context, params: PaginatedRequestParams) -> dict[str, Any]:
        return {"resourceTemplates": resources.templates(), **_PUBLIC}

    async def _read(self, ctx: Context, params: ReadResourceRequestParams) -> dict[str, Any]:
        uri = str(params.uri)
        contents = await resources.read(self._house, _reader(ctx), uri)
        return {"contents": contents, **(_PUBLIC if uri in resources.STILL else _PRIVATE)}

    async def _list_prompts(self, ctx: Context, params: PaginatedRequestParams) -> dict[str, Any]:
        return {"prompts": prompts.listed(), **_PUBLIC}

    async def _prompt(self, ctx: Context, params: GetPromptRequestParams) -> dict[str, Any]:
        return prompts.filled(params.name, params.arguments or {})

    async def _complete(self, ctx: Context, params: CompleteRequestParams) -> dict[str, Any]:
        said = params.argument
        context = params.context.arguments if params.context else None
        values = await completed(
            self._house, _reader(ctx), said.name, said.value, dict(context) if context else {}
        )
        return {"completion": {"values": values[:100], "total": len(values), "hasMore": len(values) > 100}}

    # -- telling of changes

    async def _subscribe(self, ctx: Context, params: SubscribeRequestParams) -> dict[str, Any]:
        """Tell of changes at an address on the session's own stream, as the older revisions do."""
        uri = str(params.uri)
        project_id = resources.project_of(uri)
        connection = ctx.session._connection  # pyright: ignore[reportPrivateUsage]
        key = (id(connection), uri)
        if project_id is None or key in self._watches:
            return {}  # what never changes is watched without effort
        if sum(1 for session, _ in self._watches if session == key[0]) >= MOST_WATCHED:
            raise LimitReached("too_many", f"a session watches at most {MOST_WATCHED} addresses")
        asking = _reader(ctx)
        async with self._house.database.transaction(asking.user_id, reading=True) as tx:
            await tx.projects.get(project_id)

        async def watch() -> None:
            async with aclosing(changed(self._house, asking, project_id)) as addresses:
                async for address in addresses:
                    if address == uri:
                        await ctx.session.send_resource_updated(uri)

        self._watches[key] = asyncio.create_task(watch())
        connection.exit_stack.callback(self._forget, key)
        return {}

    async def _unsubscribe(self, ctx: Context, params: UnsubscribeRequestParams) -> dict[str, Any]:
        self._forget((id(ctx.session._connection), str(params.uri)))  # pyright: ignore[reportPrivateUsage]
        return {}

    def _forget(self, key: tuple[int, str]) -> None:
        task = self._watches.pop(key, None)
        if task is not None:
            task.cancel()

    async def _listen(self, ctx: Context, params: SubscriptionsListenRequestParams) -> Any:
        """Tell of changes on the stream that the client opens for it, as the newer revision does."""
        asking = _reader(ctx)
        wanted = list(params.notifications.resource_subscriptions or ())[:MOST_WATCHED]
        bus = InMemorySubscriptionBus()
        stream = ListenHandler(bus)

        async def watch(project_id: Any) -> None:
            try:
                async with aclosing(changed(self._house, asking, project_id)) as addresses:
                    async for address in addresses:
                        await bus.publish(ResourceUpdated(uri=address))
            except NotFound:
                return  # what is not theirs never changes, as if it did not exist

        self.listeners.add(bus)
        self._streams.add(stream)
        projects = {found for uri in wanted if (found := resources.project_of(str(uri))) is not None}
        tasks = [asyncio.create_task(watch(project_id)) for project_id in projects]
        try:
            with self._house.meter.stream(_payer(ctx)):
                return await stream(ctx, params)
        except TooMany as full:
            raise MCPError(INVALID_REQUEST, full.message, {"code": full.code}) from None
        finally:
            self.listeners.discard(bus)
            self._streams.discard(stream)
            for task in tasks:
                task.cancel()


def _asking(ctx: Context) -> Principal:
    asking = ctx.request.scope[ASKING] if ctx.request is not None else None
    assert isinstance(asking, Principal), "the door lets nobody in without a name"
    return asking


def _reader(ctx: Context) -> Principal:
    """Who asks, when reading is allowed.

    Raises Denied.
    """
    return check_scope(_asking(ctx), "read")


def _payer(ctx: Context) -> str:
    """Whose count a request is on."""
    return payer(ctx.request) if ctx.request is not None else ""


def _header(ctx: Context, name: str) -> str:
    return str(ctx.request.headers.get(name, "")) if ctx.request is not None else ""
