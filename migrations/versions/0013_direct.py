"""Files that are sent straight to the storage."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("partial") as table:
        table.add_column(sa.Column("way", sa.String(8), nullable=False, server_default=""))
        table.add_column(sa.Column("remote_id", sa.String(1024), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("partial") as table:
        table.drop_column("remote_id")
        table.drop_column("way")
