"""Whole turns with Gemini: what goes over the wire, and what comes back."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager

import pytest

from domain.model import Delta, Message, ModelMessage, Reply, ToolAnswer, ToolMessage, UserMessage
from providers.gemini import Gemini, create
from tests.contracts.models import LIST_TEMPLATES, TOOLS, config
from tests.gemini.script import Json, Line, Stream, answer, blocked_prompt, chunk, finished, signature, usage
from tests.gemini.server import GeminiServer, gemini
from tests.gemini.strict import complaints, decoded, get, items

PROMPT = UserMessage(text="A teaser for Noor Tea.")


@asynccontextmanager
async def talking(*lines: Line, **changes: object) -> AsyncGenerator[tuple[Gemini, GeminiServer]]:
    async with gemini(lines) as server:
        model = create(config(server.address, **changes))
        try:
            yield model, server
        finally:
            await model.close()


async def reply_of(model: Gemini, messages: Sequence[Message] = (PROMPT,)) -> Reply:
    pieces = [piece async for piece in model.reply("You make films.", messages, TOOLS)]
    assert isinstance(pieces[-1], Reply)
    return pieces[-1]


def said(reply: Reply, name: str) -> ModelMessage:
    return ModelMessage(
        model=name, text=reply.text, calls=reply.calls, provider_content=reply.provider_content
    )


def answers(reply: Reply) -> ToolMessage:
    return ToolMessage(
        answers=tuple(
            ToolAnswer(call_id=call.call_id, tool=call.tool, output={"summary": "ok"}) for call in reply.calls
        )
    )


async def test_parallel_calls_come_back_in_one_turn_under_their_own_ids() -> None:
    async with talking(
        answer("I begin.", ("list_templates", {}), ("scaffold_project", {"template_name": "basic"})),
        answer("Done."),
    ) as (model, server):
        first = await reply_of(model)
        assert [call.tool for call in first.calls] == ["list_templates", "scaffold_project"]
        await reply_of(model, [PROMPT, said(first, model.name), answers(first)])
    contents = items(server.requests[1].body, "contents")
    given = [get(part, "function_response") for part in items(contents[2], "parts")]
    assert [get(each, "id") for each in given] == [call.call_id for call in first.calls]
    assert server.refused == []


async def test_thought_signatures_come_back_to_the_byte_after_json() -> None:
    async with talking(answer("Look.", ("list_templates", {})), answer("Done.")) as (model, server):
        first = Reply.model_validate_json((await reply_of(model)).model_dump_json())
        await reply_of(model, [PROMPT, said(first, model.name), answers(first)])
    sent = items(items(server.requests[1].body, "contents")[1], "parts")
    issued = [part["thoughtSignature"] for part in server.issued[0] if "thoughtSignature" in part]
    returned = [get(part, "thought_signature") for part in sent if get(part, "thought_signature")]
    assert [decoded(each) for each in returned] == [decoded(each) for each in issued]
    assert server.refused == []


async def test_a_signature_on_an_empty_text_part_is_kept() -> None:
    parts = [{"text": "Fine."}, {"text": "", "thoughtSignature": signature(7)}]
    said_so = Stream([chunk([part]) for part in parts] + [chunk(None, finish="STOP")])
    async with talking(said_so, answer("Done.")) as (model, server):
        first = await reply_of(model)
        await reply_of(model, [PROMPT, said(first, model.name), UserMessage(text="Go on.")])
    assert server.refused == []
    assert len(server.requests) == 2


async def test_the_server_refuses_a_signature_that_was_changed() -> None:
    async with talking(answer("Look.", ("list_templates", {})), answer("Done.")) as (model, server):
        await reply_of(model)
        parts = [dict(part) for part in server.issued[0]]
        parts[-1]["thoughtSignature"] = signature(99)
        called = next(part["functionCall"] for part in parts if "functionCall" in part)
        response: Json = {"id": called["id"], "name": called["name"], "response": {"output": {}}}
        body: Json = {
            "contents": [
                {"role": "user", "parts": [{"text": "A teaser"}]},
                {"role": "model", "parts": parts},
                {"role": "user", "parts": [{"functionResponse": response}]},
            ],
            "store": False,
        }
        assert [each for each in complaints(body, server.issued) if "thought_signature" in each]


async def test_nothing_is_kept_or_called_by_the_provider_or_the_sdk() -> None:
    async with talking(answer("Done.")) as (model, server):
        await reply_of(model)
    body = server.requests[0].body
    assert get(body, "store") is False
    mode = get(get(get(body, "tool_config"), "function_calling_config"), "mode")
    assert mode == "AUTO"
    assert server.requests[0].headers["x-server-timeout"] == "600"
    assert "automatic" not in json.dumps(body).lower()
    assert not [name for name in server.requests[0].headers if "director" in name]


async def test_a_continuation_is_not_asked_for_behind_our_back() -> None:
    cut = Stream([chunk([{"text": "Half"}]), chunk(None, finish="CONTINUATION", continuationToken="more")])
    async with talking(cut) as (model, server):
        assert (await reply_of(model)).stopped == "length"
    assert len(server.requests) == 1


async def test_tokens_are_taken_from_the_last_chunk_and_thinking_is_paid() -> None:
    counted = usage(prompt=1000, answer=50, thoughts=200, cached=400)
    stream = Stream([chunk([{"text": "Hi"}]), chunk(None, finish="STOP", counted=counted)])
    price = {"prompt": 1.0, "cached": 0.1, "answer": 10.0}
    async with talking(stream, prices={"gemini-local": price}) as (model, _):
        used = (await reply_of(model)).usage
    assert (used.prompt_tokens, used.cached_tokens, used.answer_tokens) == (1000, 400, 250)
    assert used.cost_usd == pytest.approx((600 * 1.0 + 400 * 0.1 + 250 * 10.0) / 1e6)


async def test_thoughts_are_neither_shown_nor_lost() -> None:
    parts = [{"text": "secret", "thought": True}, {"text": "Hello", "thoughtSignature": signature(3)}]
    async with talking(Stream([chunk(parts), chunk(None, finish="STOP")]), answer("Done.")) as (
        model,
        server,
    ):
        pieces = [piece async for piece in model.reply("", [PROMPT], ())]
        first = pieces[-1]
        assert isinstance(first, Reply)
        assert first.text == "Hello"
        assert [piece.text for piece in pieces if isinstance(piece, Delta)] == ["Hello"]
        await reply_of(model, [PROMPT, said(first, model.name), UserMessage(text="Go on.")])
    assert server.refused == []


@pytest.mark.parametrize("reason", ["MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL"])
async def test_a_call_that_nobody_can_read_is_malformed(reason: str) -> None:
    async with talking(finished(reason)) as (model, _):
        reply = await reply_of(model)
    assert (reply.stopped, reply.calls, reply.provider_content) == ("malformed", (), None)
    assert reply.usage.prompt_tokens


@pytest.mark.filterwarnings("ignore:.*is not a valid FinishReason:UserWarning")
async def test_a_reason_that_does_not_exist_yet_is_asked_for_again() -> None:
    async with talking(finished("TOO_MUCH_MOONLIGHT")) as (model, _):
        assert (await reply_of(model)).stopped == "malformed"


async def test_a_safety_stop_and_a_blocked_prompt_are_blocked_with_their_reason() -> None:
    async with talking(finished("SAFETY"), blocked_prompt()) as (model, _):
        stopped, prompt = await reply_of(model), await reply_of(model)
    assert (stopped.stopped, stopped.text) == ("blocked", "SAFETY")
    assert (prompt.stopped, prompt.text) == ("blocked", "PROHIBITED_CONTENT")


async def test_an_answer_at_its_limit_keeps_what_was_said() -> None:
    cut = Stream([chunk([{"text": "Half a scen"}]), chunk(None, finish="MAX_TOKENS")])
    async with talking(cut) as (model, _):
        reply = await reply_of(model)
    assert (reply.stopped, reply.text) == ("length", "Half a scen")


async def test_what_another_model_said_is_told_in_words_without_its_signatures() -> None:
    async with talking(answer("Look.", ("list_templates", {})), answer("Done.")) as (model, server):
        first = await reply_of(model)
        await reply_of(model, [PROMPT, said(first, "gemini-of-yesterday"), answers(first)])
        sent = json.dumps(get(server.requests[1].body, "contents"))
    assert "hought" not in sent
    assert "list_templates answered" in sent


async def test_cancelling_closes_the_stream_at_once() -> None:
    slow = Stream([chunk([{"text": "Once"}])], end="hang")
    async with talking(slow) as (model, server):
        first_word = asyncio.Event()

        async def ask() -> None:
            async for _ in model.reply("", [PROMPT], [LIST_TEMPLATES]):
                first_word.set()

        asking = asyncio.create_task(ask())
        async with asyncio.timeout(5):
            await first_word.wait()
        asking.cancel()
        async with asyncio.timeout(2):
            await server.gone.wait()
        with pytest.raises(asyncio.CancelledError):
            await asking


async def test_leaving_the_stream_closes_it() -> None:
    slow = Stream([chunk([{"text": "Once"}])], end="hang")
    async with talking(slow) as (model, server):
        stream = model.reply("", [PROMPT], [LIST_TEMPLATES])
        assert await anext(stream) == Delta(text="Once")
        await stream.aclose()
        async with asyncio.timeout(2):
            await server.gone.wait()
