"""Nobody sees what is remembered of somebody else, at no door, not even when a query forgets to ask whose."""

from collections.abc import Callable
from pathlib import Path

import pytest

from domain.database import Database
from memory.redis.hot import RedisMemory
from tests.contracts.cells import BELOW, LOOKS, USERS, cells, matrix
from tests.engines import redis


async def test_no_cell_leaks(tmp_path: Path) -> None:
    async with cells(tmp_path) as made:
        found = await matrix(made)
        assert len(found) == len(LOOKS) * len(USERS) * (len(USERS) - 1)
        assert [cell for cell, leaks in found.items() if leaks] == []


async def test_every_owner_finds_his_own_by_the_same_ways(tmp_path: Path) -> None:
    hidden = ("writing", "writing over", "tool", "list", "stream")
    shown = [key for key in LOOKS if key[1] not in hidden and key != ("conversation", "at hand")]
    async with cells(tmp_path) as made:
        for layer, door in shown:
            for user, mine in made.owned.items():
                assert await made.leaks(layer, door, user, mine), (layer, door, user)


async def test_nothing_leaks_when_the_condition_on_the_owner_is_taken_away(tmp_path: Path) -> None:
    async with cells(tmp_path, filtered=False) as made:
        found = await matrix(made, BELOW)
        assert [cell for cell, leaks in found.items() if leaks] == []


async def test_without_that_condition_rows_do_come_from_the_database(tmp_path: Path) -> None:
    async with cells(tmp_path, filtered=False) as made:
        ada, eve = (made.owned[user] for user in USERS[:2])
        async with made.database.transaction(eve.user, reading=True) as tx:
            assert (await tx.projects.get(ada.project_id)).owner == ada.user


@pytest.mark.parametrize("filtered", [True, False])
async def test_nor_does_what_is_at_hand_in_redis(tmp_path: Path, filtered: bool) -> None:
    async with cells(tmp_path, hot(tmp_path), filtered=filtered) as made:
        found = await matrix(made, BELOW)
        assert [cell for cell, leaks in found.items() if leaks] == []
        for user, mine in made.owned.items():
            assert await made.leaks("conversation", "at hand", user, mine)


async def test_a_conversation_that_somebody_else_kept_is_left_aside(tmp_path: Path) -> None:
    async with cells(tmp_path, hot(tmp_path)) as made:
        ada, eve = (made.owned[user] for user in USERS[:2])
        whole = await made.memory.session(ada.user, ada.run_id)
        await made.memory.keep(eve.user, ada.run_id, 1, whole[1:])
        assert await made.memory.session(ada.user, ada.run_id) == whole[:1]
        assert await made.memory.session(eve.user, ada.run_id) == []
        await made.memory.keep(ada.user, ada.run_id, 1, whole[1:])
        assert await made.memory.session(ada.user, ada.run_id) == whole


async def test_a_conversation_of_an_older_version_has_no_owner_and_is_left_aside(tmp_path: Path) -> None:
    async with cells(tmp_path, hot(tmp_path)) as made:
        ada = made.owned[USERS[0]]
        [first, *_] = await made.memory.session(ada.user, ada.run_id)
        with redis.server().client() as client:
            client.hset(f"{tmp_path.name}:session:{ada.run_id}", "0", first.model_dump_json())  # pyright: ignore
        assert await made.memory.session(ada.user, ada.run_id) == []


def hot(folder: Path) -> Callable[[Database], RedisMemory]:
    return lambda database: RedisMemory(redis.server().url(), database, prefix=folder.name)


def test_the_ways_below_the_query_are_tried() -> None:
    assert set(BELOW) == {
        ("conversation", "database"), ("conversation", "runs"), ("conversation", "journal"),
        ("conversation", "writing over"), ("conversation", "at hand"), ("conversation", "briefing"),
        ("film", "database"), ("film", "at hand"), ("film", "briefing"),
        ("user", "database"), ("user", "briefing"),
    }  # fmt: skip
