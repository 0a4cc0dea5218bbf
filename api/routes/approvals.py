"""Approvals: what waits for your yes, and your answer."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field, JsonValue

from api.answers import ApprovalAnswer, ApprovalPage, of_approval
from api.consents import settle
from api.entrance import Anybody, Reader
from api.house import Home
from api.paging import Limit
from api.words import Body, Metadata, Text
from domain.approval import ApprovalState, Decision
from domain.nouns import ApprovalId, ProjectId

router = APIRouter(prefix="/api/approvals", tags=["approvals"])

State = Annotated[ApprovalState | None, Query(description="Only those in this state.")]


class Verdict(Body):
    """Your answer; it is given once."""

    decision: Decision
    args: Metadata | None = None
    """All arguments of the call as you want them; with `edit` only."""
    reason: Text = Field(default="")
    """What you want to say to it; whoever asked reads it."""


@router.get("")
async def list_approvals(
    house: Home, asking: Reader, state: State = None, project_id: str | None = None, limit: Limit = 50
) -> ApprovalPage:
    """What you were asked, newest first."""
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        found = await tx.approvals.list(
            project_id=ProjectId(project_id) if project_id else None,
            states=(state,) if state else (),
            limit=limit,
        )
    return ApprovalPage(items=[of_approval(each) for each in found])


@router.get("/{approval_id}")
async def get_approval(approval_id: str, house: Home, asking: Reader) -> ApprovalAnswer:
    """One question: what would be done, why you are asked, what it costs, until when."""
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        return of_approval(await tx.approvals.get(ApprovalId(approval_id)))


@router.post("/{approval_id}")
async def answer_approval(approval_id: str, body: Verdict, house: Home, asking: Anybody) -> ApprovalAnswer:
    """Approve, edit or reject; the run that waits goes on. A second answer is a conflict."""
    args: dict[str, JsonValue] | None = body.args
    settled = await settle(house, asking, approval_id, body.decision, args=args, reason=body.reason)
    return of_approval(settled)
