"""How often doors were closed in a conversation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Added with a default, so that no row has to be rewritten.
    op.add_column("conversation", sa.Column("doors", sa.BigInteger(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("conversation", "doors")
