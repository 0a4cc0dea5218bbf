"""Hot memory gives what the database has, forgets without harm, and may be away."""

import json
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from domain.account import LOCAL_USER
from domain.errors import NotFound, Unavailable
from domain.event import Entry, Notice
from domain.memory import Memory
from domain.note import Note, NoteKind
from domain.nouns import NoteId, UserId, new_id
from domain.project import Project
from domain.run import Run
from memory.plain import DatabaseMemory
from memory.redis.hot import RedisMemory
from storage.database import SqlDatabase
from tests.contracts.databases import House, a_note, open_house
from tests.engines import redis

KINDS = ("plain", "hot")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house("sqlite", tmp_path) as house:
        yield house


@pytest.fixture(params=KINDS)
async def memory(request: pytest.FixtureRequest, house: House, tmp_path: Path) -> AsyncIterator[Memory]:
    plain = DatabaseMemory(house.database)
    memory = plain if request.param == "plain" else hot(redis.server(), house.database, tmp_path)
    yield memory
    await memory.close()


def hot(server: redis.Redis, database: SqlDatabase, folder: Path) -> RedisMemory:
    return RedisMemory(server.url(), database, prefix=folder.name)


async def add(house: House, project: Project, text: str, kind: NoteKind = "color") -> Note:
    note = a_note(project).model_copy(update={"note_id": NoteId(new_id()), "text": text, "kind": kind})
    async with house.database.transaction(LOCAL_USER) as tx:
        await tx.notes.add(note)
    return note


async def say(house: House, run: Run, count: int) -> list[Entry]:
    async with house.database.transaction(LOCAL_USER) as tx:
        notice = Notice(substitution="نور \0 🍵", reason="b")
        return [await tx.events.append(run.project_id, notice, run.run_id) for _ in range(count)]


async def texts(memory: Memory, project: Project) -> set[str]:
    return {note.text for note in await memory.notes(LOCAL_USER, project.project_id)}


async def test_notes_are_always_those_of_the_database(house: House, memory: Memory, project: Project) -> None:
    assert await texts(memory, project) == set()
    first = await add(house, project, "green « نور »")
    assert await memory.notes(LOCAL_USER, project.project_id) == (first,)
    assert await memory.notes(LOCAL_USER, project.project_id) == (first,)
    second = await add(house, project, "calm", "tone")
    assert await texts(memory, project) == {"green « نور »", "calm"}
    async with house.database.transaction(LOCAL_USER) as tx:
        await tx.notes.remove(second.note_id)
    await add(house, project, "loud", "tone")
    assert await texts(memory, project) == {"green « نور »", "loud"}


async def test_notes_of_somebody_else_are_not_found(house: House, memory: Memory, project: Project) -> None:
    await add(house, project, "green")
    await texts(memory, project)
    with pytest.raises(NotFound):
        await memory.notes(UserId("stranger"), project.project_id)


async def test_a_conversation_comes_back_as_far_as_it_is_at_hand(
    house: House, memory: Memory, run: Run
) -> None:
    entries = await say(house, run, 5)
    await memory.keep(run.owner, run.run_id, 0, entries[:2])
    await memory.keep(run.owner, run.run_id, 2, entries[2:])
    await memory.keep(run.owner, run.run_id, 2, entries[2:])
    assert await memory.session(run.owner, run.run_id) in ([], entries)
    assert memory.away == ""


async def test_a_gap_ends_what_is_at_hand(house: House, run: Run, tmp_path: Path) -> None:
    memory = hot(redis.server(), house.database, tmp_path)
    entries = await say(house, run, 5)
    await memory.keep(run.owner, run.run_id, 0, entries[:2])
    await memory.keep(run.owner, run.run_id, 3, entries[3:])
    assert await memory.session(run.owner, run.run_id) == entries[:2]
    with redis.server().client() as client:
        client.hset(f"{tmp_path.name}:session:{run.run_id}", "1", "{")  # pyright: ignore
    assert await memory.session(run.owner, run.run_id) == entries[:1]
    await memory.close()


async def test_what_others_may_read_stands_under_its_names_and_expires(
    house: House, project: Project, run: Run, tmp_path: Path
) -> None:
    memory = hot(redis.server(), house.database, tmp_path)
    said: dict[NoteKind, str] = {"color": "#0a5", "font": "Inter", "tone": "calm", "decision": "no music"}
    for kind, text in said.items():
        await add(house, project, text, kind)
    await texts(memory, project)
    await memory.keep(run.owner, run.run_id, 0, await say(house, run, 1))
    key = f"{tmp_path.name}:project:{project.project_id}"
    with redis.server().client() as client:
        kept: dict[bytes, bytes] = client.hgetall(key)  # pyright: ignore
        assert json.loads(kept[b"colors"]) == ["#0a5"]
        assert json.loads(kept[b"fonts"]) == ["Inter"]
        assert json.loads(kept[b"style"]) == ["calm"]
        assert client.lrange(f"{key}:decisions", 0, -1) == [b"no music"]  # pyright: ignore
        for name in (key, f"{key}:decisions", f"{tmp_path.name}:session:{run.run_id}"):
            assert client.ttl(name) > 3_600  # pyright: ignore
    await memory.close()


async def test_strange_things_in_redis_are_left_aside(house: House, project: Project, tmp_path: Path) -> None:
    memory = hot(redis.server(), house.database, tmp_path)
    await add(house, project, "green")
    await texts(memory, project)
    key = f"{tmp_path.name}:project:{project.project_id}"
    with redis.server().client() as client:
        client.hset(key, "notes", b"\xff[")  # pyright: ignore
        assert await texts(memory, project) == {"green"}
        client.delete(key)
        client.set(key, "not a hash")
        assert await texts(memory, project) == {"green"}
    await memory.close()


async def test_without_redis_everything_comes_from_the_database_and_it_heals(
    house: House, project: Project, run: Run, tmp_path: Path
) -> None:
    server = redis.Redis(keeps=False)
    server.start()
    memory = hot(server, house.database, tmp_path)
    entries = await say(house, run, 2)
    await memory.keep(run.owner, run.run_id, 0, entries)
    server.stop(signal.SIGKILL)
    await add(house, project, "green")
    assert await texts(memory, project) == {"green"}
    assert await memory.session(run.owner, run.run_id) == []
    await memory.keep(run.owner, run.run_id, 0, entries)
    assert "start it, or mend REDIS_URL" in memory.away
    server.start()
    assert await texts(memory, project) == {"green"}
    assert memory.away == ""
    await memory.keep(run.owner, run.run_id, 0, entries)
    assert await memory.session(run.owner, run.run_id) == entries
    await memory.close()
    server.end()


async def test_an_address_that_is_none_is_refused(house: House) -> None:
    with pytest.raises(Unavailable, match="REDIS_URL is no address"):
        RedisMemory("nonsense", house.database)
