"""What was brought over from another server."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def exact(length: int) -> sa.String:
    return sa.String(length).with_variant(
        mysql.VARCHAR(length, collation="utf8mb4_bin"), "mysql", "mariadb"
    )


def upgrade() -> None:
    op.create_table(
        "imported",
        sa.Column("source", exact(16), nullable=False),
        sa.Column("kind", exact(12), nullable=False),
        sa.Column("old_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("new_id", BIG_ID, nullable=False),
        sa.PrimaryKeyConstraint("source", "kind", "old_id", name="pk_imported"),
    )


def downgrade() -> None:
    op.drop_table("imported")
