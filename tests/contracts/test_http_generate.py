"""Prompts over HTTP: taken in whole or refused clearly, once per key, called off at any time."""

import asyncio
import json
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import httpx
import pytest

from domain.account import LOCAL_USER
from domain.event import RunFinished
from domain.finding import Finding
from domain.job import Job
from domain.nouns import ProjectId, RunId
from domain.promise import PromiseLine
from domain.run import Run, Usage
from tests.doors import Open, opened

PROMPT = "A calm 12-second teaser for Noor Tea"


@pytest.fixture
async def doors(tmp_path: Path) -> AsyncGenerator[Open]:
    async with opened(tmp_path) as made:
        yield made


@pytest.fixture
def client(doors: Open) -> httpx.AsyncClient:
    return doors.client()


async def rows(doors: Open, project_id: str) -> tuple[list[Run], list[Job]]:
    async with doors.stand.database.transaction(LOCAL_USER) as tx:
        found = ProjectId(project_id)
        return await tx.runs.list(found), await tx.jobs.list(project_id=found, kind="agent")


async def test_a_prompt_becomes_a_project_a_run_a_job_and_an_event(
    doors: Open, client: httpx.AsyncClient
) -> None:
    answer = await client.post(
        "/api/generate/start", json={"prompt": PROMPT, "format": "9:16", "seconds": 12}
    )
    assert answer.status_code == 202
    told = answer.json()
    runs, jobs = await rows(doors, told["project_id"])
    project = (await client.get(told["links"]["project"])).json()
    assert [run.run_id for run in runs] == [told["run_id"]]
    assert (jobs[0].run_id, jobs[0].state) == (told["run_id"], "queued")
    assert (project["status"], project["width"], project["height"]) == ("DRAFT", 1080, 1920)
    assert project["name"] == PROMPT
    async with doors.stand.database.transaction(LOCAL_USER) as tx:
        entries = await tx.events.read(ProjectId(told["project_id"]))
    assert [entry.event.type for entry in entries] == ["run.queued"]
    assert told["links"]["stream"] == f"/api/generate/{told['run_id']}/stream"


async def test_a_status_tells_how_the_run_stands(client: httpx.AsyncClient) -> None:
    told = (await client.post("/api/generate/start", json={"prompt": PROMPT})).json()
    status = (await client.get(told["links"]["status"])).json()
    assert (status["state"], status["request"]["prompt"]) == ("queued", PROMPT)


