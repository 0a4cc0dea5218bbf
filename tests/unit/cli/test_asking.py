"""A run's question at the terminal: answered by who types, by --yes, or elsewhere."""

import os
import pty
from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import pytest

from cli.asking import Asking
from cli.client import Client, Json
from tests.doors import Open, opened, served


class Desk:
    """A question, and a terminal to answer it at."""

    def __init__(self, doors: Open, client: Client, approval_id: str) -> None:
        self.doors, self.client, self.approval_id = doors, client, approval_id
        self.said: list[str] = []

    async def state(self) -> Json:
        return await self.client.get(f"/api/approvals/{self.approval_id}")


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncGenerator[Desk]:
    async with opened(tmp_path) as doors, served(doors) as server, Client(socket=server.socket) as client:
        made = await client.post(
            "/api/tools/scaffold_project", {"template_name": "plain", "project_name": "T"}
        )
        args: Json = {"project_id": made["project_id"], "plan": "a title"}
        asked = await client.post("/api/tools/propose_plan", args)
        yield Desk(doors, client, str(asked["approval_id"]))


@pytest.fixture
def terminal() -> Generator[tuple[int, int]]:
    """Somebody's end of a terminal, and the program's."""
    ends = pty.openpty()
    yield ends
    for end in ends:
        os.close(end)


@pytest.mark.parametrize(
    ("typed", "state", "reason"),
    [
        (b"yes\n", "approved", ""),
        (b"Ja\n", "approved", ""),
        (b"shorter, please\n", "rejected", "shorter, please"),
        (b"\n", "rejected", ""),
    ],
)
async def test_who_types_answers(
    desk: Desk, terminal: tuple[int, int], typed: bytes, state: str, reason: str
) -> None:
    asking = Asking(desk.client, desk.said.append, yes=False, terminal=terminal[1])
    asking.event("approval.requested", {"approval_id": desk.approval_id})
    os.write(terminal[0], typed)
    await asking.done()
    told = await desk.state()
    assert (told["state"], told["reason"]) == (state, reason)
    assert desk.said == ["Agree? yes, or what should be different: "]
    asking.close()


async def test_yes_answers_by_itself(desk: Desk) -> None:
    asking = Asking(desk.client, desk.said.append, yes=True, terminal=None)
    asking.event("approval.requested", {"approval_id": desk.approval_id})
    await asking.done()
    assert (await desk.state())["state"] == "approved"
    assert desk.said == []
    asking.close()


async def test_where_nobody_sits_the_way_to_answer_is_told(desk: Desk) -> None:
    asking = Asking(desk.client, desk.said.append, yes=False, terminal=None)
    asking.event("approval.requested", {"approval_id": desk.approval_id})
    await asking.done()
    assert desk.said == [f"It waits for an answer: director approvals approve {desk.approval_id}\n"]
    assert (await desk.state())["state"] == "open"


async def test_an_answer_from_elsewhere_ends_the_asking(desk: Desk, terminal: tuple[int, int]) -> None:
    asking = Asking(desk.client, desk.said.append, yes=False, terminal=terminal[1])
    asking.event("approval.requested", {"approval_id": desk.approval_id})
    await desk.client.post(f"/api/approvals/{desk.approval_id}", {"decision": "approve"})
    asking.event("approval.resolved", {"approval_id": desk.approval_id})
    os.write(terminal[0], b"no\n")
    assert (await desk.state())["state"] == "approved"


async def test_an_answer_that_comes_second_is_told_so(desk: Desk) -> None:
    await desk.client.post(f"/api/approvals/{desk.approval_id}", {"decision": "reject"})
    asking = Asking(desk.client, desk.said.append, yes=True, terminal=None)
    asking.event("approval.requested", {"approval_id": desk.approval_id})
    await asking.done()
    assert "has its answer already: rejected" in desk.said[0]
