"""Questions over HTTP: seen by who was asked, answered once, by who may, with what can be done."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import httpx
import pytest

from domain.nouns import ProjectId
from tests.doors import Open, opened
from tests.stands import OWNER

PLAN = {"plan": "12 s: a title, then three leaves."}


@pytest.fixture
async def doors(tmp_path: Path) -> AsyncGenerator[Open]:
    async with opened(tmp_path) as made:
        yield made


async def asked(doors: Open) -> tuple[httpx.AsyncClient, str]:
    """Somebody, and a question to them."""
    client = doors.client(key=await doors.key(OWNER))
    project_id = await doors.stand.scaffold()
    told = (await client.post("/api/tools/propose_plan", json={**PLAN, "project_id": project_id})).json()
    assert (told["failed"], told["kind"]) == (True, "approval")
    return client, str(told["approval_id"])


async def test_a_question_says_what_why_what_it_costs_and_until_when(doors: Open) -> None:
    client, approval_id = await asked(doors)
    (listed,) = (await client.get("/api/approvals?state=open")).json()["items"]
    told = (await client.get(listed["links"]["answer"])).json()
    assert told == listed
    assert (told["approval_id"], told["what"], told["cost_usd"]) == (approval_id, PLAN["plan"], 0)
    assert told["why"]
    assert told["expires_at"] > told["created_at"]
    assert (await client.get(f"/api/approvals?project_id={told['project_id']}")).json()["items"] == [told]
    assert (await client.get("/api/approvals?state=rejected")).json()["items"] == []


@pytest.mark.parametrize(
    ("body", "state"),
    [
        ({"decision": "approve"}, "approved"),
        ({"decision": "reject", "reason": "too long"}, "rejected"),
        ({"decision": "edit", "args": {"plan": "8 s: a title."}}, "edited"),
    ],
)
async def test_an_answer_counts_once(doors: Open, body: dict[str, Any], state: str) -> None:
    client, approval_id = await asked(doors)
    answered = await client.post(f"/api/approvals/{approval_id}", json=body)
    assert (answered.status_code, answered.json()["state"]) == (200, state)
    again = await client.post(f"/api/approvals/{approval_id}", json={"decision": "approve"})
    assert (again.status_code, again.json()["code"]) == (409, "approval_settled")
    assert state in again.json()["detail"]


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({}, "invalid", "decision"),
    ({"decision": "maybe"}, "invalid", "maybe"),
    ({"decision": "edit"}, "args_missing", "give all arguments"),
    ({"decision": "approve", "args": {"plan": "x"}}, "args_not_wanted", "'approve'"),
    ({"decision": "edit", "args": {"plan": ""}}, "invalid_args", "plan"),
    ({"decision": "edit", "args": {"plan": "x", "color": "red"}}, "invalid_args", "color"),
    ({"decision": "edit", "args": {"plan": 7}}, "invalid_args", "(got 7)"),
    ({"decision": "reject", "reason": "x" * 1_001}, "invalid", "reason"),
    ({"decision": "approve", "sure": True}, "invalid", "sure"),
]


@pytest.mark.parametrize(("body", "code", "said"), WRONG)
async def test_an_answer_that_cannot_be_taken_leaves_the_question_open(
    doors: Open, body: dict[str, Any], code: str, said: str
) -> None:
    client, approval_id = await asked(doors)
    refused = await client.post(f"/api/approvals/{approval_id}", json=body)
    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert said in refused.json()["detail"]
    assert (await client.get(f"/api/approvals/{approval_id}")).json()["state"] == "open"


async def test_somebody_elses_question_is_as_if_it_were_not_there(doors: Open) -> None:
    _, approval_id = await asked(doors)
    eve = doors.client(key=await doors.key("eve"))
    for refused in (
        await eve.get(f"/api/approvals/{approval_id}"),
        await eve.post(f"/api/approvals/{approval_id}", json={"decision": "approve"}),
    ):
        assert (refused.status_code, refused.json()["code"]) == (404, "approval_not_found")
    assert (await eve.get("/api/approvals")).json()["items"] == []
    nobody = doors.client()
    assert (await nobody.get("/api/approvals")).status_code == 401


async def test_a_yes_needs_the_scope_that_the_call_needs(doors: Open) -> None:
    client, approval_id = await asked(doors)
    reader = doors.client(key=await doors.key(OWNER, scopes=("read",)))
    refused = await reader.post(f"/api/approvals/{approval_id}", json={"decision": "approve"})
    assert (refused.status_code, refused.json()["code"]) == (403, "scope_missing")
    assert (await client.get(f"/api/approvals/{approval_id}")).json()["state"] == "open"


async def test_a_call_goes_on_after_the_answer_with_what_was_changed(doors: Open) -> None:
    client, approval_id = await asked(doors)
    project_id = (await client.get(f"/api/approvals/{approval_id}")).json()["project_id"]
    body = {"decision": "edit", "args": {"plan": "8 s: a title."}}
    await client.post(f"/api/approvals/{approval_id}", json=body)
    made = (await client.post("/api/tools/propose_plan", json={**PLAN, "project_id": project_id})).json()
    assert (made["failed"], made["data"]) == (False, {"plan": "8 s: a title."})
    told = [entry.event.type for entry in await doors.stand.events(ProjectId(project_id))]
    assert told[-4:] == ["approval.requested", "approval.resolved", "tool.started", "tool.finished"]


async def test_every_answer_is_audited(doors: Open) -> None:
    client, approval_id = await asked(doors)
    await client.post(f"/api/approvals/{approval_id}", json={"decision": "reject"})
    async with doors.stand.database.transaction(OWNER) as tx:
        rows = [each for each in await tx.audit.list() if each.subject == approval_id]
    assert [(row.action, row.door, row.detail.get("decision")) for row in rows] == [
        ("approval.answered", "http", "rejected"), ("approval.requested", "http", None),
    ]  # fmt: skip


async def test_a_run_may_be_asked_to_show_its_plan_and_nothing_else(doors: Open) -> None:
    client = doors.client()
    started = await client.post("/api/generate/start", json={"prompt": "A film", "approve": ["plan"]})
    status = (await client.get(started.json()["links"]["status"])).json()
    assert status["request"]["approve"] == ["plan"]
    wrong = await client.post("/api/generate/start", json={"prompt": "A film", "approve": ["everything"]})
    assert (wrong.status_code, "everything" in wrong.json()["detail"]) == (422, True)
