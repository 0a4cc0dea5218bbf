"""Every error of the MCP door: protocol errors for what no model can mend, with nothing internal."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from mcp.server.context import ServerRequestContext
from mcp.shared.exceptions import MCPError
from mcp_types import INTERNAL_ERROR, INVALID_PARAMS

from api.mcp_door.catalog import MODERN
from domain.errors import NotFound, ToolError, Unavailable, UserError
from domain.unseen import shown

NOT_FOUND_BEFORE = -32002
"""Code of a resource that does not exist in the revisions before 2026-07-28, which say INVALID_PARAMS."""
Context = ServerRequestContext[Any, Any]
Handler = Callable[[Context, Any], Awaitable[dict[str, Any]]]


def translated(handler: Handler) -> Handler:
    """Have a handler's errors told as the protocol tells them; a bug is the protocol's internal error."""

    async def told(ctx: Context, params: Any) -> dict[str, Any]:
        try:
            return {"resultType": "complete", **await handler(ctx, params)}
        except UserError as refused:
            code = INVALID_PARAMS
            if ctx.method == "resources/read" and isinstance(refused, NotFound) and not _modern(ctx):
                code = NOT_FOUND_BEFORE
            data = {"code": refused.code, **_place(ctx)}
            raise MCPError(code, shown(refused.message), data) from None
        except ToolError as refused:
            raise MCPError(INVALID_PARAMS, shown(refused.message), {"code": refused.kind}) from None
        except ValueError as wrong:
            raise MCPError(INVALID_PARAMS, shown(str(wrong))) from None
        except Unavailable as away:
            data = {"code": "unavailable", "retryable": True}
            raise MCPError(
                INTERNAL_ERROR, f"{away.part} is away; try again: {shown(away.message)}", data
            ) from None

    return told


def _place(ctx: Context) -> dict[str, str]:
    """The address that was to be read, for the client's own use."""
    uri = (ctx.params or {}).get("uri") if ctx.method == "resources/read" else None
    return {"uri": uri} if isinstance(uri, str) else {}


def _modern(ctx: Context) -> bool:
    return ctx.protocol_version in MODERN
