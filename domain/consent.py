"""Asking a person and taking the answer: question, event, audit and the run's waking are one transaction."""

from __future__ import annotations

from pydantic import JsonValue

from domain.account import Principal
from domain.approval import STATE_OF, Approval, Decision
from domain.database import Transaction
from domain.errors import NotFound
from domain.event import ApprovalRequested, ApprovalResolved
from domain.nouns import RunId


async def ask(tx: Transaction, asking: Principal, approval: Approval) -> None:
    """Open an approval and tell of it."""
    await tx.approvals.add(approval)
    await tx.audit.record(asking, "approval.requested", approval.approval_id, tool=approval.tool)
    if approval.project_id is not None:
        event = ApprovalRequested(
            approval_id=approval.approval_id,
            call_id=approval.call_id,
            tool=approval.tool,
            args=approval.args,
            what=approval.what,
            why=approval.why,
            cost_usd=approval.cost_usd,
            expires_at=approval.expires_at,
        )
        await tx.events.append(approval.project_id, event, approval.run_id)


async def answer(
    tx: Transaction,
    asking: Principal,
    approval: Approval,
    decision: Decision,
    *,
    edited: dict[str, JsonValue] | None = None,
    reason: str = "",
) -> Approval:
    """Take a person's answer, and let the run that waits for it go on.

    Raises Conflict when there is an answer already, or when it comes too late.
    """
    settled = await tx.approvals.settle(
        approval.approval_id, STATE_OF[decision], by=asking.user_id, edited=edited, reason=reason
    )
    await tx.audit.record(
        asking, "approval.answered", settled.approval_id, tool=settled.tool, decision=settled.state
    )
    await _tell(tx, settled)
    await _wake(tx, settled)
    return settled


async def expire(tx: Transaction) -> list[Approval]:
    """Close every question whose time is over; the runs that waited go on and hear that nobody answered."""
    closed: list[Approval] = []
    for late in await tx.approvals.overdue():
        settled = await tx.approvals.settle(late.approval_id, "expired", reason="Nobody answered in time.")
        await _record(tx, settled)
        await _tell(tx, settled)
        await _wake(tx, settled)
        closed.append(settled)
    return closed


async def withdraw(tx: Transaction, run_id: RunId) -> None:
    """Close the questions of a run that has ended."""
    for left in await tx.approvals.list(run_id=run_id, states=("open",)):
        settled = await tx.approvals.settle(left.approval_id, "cancelled", reason="The run has ended.")
        await _record(tx, settled)
        await _tell(tx, settled)


async def _record(tx: Transaction, settled: Approval) -> None:
    house = Principal(user_id=settled.owner, scopes=(), door="agent")
    await tx.audit.record(
        house, "approval.closed", settled.approval_id, tool=settled.tool, decision=settled.state
    )


async def _tell(tx: Transaction, settled: Approval) -> None:
    if settled.project_id is None:
        return
    assert settled.state != "open"
    event = ApprovalResolved(
        approval_id=settled.approval_id,
        decision=settled.state,
        by=settled.settled_by,
        reason=settled.reason,
    )
    try:
        await tx.events.append(settled.project_id, event, settled.run_id)
    except NotFound:
        return  # the project was deleted: its log is closed with it


async def _wake(tx: Transaction, settled: Approval) -> None:
    if settled.run_id is None or settled.project_id is None:
        return
    for job in await tx.jobs.list(project_id=settled.project_id, kind="agent", states=("parked",)):
        if job.run_id == settled.run_id:
            await tx.jobs.wake(job.job_id)
