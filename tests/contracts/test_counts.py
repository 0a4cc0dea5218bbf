"""Numbers that all processes of the house add to."""

import asyncio

from domain.count import BOXES, Untold
from domain.counting import write_down
from tests.contracts.databases import House


async def read(house: House) -> int:
    async with house.database.transaction(None, reading=True) as tx:
        return await tx.counts.get(BOXES)


async def test_what_several_processes_count_is_added_up(house: House) -> None:
    assert await read(house) == 0
    counted = [Untold(number) for number in (3, 0, 4)]
    await asyncio.gather(*(write_down(house.database, BOXES, each) for each in counted))
    counted[0].add()
    await write_down(house.database, BOXES, counted[0])
    assert await read(house) == 8
    assert [each.number for each in counted] == [0, 0, 0]
