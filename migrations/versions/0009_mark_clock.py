"""Find changed read marks by a number that counts, and not by the time."""

from __future__ import annotations

import time

import sqlalchemy as sa
from alembic import op

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE position RENAME COLUMN marked_ms TO mark_revision")
    clock = op.create_table(
        "mark_clock",
        sa.Column("id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mark_clock"),
    )
    last = op.get_bind().scalar(sa.text("SELECT MAX(mark_revision) FROM position"))
    # Cursors that clients keep have a time in ms in this number's place: it goes on from there.
    start = max(last, time.time_ns() // 1_000_000) if last else 0
    op.bulk_insert(clock, [{"id": 1, "revision": start}])


def downgrade() -> None:
    op.drop_table("mark_clock")
    op.execute("ALTER TABLE position RENAME COLUMN mark_revision TO marked_ms")
