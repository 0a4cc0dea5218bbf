"""What Gemini does when the way to it, or the service itself, fails."""

from __future__ import annotations

import asyncio

import pytest
from pydantic import SecretStr

from domain.errors import Unavailable, UserError
from domain.model import Delta, Reply
from providers.gemini import create
from tests.contracts.models import config
from tests.gemini.script import Line, Status, Stream, answer, broken_midway, chunk, overloaded, quota, usage
from tests.gemini.test_turns import PROMPT, reply_of, talking


@pytest.mark.parametrize(
    "fault",
    [
        overloaded(),
        quota("0.01s"),
        Status(429, "RESOURCE_EXHAUSTED", "Slow down.", headers={"Retry-After": "0"}),
        Status(500, "INTERNAL", "An internal error has occurred."),
        broken_midway(),
        Stream([chunk([{"text": "Once upon "}])]),
        Stream([chunk([{"text": "Once upon "}])], end="drop"),
        Stream([chunk([{"text": "Once upon "}])], end="torn"),
        Stream([]),
    ],
    ids=["503", "429", "retry-after", "500", "error-midway", "no-finish-reason", "drop", "torn", "empty"],
)
async def test_a_turn_is_asked_for_again_whole_after_what_may_pass(fault: Line) -> None:
    async with talking(fault, answer("A film.")) as (model, server):
        reply = await reply_of(model)
    assert reply.text.strip() == "A film."
    assert len(server.requests) == 2
    assert server.requests[0].body == server.requests[1].body
    assert server.refused == []


async def test_what_a_broken_attempt_has_used_is_counted() -> None:
    broken = Stream([chunk([{"text": "Once"}], counted=usage(prompt=100, answer=5, thoughts=0))])
    whole = Stream([chunk([{"text": "Hi"}], finish="STOP", counted=usage(prompt=100, answer=7, thoughts=0))])
    async with talking(broken, whole) as (model, _):
        used = (await reply_of(model)).usage
    assert (used.prompt_tokens, used.answer_tokens, used.turns) == (200, 12, 1)


async def test_the_pause_that_the_provider_asks_for_is_kept() -> None:
    async with talking(quota("0.3s"), answer("Done.")) as (model, _):
        clock = asyncio.get_running_loop().time
        began = clock()
        await reply_of(model)
        assert clock() - began >= 0.3


async def test_a_pause_that_is_longer_than_our_patience_ends_the_turn_at_once() -> None:
    async with talking(quota("3600s")) as (model, server):
        with pytest.raises(Unavailable, match=r"asks to be left alone for 3600 s.*Try again later"):
            await reply_of(model)
    assert len(server.requests) == 1


async def test_a_provider_that_stays_away_is_given_up_after_all_attempts() -> None:
    async with talking(*[overloaded()] * 5) as (model, server):
        with pytest.raises(Unavailable, match="tried 3 times"):
            await reply_of(model)
    assert len(server.requests) == 3


async def test_a_wrong_key_is_the_users_to_mend() -> None:
    async with talking(api_key=SecretStr("a-bad-key")) as (model, server):
        with pytest.raises(UserError, match="GEMINI_API_KEY") as refused:
            await reply_of(model)
    assert refused.value.code == "model_key_refused"
    assert "a-bad-key" not in refused.value.message
    assert len(server.requests) == 1


async def test_a_quota_that_names_the_key_is_no_wrong_key() -> None:
    busy = Status(429, "RESOURCE_EXHAUSTED", "Quota exceeded for this API key.")
    async with talking(busy, answer("Done.")) as (model, _):
        assert (await reply_of(model)).text.strip() == "Done."


async def test_a_forbidden_key_is_the_users_to_mend() -> None:
    async with talking(Status(403, "PERMISSION_DENIED", "Your project was denied.")) as (model, _):
        with pytest.raises(UserError, match="refuses the API key"):
            await reply_of(model)


async def test_an_unknown_model_is_named_with_the_way_out() -> None:
    async with talking(model="gemini-0-nothing") as (model, _):
        with pytest.raises(UserError, match=r"no model 'gemini-0-nothing'.*DIRECTOR_GEMINI_MODEL"):
            await reply_of(model)


async def test_a_request_that_is_refused_is_not_repeated() -> None:
    async with talking(Status(400, "INVALID_ARGUMENT", "The prompt is too long.")) as (model, server):
        with pytest.raises(UserError, match="The prompt is too long"):
            await reply_of(model)
    assert len(server.requests) == 1


async def test_a_host_that_is_not_there_is_away() -> None:
    model = create(config("http://127.0.0.1:9"))
    with pytest.raises(Unavailable, match=r"no connection to http://127\.0\.0\.1:9"):
        await reply_of(model)
    await model.close()


async def test_a_provider_that_says_nothing_is_given_up_in_time() -> None:
    async with talking(Stream([], end="hang"), read_timeout_s=0.2, attempts=1) as (model, _):
        with pytest.raises(Unavailable, match="did not answer in time"):
            await reply_of(model)


async def test_words_of_a_broken_attempt_are_not_in_the_reply() -> None:
    async with talking(broken_midway(), answer("A film.")) as (model, _):
        pieces = [piece async for piece in model.reply("", [PROMPT], ())]
    reply = pieces[-1]
    assert isinstance(reply, Reply)
    assert "Once" not in reply.text
    assert pieces[0] == Delta(text="Once upon ")
