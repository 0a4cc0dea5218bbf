"""What waits for a person's yes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Float, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import WORD, Table, owner


class ApprovalRow(Table):
    """One question to a person, and its answer."""

    __tablename__ = "approvals"
    __table_args__ = (Index("ix_approvals_state_expires_at", "state", "expires_at"),)

    approval_id: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str] = owner()
    project_id: Mapped[str | None] = mapped_column(ForeignKey("projects.project_id"), index=True)
    run_id: Mapped[str | None] = mapped_column(ForeignKey("runs.run_id"), index=True)
    call_id: Mapped[str] = mapped_column(Text)
    asked: Mapped[str] = mapped_column(String(200), index=True)
    tool: Mapped[str]
    args: Mapped[dict[str, Any]]
    what: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text)
    cost_usd: Mapped[float] = mapped_column(Float(53))
    scope: Mapped[str] = mapped_column(String(WORD))
    state: Mapped[str] = mapped_column(String(WORD))
    edited: Mapped[dict[str, Any] | None]
    reason: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str | None]
    used_at: Mapped[datetime | None]
