"""What an operator has done to the queues."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import WORD, Table


class QueueRow(Table):
    """A queue that is not simply open, or was not once."""

    __tablename__ = "queues"

    kind: Mapped[str] = mapped_column(String(WORD), primary_key=True)
    state: Mapped[str] = mapped_column(String(WORD))
    changed_at: Mapped[datetime]
