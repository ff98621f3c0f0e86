"""When drafts were written."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Added with a default, so that no row has to be rewritten.
    op.add_column("talk_setting", sa.Column("written_ms", sa.BigInteger(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("talk_setting", "written_ms")
