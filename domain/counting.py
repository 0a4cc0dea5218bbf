"""Writing down what this process has counted, so that the database can tell for all of them."""

from __future__ import annotations

from domain.count import Untold
from domain.database import Database
from domain.errors import Unavailable


async def write_down(database: Database, name: str, untold: Untold) -> None:
    """Add what is untold to a number of the house; it stays untold while the database is away."""
    number, untold.number = untold.number, 0  # at once: what is counted meanwhile is told the next time
    if not number:
        return
    try:
        async with database.transaction(None) as tx:
            await tx.counts.add(name, number)
    except Unavailable:
        untold.number += number
