"""What Alembic runs for each command: the connection is given, its transaction is the caller's."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

from storage.tables import Table
from storage.tables.base import Utc


def written(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """How a generated migration writes our own types: as what they are in the database."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Utc) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_as_batch=True,
    render_item=written,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
