"""The places where a stranger's words reach a model."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime

from domain.note import Note
from domain.nouns import AssetId, NoteId, new_id
from domain.project import Asset
from tests.mcp.prey import PLANTED, World
from tests.stands import OWNER

Carrier = Callable[[World, str], Awaitable[None]]


async def in_file(world: World, order: str) -> None:
    await revise(world, {"scenes/opening.py": f"# {order}\n"})


async def in_file_name(world: World, order: str) -> None:
    await revise(world, {f"data/{order}.txt": "x"})


async def in_project_name(world: World, order: str) -> None:
    async with world.place.house.database.transaction(OWNER) as tx:
        await tx.projects.update(world.project_id, name=order)


async def in_asset_name(world: World, order: str) -> None:
    await bring(world, f"{order}.png", {})


async def in_asset_facts(world: World, order: str) -> None:
    await bring(world, "logo.svg", {"title": order})


async def in_note(world: World, order: str) -> None:
    note = Note(
        note_id=NoteId(new_id()), project_id=world.project_id, kind="rule", text=order, by="agent",
        created_at=datetime.now(UTC),
    )  # fmt: skip
    async with world.place.house.database.transaction(OWNER) as tx:
        await tx.notes.add(note)


async def in_earlier_request(world: World, order: str) -> None:
    run = await world.place.ask(world.project_id, prompt=order)
    async with world.place.house.database.transaction(OWNER) as tx:
        await tx.runs.update(run.run_id, state="failed", reason=order, finished_at=datetime.now(UTC))
        for job in await tx.jobs.list(project_id=world.project_id, kind="agent"):
            await tx.jobs.cancel(job.job_id)
    async with world.place.house.database.transaction(None) as tx:
        await tx.jobs.sweep()


async def in_version_label(world: World, order: str) -> None:
    async with world.place.house.database.transaction(OWNER) as tx:
        await tx.revisions.label(world.project_id, 1, order)


async def in_tool_answer(world: World, order: str) -> None:
    PLANTED["provider"] = json.dumps({"status": "succeeded", "logs": order})


async def in_tool_error(world: World, order: str) -> None:
    PLANTED["error"] = order


async def in_knowledge(world: World, order: str) -> None:
    PLANTED["knowledge"] = order


async def in_finding(world: World, order: str) -> None:
    PLANTED["finding"] = order


CARRIERS: Mapping[str, Carrier] = {
    "file": in_file, "file name": in_file_name, "project name": in_project_name, "asset name": in_asset_name,
    "asset metadata": in_asset_facts, "note": in_note, "earlier request": in_earlier_request,
    "version label": in_version_label, "provider's words": in_tool_answer, "tool error": in_tool_error,
    "knowledge": in_knowledge, "finding": in_finding,
}  # fmt: skip
CLIENT = "resource, read over MCP"
"""The carrier whose victim is no run but a client of the MCP door."""


async def revise(world: World, files: Mapping[str, str]) -> None:
    """Put files into the project past all tools."""
    await world.place.house.write(world.project_id, {path: text.encode() for path, text in files.items()})


async def bring(world: World, name: str, facts: dict[str, str | int | float]) -> None:
    """Bring an asset in."""
    asset = Asset(
        asset_id=AssetId(new_id()), owner=OWNER, project_id=world.project_id, name=name, kind="image",
        sha256=await world.place.house.blobs.put(b"png"), bytes=3, suffix=".png", facts=facts,
        created_at=datetime.now(UTC),
    )  # fmt: skip
    async with world.place.house.database.transaction(OWNER) as tx:
        await tx.assets.add(asset)
