"""Who sees what is remembered of whom: every cell of users, layers and doors, and those below the query."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from pathlib import Path

from bench.figure import ROOT, Bar
from tests.contracts.cells import BELOW, cells, matrix

BARS = {"isolation_leaks": Bar("≤", 0), "isolation_leaks_unfiltered": Bar("≤", 0)}
REPORT = ROOT / "reports" / "memory-isolation.json"


def measure(folder: Path) -> dict[str, float]:
    """Try every cell; the matrix goes to reports/memory-isolation.json."""
    return asyncio.run(_measure(folder))


async def _measure(folder: Path) -> dict[str, float]:
    (folder / "with").mkdir()
    (folder / "without").mkdir()
    async with cells(folder / "with") as made:
        found = await matrix(made)
    async with cells(folder / "without", filtered=False) as made:
        blind = await matrix(made, BELOW)
    tried = Counter(f"{layer} by {door}" for _, _, layer, door in found)
    leaked = Counter(f"{layer} by {door}" for (_, _, layer, door), leaks in found.items() if leaks)
    table = {way: {"cells": count, "leaks": leaked[way]} for way, count in tried.items()}
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(table, indent=1) + "\n")
    return {
        "isolation_cells": len(found),
        "isolation_leaks": sum(found.values()),
        "isolation_cells_unfiltered": len(blind),
        "isolation_leaks_unfiltered": sum(blind.values()),
    }
