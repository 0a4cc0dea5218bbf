"""Whose a note is, what it decides and whether it was accepted; lessons and house styles of a user."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_OWNERS = "UPDATE notes SET owner = (SELECT owner FROM projects WHERE projects.project_id = notes.project_id)"


def upgrade() -> None:
    op.add_column("notes", sa.Column("owner", sa.String(length=64), nullable=True))
    op.add_column("notes", sa.Column("topic", sa.Text(), nullable=False, server_default=""))
    op.add_column("notes", sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(_OWNERS)
    op.create_table(
        "lessons",
        sa.Column("lesson_id", sa.String(length=64), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["owner"], ["users.user_id"], name=op.f("fk_lessons_owner_users")),
        sa.PrimaryKeyConstraint("lesson_id", name=op.f("pk_lessons")),
    )
    op.create_index(op.f("ix_lessons_owner"), "lessons", ["owner"])


def downgrade() -> None:
    op.drop_table("lessons")
    for name in ("accepted_at", "topic", "owner"):
        op.drop_column("notes", name)
