"""A question to a person: what a call would do, why it is asked, what it costs, and what was answered."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Protocol

from pydantic import Field, JsonValue

from domain.account import Scope
from domain.nouns import ApprovalId, Noun, ProjectId, RunId, UserId

Decision = Literal["approve", "edit", "reject"]
ApprovalState = Literal["open", "approved", "edited", "rejected", "expired", "cancelled"]
AGREED: frozenset[ApprovalState] = frozenset({"approved", "edited"})
"""States in which the call may be made, once."""
STATE_OF: dict[Decision, ApprovalState] = {"approve": "approved", "edit": "edited", "reject": "rejected"}
KEPT_OPEN_S = 24 * 3600.0
"""Seconds after which a question that nobody has answered is over."""


class Approval(Noun):
    """A call that waits for a yes, and whose one answer can be used for one call."""

    approval_id: ApprovalId
    owner: UserId
    """Who may answer."""
    project_id: ProjectId | None = None
    run_id: RunId | None = None
    """The run that waits for the answer; none for a call from a door."""
    call_id: str
    asked: str = Field(max_length=200)
    """Names the call, so that the same one finds its answer again."""
    tool: str
    args: dict[str, JsonValue]
    what: str
    """What would be done, for the person."""
    why: str
    """Why a person is asked."""
    cost_usd: float = 0
    """What it would cost at most, US dollars."""
    scope: Scope
    """What whoever answers must be allowed."""
    state: ApprovalState = "open"
    edited: dict[str, JsonValue] | None = None
    """The arguments that the person wants instead."""
    reason: str = ""
    """What the person said to it."""
    created_at: datetime
    expires_at: datetime
    settled_at: datetime | None = None
    settled_by: UserId | None = None
    used_at: datetime | None = None
    """When the call was made."""


class Approvals(Protocol):
    """The owner's approvals."""

    async def add(self, approval: Approval) -> None: ...

    async def get(self, approval_id: ApprovalId) -> Approval:
        """Raises NotFound."""
        ...

    async def find(self, asked: str) -> Approval | None:
        """Give the newest approval of a call."""
        ...

    async def list(
        self, *, project_id: ProjectId | None = None, run_id: RunId | None = None,
        states: tuple[ApprovalState, ...] = (), limit: int = 100,
    ) -> list[Approval]:  # fmt: skip
        """Newest first."""
        ...

    async def settle(
        self,
        approval_id: ApprovalId,
        state: ApprovalState,
        *,
        by: UserId | None = None,
        edited: dict[str, JsonValue] | None = None,
        reason: str = "",
    ) -> Approval:
        """Write the one answer down.

        Raises NotFound, and Conflict when there is an answer already, or when a person's comes too late.
        """
        ...

    async def use(self, approval_id: ApprovalId) -> Approval:
        """Take the answer for the call that is about to be committed; it serves no second one.

        Raises NotFound, and Conflict when it was used, or was no yes.
        """
        ...

    async def overdue(self, *, limit: int = 100) -> list[Approval]:
        """The open ones whose time is over."""
        ...
