"""Nobody sees what is remembered of somebody else, at no door, not even when a query forgets to ask whose."""

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
    shown = [key for key in LOOKS if key[1] not in ("writing", "tool", "list", "stream")]
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
    def hot(database: Database) -> RedisMemory:
        return RedisMemory(redis.server().url(), database, prefix=tmp_path.name)

    async with cells(tmp_path, hot, filtered=filtered) as made:
        ways = tuple(key for key in BELOW if key[0] == "film")
        assert not any((await matrix(made, ways)).values())


def test_the_ways_below_the_query_are_tried() -> None:
    assert set(BELOW) == {
        ("film", "database"), ("film", "at hand"), ("film", "briefing"), ("user", "database"),
        ("user", "briefing"),
    }  # fmt: skip
