"""What a message on a shelf says by its newest change, until that stands there itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    body = sa.Text().with_variant(mysql.MEDIUMTEXT(collation="utf8mb4_bin"), "mysql", "mariadb")
    op.create_table(
        "amended",
        sa.Column("message_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("conversation_id", BIG_ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("body", body, nullable=False),
        sa.PrimaryKeyConstraint("message_id", name="pk_amended"),
    )
    op.create_index("ix_amended_conversation_id", "amended", ["conversation_id"])


def downgrade() -> None:
    op.drop_table("amended")