@pytest.mark.parametrize(
    ("body", "field", "words"),
    [
        ({}, "prompt", "is missing"),
        ({"prompt": ""}, "prompt", "is empty"),
        ({"prompt": " \n\t "}, "prompt", "is empty"),
        ({"prompt": "x" * 200_000}, "prompt", "has 200000 characters; give at most 20000"),
        ({"prompt": "tea\0pot"}, "prompt", "control character '\\x00' at position 3"),
        ({"prompt": "\x89PNG\x1a"}, "prompt", "control character '\\x1a'"),
        ({"prompt": "half \ud83d"}, "prompt", "half a letter at position 5"),
        ({"prompt": 7}, "prompt", "string"),
        ({"prompt": PROMPT, "seconds": 0}, "seconds", "(got 0)"),
        ({"prompt": PROMPT, "seconds": 36_000}, "seconds", "(got 36000)"),
        ({"prompt": PROMPT, "format": "4:3"}, "format", "16:9"),
        ({"prompt": PROMPT, "lenght": 3}, "lenght", "not permitted"),
        ({"prompt": PROMPT, "assets": ["a" * 200]}, "assets.0", "100"),
    ],
)
async def test_a_bad_body_is_refused_by_the_name_of_its_field(
    client: httpx.AsyncClient, body: dict[str, Any], field: str, words: str
) -> None:
    answer = await client.post(
        "/api/generate/start", content=json.dumps(body), headers={"content-type": "application/json"}
    )
    told = answer.json()
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert [each["field"] for each in told["errors"]] == [field]
    assert words in told["errors"][0]["message"]
    assert field in told["detail"]
    assert (await client.get("/api/projects")).json()["items"] == []


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 422, "invalid"),
        (b"{", 400, "invalid_json"),
        (b'{"prompt": "\xff\xfe"}', 400, "invalid_json"),
        (b"[]", 422, "invalid"),
        (b'"tea"', 422, "invalid"),
        (b'{"prompt": "' + b"x" * 2_000_000 + b'"}', 413, "too_large"),
    ],
)
async def test_a_body_that_is_no_json_object_is_refused(
    client: httpx.AsyncClient, content: bytes, status: int, code: str
) -> None:
    answer = await client.post(
        "/api/generate/start", content=content, headers={"content-type": "application/json"}
    )
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_body_without_a_length_is_counted(client: httpx.AsyncClient) -> None:
    async def endless() -> AsyncGenerator[bytes]:
        yield b'{"prompt": "'
        for _ in range(40):
            yield b"x" * 65_536

    answer = await client.post(
        "/api/generate/start", content=endless(), headers={"content-type": "application/json"}
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize("path", ["start", "refine"])
async def test_a_project_that_is_not_there_is_not_found(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.post(f"/api/generate/{path}", json={"prompt": PROMPT, "project_id": "../../etc"})
    assert (answer.status_code, answer.json()["code"]) == (404, "project_not_found")


async def test_an_asset_that_is_not_there_leaves_no_half_project(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/generate/start", json={"prompt": PROMPT, "assets": ["nope"]})
    assert (answer.status_code, answer.json()["code"]) == (404, "asset_not_found")
    assert (await client.get("/api/projects")).json()["items"] == []


async def test_a_refine_of_nothing_is_a_conflict_but_of_a_busy_project_waits_its_turn(
    doors: Open, client: httpx.AsyncClient
) -> None:
    empty = (await client.post("/api/projects", json={"name": "Empty"})).json()
    wish = {"prompt": "bluer", "project_id": empty["project_id"]}
    answer = await client.post("/api/generate/refine", json=wish)
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_to_refine")
    await client.post("/api/generate/start", json={**wish, "prompt": PROMPT})
    assert (await client.post("/api/generate/refine", json=wish)).status_code == 202
    runs, jobs = await rows(doors, empty["project_id"])
    assert sorted(run.kind for run in runs) == ["generate", "refine"]
    async with doors.stand.database.transaction(None) as tx:
        first = await tx.jobs.lease(("agent",), "w", 10)
        assert first is not None
        assert await tx.jobs.lease(("agent",), "w", 10) is None
    assert len(jobs) == 2


async def test_the_same_key_and_body_is_one_run(doors: Open, client: httpx.AsyncClient) -> None:
    sent = [
        client.post("/api/generate/start", json={"prompt": PROMPT}, headers={"Idempotency-Key": "k1"})
        for _ in range(32)
    ]
    answers = [answer.json() for answer in await asyncio.gather(*sent)]
    assert len({answer["run_id"] for answer in answers}) == 1
    assert len((await client.get("/api/projects")).json()["items"]) == 1
    runs, _ = await rows(doors, answers[0]["project_id"])
    assert len(runs) == 1


async def test_the_same_key_with_another_body_is_refused(client: httpx.AsyncClient) -> None:
    headers = {"Idempotency-Key": "k1"}
    await client.post("/api/generate/start", json={"prompt": PROMPT}, headers=headers)
    answer = await client.post("/api/generate/start", json={"prompt": "Another"}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")


async def test_a_refused_request_does_not_use_its_key_up(client: httpx.AsyncClient) -> None:
    headers = {"Idempotency-Key": "k1"}
    refused = await client.post(
        "/api/generate/start", json={"prompt": PROMPT, "assets": ["x"]}, headers=headers
    )
    assert refused.status_code == 404
    assert (
        await client.post("/api/generate/start", json={"prompt": PROMPT}, headers=headers)
    ).status_code == 202


@pytest.mark.parametrize("key", ["", "x" * 256, "a\tb"])
async def test_a_key_that_is_no_plain_text_is_refused(client: httpx.AsyncClient, key: str) -> None:
    answer = await client.post(
        "/api/generate/start", json={"prompt": PROMPT}, headers={"Idempotency-Key": key}
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_idempotency_key")


async def test_a_cancel_marks_run_and_job_at_once_and_twice_is_once(
    doors: Open, client: httpx.AsyncClient
) -> None:
    told = (await client.post("/api/generate/start", json={"prompt": PROMPT})).json()
    for _ in range(2):
        answer = await client.post("/api/generate/cancel", json={"run_id": told["run_id"]})
        assert (answer.status_code, answer.json()["state"]) == (202, "cancelling")
    _, jobs = await rows(doors, told["project_id"])
    assert jobs[0].state == "cancelling"


async def test_a_cancel_of_an_ended_run_leaves_it_as_it_is(doors: Open, client: httpx.AsyncClient) -> None:
    told = (await client.post("/api/generate/start", json={"prompt": PROMPT})).json()
    await doors.finish(told["project_id"], told["run_id"])
    answer = await client.post("/api/generate/cancel", json={"run_id": told["run_id"]})
    assert (answer.status_code, answer.json()["state"]) == (202, "succeeded")


async def test_a_cancel_of_an_unknown_run_is_not_found(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/generate/cancel", json={"run_id": "nope"})
    assert (answer.status_code, answer.json()["code"]) == (404, "run_not_found")


async def test_the_status_of_an_ended_run_tells_what_it_kept_and_what_is_left(
    doors: Open, client: httpx.AsyncClient
) -> None:
    told = (await client.post("/api/generate/start", json={"prompt": PROMPT})).json()
    run_id = RunId(told["run_id"])
    line = PromiseLine(what="text", promised="شاي نور", delivered="not seen", kept=False)
    red = Finding(code="text_cut", severity="error", message="the title is cut")
    before = (await client.get(told["links"]["status"])).json()
    assert (before["promise"], before["findings"]) == ([], [])
    async with doors.stand.database.transaction(LOCAL_USER) as tx:
        end = RunFinished(
            status="failed", reason="After 3 rounds.", usage=Usage(), promise=(line,), findings=(red,)
        )
        await tx.events.append(ProjectId(told["project_id"]), end, run_id)
        await tx.runs.update(run_id, state="failed", reason=end.reason)
    status = (await client.get(told["links"]["status"])).json()
    assert (status["state"], status["promise"]) == ("failed", [line.model_dump()])
    assert [each["code"] for each in status["findings"]] == ["text_cut"]
