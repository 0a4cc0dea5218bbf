"""Eight attacks on the names of things."""

from __future__ import annotations

import math
import uuid
from collections import Counter

from domain.nouns import new_id
from tests.mcp.attacks.ground import Ground, case
from tests.mcp.test_bad_input import HELLO, MODERN

ENTROPY_BITS = 122
"""Of a random UUID: what whoever names a thing has to know."""


async def session(on: Ground, key: str) -> dict[str, str]:
    """Open a session of the older revision."""
    headers = {"Accept": MODERN["Accept"], "Authorization": f"Bearer {key}"}
    answer = await on.http.post("/mcp", json=HELLO, headers=headers)
    return {**headers, "Mcp-Session-Id": answer.headers.get("mcp-session-id", "")}


PING = {"jsonrpc": "2.0", "id": 2, "method": "ping"}


@case
async def guessed_names_open_nothing(on: Ground) -> None:
    for _ in range(20):
        args = {"project_id": new_id(), "file_path": "film.py"}
        assert "there is no project" in await on.refused("read_file", args)


@case
async def a_name_in_anothers_hand_opens_nothing(on: Ground) -> None:
    args = {"project_id": on.project_id, "file_path": "film.py"}
    theirs = await on.refused("read_file", args, key=on.eve)
    nothing = await on.refused("read_file", {**args, "project_id": "nothing"}, key=on.eve)
    assert theirs.replace(on.project_id, "nothing") == nothing
    opened = await session(on, on.key)
    stolen = {**opened, "Authorization": f"Bearer {on.eve}"}
    assert (await on.http.post("/mcp", json=PING, headers=stolen)).status_code == 404


@case
async def a_session_ends_with_the_time_of_its_key(on: Ground) -> None:
    opened = await session(on, await on.soon())
    assert opened["Mcp-Session-Id"]
    await on.ended()
    assert (await on.http.post("/mcp", json=PING, headers=opened)).status_code == 401


@case
async def a_session_ends_when_its_key_is_revoked(on: Ground) -> None:
    opened = await session(on, on.revoked)
    assert opened["Mcp-Session-Id"]
    await on.revoke()
    assert (await on.http.post("/mcp", json=PING, headers=opened)).status_code == 401


@case
async def a_state_that_was_changed_on_its_way_is_refused(on: Ground) -> None:
    yes = {"approval": {"action": "accept", "content": {"decision": "approve"}}}
    args = {"project_id": on.project_id, "plan": "a title"}
    for state in ("", "x", f"{new_id()}.{'0' * 64}"):
        told = await on.call("propose_plan", args, inputResponses=yes, requestState=state)
        assert "requestState" in told["error"]["message"]


@case
async def a_name_of_one_project_opens_nothing_in_another(on: Ground) -> None:
    args = {"project_id": on.other_project, "job_id": on.job_id, "timeout_s": 0}
    assert "no job" in await on.refused("wait_for_job", args)
    del args["timeout_s"]
    assert "no job" in await on.refused("cancel_job", args)


@case
async def nobody_lists_what_is_anothers(on: Ground) -> None:
    mine = await on.read("director://handbook", key=on.eve)
    assert "result" in mine
    uri = f"director://projects/{on.project_id}"
    theirs, nothing = await on.read(uri, key=on.eve), await on.read(f"{uri[:-6]}000000", key=on.eve)
    assert theirs["error"]["code"] == nothing["error"]["code"]
    assert on.project_id[:-6] in nothing["error"]["message"]
    assert theirs["error"]["message"].replace(on.project_id[-6:], "000000") == nothing["error"]["message"]


@case
async def ten_thousand_secrets_cannot_be_guessed(on: Ground) -> None:
    assert len(set(on.secrets)) == len(on.secrets) == 10_000
    bits = sum(surprise([each[place] for each in on.secrets]) for place in range(len(on.secrets[0])))
    assert bits >= ENTROPY_BITS
    opened = [(await session(on, on.key))["Mcp-Session-Id"] for _ in range(5)]
    assert {uuid.UUID(each).version for each in opened} == {4}


def surprise(letters: list[str]) -> float:
    """Bits that nobody knows of the letter at one place, by the one that is most likely."""
    return -math.log2(max(Counter(letters).values()) / len(letters))
