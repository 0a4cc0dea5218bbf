"""A small picture beside the poster of a film."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("renders", sa.Column("thumbnail", sa.String(length=64), nullable=True))


def downgrade() -> None:
    op.drop_column("renders", "thumbnail")
