"""A server that is told to go in the midst of its work goes at once, and the next one ends that work."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.chaos.__main__ import server_is_there
from bench.chaos.points import PROMPT
from bench.chaos.server import Server
from bench.chaos.story import Leavings, leavings
from cli.client import Json, Sent

GONE_S = 10.0
"""Seconds within which a server that is told to go has gone: handlers get five of them."""
Moment = Callable[[Sent], bool]
MOMENTS: dict[str, Moment] = {
    "a model's turn": lambda sent: sent.type in ("model.delta", "model.replied"),
    "a tool": lambda sent: sent.type == "tool.started",
    "a box that compiles": lambda sent: sent.data.get("tool") == "create_component",
    "a still": lambda sent: sent.data.get("tool") == "visual_frame_inspection",
    "a render that waits": lambda sent: sent.type == "render.queued",
    "a piece that is drawn": lambda sent: sent.data.get("stage") == "drawing",
    "the pieces' joining": lambda sent: sent.data.get("stage") in ("mixing", "finishing"),
    "a look at the film": lambda sent: sent.type == "render.finished",
}
DEFAULT = ("a piece that is drawn",)
NOT_COUNTED = ("run.started", "render.progress", "model.delta")


async def run(server: Server, name: str, moment: Moment | None) -> Leavings:
    """Make a run about somebody, and let the server go and come again at a moment of it."""
    order: Json = {"prompt": PROMPT.replace("Ferry House", name), "quality": "draft"}
    started = await server.client.post("/api/generate/start", order)
    run_id, project_id = str(started["run_id"]), str(started["project_id"])
    if moment is not None:
        async for sent in server.client.events(f"/api/generate/{run_id}/stream", server_is_there):
            if moment(sent):
                break
            assert sent.type != "run.finished", "the moment never came"
        await leave(server)
        await server.start()
    async with asyncio.timeout(180):
        return await leavings(server.client, project_id, run_id)


async def leave(server: Server) -> None:
    """Tell the server to go, as an operator's supervisor does."""
    told = time.monotonic()
    os.kill(server.pid, signal.SIGTERM)
    assert await server.ended(GONE_S) == 0, f"it has not gone after {time.monotonic() - told:.1f} s"


def effects(left: Leavings) -> Counter[str]:
    """How often what happened, without what each attempt tells again."""
    kinds = (event.partition(" ")[0] for event in left.events)
    return Counter(kind for kind in kinds if kind not in NOT_COUNTED)


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    "names",
    [pytest.param(DEFAULT, id="some"), pytest.param(tuple(MOMENTS), id="all", marks=pytest.mark.slow)],
)
async def test_a_run_goes_on_after_a_server_that_was_told_to_go(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    async with Server(tmp_path / "a") as server:
        reference = await run(server, "Ferry House", None)
        assert reference.status == "succeeded"
        for number, name in enumerate(names):
            left = await run(server, f"Boat House {number}", MOMENTS[name])
            assert (left.status, left.gapless) == ("succeeded", True), name
            assert effects(left) == effects(reference), name
            assert len(left.revisions) == len(reference.revisions), name


@pytest.mark.timeout(120)
async def test_a_server_that_is_told_to_go_leaves_nothing_of_a_half_upload(tmp_path: Path) -> None:
    async with Server(tmp_path / "a") as server:
        started = await server.client.post("/api/projects", {"name": "Half"})
        head = (
            "POST /api/assets/upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4000000\r\n"
            "Content-Type: multipart/form-data; boundary=B\r\n\r\n"
            f'--B\r\nContent-Disposition: form-data; name="project_id"\r\n\r\n{started["project_id"]}\r\n'
            '--B\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n'
        )
        reader, writer = await asyncio.open_unix_connection(str(tmp_path / "a" / "director.sock"))
        writer.write(head.encode() + b"\x89PNG\r\n\x1a\n" + bytes(1_000_000))
        await writer.drain()
        await leave(server)
        writer.close()
        assert b" 201 " not in await reader.read(1_000)
        await server.start()
        listed = await server.client.get("/api/assets", project_id=str(started["project_id"]))
        assert listed["items"] == []
        assert [path for path in (tmp_path / "a" / "uploads").rglob("*") if path.is_file()] == []
