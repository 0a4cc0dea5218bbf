"""The same call by every door gives the same answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
import pytest_asyncio
from pydantic import JsonValue

from api.mcp_door.results import answer_of
from domain.account import LOCAL_USER, Principal
from domain.plugins import load_all
from domain.template import Template
from tests.contracts.test_every_tool import BEFORE, picture, without_ids
from tests.mcp.clients import WAYS, Desk, desk
from tests.stands import drawing
from tools.define import Tool
from tools.registry import load_tools

TOOLS = load_tools()
Args = dict[str, JsonValue]
Call = Callable[[str, Args], Awaitable[dict[str, JsonValue]]]
LOCAL = Principal(user_id=LOCAL_USER, door="socket")


def direct(at: Desk) -> Call:
    """Calls the executor."""

    async def call(name: str, args: Args) -> dict[str, JsonValue]:
        return (await at.made.house.executor.call(LOCAL, name, args)).model_dump(mode="json")

    return call


def rest(http: httpx.AsyncClient) -> Call:
    """Calls over HTTP."""

    async def call(name: str, args: Args) -> dict[str, JsonValue]:
        return (await http.post(f"/api/tools/{name}", json=args)).json()

    return call


def mcp(client: Any) -> Call:
    """Calls over MCP."""

    async def call(name: str, args: Args) -> dict[str, JsonValue]:
        result = await client.call_tool(name, args)
        return answer_of(result.model_dump(mode="json", by_alias=True))

    return call


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def doors(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[dict[str, Call]]:
    """Every way into one house; a task of its own opens and closes them, as the clients want it."""
    opened: asyncio.Future[dict[str, Call]] = asyncio.get_running_loop().create_future()
    done = asyncio.Event()
    task = asyncio.create_task(every_door(tmp_path_factory.mktemp("h"), opened, done))
    await asyncio.wait({task, opened}, return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        await task
    yield await opened
    done.set()
    await task


async def every_door(folder: Path, opened: asyncio.Future[dict[str, Call]], done: asyncio.Event) -> None:
    """Open one house with the real engine and the real templates, and hold its doors open."""
    templates = cast("dict[str, Template]", load_all("templates.gallery"))
    async with AsyncExitStack() as stack:
        engine = await stack.enter_async_context(drawing(folder))
        at = await stack.enter_async_context(desk(folder, engine=engine, templates=templates))
        http = await stack.enter_async_context(at.server.client(socket=True))
        sent = await http.post("/api/assets/upload", files={"file": ("logo.png", picture())})
        assert sent.status_code < 300, sent.text
        found = {"direct": direct(at), "http": rest(http)}
        for way in WAYS:
            for era, name in (("auto", "2026"), ("legacy", "2025")):
                client = await stack.enter_async_context(at.client(way, era))
                found[f"mcp {way} {name}"] = mcp(client)
        opened.set_result(found)
        await done.wait()


async def answer(call: Call, tool: Tool) -> dict[str, JsonValue]:
    args = cast("Args", tool.example.model_dump(mode="json"))
    if tool.needs == "project":
        made = await call("scaffold_project", {"template_name": "basic", "project_name": "Noor Tea"})
        args["project_id"] = made["project_id"]
        for name in BEFORE.get(tool.name, ()):
            assert not (await call(name, {"project_id": made["project_id"]}))["failed"]
    return await call(tool.name, args)


@pytest.mark.parametrize("name", TOOLS)
@pytest.mark.asyncio(loop_scope="module")
async def test_every_door_gives_the_same_answer(name: str, doors: dict[str, Call]) -> None:
    answers = {door: without_ids(await answer(call, TOOLS[name])) for door, call in doors.items()}
    assert cast("dict[str, Any]", answers["direct"])["tool"] == name
    assert {door: found for door, found in answers.items() if found != answers["direct"]} == {}


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("read_file", {}),
        ("read_file", {"project_id": "nobody's", "file_path": "film.py"}),
        ("scaffold_project", {"template_name": "bsic", "project_name": "Noor Tea"}),
        ("scaffold_project", {"template_name": "basic", "project_name": "Noor Tea", "colour": "red"}),
        ("list_templates", {"after": 1}),
    ],
)
@pytest.mark.asyncio(loop_scope="module")
async def test_every_door_refuses_alike(name: str, args: Args, doors: dict[str, Call]) -> None:
    refused = {door: without_ids(await call(name, args)) for door, call in doors.items()}
    first = cast("dict[str, Any]", refused["direct"])
    assert first["failed"]
    assert {door: found for door, found in refused.items() if found != refused["direct"]} == {}
