"""Nouns as rows, and rows as nouns: a column for each field, JSON for what is more than a word."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any, TypeVar, cast

import sqlalchemy as sa

from domain.nouns import Noun
from storage.tables import Table

N = TypeVar("N", bound=Noun)
PLAIN = (str, int, float, datetime, type(None))


def table(model: type[Table]) -> sa.Table:
    """The table of a model."""
    return cast(sa.Table, model.__table__)


@cache
def columns(noun: type[Noun], source: sa.Table) -> tuple[sa.Column[Any], ...]:
    """The columns that make up a noun, in the order of its fields."""
    return tuple(source.c[name] for name in noun.model_fields)


def record(noun: Noun) -> dict[str, Any]:
    """The values of a noun's columns."""
    found: dict[str, Any] = {name: getattr(noun, name) for name in type(noun).model_fields}
    rich = {name for name, value in found.items() if not isinstance(value, PLAIN)}
    return found | noun.model_dump(mode="json", include=rich)


def noun_of(noun: type[N], row: sa.Row[Any]) -> N:
    """The noun that a row of exactly its columns holds."""
    return noun.model_validate(dict(zip(noun.model_fields, row, strict=True)))
