"""The tables, one file per noun; importing this package knows them all."""

from __future__ import annotations

from storage.tables.account import ApiKeyRow, AuditRow, UserRow
from storage.tables.approval import ApprovalRow
from storage.tables.base import Table
from storage.tables.count import CountRow
from storage.tables.job import JobRow
from storage.tables.lesson import LessonRow
from storage.tables.project import AssetRow, EventRow, NoteRow, ProjectRow, RenderRow, RevisionRow
from storage.tables.queue import QueueRow
from storage.tables.receipt import ReceiptRow
from storage.tables.run import RunRow, StepRow

__all__ = [
    "ApiKeyRow",
    "ApprovalRow",
    "AssetRow",
    "AuditRow",
    "CountRow",
    "EventRow",
    "JobRow",
    "LessonRow",
    "NoteRow",
    "ProjectRow",
    "QueueRow",
    "ReceiptRow",
    "RenderRow",
    "RevisionRow",
    "RunRow",
    "StepRow",
    "Table",
    "UserRow",
]
