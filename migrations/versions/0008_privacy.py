"""Privacy, tags, notice rules and push subscriptions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC_TIME = sa.DateTime().with_variant(mysql.DATETIME(fsp=3), "mysql", "mariadb")

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def _exact(length: int) -> sa.types.TypeEngine[str]:
    exact = mysql.VARCHAR(collation="utf8mb4_bin", length=length)
    return sa.String(length=length).with_variant(exact, "mysql", "mariadb")


def upgrade() -> None:
    op.add_column("user", sa.Column("adding", sa.String(8), nullable=False, server_default="open"))
    for name in ("shows_online", "shows_seen", "shows_receipts", "by_number"):
        op.add_column("user", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("user", sa.Column("listed_as", _exact(120), nullable=True))
    op.add_column("user", sa.Column("add_code", _exact(24), nullable=True))
    op.create_index("ix_user_listed_as", "user", ["listed_as"], unique=False)
    # An index and no constraint: for that SQLite would make the table anew, and drop all that hangs on it.
    op.create_index("ix_user_add_code", "user", ["add_code"], unique=True)
    users = sa.table("user", sa.column("adding"), sa.column("ask_first"))
    op.execute(users.update().where(users.c.ask_first == sa.true()).values(adding="ask"))
    op.drop_column("user", "ask_first")
    op.create_table(
        "tag",
        sa.Column("contact_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("name", _exact(20), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_tag_contact_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("contact_id", "name", name="pk_tag"),
    )
    op.create_table(
        "notice_rules",
        sa.Column("user_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("preview", sa.Boolean(), nullable=False),
        sa.Column("sound", sa.Boolean(), nullable=False),
        sa.Column("paused_until", sa.BigInteger(), nullable=False),
        sa.Column("quiet", sa.Boolean(), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=False),
        sa.Column("quiet_to", sa.Integer(), nullable=False),
        sa.Column("quiet_days", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_notice_rules_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", name="pk_notice_rules"),
    )
    op.create_table(
        "push_subscription",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("user_id", BIG_ID, nullable=False),
        sa.Column("session_id", BIG_ID, nullable=False),
        sa.Column("endpoint_hash", sa.String(64), nullable=False),
        sa.Column("endpoint", _exact(1000), nullable=False),
        sa.Column("p256dh", _exact(88), nullable=False),
        sa.Column("auth", _exact(24), nullable=False),
        sa.Column("created_at", UTC_TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_push_subscription_user_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name="fk_push_subscription_session_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_push_subscription"),
        sa.UniqueConstraint("endpoint_hash", name="uq_push_subscription_endpoint_hash"),
    )
    for column in ("user_id", "session_id"):
        op.create_index(f"ix_push_subscription_{column}", "push_subscription", [column], unique=False)


def downgrade() -> None:
    for table in ("push_subscription", "notice_rules", "tag"):
        op.drop_table(table)
    op.add_column("user", sa.Column("ask_first", sa.Boolean(), nullable=False, server_default=sa.false()))
    users = sa.table("user", sa.column("adding"), sa.column("ask_first"))
    op.execute(users.update().where(users.c.adding != "open").values(ask_first=sa.true()))
    op.drop_index("ix_user_add_code", "user")
    op.drop_index("ix_user_listed_as", "user")
    for name in (
        "add_code", "listed_as", "by_number", "shows_receipts", "shows_seen", "shows_online", "adding",
    ):
        op.drop_column("user", name)
