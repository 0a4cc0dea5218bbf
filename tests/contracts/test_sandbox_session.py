"""What every sandbox's warm boxes do: answer, one message at a time, and close for good when they cannot."""

import asyncio
import os
import time
from pathlib import Path

import pytest

from domain.errors import Unavailable
from domain.sandbox import Mount, Sandbox, Session
from tests.contracts.sandboxes import LIMITS, SANDBOXES, limits, python

GUEST = """
import os, struct, sys, time
def read():
    head = sys.stdin.buffer.read(4)
    if len(head) < 4:
        sys.exit()
    return sys.stdin.buffer.read(struct.unpack(">I", head)[0])
def write(answer):
    sys.stdout.buffer.write(struct.pack(">I", len(answer)) + answer)
    sys.stdout.buffer.flush()
"""
ECHO = python(GUEST + "while True: write(read()[::-1])")


@pytest.fixture(params=SANDBOXES)
def sandbox(request: pytest.FixtureRequest) -> Sandbox:
    return SANDBOXES[request.param]()


async def test_a_warm_guest_answers_message_after_message(sandbox: Sandbox) -> None:
    async with sandbox.open(ECHO, limits=LIMITS) as session:
        for message in (b"one", b"", b"\x00\xff", os.urandom(1_000_000)):
            assert await session.ask(message, seconds=10) == message[::-1]


async def test_questions_asked_at_once_get_their_own_answers(sandbox: Sandbox) -> None:
    async with sandbox.open(ECHO, limits=LIMITS) as session:
        questions = [str(number).encode() * 1000 for number in range(20)]
        answers = await asyncio.gather(*(session.ask(question, seconds=10) for question in questions))
    assert answers == [question[::-1] for question in questions]


async def test_a_warm_guest_sees_its_mounts(sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("A")
    guest = python(GUEST + "read(); write(open('/project/a', 'rb').read())")
    async with sandbox.open(
        guest, mounts=[Mount(source=tmp_path, target="/project")], limits=LIMITS
    ) as session:
        assert await session.ask(b"", seconds=10) == b"A"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("read(); sys.exit('the film is odd')", "the film is odd"),
        ("read(); os.kill(os.getpid(), 9)", "Killed"),
        ("read(); sys.stdout.buffer.write(b'abc')", "ended"),
        ("read(); sys.stdout.buffer.write(struct.pack('>I', 100) + b'short')", "ended"),
        ("read(); hoard = [bytearray(1_000_000) for _ in range(1000)]", "memory"),
        ("sys.exit('never began')", "never began"),
        ("read(); write(bytes(5_000_000))", "at most"),
        ("read(); sys.stdout.buffer.write(b'\\xff' * 8); sys.stdout.flush(); time.sleep(60)", "at most"),
        ("time.sleep(60)", "within 1 s"),
        ("read(); write(b'')\nread(); time.sleep(60)", "within 1 s"),
    ],
    ids=[
        "exit",
        "killed",
        "torn head",
        "torn body",
        "memory",
        "early",
        "big",
        "nonsense",
        "silent",
        "one answer",
    ],
)
async def test_a_guest_in_trouble_is_closed_for_good(sandbox: Sandbox, code: str, words: str) -> None:
    async with sandbox.open(python(GUEST + code), limits=LIMITS) as session:
        seconds = 1 if "sleep" in code else 10
        with pytest.raises(Unavailable, match=words):
            await asyncio.gather(*(session.ask(b"question", seconds=seconds) for _ in range(2)))
        with pytest.raises(Unavailable, match="closed"):
            await session.ask(b"again", seconds=1)


async def test_a_guest_that_does_not_read_cannot_hold_the_asker(sandbox: Sandbox) -> None:
    async with sandbox.open(python("import time; time.sleep(60)"), limits=LIMITS) as session:
        started = time.monotonic()
        with pytest.raises(Unavailable):
            await session.ask(bytes(10_000_000), seconds=0.3)
        assert time.monotonic() - started < 2


async def test_an_abandoned_question_closes_the_session(sandbox: Sandbox) -> None:
    async with sandbox.open(python(GUEST + "read(); time.sleep(60)"), limits=LIMITS) as session:
        asked = asyncio.create_task(session.ask(b"question", seconds=30))
        await asyncio.wait([asked], timeout=0.1)
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked
        with pytest.raises(Unavailable, match="closed"):
            await session.ask(b"again", seconds=1)


async def test_a_closed_session_answers_no_more(sandbox: Sandbox) -> None:
    async with sandbox.open(ECHO, limits=LIMITS) as session:
        await session.close()
        await session.close()
        with pytest.raises(Unavailable, match="closed"):
            await session.ask(b"", seconds=1)


async def test_a_warm_guest_outlives_the_seconds_of_a_command(sandbox: Sandbox) -> None:
    async with sandbox.open(ECHO, limits=limits(seconds=0.2)) as session:
        await session.ask(b"", seconds=5)
        await asyncio.sleep(0.5)
        assert await session.ask(b"ab", seconds=5) == b"ba"


async def test_an_error_of_the_asker_takes_the_box_down(sandbox: Sandbox) -> None:
    sessions: list[Session] = []

    async def blunder() -> None:
        async with sandbox.open(ECHO, limits=LIMITS) as session:
            sessions.append(session)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await blunder()
    with pytest.raises(Unavailable, match="closed"):
        await sessions[0].ask(b"", seconds=1)
