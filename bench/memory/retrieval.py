"""How often the handbook answers questions in users' words, by meaning, by words, and by both."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from bench.figure import ROOT, Bar
from domain.knowledge import Embedder
from memory.chroma_folder import FolderShelf
from memory.knowledge import NEIGHBOURS, Handbook, space_of
from memory.library import entries
from memory.shelf import Shelf
from memory.words import KeywordKnowledge, has_arabic, in_english, readable
from providers import embeddings_local

BARS = {"recall5_local": Bar("≥", 0.85), "recall5_hybrid": Bar("≥", 0.92)}
QUESTIONS: Final = ROOT / "tests" / "unit" / "memory" / "questions.json"
ASKED: Final = ("unseen", "fresh", "last", "by others")
"""Groups that were written before they were asked."""
REPORT = ROOT / "reports" / "memory-recall.json"

Search = Callable[[str], Awaitable[list[str]]]


def measure(folder: Path) -> dict[str, float]:
    """Ask every question; the table with its misses goes to reports/memory-recall.json."""
    return asyncio.run(_measure(folder))


async def _measure(folder: Path) -> dict[str, float]:
    groups: dict[str, list[tuple[str, list[str]]]] = json.loads(QUESTIONS.read_text("utf-8"))
    embedder = embeddings_local.create()
    shelf = FolderShelf(folder)
    book = Handbook(entries(), lambda: shelf, lambda: embedder, patience_s=60)
    words = KeywordKnowledge(entries())
    await book.open()

    async def hybrid(question: str) -> list[str]:
        return [hit.entry.entry_id for hit in (await book.search(question, 5)).hits]

    async def spoken(question: str) -> list[str]:
        return [hit.entry.entry_id for hit in (await words.search(question, 5)).hits]

    ways: dict[str, Search] = {"local": _meaning(shelf, embedder), "words": spoken, "hybrid": hybrid}
    await shelf.open(space_of(embedder))
    figures: dict[str, float] = {"recall_questions": sum(len(groups[name]) for name in ASKED)}
    table: dict[str, dict[str, list[str]]] = {}
    for way, search in ways.items():
        missed = {name: await _missed(search, asked) for name, asked in groups.items()}
        table[way] = missed
        lost = [question for name in ASKED for question in missed[name]]
        figures[f"recall5_{way}"] = 1 - len(lost) / figures["recall_questions"]
        figures[f"recall5_{way}_last"] = 1 - len(missed["last"]) / len(groups["last"])
        arabic = [question for name in ASKED for question, _ in groups[name] if has_arabic(question)]
        figures[f"recall5_{way}_arabic"] = 1 - sum(map(has_arabic, lost)) / len(arabic)
    await book.close()
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n")
    return figures


def _meaning(shelf: Shelf, embedder: Embedder) -> Search:
    """Search by vectors alone."""

    async def search(question: str) -> list[str]:
        [vector] = await embedder.embed([in_english(readable(question))], asking=True)
        return list(await shelf.nearest(vector, NEIGHBOURS))[:5] if any(vector) else []

    return search


async def _missed(search: Search, asked: list[tuple[str, list[str]]]) -> list[str]:
    return [question for question, right in asked if not {*await search(question)} & {*right}]
