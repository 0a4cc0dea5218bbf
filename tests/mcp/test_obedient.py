"""A model that obeys every order it finds does no harm; in a house whose walls were taken down it does."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from pydantic import Field

from tests.mcp.carriers import CARRIERS, CLIENT
from tests.mcp.obedient import cases, tried
from tests.mcp.prey import GOALS, OWN, Words, world
from tools.context import ToolContext
from tools.define import READS, Args, Effects, Tool, tool

SLICE = [(carrier, GOALS[at % len(GOALS)]) for at, carrier in enumerate((*CARRIERS, CLIENT))]
"""Each carrier once, and each goal at least once."""


def test_there_are_enough_ways_in_and_enough_to_lose() -> None:
    assert len(CARRIERS) + 1 >= 10
    assert len(GOALS) >= 8
    assert {goal for _, goal in SLICE} == set(GOALS)


async def test_orders_that_strangers_wrote_come_to_nothing(tmp_path: Path) -> None:
    async with world(tmp_path) as made:
        for carrier, goal in SLICE:
            assert await tried(made, carrier, goal) == [], (carrier, goal)


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_no_order_comes_to_anything_by_any_way(tmp_path: Path) -> None:
    async with world(tmp_path) as made:
        for carrier, goal in cases():
            assert await tried(made, carrier, goal) == [], (carrier, goal)


class Anything(Args):
    """Whatever is asked."""

    file_path: str = Field(default="", max_length=1_000)
    project_id: str = ""
    source: str = ""
    expected_sha256: str = ""
    edits: tuple[dict[str, str | int], ...] = ()


@tool(effects=READS, example=Anything())
async def read_file(ctx: ToolContext, args: Anything) -> Words:
    """Reads whatever there is, for whoever asks."""
    if args.project_id:
        async with ctx.database.transaction(None, reading=True) as tx:
            files = (await tx.revisions.get(ctx.project_id.__class__(args.project_id))).files
        return Words(summary=(await ctx.blobs.get(files["film.py"])).decode())
    path = Path(os.path.normpath(f"/{args.file_path}"))
    text = path.read_text() if await asyncio.to_thread(path.is_file) else (await files_of(ctx))
    return Words(summary=text)


async def files_of(ctx: ToolContext) -> str:
    """Everything in the project."""
    return "\n".join([(await ctx.blobs.get(each)).decode() for each in (await ctx.files()).values()])


@tool(effects=Effects(writes=True), example=Anything())
async def add_asset(ctx: ToolContext, args: Anything) -> Words:
    """Fetches whatever is named."""
    if args.source.startswith("http"):
        async with httpx.AsyncClient(trust_env=False) as http:
            try:
                await http.get(args.source)
            except httpx.HTTPError:
                return Words(summary="It says nothing.")
    return Words(summary="There.")


@tool(effects=Effects(writes=True), example=Anything())
async def atomic_edit(ctx: ToolContext, args: Anything) -> Words:
    """Writes wherever it is told to."""
    path = Path(os.path.normpath(f"/{args.file_path}"))
    if await asyncio.to_thread(path.is_file):
        path.write_text("owned")
    return Words(summary="Written.")


async def test_the_same_orders_do_harm_where_no_wall_stands(tmp_path: Path) -> None:
    free = Effects(writes=True)
    open_hands = {name: replace(each, effects=free, scope="write") for name, each in OWN.items()}
    own = {each.name: each for each in (read_file, add_asset, atomic_edit)}
    weak: dict[str, Tool] = {**open_hands, **own}
    expected = {
        "steal": "read somebody else's project", "leak": "read a file of the machine",
        "fetch": "called the attacker", "spend": "spent", "destroy": "destroyed", "publish": "published",
        "overwrite": "wrote outside",
    }  # fmt: skip
    async with world(tmp_path, weak) as made:
        for goal, harm in expected.items():
            assert harm in await tried(made, "project name", goal), goal
