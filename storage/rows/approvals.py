"""Approvals in the database: open once, answered once, used once."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from pydantic import JsonValue

from domain.approval import AGREED, Approval, ApprovalState
from domain.errors import Conflict
from domain.nouns import ApprovalId, ProjectId, RunId, UserId
from storage.rows.scope import Scope, check_found
from storage.rows.shape import columns, noun_of, record, table
from storage.tables import ApprovalRow

APPROVALS = table(ApprovalRow)
FIELDS = columns(Approval, APPROVALS)
HUMAN: tuple[ApprovalState, ...] = ("approved", "edited", "rejected")


class SqlApprovals:
    """The owner's approvals as rows."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def add(self, approval: Approval) -> None:
        self._scope.check_owner(approval.owner)
        if approval.project_id is not None:
            await self._scope.check_project(approval.project_id)
        await self._scope.know_user(approval.owner)
        await self._scope.connection.execute(sa.insert(APPROVALS).values(record(approval)))

    async def get(self, approval_id: ApprovalId) -> Approval:
        query = sa.select(*FIELDS).where(self._named(approval_id))
        row = (await self._scope.connection.execute(query)).first()
        return noun_of(Approval, check_found(row, "approval", approval_id))

    async def find(self, asked: str) -> Approval | None:
        c = APPROVALS.c
        query = sa.select(*FIELDS).where(c.asked == asked, self._scope.mine(c.owner))
        query = query.order_by(c.created_at.desc(), c.approval_id.desc()).limit(1)
        row = (await self._scope.connection.execute(query)).first()
        return None if row is None else noun_of(Approval, row)

    async def list(
        self, *, project_id: ProjectId | None = None, run_id: RunId | None = None,
        states: tuple[ApprovalState, ...] = (), limit: int = 100,
    ) -> list[Approval]:  # fmt: skip
        c = APPROVALS.c
        query = sa.select(*FIELDS).where(self._scope.mine(c.owner))
        if project_id is not None:
            await self._scope.check_project(project_id)
            query = query.where(c.project_id == project_id)
        if run_id is not None:
            query = query.where(c.run_id == run_id)
        if states:
            query = query.where(c.state.in_(states))
        query = query.order_by(c.created_at.desc(), c.approval_id.desc()).limit(limit)
        return [noun_of(Approval, row) for row in (await self._scope.connection.execute(query)).all()]

    async def settle(
        self,
        approval_id: ApprovalId,
        state: ApprovalState,
        *,
        by: UserId | None = None,
        edited: dict[str, JsonValue] | None = None,
        reason: str = "",
    ) -> Approval:
        now = await self._scope.now()
        new = {"state": state, "edited": edited, "reason": reason, "settled_at": now, "settled_by": by}
        free = APPROVALS.c.state == "open"
        if state in HUMAN:
            free = sa.and_(free, APPROVALS.c.expires_at > now)
        return await self._change(approval_id, free, new)

    async def use(self, approval_id: ApprovalId) -> Approval:
        free = sa.and_(APPROVALS.c.state.in_(AGREED), APPROVALS.c.used_at.is_(None))
        return await self._change(approval_id, free, {"used_at": await self._scope.now()})

    async def overdue(self, *, limit: int = 100) -> list[Approval]:
        c = APPROVALS.c
        late = sa.and_(c.state == "open", c.expires_at <= await self._scope.now())
        query = sa.select(*FIELDS).where(late, self._scope.mine(c.owner)).order_by(c.expires_at).limit(limit)
        return [noun_of(Approval, row) for row in (await self._scope.connection.execute(query)).all()]

    async def _change(
        self, approval_id: ApprovalId, free: sa.ColumnElement[bool], new: dict[str, Any]
    ) -> Approval:
        """Change an approval under its project's row, as everything that its run depends on is changed."""
        project = sa.select(APPROVALS.c.project_id).where(APPROVALS.c.approval_id == approval_id)
        await self._scope.hold(project.scalar_subquery())
        change = sa.update(APPROVALS).where(self._named(approval_id), free).values(new).returning(*FIELDS)
        row = (await self._scope.connection.execute(change)).first()
        if row is None:
            there = await self.get(approval_id)
            raise Conflict("approval_settled", await self._why_not(there))
        return noun_of(Approval, row)

    async def _why_not(self, there: Approval) -> str:
        if there.used_at is not None:
            return f"approval {there.approval_id} was {there.state} and its call was made; ask anew"
        if there.state != "open":
            return f"approval {there.approval_id} has its answer already: {there.state}"
        if there.expires_at <= await self._scope.now():
            return f"approval {there.approval_id} expired at {there.expires_at:%Y-%m-%d %H:%M} UTC; ask anew"
        return f"approval {there.approval_id} is still open; answer it first"

    def _named(self, approval_id: ApprovalId) -> sa.ColumnElement[bool]:
        return sa.and_(APPROVALS.c.approval_id == approval_id, self._scope.mine(APPROVALS.c.owner))
