"""A question never waits long: not for an index that is being made, nor for one that says nothing."""

import asyncio
from collections.abc import Sequence

from domain.knowledge import Found
from memory.knowledge import Handbook
from memory.library import entries
from memory.shelf import Card
from tests.contracts.knowledge import Tiny

ENTRIES = entries()[:20]


class SlowShelf:
    """Vectors that answer when somebody opens a gate."""

    using = "slow"

    def __init__(self) -> None:
        self.gate, self.asked = asyncio.Event(), 0

    async def open(self, space: str) -> str:
        return ""

    async def held(self) -> dict[str, str]:
        self.asked += 1
        await self.gate.wait()
        return {entry.entry_id: entry.sha256 for entry in ENTRIES}

    async def put(self, cards: Sequence[Card]) -> None:
        """Nothing is kept."""

    async def drop(self, ids: Sequence[str]) -> None:
        """Nothing is kept."""

    async def nearest(self, vector: Sequence[float], most: int) -> dict[str, float]:
        self.asked += 1
        await self.gate.wait()
        return {ENTRIES[0].entry_id: 0.9, "practice/of-another-version": 0.99}

    async def clear(self) -> None:
        """Nothing is kept."""

    async def check(self) -> str:
        return self.using

    async def close(self) -> None:
        """Nothing is open."""


def best(found: Found) -> str:
    return found.hits[0].entry.entry_id


async def test_a_question_before_the_index_is_ready_is_answered_by_words() -> None:
    shelf = SlowShelf()
    book = Handbook(ENTRIES, lambda: shelf, Tiny, patience_s=0.05, rest_s=600)
    first, second = await asyncio.gather(book.search(ENTRIES[0].title), book.search(ENTRIES[0].title))
    assert best(first) == best(second) == ENTRIES[0].entry_id
    assert "not ready" in first.notice
    assert shelf.asked == 1
    shelf.gate.set()
    await book.open()
    assert (await book.search(ENTRIES[0].title)).notice == ""
    await book.close()


async def test_an_index_that_says_nothing_is_left_alone_for_a_while() -> None:
    shelf, time = SlowShelf(), [0.0]
    shelf.gate.set()
    book = Handbook(ENTRIES, lambda: shelf, Tiny, patience_s=0.05, rest_s=5, clock=lambda: time[0])
    assert (await book.search(ENTRIES[0].title)).notice == ""
    shelf.gate.clear()
    assert "in time" in (await book.search(ENTRIES[0].title)).notice
    asked = shelf.asked
    assert "in time" in (await book.search(ENTRIES[0].title)).notice
    assert shelf.asked == asked
    shelf.gate.set()
    time[0] = 6.0
    assert (await book.search(ENTRIES[0].title)).notice == ""
    await book.close()


async def test_closing_while_the_index_opens_leaves_nothing_behind() -> None:
    book = Handbook(ENTRIES, SlowShelf, Tiny, patience_s=0.05)
    await book.search("title")
    await book.close()
    assert [task.get_name() for task in asyncio.all_tasks() if "handbook" in task.get_name()] == []


async def test_only_the_texts_of_this_version_are_told() -> None:
    shelf = SlowShelf()
    shelf.gate.set()
    book = Handbook(ENTRIES, lambda: shelf, Tiny)
    found = await book.search(ENTRIES[0].title)
    assert {hit.entry.entry_id for hit in found.hits} <= {entry.entry_id for entry in ENTRIES}
    await book.close()
