"""Recalls, edits and reactions; entries that nobody has to read; when a person was last here."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC_TIME = sa.DateTime().with_variant(mysql.DATETIME(fsp=3), "mysql", "mariadb")
BODY = (
    sa.Text()
    .with_variant(mysql.MEDIUMTEXT(collation="utf8mb4_bin"), "mariadb")
    .with_variant(mysql.MEDIUMTEXT(collation="utf8mb4_bin"), "mysql")
)
EMOJI = (
    sa.String(length=16)
    .with_variant(mysql.VARCHAR(collation="utf8mb4_bin", length=16), "mariadb")
    .with_variant(mysql.VARCHAR(collation="utf8mb4_bin", length=16), "mysql")
)

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "aside",
        sa.Column("conversation_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "seq", name="pk_aside"),
    )
    op.create_table(
        "reaction",
        sa.Column("message_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("emoji", EMOJI, nullable=False),
        sa.Column("user_id", BIG_ID, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("message_id", "emoji", "user_id", name="pk_reaction"),
    )
    op.create_table(
        "revision",
        sa.Column("message_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("body", BODY, nullable=False),
        sa.PrimaryKeyConstraint("message_id", "seq", name="pk_revision"),
    )
    op.add_column("user", sa.Column("seen_at", UTC_TIME, nullable=True))
    op.execute(
        "INSERT INTO aside (conversation_id, seq) SELECT conversation_id, seq FROM message WHERE media >= 20"
    )


def downgrade() -> None:
    op.drop_column("user", "seen_at")
    op.drop_table("revision")
    op.drop_table("reaction")
    op.drop_table("aside")
