"""The universal memory: entries found by meaning in Chroma and by words in memory, one of them at least."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

from domain.errors import Unavailable
from domain.knowledge import Embedder, Entry, Found, Hit, Stock
from memory.shelf import PREFIX, Card, Shelf
from memory.words import WordIndex, bounded, has_arabic, in_english, readable

log = logging.getLogger(__name__)

BATCH: Final = 100
"""Texts that are embedded at once."""
NEIGHBOURS: Final = 30
"""Entries that are asked for by meaning, before words are weighed in."""
MEANING: Final = 0.5
"""What the meaning of a question counts; its words count the rest."""
MEANING_ARABIC: Final = 0.3
"""The same of a question in Arabic: a model that reads none is given its words in English."""
LEAST: Final = 0.1
"""A score below which an entry has nothing to do with the question."""


class Handbook:
    """Entries in an index that opens by itself, mends itself, and is done without while it is away."""

    def __init__(
        self,
        entries: Sequence[Entry],
        make_shelf: Callable[[], Shelf],
        make_embedder: Callable[[], Embedder],
        *,
        patience_s: float = 4,
        rest_s: float = 5,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._entries = {entry.entry_id: entry for entry in entries}
        self._words = WordIndex(entries)
        # Both are made in a thread when they are first needed: their libraries take seconds to import.
        self._make_shelf = make_shelf
        self._make_embedder = make_embedder
        self._parts: tuple[Shelf, Embedder] | None = None
        self._patience_s = patience_s
        self._rest_s = rest_s
        self._clock = clock
        self._opening: asyncio.Task[Stock] | None = None
        self._resting: tuple[float, str] = (0, "")
        """Until when the index is left alone after a failure, and what was wrong."""
        self._repaired = ""

    async def open(self) -> Stock:
        """Open the index and bring it up to date: only what changed is embedded anew.

        Raises Unavailable.
        """
        if self._opening is None or failed(self._opening):
            until, trouble = self._resting
            if self._clock() < until:
                raise Unavailable("knowledge", trouble)
            self._opening = asyncio.create_task(self._open(), name="open the handbook")
            self._opening.add_done_callback(_tell)
        return await asyncio.shield(self._opening)

    async def warm(self) -> None:
        """Open the index ahead of the first question; what goes wrong stands in the log."""
        with suppress(Unavailable):
            await self.open()

    async def search(self, query: str, k: int = 5) -> Found:
        question = readable(query)
        if not question:
            return Found()
        spoken = self._words.rank(question)
        meant: dict[str, float] = {}
        try:
            async with asyncio.timeout(self._patience_s):
                meant = await self._by_meaning(question)
        except TimeoutError:
            opened = self._opening is not None and self._opening.done()
            late = "the index does not answer in time" if opened else "the index is not ready yet"
            if opened:
                self._lose(late)
            notice = without(late)
        except Unavailable as away:
            notice = without(away.message)
        else:
            notice, self._repaired = self._repaired, ""
        share = MEANING_ARABIC if has_arabic(question) else MEANING
        hits = self._fused(meant, spoken, share)[: bounded(k)]
        return Found(hits=tuple(hits), notice=notice)

    async def rebuild(self) -> Stock:
        if self._opening is not None and not failed(self._opening):
            await asyncio.shield(self._opening)
        shelf, _ = await self._made()
        self._opening, self._resting = None, (0, "")
        await shelf.clear()
        return await self.open()

    async def check(self) -> str:
        shelf, _ = await self._made()
        told = f"{await shelf.check()}, {len(self._entries)} entries"
        until, trouble = self._resting
        return f"{told}; by words only: {trouble}" if self._clock() < until else told

    async def close(self) -> None:
        if self._opening is not None and not self._opening.done():
            self._opening.cancel()
            await asyncio.wait([self._opening])
        self._opening = None
        if self._parts is not None:
            shelf, embedder = self._parts
            await shelf.close()
            await embedder.close()

    # -- the index

    async def _made(self) -> tuple[Shelf, Embedder]:
        if self._parts is None:
            made = await asyncio.to_thread(lambda: (self._make_shelf(), self._make_embedder()))
            self._parts = self._parts or made
        return self._parts

    async def _open(self) -> Stock:
        try:
            shelf, embedder = await self._made()
            repaired = await shelf.open(space_of(embedder))
            stock = await self._refresh(shelf, embedder)
        except Unavailable as away:
            self._resting = (self._clock() + self._rest_s, away.message)
            raise
        self._repaired = repaired
        return stock.model_copy(update={"notice": repaired})

    async def _refresh(self, shelf: Shelf, embedder: Embedder) -> Stock:
        held = await shelf.held()
        changed = [each for each in self._entries.values() if held.get(each.entry_id) != each.sha256]
        for start in range(0, len(changed), BATCH):
            batch = changed[start : start + BATCH]
            vectors = await embedder.embed([entry.written for entry in batch])
            await shelf.put([Card(*pair) for pair in zip(batch, vectors, strict=True)])
        stale = sorted(set(held) - set(self._entries))
        if stale:
            await shelf.drop(stale)
        return Stock(entries=len(self._entries), embedded=len(changed), removed=len(stale))

    async def _by_meaning(self, question: str) -> dict[str, float]:
        await self.open()
        shelf, embedder = await self._made()
        [vector] = await embedder.embed([in_english(question)], asking=True)
        if not any(vector):
            return {}
        try:
            return await shelf.nearest(vector, NEIGHBOURS)
        except Unavailable as away:
            self._lose(away.message)
            raise

    def _lose(self, why: str) -> None:
        """Go on without the index, and try to open it again after a while."""
        self._opening = None
        self._resting = (self._clock() + self._rest_s, why)
        log.warning("knowledge index lost", extra={"action": "keywords", "reason": why[:300]})

    def _fused(self, meant: dict[str, float], spoken: dict[str, float], share: float) -> list[Hit]:
        """Weigh meaning against words; an entry of another version's index is nothing to tell of."""
        rest = 1 - share if meant else 1
        scores = {
            entry_id: round(max(0.0, meant.get(entry_id, 0)) * share + spoken.get(entry_id, 0) * rest, 4)
            for entry_id in {*meant, *spoken} & set(self._entries)
        }
        ranked = sorted(scores.items(), key=lambda each: (-each[1], each[0]))
        return [
            Hit(entry=self._entries[each], score=min(1, score)) for each, score in ranked if score >= LEAST
        ]


def space_of(embedder: Embedder) -> str:
    """Name the collection of an embedder: another model or dimension is another collection."""
    name = re.sub(r"[^a-z0-9.-]+", "-", embedder.name.lower()).strip(".-")
    return f"{PREFIX}{name}-{embedder.dimension}"


def without(why: str) -> str:
    """Say what a search lacked."""
    return f"found by words only, not by meaning: {why}"


def failed(opening: asyncio.Task[Stock]) -> bool:
    """Tell whether an opening has come to nothing."""
    return opening.done() and (opening.cancelled() or opening.exception() is not None)


def _tell(opening: asyncio.Task[Stock]) -> None:
    if opening.cancelled():
        return
    if trouble := opening.exception():
        log.warning("knowledge index away", extra={"action": "keywords", "reason": str(trouble)[:300]})
    else:
        log.info("knowledge index ready", extra=opening.result().model_dump())
