"""The operator's seat: every owner's jobs for who may see them, and for nobody else."""

import re
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from domain.account import SCOPES
from domain.queue import KINDS, Room
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


async def test_what_failed_is_done_once_more_with_a_run_or_render_of_its_own(doors: Open) -> None:
    run, render_job = await ordered(doors)
    client = await operator(doors)
    async with doors.stand.database.transaction(None) as tx:
        for kind in KINDS[:2]:
            job = await tx.jobs.lease((kind,), "w", 60)
            assert job is not None
            await tx.jobs.finish(job.job_id, job.attempt, "failed", reason="an internal error; see the log")
    again = (await client.post(f"/api/queue/{render_job}/retry")).json()
    assert (again["state"], again["attempt"], again["payload"]) == ("queued", 0, {"again": render_job})
    assert again["render_id"] != (await client.get(f"/api/queue/{render_job}")).json()["render_id"]
    told = (await client.post("/api/queue/requeue-failed", json={})).json()
    assert (len(told["jobs"]), told["left"]) == (1, 0)
    new = (await client.get(f"/api/queue/{told['jobs'][0]}")).json()
    assert (new["kind"], new["state"]) == ("agent", "queued")
    ada = doors.client(key=await doors.key(OWNER))
    status = (await ada.get(f"/api/generate/{new['run_id']}/status")).json()
    assert (status["state"], new["run_id"] != run["run_id"]) == ("queued", True)
    assert (await client.post("/api/queue/requeue-failed", json={})).json()["jobs"] == []
    refused = await client.post(f"/api/queue/{new['job_id']}/retry")
    assert (refused.status_code, refused.json()["code"]) == (409, "job_not_failed")
    page = (await client.get("/metrics")).text
    assert 'director_failures{kind="render",reason="bug"} 1' in page


async def test_what_failed_in_a_deleted_project_is_left(doors: Open) -> None:
    await ordered(doors)
    client = await operator(doors)
    async with doors.stand.database.transaction(None) as tx:
        job = await tx.jobs.lease(("render",), "w", 60)
        assert job is not None
        await tx.jobs.finish(job.job_id, job.attempt, "failed")
        await tx.projects.delete(job.project_id)
    told = (await client.post("/api/queue/requeue-failed", json={"kind": "render"})).json()
    assert told == {"jobs": [], "left": 1}


async def test_a_queue_is_paused_drained_opened_and_purged(doors: Open) -> None:
    _, render_job = await ordered(doors)
    client = await operator(doors)
    stands = (await client.post("/api/queue/pause", json={"kind": "render"})).json()["queues"]
    assert [(each["kind"], each["state"]) for each in stands] == [
        ("agent", "open"), ("render", "paused"), ("analysis", "open"),
    ]  # fmt: skip
    async with doors.stand.database.transaction(None) as tx:
        assert await tx.jobs.lease(("render",), "w", 60) is None
    assert 'director_queue_open{kind="render",state="paused"} 0' in (await client.get("/metrics")).text
    await client.post("/api/queue/drain", json={})
    ada = doors.client(key=await doors.key(OWNER))
    refused = await ada.post("/api/generate/start", json={"prompt": "A film"})
    assert (refused.status_code, refused.json()["code"]) == (503, "queue_unavailable")
    assert int(refused.headers["retry-after"]) >= 1
    assert "agent queue is being drained" in refused.json()["detail"]
    purged = (await client.post("/api/queue/purge", json={"kind": "render"})).json()["jobs"]
    assert purged == [render_job]
    await client.post("/api/queue/resume", json={})
    assert (await ada.post("/api/generate/start", json={"prompt": "A film"})).status_code == 202
    wrong = await client.post("/api/queue/pause", json={"kind": "prints"})
    assert (wrong.status_code, "prints" in wrong.json()["detail"]) == (422, True)


async def test_a_user_with_too_much_waiting_is_told_when_to_come_back(tmp_path: Path) -> None:
    async with opened(tmp_path, room=Room(each=1)) as doors:
        ada = doors.client(key=await doors.key(OWNER))
        assert (await ada.post("/api/generate/start", json={"prompt": "A film"})).status_code == 202
        refused = await ada.post("/api/generate/start", json={"prompt": "Another"})
        assert (refused.status_code, refused.json()["code"]) == (429, "too_many_waiting")
        assert (refused.headers["retry-after"], refused.json()["retryable"]) == ("30", True)
        project = await doors.stand.scaffold()
        other = await doors.stand.scaffold(name="Other")
        order = {"project_id": project, "quality": "draft"}
        assert (await ada.post("/api/render/start", json=order)).status_code == 202
        full = await ada.post("/api/render/start", json={**order, "project_id": other})
        assert (full.status_code, full.headers.get("retry-after")) == (429, "30")
        assert "1 of your render jobs wait already" in full.json()["detail"]


async def test_a_job_is_moved_to_the_front(doors: Open) -> None:
    _, render_job = await ordered(doors)
    client = await operator(doors)
    moved = await client.post(f"/api/queue/{render_job}/priority", json={"priority": "high"})
    assert moved.json()["priority"] == 10
    wrong = await client.post(f"/api/queue/{render_job}/priority", json={"priority": "highest"})
    assert wrong.status_code == 422


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
