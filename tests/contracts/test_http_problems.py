"""Every error is a problem: a code, a way out, an id that the log shares, and nothing internal."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from domain.errors import Conflict, LimitReached, ToolError, Unavailable
from tests.doors import Open, opened


@pytest.fixture
async def doors(tmp_path: Path) -> AsyncGenerator[Open]:
    async with opened(tmp_path) as made:
        broken(made.app)
        yield made


@pytest.fixture
def client(doors: Open) -> httpx.AsyncClient:
    return doors.client()


def broken(app: FastAPI) -> None:
    """Routes on which something goes wrong."""

    @app.get("/broken/{how}")
    async def fail(how: str) -> None:
        raise {
            "bug": ZeroDivisionError("password=hunter2"),
            "away": Unavailable("database", "the database is locked; try again"),
            "conflict": Conflict("too_late", "somebody was faster"),
            "limit": LimitReached("too_many", "at most 3"),
            "busy": Conflict("busy", "wait", retry_after_s=7),
            "timeout": ToolError("timeout", "the frames took longer than 60 s; ask for fewer"),
        }[how]

    assert fail


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nope", 404, "no_such_path"),
        ("GET", "/api/nope", 404, "no_such_path"),
        ("GET", "/studio/nope.js", 404, "no_such_path"),
        ("GET", "/studio/..%2fapp.py", 404, "no_such_path"),
        ("PUT", "/api/projects", 405, "method_not_allowed"),
        ("GET", "/api/generate/start", 405, "method_not_allowed"),
        ("GET", "/api/projects/%00", 400, "bad_path"),
        ("GET", "/api/projects/a%0d%0aSet-Cookie:x", 400, "bad_path"),
        ("GET", "/api/projects/" + "x" * 3_000, 404, "project_not_found"),
        ("GET", "/api/projects/%ff%fe", 404, "project_not_found"),
        ("GET", "/api/render/nope/status", 404, "render_not_found"),
        ("GET", "/api/generate/nope/status", 404, "run_not_found"),
        ("GET", "/broken/away", 503, "database_unavailable"),
        ("GET", "/broken/conflict", 409, "too_late"),
        ("GET", "/broken/limit", 413, "too_many"),
        ("GET", "/broken/timeout", 504, "timeout"),
        ("GET", "/broken/bug", 500, "internal"),
    ],
)
async def test_every_error_is_a_problem(
    client: httpx.AsyncClient, method: str, path: str, status: int, code: str
) -> None:
    answer = await client.request(method, path)
    told = answer.json()
    assert (answer.status_code, told["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    assert told["type"] == f"urn:director:problem:{code}"
    assert told["status"] == status
    assert told["title"]
    assert told["detail"]
    assert told["request_id"] == answer.headers["x-request-id"]
    assert len(answer.content) < 1_500


async def test_a_bug_tells_its_id_and_nothing_else(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await client.get("/broken/bug")
    assert "hunter2" not in answer.text
    assert "ZeroDivision" not in answer.text
    assert answer.json()["request_id"] in answer.json()["detail"]
    logged = [each for each in caplog.records if getattr(each, "action", "") == "request_bug"]
    assert [getattr(each, "request_id", "") for each in logged] == [answer.json()["request_id"]]


@pytest.mark.parametrize(
    ("how", "retryable", "after"),
    [("away", True, "5"), ("busy", True, "7"), ("conflict", False, None), ("bug", False, None)],
)
async def test_an_error_says_whether_trying_again_helps(
    client: httpx.AsyncClient, how: str, retryable: bool, after: str | None
) -> None:
    answer = await client.get(f"/broken/{how}")
    assert answer.json()["retryable"] is retryable
    assert answer.headers.get("retry-after") == after


async def test_ready_names_the_part_that_is_away(tmp_path: Path) -> None:
    async def good() -> str:
        return "fine"

    async def away() -> str:
        raise Unavailable("sandbox", "bubblewrap is missing; install it")

    class Part:
        def __init__(self, name: str, check: object) -> None:
            self.name, self.using, self.check = name, "x", check

    async with opened(tmp_path) as doors:
        assert (await doors.client().get("/ready")).json() == {"status": "ready", "parts": []}
        object.__setattr__(doors.house, "parts", (Part("database", good), Part("sandbox", away)))
        answer = await doors.client().get("/ready")
    told = answer.json()
    assert (answer.status_code, told["code"]) == (503, "not_ready")
    assert told["detail"] == "sandbox: bubblewrap is missing; install it"
    assert [(part["part"], part["ok"]) for part in told["parts"]] == [("database", True), ("sandbox", False)]


async def test_health_answers_at_once_while_the_database_is_written_to(doors: Open) -> None:
    async with doors.stand.database.transaction(None):
        async with asyncio.timeout(2):
            told = (await doors.client().get("/health")).json()
    assert (told["status"], told["busy"], told["director"]) == ("ok", False, "scripted")


async def test_health_says_that_a_run_is_under_way(client: httpx.AsyncClient) -> None:
    await client.post("/api/generate/start", json={"prompt": "A film"})
    assert (await client.get("/health")).json()["busy"] is True
