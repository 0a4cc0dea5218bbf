"""Long work, pictures and files over MCP: the real engine, and a worker that renders."""

from __future__ import annotations

import asyncio
import base64
import io
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from PIL import Image

from domain.nouns import JobId
from jobs.worker import Worker
from render.handler import RenderHandler
from tests.contracts.test_every_tool import picture
from tests.mcp.clients import ERAS, WAYS, Desk, Way, desk, every_door, said, scaffold
from tests.stands import drawing

every_way = pytest.mark.parametrize("way", WAYS)
every_era = pytest.mark.parametrize("era", ERAS)


@asynccontextmanager
async def workshop(folder: Path) -> AsyncGenerator[Desk]:
    """A served house that draws."""
    async with drawing(folder) as engine, desk(folder, engine=engine) as at:
        yield at


@asynccontextmanager
async def rendering(at: Desk, folder: Path) -> AsyncGenerator[None]:
    """Let a worker render while the block runs."""
    stand, house = at.made.stand, at.made.house
    handler = RenderHandler(stand.database, house.engine, stand.blobs, stand.log, folder / "films")
    worker = Worker(stand.database, stand.wakeups, {"render": handler}, name="w", slots={"render": 1})
    task = asyncio.create_task(worker.run())
    try:
        yield
    finally:
        worker.stop()
        await task


async def ended(client: Client, project_id: str, **more: Any) -> Any:
    """Wait for the newest job as a client does."""
    async with asyncio.timeout(50):
        while True:
            waited = await client.call_tool("wait_for_job", {"project_id": project_id}, **more)
            assert not waited.is_error, said(waited)
            if (waited.structured_content or {})["ended"]:
                return waited


@every_door
async def test_pictures_are_small_and_left_out_when_asked(way: Way, era: str, tmp_path: Path) -> None:
    steps: list[float] = []

    async def on_progress(progress: float, total: float | None, message: str | None) -> None:
        steps.append(progress)

    async with workshop(tmp_path) as at, at.client(way, era) as client:
        project_id = await scaffold(client)
        look = {"project_id": project_id}
        seen = await client.call_tool("visual_frame_inspection", look, progress_callback=on_progress)
        left_out = await client.call_tool("visual_frame_inspection", {**look, "images": "omit"})
    found: list[Any] = [each for each in seen.content if each.type == "image"]
    assert len(found) == 1
    content = base64.b64decode(found[0].data)
    assert len(content) <= 300_000
    assert max(Image.open(io.BytesIO(content)).size) <= 1_568
    assert [each.type for each in left_out.content] == ["text", "text"]
    assert "left out" in said(left_out)
    assert steps == sorted(set(steps))
    assert steps


@every_era
async def test_pictures_are_left_out_by_a_setting(era: str, tmp_path: Path) -> None:
    async with workshop(tmp_path) as at, at.client(era=era, headers={"X-Director-Images": "omit"}) as client:
        look = {"project_id": await scaffold(client)}
        silent = await client.call_tool("visual_frame_inspection", look)
        asked = await client.call_tool("visual_frame_inspection", {**look, "images": "allow"})
    assert [each.type for each in silent.content] == ["text", "text"]
    assert [each.type for each in asked.content] == ["text", "image"]


async def test_a_film_comes_out_on_stdio_and_nothing_is_overwritten(tmp_path: Path) -> None:
    async with workshop(tmp_path) as at, rendering(at, tmp_path), at.client("stdio") as client:
        project_id = await scaffold(client)
        started = time.monotonic()
        ordered = await client.call_tool("render_video", {"project_id": project_id, "quality": "draft"})
        assert time.monotonic() - started < 2
        assert not ordered.is_error, said(ordered)
        waited = await ended(client, project_id)
        assert waited.structured_content["render"]["status"] in ("COMPLETED", "FAILED_CHECKS"), said(waited)
        assert [each.mime_type for each in waited.content if each.type == "resource_link"] == ["video/mp4"]
        film = tmp_path / "out.mp4"
        save = {"project_id": project_id, "save_to": str(film)}
        saved = await client.call_tool("wait_for_job", save)
        assert str(film) in said(saved)
        links: list[Any] = [each for each in saved.content if each.type == "resource_link"]
        assert str(links[-1].uri) == film.as_uri()
        assert film.read_bytes()[4:8] == b"ftyp"
        again = await client.call_tool("wait_for_job", save)
        assert again.is_error
        assert "there already" in said(again)
        whole = await client.call_tool("wait_for_job", {"project_id": project_id, "save_to": str(tmp_path)})
        assert not whole.is_error
        assert sorted(tmp_path.glob("film-*.mp4"))
        assert not list(tmp_path.glob(".*.part"))


