"""What attackers of the MCP door stand before, and how they speak.

A case raises AssertionError when its attack gets through. Against a server that says yes to everything, each
one must.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx

from tests.mcp.test_bad_input import ENVELOPE, LIST, MODERN

Words = dict[str, Any]


@dataclass
class Ground:
    """A server with things of Ada's in it; Eve has a key of her own."""

    http: httpx.AsyncClient
    key: str
    eve: str
    soon: Callable[[], Awaitable[str]]
    """Makes a key of Ada's that ends in a moment, and waits until it has."""
    ended: Callable[[], Awaitable[None]]
    revoked: str
    """One that can be revoked, and how."""
    revoke: Callable[[], Awaitable[None]]
    project_id: str
    other_project: str
    """Another one of Ada's."""
    job_id: str
    """Of the first project."""
    secrets: list[str]
    """Ten thousand keys."""
    upstream: Callable[[], list[Words]]
    """The headers that the authorization server was asked with."""
    at_work: Callable[[], int]
    """Requests that the server is answering."""
    open_to_all: bool
    """Whether a server without keys opened itself to the world."""

    async def post(
        self, message: Words | None = None, *, key: str = "", path: str = "/mcp", **headers: str
    ) -> httpx.Response:
        """Send one message of the newer revision."""
        message = LIST if message is None else message
        sent = {**MODERN, "Content-Type": "application/json", "Mcp-Method": str(message.get("method", ""))}
        if "name" in message.get("params", {}):
            sent["Mcp-Name"] = str(message["params"]["name"])
        if key:
            sent["Authorization"] = f"Bearer {key}"
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.http.post(path, content=json.dumps(message).encode(), headers=sent)

    async def call(self, name: str, args: Words, *, key: str = "", **more: Any) -> Words:
        """Call a tool and give what was said, result or error."""
        answer = await self.post(calling(name, args, **more), key=key or self.key)
        return answer.json()

    async def refused(self, name: str, args: Words, *, key: str = "") -> str:
        """Call a tool that must not do it, and give why not."""
        told = await self.call(name, args, key=key)
        if "error" in told:
            return str(told["error"]["message"])
        assert told["result"]["isError"] is True, told
        return str(told["result"]["content"][0]["text"])

    async def read(self, uri: str, *, key: str = "") -> Words:
        """Read a resource, and give what was said."""
        params = {"_meta": ENVELOPE, "uri": uri}
        message = {"jsonrpc": "2.0", "id": 1, "method": "resources/read", "params": params}
        return (await self.post(message, key=key or self.key, Mcp_Name=uri)).json()


def calling(name: str, args: Words, **more: Any) -> Words:
    """The message of a call."""
    params: Words = {"_meta": ENVELOPE, "name": name, "arguments": args, **more}
    return {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}


Case = Callable[[Ground], Awaitable[None]]
CASES: dict[str, Case] = {}


def case(made: Case) -> Case:
    """Take a case in under its name."""
    CASES[made.__name__.replace("_", " ")] = made
    return made
