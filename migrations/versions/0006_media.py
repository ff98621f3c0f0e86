"""Files that come in parts, stills of films, stickers of one's own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC_TIME = sa.DateTime().with_variant(mysql.DATETIME(fsp=3), "mysql", "mariadb")

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "partial",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("owner_id", BIG_ID, nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("created_at", UTC_TIME, nullable=False),
        sa.Column("heard_at", UTC_TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["user.id"], name="fk_partial_owner_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_partial"),
    )
    op.create_index("ix_partial_owner_id", "partial", ["owner_id"])
    op.create_index("ix_partial_heard_at", "partial", ["heard_at"])
    op.create_table(
        "kept_sticker",
        sa.Column("user_id", BIG_ID, nullable=False),
        sa.Column("blob_sha", sa.String(length=64), nullable=False),
        sa.Column("upload_name", sa.String(length=64), nullable=False),
        sa.Column("kept_at", UTC_TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_kept_sticker_user_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["upload_name"], ["upload.name"], name="fk_kept_sticker_upload_name", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "blob_sha", name="pk_kept_sticker"),
    )
    op.create_index("ix_kept_sticker_upload_name", "kept_sticker", ["upload_name"])
    op.add_column("upload", sa.Column("poster_sha", sa.String(length=64), nullable=True))
    op.create_index("ix_upload_poster_sha", "upload", ["poster_sha"])


def downgrade() -> None:
    op.drop_index("ix_upload_poster_sha", "upload")
    op.drop_column("upload", "poster_sha")
    op.drop_table("kept_sticker")
    op.drop_table("partial")
