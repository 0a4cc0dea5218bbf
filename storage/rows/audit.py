"""The audit log in the database; there is no way to change an entry."""

from __future__ import annotations

import sqlalchemy as sa

from domain.account import AuditEntry, Principal
from storage.rows.scope import Scope
from storage.rows.shape import columns, noun_of, table
from storage.tables import AuditRow

AUDIT = table(AuditRow)
FIELDS = columns(AuditEntry, AUDIT)


class SqlAudit:
    """What was done, as rows."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def record(self, principal: Principal, action: str, subject: str = "", **detail: str | int) -> None:
        row = {
            "at": await self._scope.now(),
            "user_id": principal.user_id,
            "key_id": principal.key_id,
            "door": principal.door,
            "action": action,
            "subject": subject,
            "detail": detail,
        }
        await self._scope.connection.execute(sa.insert(AUDIT).values(row))

    async def list(self, *, limit: int = 100) -> list[AuditEntry]:
        query = sa.select(*FIELDS).where(self._scope.mine(AUDIT.c.user_id))
        query = query.order_by(AUDIT.c.audit_id.desc()).limit(limit)
        return [noun_of(AuditEntry, row) for row in (await self._scope.connection.execute(query)).all()]