BAD_PATHS: tuple[tuple[Any, str], ...] = (
    ("film.mp4", "no absolute path"),
    ("/nowhere/at/all/film.mp4", "there is no folder '/nowhere/at/all'"),
    ("{folder}/film.sh", "does not end in .mp4"),
    ("", "absolute path"),
    ("/tmp/\x00.mp4", "absolute path"),
    (7, "absolute path"),
)


async def test_a_path_that_cannot_take_a_film_is_named(tmp_path: Path) -> None:
    async with desk(tmp_path) as at, at.client("stdio") as client:
        for given, hint in BAD_PATHS:
            path = given.replace("{folder}", str(tmp_path)) if isinstance(given, str) else given
            refused = await client.call_tool("wait_for_job", {"project_id": "x", "save_to": path})
            assert refused.is_error
            assert hint in said(refused)


async def test_files_come_in_by_path_on_stdio_alone(tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    logo.write_bytes(picture())
    async with workshop(tmp_path) as at:
        async with at.client("http") as client:
            args = {"project_id": await scaffold(client), "source": str(logo)}
            assert "no uploaded asset" in said(await client.call_tool("add_asset", args))
        async with at.client("stdio") as client:
            args["project_id"] = await scaffold(client)
            near = await client.call_tool("add_asset", args)
            assert not near.is_error, said(near)
            missing = await client.call_tool("add_asset", {**args, "source": f"{tmp_path}/none.png"})
            assert missing.is_error
        async with at.client("stdio", key=await at.made.key()) as client:
            args["project_id"] = await scaffold(client)
            far = await client.call_tool("add_asset", args)
            assert not far.is_error, said(far)
            missing = await client.call_tool("add_asset", {**args, "source": f"{tmp_path}/none.png"})
            assert "no plain file" in said(missing)
    assert (near.structured_content or {})["path"] == (far.structured_content or {})["path"]


@every_door
async def test_giving_up_the_wait_stops_nothing_and_cancelling_stops_the_job(
    way: Way, era: str, tmp_path: Path
) -> None:
    async with workshop(tmp_path) as at, at.client(way, era) as client:
        project_id = await scaffold(client)
        ordered = await client.call_tool("render_video", {"project_id": project_id})
        told: dict[str, Any] = ordered.structured_content or {}
        job_id = JobId(told["job_id"])
        waiting = asyncio.create_task(client.call_tool("wait_for_job", {"project_id": project_id}))
        await asyncio.wait({waiting}, timeout=0.3)
        waiting.cancel()
        await asyncio.wait({waiting})
        state = await client.call_tool("wait_for_job", {"project_id": project_id, "timeout_s": 0})
        assert (state.structured_content or {})["state"] == "queued"
        stopped = await client.call_tool("cancel_job", {"project_id": project_id})
        assert not stopped.is_error
        async with at.made.stand.database.transaction(None, reading=True) as tx:
            assert (await tx.jobs.get(job_id)).state in ("cancelling", "cancelled")


@every_way
async def test_a_client_that_vanishes_in_mid_render_leaves_the_render_alone(way: Way, tmp_path: Path) -> None:
    async with workshop(tmp_path) as at, rendering(at, tmp_path):
        async with at.client(way) as client:
            project_id = await scaffold(client)
            await client.call_tool("render_video", {"project_id": project_id, "quality": "draft"})
            waiting = asyncio.create_task(client.call_tool("wait_for_job", {"project_id": project_id}))
            await asyncio.wait({waiting}, timeout=0.2)
            waiting.cancel()
        async with at.client(way) as client:
            waited = await ended(client, project_id)
    assert waited.structured_content["render"]["status"] in ("COMPLETED", "FAILED_CHECKS"), said(waited)
