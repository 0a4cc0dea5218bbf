"""JSON-RPC messages as stdio and the relay handle them."""

from __future__ import annotations

import json
from typing import Any, cast

Message = dict[str, Any]
PARSE_ERROR, INVALID_REQUEST, INVALID_PARAMS, INTERNAL_ERROR = -32700, -32600, -32602, -32603
FOREIGN = "oauth-"
"""How the name of a user begins who came in by another house's access token."""
_REVISION = "io.modelcontextprotocol/protocolVersion"


def within(message: object, *names: str) -> Message:
    """The object at a place inside a message; an empty one when there is none."""
    found: object = message
    for name in names:
        found = cast(Message, found).get(name) if isinstance(found, dict) else None
    return cast(Message, found) if isinstance(found, dict) else {}


def revision(message: Message) -> str | None:
    """The revision that a request's own envelope names; None before 2026-07-28, which has no envelope."""
    found = within(message, "params", "_meta").get(_REVISION)
    return None if found is None else str(found)


def encoded(message: Message) -> bytes:
    """A message as it is sent."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def answered(request_id: str | int, result: Message) -> Message:
    """A request's answer."""
    return {"jsonrpc": "2.0", "id": request_id, "result": result}


def failure(request_id: str | int | None, text: str, code: int = INTERNAL_ERROR) -> Message:
    """A request's answer when there is none."""
    return {"jsonrpc": "2.0", "id": request_id, "error": {"code": code, "message": text}}
