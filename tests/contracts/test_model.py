"""What every model does, whoever speaks."""

from __future__ import annotations

import io
from collections.abc import AsyncGenerator, Sequence

import pytest
from PIL import Image as Picture

from domain.model import (
    Delta,
    Image,
    Message,
    Model,
    ModelMessage,
    Reply,
    ToolAnswer,
    ToolMessage,
    UserMessage,
)
from tests.contracts.models import MODELS, TOOLS

BRIEFING = "You make films."
PROMPT = UserMessage(text="A 12-second teaser for Noor Tea: calm, green.")


@pytest.fixture(params=sorted(MODELS))
async def model(request: pytest.FixtureRequest) -> AsyncGenerator[Model]:
    async with MODELS[request.param]() as made:
        yield made


async def heard(model: Model, messages: Sequence[Message]) -> tuple[list[Delta], list[Reply]]:
    pieces = [piece async for piece in model.reply(BRIEFING, messages, TOOLS)]
    replies = [piece for piece in pieces if isinstance(piece, Reply)]
    assert pieces[-1:] == replies, "the reply comes last"
    return [piece for piece in pieces if isinstance(piece, Delta)], replies


def said(model: Model, reply: Reply) -> ModelMessage:
    return ModelMessage(
        model=model.name, text=reply.text, calls=reply.calls, provider_content=reply.provider_content
    )


def answered(reply: Reply, *, failed: bool = False, images: tuple[Image, ...] = ()) -> ToolMessage:
    return ToolMessage(
        answers=tuple(
            ToolAnswer(
                call_id=call.call_id, tool=call.tool, failed=failed, output={"summary": "ok"}, images=images
            )
            for call in reply.calls
        )
    )


def a_picture() -> Image:
    content = io.BytesIO()
    Picture.new("RGB", (320, 180), "#2E6B4F").save(content, "JPEG")
    return Image(media_type="image/jpeg", content=content.getvalue(), caption="sheet")


async def test_an_answer_is_deltas_and_then_exactly_one_reply(model: Model) -> None:
    deltas, replies = await heard(model, [PROMPT])
    assert len(replies) == 1
    assert "".join(delta.text for delta in deltas).strip() == replies[0].text.strip()


async def test_a_reply_counts_itself_as_one_turn_that_was_read_and_written(model: Model) -> None:
    _, [reply] = await heard(model, [PROMPT])
    assert reply.usage.turns == 1
    assert reply.usage.steps == 0


async def test_each_call_of_a_reply_has_an_id_of_its_own_and_a_tool_that_is_there(model: Model) -> None:
    _, [first] = await heard(model, [PROMPT])
    _, [second] = await heard(model, [PROMPT, said(model, first), answered(first)])
    calls = (*first.calls, *second.calls)
    assert calls
    for reply in (first, second):
        assert len({call.call_id for call in reply.calls}) == len(reply.calls)
    assert {call.tool for call in calls} <= {tool.name for tool in TOOLS}


async def test_answers_failures_and_pictures_are_taken_back_until_nothing_is_called(model: Model) -> None:
    messages: list[Message] = [PROMPT]
    for failed, images in ((False, (a_picture(),)), (True, ()), (False, ())):
        _, [reply] = await heard(model, messages)
        messages.append(said(model, reply))
        if not reply.calls:
            break
        messages.append(answered(reply, failed=failed, images=images))
    assert reply.stopped == "done"
    assert not reply.calls


async def test_a_reply_survives_json_word_for_word(model: Model) -> None:
    _, [reply] = await heard(model, [PROMPT])
    assert Reply.model_validate_json(reply.model_dump_json()) == reply


async def test_an_answer_can_be_left_after_its_first_word(model: Model) -> None:
    stream = model.reply(BRIEFING, [PROMPT], TOOLS)
    await anext(stream)
    await stream.aclose()


async def test_a_model_says_its_name(model: Model) -> None:
    assert model.name
