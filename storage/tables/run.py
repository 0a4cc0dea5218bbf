"""Runs of the agent, and the journal of their tool calls."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import HASH, WORD, Table, owner, project


class RunRow(Table):
    """One prompt on its way to a film."""

    __tablename__ = "runs"

    run_id: Mapped[str] = mapped_column(primary_key=True)
    project_id: Mapped[str] = project()
    owner: Mapped[str] = owner()
    kind: Mapped[str] = mapped_column(String(WORD))
    request: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(WORD))
    reason: Mapped[str] = mapped_column(Text)
    limits: Mapped[dict[str, Any]]
    usage: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class StepRow(Table):
    """One tool call: intent, then result."""

    __tablename__ = "steps"

    run_id: Mapped[str] = mapped_column(ForeignKey("runs.run_id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    call_id: Mapped[str] = mapped_column(Text)
    tool: Mapped[str] = mapped_column(Text)
    args: Mapped[dict[str, Any]]
    args_hash: Mapped[str] = mapped_column(String(HASH))
    state: Mapped[str] = mapped_column(String(WORD))
    result: Mapped[dict[str, Any] | None]
    attempt: Mapped[int]
    job_id: Mapped[str | None] = mapped_column(index=True)
