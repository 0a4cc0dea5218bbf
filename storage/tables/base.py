"""What all tables share: names of constraints, and types that mean the same in every database."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, Integer, MetaData, String
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, MappedColumn, mapped_column
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
ID = 64
"""Longest id: UUIDv7 in text is 36, a user's name may be longer."""
HASH = 64
WORD = 32


class Utc(TypeDecorator[datetime]):
    """A moment in UTC that stays aware of it; a naive one is a bug."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class FrameRate(TypeDecorator[float]):
    """Frames a second: whole ones as they are, those of television in thousandths, as 29970."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: float | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        return int(value) if value % 1 == 0 else round(value * 1_000)

    def process_result_value(self, value: int | None, dialect: Dialect) -> float | None:
        return value if value is None or value < 1_000 else value / 1_000


class Table(DeclarativeBase):
    """The base of all tables."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {
        datetime: Utc,
        str: String(ID),
        dict[str, Any]: JSON(none_as_null=True),
        list[Any]: JSON(none_as_null=True),
    }


def owner() -> MappedColumn[str]:
    """The column by which every row is somebody's."""
    return mapped_column(ForeignKey("users.user_id"), index=True)


def project() -> MappedColumn[str]:
    """The column that ties a row to its project."""
    return mapped_column(ForeignKey("projects.project_id"), index=True)
