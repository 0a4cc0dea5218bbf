"""Numbers of the house that only grow."""

from __future__ import annotations

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import WORD, Table


class CountRow(Table):
    """One number."""

    __tablename__ = "counts"

    name: Mapped[str] = mapped_column(String(WORD), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger)
