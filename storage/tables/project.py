"""Projects and what belongs to them: revisions, assets, events, renders, notes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Float, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import HASH, WORD, FrameRate, Table, owner, project


class ProjectRow(Table):
    """A film in the making; `last_seq` is the head of its log, and the row is the lock of both."""

    __tablename__ = "projects"
    __table_args__ = (Index("ix_projects_owner_created_at_project_id", "owner", "created_at", "project_id"),)

    project_id: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(ForeignKey("users.user_id"))
    name: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(WORD))
    template: Mapped[str | None]
    width: Mapped[int]
    height: Mapped[int]
    fps: Mapped[float] = mapped_column(FrameRate)
    revision: Mapped[int]
    last_seq: Mapped[int] = mapped_column(BigInteger, default=0)
    # `metadata` is SQLAlchemy's own word on a table class
    metadata_: Mapped[dict[str, Any]] = mapped_column("metadata")
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]


class RevisionRow(Table):
    """One state of a source: path to hash."""

    __tablename__ = "revisions"

    project_id: Mapped[str] = mapped_column(ForeignKey("projects.project_id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    message: Mapped[str] = mapped_column(Text)
    files: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    label: Mapped[str | None] = mapped_column(Text)
    version_id: Mapped[str | None] = mapped_column(unique=True)


class AssetRow(Table):
    """A file that came in; its content is a blob."""

    __tablename__ = "assets"

    asset_id: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str] = owner()
    project_id: Mapped[str | None] = project()
    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(WORD))
    sha256: Mapped[str] = mapped_column(String(HASH), index=True)
    bytes: Mapped[int] = mapped_column(BigInteger)
    suffix: Mapped[str] = mapped_column(String(WORD))
    facts: Mapped[dict[str, Any]]
    provenance: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class EventRow(Table):
    """One event in its place; the body is the event's own JSON."""

    __tablename__ = "events"
    __table_args__ = (Index("ix_events_run_id_seq", "run_id", "seq"),)

    project_id: Mapped[str] = mapped_column(ForeignKey("projects.project_id"), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    run_id: Mapped[str | None] = mapped_column(ForeignKey("runs.run_id"))
    at: Mapped[datetime]
    type: Mapped[str] = mapped_column(String(WORD))
    body: Mapped[str] = mapped_column(Text)


class RenderRow(Table):
    """A wish to see a revision as a film."""

    __tablename__ = "renders"

    render_id: Mapped[str] = mapped_column(primary_key=True)
    job_id: Mapped[str] = mapped_column(index=True)
    project_id: Mapped[str] = project()
    owner: Mapped[str] = owner()
    run_id: Mapped[str | None] = mapped_column(ForeignKey("runs.run_id"), index=True)
    revision: Mapped[int]
    purpose: Mapped[str] = mapped_column(String(WORD))
    output: Mapped[dict[str, Any]]
    status: Mapped[str] = mapped_column(String(WORD))
    percent: Mapped[float] = mapped_column(Float(53))
    film: Mapped[str | None] = mapped_column(String(HASH))
    poster: Mapped[str | None] = mapped_column(String(HASH))
    thumbnail: Mapped[str | None] = mapped_column(String(HASH))
    sheet: Mapped[str | None] = mapped_column(String(HASH))
    layout: Mapped[str | None] = mapped_column(String(HASH))
    facts: Mapped[dict[str, Any] | None]
    report: Mapped[dict[str, Any]]
    reason: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class NoteRow(Table):
    """One thing worth knowing."""

    __tablename__ = "notes"

    note_id: Mapped[str] = mapped_column(primary_key=True)
    project_id: Mapped[str] = project()
    kind: Mapped[str] = mapped_column(String(WORD))
    text: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(WORD))
    run_id: Mapped[str | None] = mapped_column(ForeignKey("runs.run_id"), index=True)
    created_at: Mapped[datetime]
    # Rows older than these columns were given their owner by the migration.
    owner: Mapped[str | None]
    topic: Mapped[str] = mapped_column(Text, server_default="")
    accepted_at: Mapped[datetime | None]
