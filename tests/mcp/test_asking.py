"""A call that needs a yes: asked of the person at the client where it can, else told clearly."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp_types import ElicitResult

from tests.mcp.clients import Desk, Way, desk, every_door, said, scaffold
from tests.mcp.test_bad_input import ENVELOPE, MODERN

PLAN = {"plan": "12 s: a title, then three leaves."}


class Person:
    """Somebody at a client, who does with each form what was said before."""

    def __init__(self, action: str, **content: Any) -> None:
        self.asked: list[Any] = []
        self._answer = ElicitResult(action=action, content=content or None)  # pyright: ignore[reportArgumentType]

    async def __call__(self, context: Any, params: Any) -> ElicitResult:
        self.asked.append(params)
        return self._answer


async def state_of(at: Desk, project_id: str) -> tuple[str, str]:
    """How the one question stands, and what was said to it."""
    async with at.made.stand.database.transaction(None) as tx:
        (asked,) = [each for each in await tx.approvals.list() if each.project_id == project_id]
    return asked.state, asked.reason


@every_door
async def test_a_person_agrees_in_a_form_and_the_call_is_made(way: Way, era: str, tmp_path: Path) -> None:
    person = Person("accept", decision="approve", plan=PLAN["plan"])
    async with desk(tmp_path) as at, at.client(way, era, elicitation_callback=person) as client:
        project_id = await scaffold(client)
        made = await client.call_tool("propose_plan", {**PLAN, "project_id": project_id})
        assert (made.is_error, made.structured_content) == (
            False, {"summary": "The user agreed. Make the film by this plan.", **PLAN},
        )  # fmt: skip
        assert await state_of(at, project_id) == ("approved", "")
    (form,) = person.asked
    assert PLAN["plan"] in form.message
    fields = form.requested_schema["properties"]
    assert fields["decision"]["enum"] == ["approve", "reject"]
    assert fields["plan"]["default"] == PLAN["plan"]


@pytest.mark.parametrize("era", ["auto", "legacy"])
async def test_a_person_changes_the_call_in_the_form(era: str, tmp_path: Path) -> None:
    person = Person("accept", decision="approve", plan="8 s: a title.")
    async with desk(tmp_path) as at, at.client("http", era, elicitation_callback=person) as client:
        project_id = await scaffold(client)
        made = await client.call_tool("propose_plan", {**PLAN, "project_id": project_id})
        assert made.structured_content is not None
        assert made.structured_content["plan"] == "8 s: a title."
        assert "The user changed plan." in said(made)


@pytest.mark.parametrize("era", ["auto", "legacy"])
@pytest.mark.parametrize(
    ("person", "state"),
    [
        (Person("accept", decision="reject", reason="too long"), ("rejected", "too long")),
        (Person("decline"), ("rejected", "")),
        (Person("cancel"), ("open", "")),
    ],
    ids=["no", "declined", "closed"],
)
async def test_what_is_no_yes_makes_no_call(
    era: str, person: Person, state: tuple[str, str], tmp_path: Path
) -> None:
    async with desk(tmp_path) as at, at.client("http", era, elicitation_callback=person) as client:
        project_id = await scaffold(client)
        refused = await client.call_tool("propose_plan", {**PLAN, "project_id": project_id})
        assert refused.is_error
        assert said(refused).startswith("approval: " if state[0] == "open" else "denied: ")
        assert await state_of(at, project_id) == state
    assert len(person.asked) == 1
    person.asked.clear()


@every_door
async def test_a_client_that_cannot_ask_is_told_how_the_user_answers(
    way: Way, era: str, tmp_path: Path
) -> None:
    async with desk(tmp_path) as at, at.client(way, era) as client:
        project_id = await scaffold(client)
        refused = await client.call_tool("propose_plan", {**PLAN, "project_id": project_id})
        assert refused.is_error
        assert said(refused).startswith("approval: A person has to agree first.")
        async with at.server.client(socket=True) as http:
            (asked,) = (await http.get("/api/approvals?state=open")).json()["items"]
            assert f"POST {asked['links']['answer']}" in said(refused)
            await http.post(asked["links"]["answer"], json={"decision": "approve"})
        assert not (await client.call_tool("propose_plan", {**PLAN, "project_id": project_id})).is_error


async def called(http: httpx.AsyncClient, project_id: str, **more: Any) -> dict[str, Any]:
    """Call as a client of the newer revision does, by hand."""
    able: dict[str, Any] = {
        **ENVELOPE,
        "io.modelcontextprotocol/clientCapabilities": {"elicitation": {"form": {}}},
    }
    params: dict[str, Any] = {
        "_meta": able,
        "name": "propose_plan",
        "arguments": {**PLAN, "project_id": project_id},
        **more,
    }
    call: dict[str, Any] = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
    headers = {**MODERN, "Mcp-Method": "tools/call", "Mcp-Name": "propose_plan"}
    answer = await http.post(
        "/mcp", content=json.dumps(call), headers={**headers, "Content-Type": "application/json"}
    )
    return answer.json()


async def test_an_answer_counts_only_for_what_was_asked_and_only_from_whom(tmp_path: Path) -> None:
    yes = {"approval": {"action": "accept", "content": {"decision": "approve"}}}
    async with desk(tmp_path) as at:
        ada = {"Authorization": f"Bearer {await at.made.key('ada')}"}
        eve = {"Authorization": f"Bearer {await at.made.key('eve')}"}
        project_id = await at.made.stand.scaffold()
        async with at.server.client(headers=ada) as mine, at.server.client(headers=eve) as other:
            asked = (await called(mine, project_id))["result"]
            assert asked["resultType"] == "input_required"
            state = asked["requestState"]
            for wrong in (
                "",
                "x",
                state[:-1],
                f"{state[:-1]}{'1' if state[-1] == '0' else '0'}",
                f"{state}\ud83c",
            ):
                refused = await called(mine, project_id, inputResponses=yes, requestState=wrong)
                assert "requestState" in refused["error"]["message"]
            stolen = await called(other, project_id, inputResponses=yes, requestState=state)
            assert "requestState" in stolen["error"]["message"]
            assert await state_of(at, project_id) == ("open", "")
            made = await called(mine, project_id, inputResponses=yes, requestState=state)
            assert made["result"]["isError"] is False
            again = await called(mine, project_id, inputResponses=yes, requestState=state)
            assert (again["result"]["isError"], len(again["result"]["content"])) == (True, 1)
