"""The operator's seat: every owner's jobs for who may see them, and for nobody else."""

import re
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from domain.account import SCOPES
from tests.doors import Open, opened
from tests.stands import OWNER


@pytest.fixture
async def doors(tmp_path: Path) -> AsyncGenerator[Open]:
    async with opened(tmp_path) as made:
        yield made


async def operator(doors: Open) -> httpx.AsyncClient:
    return doors.client(key=await doors.key("op", scopes=SCOPES))


async def ordered(doors: Open) -> tuple[dict[str, Any], str]:
    """A run and a render of Ada's: the run's answer, and the render's job."""
    ada = doors.client(key=await doors.key(OWNER))
    project_id = await doors.stand.scaffold()
    render = await doors.stand.call("render_video", {"quality": "draft"}, project_id=project_id)
    return (await ada.post("/api/generate/start", json={"prompt": "A film"})).json(), str(render.job_id)


async def test_the_queue_shows_everybodys_jobs_and_counts_them(doors: Open) -> None:
    run, render_job = await ordered(doors)
    client = await operator(doors)
    told = (await client.get("/api/queue")).json()
    assert {each["run_id"] for each in told["items"]} == {run["run_id"], None}
    assert {(each["kind"], each["state"], each["count"]) for each in told["tally"]} == {
        ("agent", "queued", 1), ("render", "queued", 1),
    }  # fmt: skip
    (only,) = (await client.get("/api/queue?kind=render&state=queued")).json()["items"]
    assert only["job_id"] == render_job
    assert (await client.get(f"/api/queue/{render_job}")).json() == only


async def test_who_is_at_work_is_told_with_what(doors: Open) -> None:
    _, render_job = await ordered(doors)
    async with doors.stand.database.transaction(None) as tx:
        await tx.jobs.lease(("render",), "host-1", 60)
    client = await operator(doors)
    (worker,) = (await client.get("/api/queue/workers")).json()["items"]
    assert (worker["worker"], [each["job_id"] for each in worker["jobs"]]) == ("host-1", [render_job])


async def test_a_job_is_called_off_with_its_run_and_that_is_audited(doors: Open) -> None:
    run, render_job = await ordered(doors)
    client = await operator(doors)
    (agent,) = (await client.get("/api/queue?kind=agent")).json()["items"]
    for job_id in (agent["job_id"], render_job):
        answer = await client.post(f"/api/queue/{job_id}/cancel")
        assert (answer.status_code, answer.json()["state"]) == (202, "cancelling")
    ada = doors.client(key=await doors.key(OWNER))
    assert (await ada.get(run["links"]["status"])).json()["state"] == "cancelling"
    async with doors.stand.database.transaction(None) as tx:
        rows = [each for each in await tx.audit.list() if each.action == "job.cancelled"]
    assert [(row.user_id, row.detail["owner"]) for row in rows] == [("op", OWNER)] * 2


async def test_a_job_that_is_not_there_is_not_found(doors: Open) -> None:
    client = await operator(doors)
    for answer in (await client.get("/api/queue/nothing"), await client.post("/api/queue/nothing/cancel")):
        assert (answer.status_code, answer.json()["code"]) == (404, "job_not_found")
    wrong = await client.get("/api/queue?state=lost")
    assert (wrong.status_code, "lost" in wrong.json()["detail"]) == (422, True)


@pytest.mark.parametrize("path", ["/api/queue", "/api/queue/workers", "/api/queue/x", "/metrics"])
async def test_only_an_operator_sees_it(doors: Open, path: str) -> None:
    ada = doors.client(key=await doors.key(OWNER))
    refused = await ada.get(path)
    assert (refused.status_code, refused.json()["code"]) == (403, "scope_missing")
    assert (await doors.client().get(path)).status_code == 401


async def test_the_metrics_are_what_prometheus_reads(doors: Open) -> None:
    await ordered(doors)
    async with doors.stand.database.transaction(None) as tx:
        old = (await tx.jobs.list(kind="render"))[0].model_copy(
            update={"job_id": "older", "created_at": datetime.now(UTC) - timedelta(seconds=90)}
        )
        await tx.jobs.enqueue(old)
    answer = await (await operator(doors)).get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    samples: dict[str, float] = {}
    for line in answer.text.splitlines():
        if not line.startswith("#"):
            match = re.fullmatch(r'([a-z_]+(?:\{(?:[a-z]+="[^"]*",?)*\})?) (-?[0-9.e+]+)', line)
            assert match, line
            samples[match[1]] = float(match[2])
    assert samples['director_jobs{kind="render",state="queued"}'] == 2
    assert 90 <= samples['director_queue_wait_seconds{kind="render"}'] < 150
    assert samples["director_approvals_open"] == 0
    assert samples["director_requests_open"] == 1
    helped = re.findall(r"^# HELP ([a-z_]+) ", answer.text, re.MULTILINE)
    assert helped == re.findall(r"^# TYPE ([a-z_]+) gauge$", answer.text, re.MULTILINE)
