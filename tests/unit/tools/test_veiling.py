"""A secret in a call of the model is gone from its calls and from its provider's words; all else stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import JsonValue

from domain.event import Call
from domain.model import Reply
from memory.gate import veil
from tests.stands import stand
from tools.builtin.remember import remember
from tools.veiling import unsaid

TOOLS = {"remember": remember}
SECRET = 'the password is «نور» "hunter22"'
ARGS: dict[str, JsonValue] = {"kind": "fact", "text": SECRET, "reason": "b"}
GOOD: dict[str, JsonValue] = {"kind": "tone", "text": "calm", "reason": "b"}


def reply(own: JsonValue, *args: dict[str, JsonValue]) -> Reply:
    calls = tuple(Call(call_id=str(place), tool="remember", args=each) for place, each in enumerate(args))
    return Reply(text="b", calls=calls, provider_content=own)


def gemini(*args: JsonValue) -> JsonValue:
    return {
        "role": "model",
        "parts": [
            {"functionCall": {"id": str(place), "name": "remember", "args": each}, "thoughtSignature": "Yg=="}
            for place, each in enumerate(args)
        ],
    }


def test_a_secret_leaves_the_call_and_the_words_of_its_provider() -> None:
    left = ARGS | {"text": veil("a password")}
    assert unsaid(reply(gemini(ARGS, GOOD), ARGS, GOOD), TOOLS) == reply(gemini(left, GOOD), left, GOOD)


@pytest.mark.parametrize("ascii_only", [True, False])
def test_so_it_does_where_the_arguments_are_a_text(ascii_only: bool) -> None:
    own: JsonValue = [
        {"function": {"name": "remember", "arguments": json.dumps(ARGS, ensure_ascii=ascii_only)}}
    ]
    after = unsaid(reply(own, ARGS), TOOLS)
    assert "hunter22" not in after.model_dump_json()
    [said] = after.provider_content  # pyright: ignore
    assert json.loads(said["function"]["arguments"]) == after.calls[0].args  # pyright: ignore


def test_every_other_reply_stays_verbatim() -> None:
    for args, tools in ((GOOD, TOOLS), (ARGS, {})):
        said = reply(gemini(args), args)
        assert unsaid(said, tools) is said


async def test_a_secret_that_a_turn_brings_is_in_no_row(tmp_path: Path) -> None:
    async with stand(tmp_path) as house:
        project_id = await house.scaffold()
        answer = await house.call("remember", ARGS, project_id=project_id)
        assert answer.summary == "a password is never remembered; write the note without it"
        async with house.database.transaction(house.principal.user_id, reading=True) as tx:
            entries = await tx.events.read(project_id)
    assert "hunter22" not in repr(entries)
    assert veil("a password") in repr(entries)
