"""Hot memory lets go: of what is forgotten, of what has expired, whoever reads or writes at that moment."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.account import LOCAL_USER
from domain.errors import Unavailable
from domain.note import Note
from domain.nouns import NoteId, new_id
from domain.project import Project
from domain.run import Run
from memory.redis.hot import RedisMemory
from tests.contracts.databases import House, a_note, open_house
from tests.contracts.test_memory import say
from tests.engines import redis

WORDS = "The accent is #2E7D4F"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house("sqlite", tmp_path) as house:
        yield house


@pytest.fixture
async def memory(house: House, tmp_path: Path) -> AsyncIterator[RedisMemory]:
    memory = RedisMemory(redis.server().url(), house.database, prefix=tmp_path.name)
    yield memory
    await memory.close()


async def noted(house: House, project: Project, text: str = WORDS) -> Note:
    note = a_note(project).model_copy(update={"note_id": NoteId(new_id()), "text": text})
    async with house.database.transaction(LOCAL_USER) as tx:
        await tx.notes.add(note)
    return note


async def forgotten(house: House, memory: RedisMemory, note: Note) -> None:
    """Forget as the door does: before, in the database, and after."""
    await memory.forget(note.project_id, note.run_id)
    async with house.database.transaction(LOCAL_USER) as tx:
        await tx.notes.remove(note.note_id)
    await memory.forget(note.project_id, note.run_id)


def kept(folder: Path) -> str:
    """Everything that Redis holds of this test."""
    with redis.server().client() as client:
        names: list[bytes] = client.keys(f"{folder.name}:*")  # pyright: ignore
        kinds = {name: client.type(name) for name in names}  # pyright: ignore
        held = [
            client.hgetall(name) if kind == b"hash" else client.lrange(name, 0, -1)  # pyright: ignore
            for name, kind in kinds.items()
        ]
    return repr(held)


async def test_a_forgotten_note_is_in_no_key_of_redis(
    house: House, memory: RedisMemory, project: Project, run: Run, tmp_path: Path
) -> None:
    note = await noted(house, project)
    await memory.notes(LOCAL_USER, project.project_id)
    await memory.keep(run.owner, run.run_id, 0, await say(house, run, 2))
    assert "2E7D4F" in kept(tmp_path)
    await forgotten(house, memory, note.model_copy(update={"run_id": run.run_id}))
    assert "2E7D4F" not in kept(tmp_path)
    assert await memory.session(run.owner, run.run_id) == []
    assert await memory.notes(LOCAL_USER, project.project_id) == ()


async def test_nobody_who_reads_while_something_is_forgotten_brings_it_back(
    house: House, memory: RedisMemory, project: Project
) -> None:
    note = await noted(house, project)
    other = await noted(house, project, "calm")
    readers = [memory.notes(LOCAL_USER, project.project_id) for _ in range(30)]
    found = await asyncio.gather(*readers[:15], forgotten(house, memory, note), *readers[15:])
    assert all(each is None or other in each for each in found)
    assert await memory.notes(LOCAL_USER, project.project_id) == (other,)
    assert await memory.notes(LOCAL_USER, project.project_id) == (other,)


async def test_what_expired_comes_from_the_database(
    house: House, memory: RedisMemory, project: Project, run: Run, tmp_path: Path
) -> None:
    note = await noted(house, project)
    entries = await say(house, run, 3)
    await memory.keep(run.owner, run.run_id, 0, entries)
    await memory.notes(LOCAL_USER, project.project_id)
    with redis.server().client() as client:
        names: list[bytes] = client.keys(f"{tmp_path.name}:*")  # pyright: ignore
        assert all(0 < client.ttl(name) <= 7 * 24 * 3_600 for name in names)  # pyright: ignore
        for name in names:
            client.pexpire(name, 0)  # pyright: ignore
    assert await memory.session(run.owner, run.run_id) == []
    assert await memory.notes(LOCAL_USER, project.project_id) == (note,)
    assert memory.away == ""


async def test_nothing_is_forgotten_by_half_while_redis_is_away(house: House, project: Project) -> None:
    server = redis.Redis(keeps=False)
    server.start()
    memory = RedisMemory(server.url(), house.database)
    note = await noted(house, project)
    server.stop(signal.SIGKILL)
    with pytest.raises(Unavailable, match="nothing can be forgotten meanwhile: Redis does not answer"):
        await forgotten(house, memory, note)
    assert await memory.notes(LOCAL_USER, project.project_id) == (note,)
    server.start()
    await forgotten(house, memory, note)
    assert await memory.notes(LOCAL_USER, project.project_id) == ()
    await memory.close()
    server.end()


async def test_two_who_write_at_once_lose_nothing(
    house: House, memory: RedisMemory, project: Project, tmp_path: Path
) -> None:
    second = RedisMemory(redis.server().url(), house.open(), prefix=tmp_path.name)
    texts = [f"The accent of scene {number} is red" for number in range(20)]

    async def write(text: str, reader: RedisMemory) -> None:
        await noted(house, project, text)
        assert text in {note.text for note in await reader.notes(LOCAL_USER, project.project_id)}

    writers = [write(text, (memory, second)[place % 2]) for place, text in enumerate(texts)]
    await asyncio.gather(*writers)
    for reader in (memory, second):
        assert {note.text for note in await reader.notes(LOCAL_USER, project.project_id)} == set(texts)
    await second.close()


async def test_an_accepted_proposal_is_seen_at_once(
    house: House, memory: RedisMemory, project: Project
) -> None:
    note = a_note(project).model_copy(update={"by": "agent", "created_at": datetime.now(UTC)})
    async with house.database.transaction(LOCAL_USER) as tx:
        await tx.notes.add(note)
    [before] = await memory.notes(LOCAL_USER, project.project_id)
    async with house.database.transaction(LOCAL_USER) as tx:
        assert await tx.notes.accept(project.project_id) == 1
        assert await tx.notes.accept(project.project_id) == 0
    [after] = await memory.notes(LOCAL_USER, project.project_id)
    assert (before.settled, after.settled) == (False, True)
