"""Warm guests are kept while they are good, and replaced when they are old, dead or idle."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from domain.errors import Unavailable
from domain.sandbox import BoxLimits
from render.warm import Kind, WarmGuests
from tests.contracts.sandboxes import SANDBOXES

ECHO = """
import os, sys, time
while head := sys.stdin.buffer.read(4):
    message = sys.stdin.buffer.read(int.from_bytes(head, "big"))
    if message == b"die":
        os._exit(1)
    if message == b"sleep":
        time.sleep(60)
    answer = repr(time.monotonic_ns() if message == b"now" else BORN).encode()
    sys.stdout.buffer.write(len(answer).to_bytes(4, "big") + answer)
    sys.stdout.buffer.flush()
"""
GUEST = f"import time\nBORN = time.monotonic_ns()\n{ECHO}"
LIMITS = BoxLimits(seconds=20, memory_mb=256, work_mb=16, output_mb=4)
KIND = Kind("echo", ("python", "-c", GUEST), LIMITS)
OTHER = Kind("other", ("python", "-c", GUEST), LIMITS)


@pytest.fixture
async def guests() -> AsyncIterator[WarmGuests]:
    made = WarmGuests(SANDBOXES["bubblewrap"](), most=2, most_asks=3, oldest_s=60, idle_s=0.3)
    yield made
    await made.close()


async def ask(guests: WarmGuests, message: bytes = b"who", kind: Kind = KIND) -> bytes:
    return await guests.ask(kind, message, seconds=10)


async def test_the_same_guest_answers_again_until_it_is_used_up(guests: WarmGuests) -> None:
    first, second, third, fourth = [await ask(guests) for _ in range(4)]
    assert first == second == third != fourth


async def test_kinds_do_not_share_a_guest(guests: WarmGuests) -> None:
    assert await ask(guests) != await ask(guests, kind=OTHER)
    assert await ask(guests) == await ask(guests)


async def test_two_questions_at_once_have_two_guests(guests: WarmGuests) -> None:
    first, second = await asyncio.gather(ask(guests), ask(guests))
    assert first != second


async def test_a_guest_that_dies_of_a_question_is_replaced(guests: WarmGuests) -> None:
    before = await ask(guests)
    with pytest.raises(Unavailable):
        await ask(guests, b"die")
    assert await ask(guests) != before


async def test_a_guest_that_takes_too_long_is_ended(guests: WarmGuests) -> None:
    before = await ask(guests)
    with pytest.raises(Unavailable, match="did not answer"):
        await guests.ask(KIND, b"sleep", seconds=0.5)
    assert await ask(guests) != before


async def test_a_question_that_is_given_up_ends_its_guest(guests: WarmGuests) -> None:
    before = await ask(guests)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await ask(guests, b"sleep")
    assert await ask(guests) != before


async def test_an_idle_guest_goes_by_itself(guests: WarmGuests) -> None:
    before = await ask(guests)
    async with asyncio.timeout(10):
        await guests.rest()
    assert await ask(guests) != before
