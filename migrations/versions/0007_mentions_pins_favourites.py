"""Who is mentioned, what is pinned, and what people keep."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mention",
        sa.Column("conversation_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("user_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "user_id", "seq", name="pk_mention"),
    )
    op.create_table(
        "pin",
        sa.Column("message_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("conversation_id", BIG_ID, nullable=False),
        sa.Column("pinned_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("message_id", name="pk_pin"),
    )
    op.create_index("ix_pin_conversation_id", "pin", ["conversation_id"])
    op.create_table(
        "favourite",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("user_id", BIG_ID, nullable=False),
        sa.Column("message_id", BIG_ID, nullable=False),
        sa.Column("saved_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_favourite_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_favourite"),
        sa.UniqueConstraint("user_id", "message_id", name="uq_favourite_user_id_message_id"),
    )
    op.create_index("ix_favourite_message_id", "favourite", ["message_id"])


def downgrade() -> None:
    for name in ("favourite", "pin", "mention"):
        op.drop_table(name)
