"""Which voice messages somebody has listened to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "played",
        sa.Column("user_id", BIG_ID, nullable=False),
        sa.Column("conversation_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_played_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "conversation_id", "seq", name="pk_played"),
    )
    op.create_index("ix_played_user_id_revision", "played", ["user_id", "revision"])


def downgrade() -> None:
    op.drop_table("played")
