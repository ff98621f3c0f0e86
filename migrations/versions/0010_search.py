"""The search index, where the database holds it: MySQL and MariaDB. SQLite's is a file of its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    op.create_table(
        "search_entry",
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("words", mysql.MEDIUMTEXT(charset="ascii", collation="ascii_bin"), nullable=False),
        sa.PrimaryKeyConstraint("message_id", name="pk_search_entry"),
    )
    op.create_index(
        "ft_search_entry_words", "search_entry", ["words"], mysql_prefix="FULLTEXT", mariadb_prefix="FULLTEXT"
    )
    op.create_table(
        "search_state",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_search_state"),
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    op.drop_table("search_state")
    op.drop_table("search_entry")
