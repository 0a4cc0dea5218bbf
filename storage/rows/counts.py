"""Numbers of the house in the database, added up where they stand."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from storage.rows.scope import Scope
from storage.rows.shape import table
from storage.tables import CountRow

COUNTS = table(CountRow)


class SqlCounts:
    """The numbers of the house; they are nobody's."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def add(self, name: str, number: int) -> None:
        first = self._scope.dialect.insert_new(COUNTS).values(name=name, number=0)
        await self._scope.connection.execute(first)
        more = sa.update(COUNTS).where(COUNTS.c.name == name).values(number=COUNTS.c.number + number)
        await self._scope.connection.execute(more)

    async def get(self, name: str) -> int:
        query = sa.select(COUNTS.c.number).where(COUNTS.c.name == name)
        row: Any = (await self._scope.connection.execute(query)).first()
        return 0 if row is None else int(row[0])
