"""Receipts in the database: one answer per user and key, forgotten when it is old."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from domain.errors import Conflict
from domain.receipt import KEPT_S, Receipt
from storage.rows.scope import Scope
from storage.rows.shape import columns, noun_of, record, table
from storage.tables import ReceiptRow

RECEIPTS = table(ReceiptRow)
FIELDS = columns(Receipt, RECEIPTS)
KEPT = timedelta(seconds=KEPT_S)


class SqlReceipts:
    """The receipts of the owner's requests as rows."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def find(self, key: str) -> Receipt | None:
        query = sa.select(*FIELDS).where(
            RECEIPTS.c.owner == self._scope.owner,
            RECEIPTS.c.key == key,
            RECEIPTS.c.created_at > await self._scope.now() - KEPT,
        )
        row = (await self._scope.connection.execute(query)).first()
        return None if row is None else noun_of(Receipt, row)

    async def keep(self, receipt: Receipt) -> None:
        owner = self._scope.owner
        assert owner is not None, "the house itself sends no requests"
        await self._scope.know_user(owner)
        old = sa.delete(RECEIPTS).where(
            RECEIPTS.c.owner == owner, RECEIPTS.c.created_at <= await self._scope.now() - KEPT
        )
        await self._scope.connection.execute(old)
        row = record(receipt) | {"owner": owner}
        written = await self._scope.connection.execute(self._scope.dialect.insert_new(RECEIPTS).values(row))
        if not written.rowcount:
            raise Conflict(
                "request_in_progress",
                f"another request with the key {receipt.key!r} is being answered; try again",
            )
