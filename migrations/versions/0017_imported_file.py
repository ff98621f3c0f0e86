"""Files of another server that keep their old addresses."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    exact = mysql.VARCHAR(255, collation="utf8mb4_bin")
    op.create_table(
        "imported_file",
        sa.Column("path", sa.String(255).with_variant(exact, "mysql", "mariadb"), nullable=False),
        sa.Column("upload_name", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("path", name="pk_imported_file"),
        sa.ForeignKeyConstraint(
            ["upload_name"],
            ["upload.name"],
            name="fk_imported_file_upload_name_upload",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_imported_file_upload_name", "imported_file", ["upload_name"])


def downgrade() -> None:
    op.drop_table("imported_file")
