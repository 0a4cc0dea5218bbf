"""The tools, the same as every other door has them."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import JsonValue

from api.entrance import Anybody, Reader, check_scope
from api.house import Home
from domain.account import Scope
from domain.nouns import Noun
from tools.answer import Answer
from tools.define import Effects, Occasion

router = APIRouter(prefix="/api/tools", tags=["tools"])


class ToolCard(Noun):
    """A tool as data."""

    name: str
    description: str
    scope: Scope
    """What a key must allow."""
    effects: Effects
    args_schema: dict[str, JsonValue]
    result_schema: dict[str, JsonValue]
    example: dict[str, JsonValue]
    hash: str
    offered: Occasion | None
    """When a model is told of it, for it is of no use at other times; always unless said."""


class ToolList(Noun):
    """All tools there are."""

    items: list[ToolCard]


@router.get("")
async def list_tools(house: Home, asking: Reader) -> ToolList:
    """Every tool with its schemas; `project_id` is among the arguments of those that work on a project."""
    cards = [
        ToolCard(
            name=tool.name,
            description=tool.description,
            scope=tool.scope,
            effects=tool.effects,
            args_schema=tool.outer_schema,
            result_schema=tool.result_schema,
            example=tool.example.model_dump(mode="json", exclude_defaults=True),
            hash=tool.hash,
            offered=tool.offered,
        )
        for tool in house.executor.tools.values()
    ]
    return ToolList(items=cards)


@router.post("/{name}")
async def call_tool(name: str, house: Home, asking: Anybody, body: dict[str, Any] | None = None) -> Answer:
    """Call a tool; what it could not do is an answer too, with `failed` and the way out in `summary`."""
    tool = house.executor.tools.get(name)
    if tool is not None:
        check_scope(asking, tool.scope)
    return await house.executor.call(asking, name, body or {})
