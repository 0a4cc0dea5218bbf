"""Real clients at the MCP door of a server in this process, by every way and of both eras."""

from __future__ import annotations

import sys
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import httpx2
import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

from domain.engine import Engine
from domain.template import Template
from tests.doors import Open, Served, opened, served
from tests.house.tree import ROOT

Way = Literal["http", "stdio"]
WAYS: tuple[Way, ...] = ("http", "stdio")
ERAS = ("auto", "legacy")
"""2026-07-28, and the revisions that begin with initialize."""

every_door = pytest.mark.parametrize(
    ("way", "era"),
    [
        ("http", "auto"),
        ("stdio", "legacy"),
        pytest.param("http", "legacy", marks=pytest.mark.slow),
        pytest.param("stdio", "auto", marks=pytest.mark.slow),
    ],
)
"""Both ways and both eras; the other two pairs are for those who have more time."""


@dataclass
class Desk:
    """A server with its MCP door open."""

    made: Open
    server: Served

    @asynccontextmanager
    async def client(
        self,
        way: Way = "http",
        era: str = "auto",
        *,
        key: str = "",
        headers: dict[str, str] | None = None,
        **more: Any,
    ) -> AsyncGenerator[Client]:
        """Somebody's client."""
        async with AsyncExitStack() as stack:
            if way == "stdio":
                where = [self.server.url, key] if key else [str(self.server.socket)]
                place: Any = StdioServerParameters(
                    command=sys.executable, args=["-m", "tests.mcp.bridge", *where], cwd=ROOT
                )
            else:
                sent = {**({"Authorization": f"Bearer {key}"} if key else {}), **(headers or {})}
                http = await stack.enter_async_context(
                    httpx2.AsyncClient(headers=sent, timeout=30, trust_env=False)
                )
                place = streamable_http_client(f"{self.server.url}/mcp", http_client=http)
            yield await stack.enter_async_context(Client(place, mode=era, **more))  # pyright: ignore[reportArgumentType]


@asynccontextmanager
async def desk(
    folder: Path, *, engine: Engine | None = None, templates: dict[str, Template] | None = None, **more: Any
) -> AsyncGenerator[Desk]:
    """Open a house and serve it."""
    async with opened(folder, engine=engine, templates=templates) as made, served(made, **more) as server:
        yield Desk(made, server)


async def scaffold(client: Client, template: str = "plain") -> str:
    """Make a project."""
    made = await client.call_tool("scaffold_project", {"template_name": template, "project_name": "Noor Tea"})
    assert not made.is_error, made.content
    assert made.structured_content is not None
    return str(made.structured_content["project_id"])


def said(result: Any) -> str:
    """The texts of a result."""
    return "\n".join(each.text for each in result.content if each.type == "text")
