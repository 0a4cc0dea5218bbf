"""Pages of a list, newest first: a cursor names the last row that was seen."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa

from domain.errors import UserError
from domain.project import Page

T = TypeVar("T")
Key = tuple[datetime, str]


def later_than(
    query: sa.Select[Any], page: Page, created_at: sa.Column[Any], row_id: sa.Column[Any]
) -> sa.Select[Any]:
    """Order a query newest first, start it after the page's cursor, and ask for one row too many.

    Raises UserError for a cursor that none of these pages gave.
    """
    if page.after is not None:
        when, name = _read(page.after)
        older = sa.or_(created_at < when, sa.and_(created_at == when, row_id < name))
        query = query.where(older)
    return query.order_by(created_at.desc(), row_id.desc()).limit(page.limit + 1)


def cut(found: list[T], page: Page, key: Callable[[T], Key]) -> tuple[list[T], str | None]:
    """Take the row too many away; when there was one, give the cursor of the next page."""
    if len(found) <= page.limit:
        return found, None
    kept = found[: page.limit]
    when, name = key(kept[-1])
    return kept, base64.urlsafe_b64encode(f"{when.isoformat()} {name}".encode()).decode()


def bad_cursor(cursor: str) -> UserError:
    """The answer to a cursor that nobody gave."""
    return UserError(
        "bad_cursor", f"{cursor[:80]!r} is no cursor; take `after` from the page before, or none"
    )


def _read(cursor: str) -> Key:
    try:
        when, _, name = base64.urlsafe_b64decode(cursor.encode()).decode().partition(" ")
        moment = datetime.fromisoformat(when)
    except (binascii.Error, ValueError) as error:
        raise bad_cursor(cursor) from error
    if moment.tzinfo is None:
        raise bad_cursor(cursor)
    return moment, name
