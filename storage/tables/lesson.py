"""What a user's films taught."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import WORD, Table, owner


class LessonRow(Table):
    """A house style or a lesson of one user."""

    __tablename__ = "lessons"

    lesson_id: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str] = owner()
    kind: Mapped[str] = mapped_column(String(WORD))
    code: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    score: Mapped[int]
    created_at: Mapped[datetime]
    held_at: Mapped[datetime]
