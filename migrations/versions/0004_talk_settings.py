"""What people make of conversations and messages for themselves: settings of the list, erasures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = (
    sa.Text()
    .with_variant(mysql.MEDIUMTEXT(collation="utf8mb4_bin"), "mariadb")
    .with_variant(mysql.MEDIUMTEXT(collation="utf8mb4_bin"), "mysql")
)

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "talk_setting",
        sa.Column("user_id", BIG_ID, nullable=False),
        sa.Column("conversation_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("pinned_ms", sa.BigInteger(), nullable=False),
        sa.Column("muted", sa.Boolean(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("unread", sa.Boolean(), nullable=False),
        sa.Column("hidden_seq", sa.BigInteger(), nullable=False),
        sa.Column("draft", TEXT, nullable=False),
        sa.Column("reply_seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_talk_setting_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "conversation_id", name="pk_talk_setting"),
    )
    op.create_index("ix_talk_setting_user_id_revision", "talk_setting", ["user_id", "revision"])
    op.create_table(
        "erasure",
        sa.Column("user_id", BIG_ID, nullable=False),
        sa.Column("conversation_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_erasure_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "conversation_id", "seq", name="pk_erasure"),
    )
    op.create_index("ix_erasure_user_id_revision", "erasure", ["user_id", "revision"])


def downgrade() -> None:
    op.drop_table("erasure")
    op.drop_table("talk_setting")
