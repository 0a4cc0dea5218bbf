"""Queues that can be paused and drained, and what fairness and retries count."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "queues",
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_queues")),
    )
    with op.batch_alter_table("jobs") as jobs:
        jobs.add_column(sa.Column("retries", sa.Integer(), nullable=False, server_default="0"))
        jobs.add_column(sa.Column("leased_at", sa.DateTime(timezone=True), nullable=True))
        jobs.create_index(op.f("ix_jobs_leased_at"), ["leased_at"])


def downgrade() -> None:
    with op.batch_alter_table("jobs") as jobs:
        jobs.drop_index(op.f("ix_jobs_leased_at"))
        jobs.drop_column("leased_at")
        jobs.drop_column("retries")
    op.drop_table("queues")
