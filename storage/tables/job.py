"""The queue."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import WORD, Table, owner


class JobRow(Table):
    """One piece of work; state, attempt and lease change together or not at all."""

    __tablename__ = "jobs"
    __table_args__ = (
        Index("ix_jobs_state_kind", "state", "kind"),
        Index("ix_jobs_project_id_kind_state", "project_id", "kind", "state"),
    )

    job_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(WORD))
    owner: Mapped[str] = owner()
    project_id: Mapped[str] = mapped_column(ForeignKey("projects.project_id"))
    run_id: Mapped[str | None] = mapped_column(ForeignKey("runs.run_id"), index=True)
    render_id: Mapped[str | None] = mapped_column(index=True)
    priority: Mapped[int]
    state: Mapped[str] = mapped_column(String(WORD))
    payload: Mapped[dict[str, Any]]
    result: Mapped[dict[str, Any] | None]
    reason: Mapped[str] = mapped_column(Text)
    waits_for: Mapped[str | None] = mapped_column(ForeignKey("jobs.job_id"), index=True)
    attempt: Mapped[int]
    crashes: Mapped[int]
    retries: Mapped[int] = mapped_column(server_default="0")
    worker: Mapped[str | None] = mapped_column(Text)
    lease_until: Mapped[datetime | None]
    not_before: Mapped[datetime | None]
    created_at: Mapped[datetime]
    leased_at: Mapped[datetime | None] = mapped_column(index=True)
    finished_at: Mapped[datetime | None]
