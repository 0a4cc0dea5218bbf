"""Analyses at the doors: HTTP and MCP give the same job, and the operator sees and steers it."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import httpx
import pytest

from domain.account import SCOPES
from domain.nouns import ProjectId
from tests.doors import Open, opened, served
from tests.ears import clicks, listening
from tests.mcp.clients import Desk, said
from tests.stands import OWNER, drawing

TOOL = "audio_spectrum_analysis"


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncGenerator[Desk]:
    async with (
        drawing(tmp_path) as engine,
        opened(tmp_path, engine=engine, hearing_s=0.05) as made,
        served(made) as server,
    ):
        yield Desk(made, server)


class Doors:
    """Ada at both doors of a project with a sound, and the operator."""

    def __init__(self, made: Open, key: str, operator: str, project_id: ProjectId) -> None:
        self.ada = made.client(key=key)
        self.operator = made.client(key=operator)
        self.asked = {"audio_file_path": "assets/music.wav", "project_id": project_id}

    async def post(self, tool: str, **args: object) -> dict[str, Any]:
        answer = await self.ada.post(f"/api/tools/{tool}", json=args)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def queue(self) -> list[dict[str, Any]]:
        answer: httpx.Response = await self.operator.get("/api/queue?kind=analysis")
        return answer.json()["items"]

    async def ended(self, job_id: str) -> dict[str, Any]:
        return (await self.post("wait_for_job", job_id=job_id, project_id=self.asked["project_id"]))["data"]


async def test_a_sound_is_heard_for_who_asked_at_one_door_and_comes_back_at_the_other(desk: Desk) -> None:
    project_id = await desk.made.stand.scaffold()
    await desk.made.stand.write(project_id, {"assets/music.wav": clicks()})
    key = await desk.made.key(OWNER)
    doors = Doors(desk.made, key, await desk.made.key("op", scopes=SCOPES), project_id)
    async with desk.client(key=key) as client:
        first = await doors.post(TOOL, **doors.asked)
        again = await client.call_tool(TOOL, doors.asked)
        job_id = first["data"]["job_id"]
        assert not again.is_error
        assert again.structured_content is not None
        assert again.structured_content["job_id"] == job_id
        assert job_id in said(again)

        (waiting,) = await doors.queue()
        assert (waiting["job_id"], waiting["kind"], waiting["state"]) == (job_id, "analysis", "queued")
        page = (await doors.operator.get("/metrics")).text
        assert 'director_jobs{kind="analysis",state="queued"} 1' in page
        called_off = await doors.operator.post(f"/api/queue/{job_id}/cancel")
        assert (called_off.status_code, called_off.json()["state"]) == (202, "cancelling")
        async with listening(desk.made.stand):
            assert (await doors.ended(job_id))["state"] == "cancelled"
            retried = (await doors.operator.post(f"/api/queue/{job_id}/retry")).json()
            assert (retried["kind"], retried["run_id"], retried["payload"]["again"]) == (
                "analysis",
                None,
                job_id,
            )
            assert (await doors.ended(retried["job_id"]))["state"] == "done"
        heard = await client.call_tool(TOOL, doors.asked)
    assert heard.structured_content is not None
    assert heard.structured_content["tempo_bpm"] == pytest.approx(120, abs=1)
    assert "job_id" not in heard.structured_content
    assert "image" in {each.type for each in heard.content}
    assert [each["state"] for each in await doors.queue()] == ["done", "cancelled"]


async def test_why_a_sound_was_not_heard_is_told_by_its_job(desk: Desk) -> None:
    project_id = await desk.made.stand.scaffold()
    await desk.made.stand.write(project_id, {"assets/music.wav": b"no sound at all"})
    key = await desk.made.key(OWNER)
    doors = Doors(desk.made, key, key, project_id)
    async with listening(desk.made.stand):
        job_id = (await doors.post(TOOL, **doors.asked))["data"]["job_id"]
        told = await doors.ended(job_id)
        assert (told["ended"], told["state"]) == (True, "failed")
        assert told["reason"].startswith("assets/music.wav: the file is no WAV")
