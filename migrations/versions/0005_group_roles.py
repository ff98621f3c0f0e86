"""Roles, joining, mutes and notices of groups; a dissolved group gives its name back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC_TIME = sa.DateTime().with_variant(mysql.DATETIME(fsp=3), "mysql", "mariadb")


def exact(length: int) -> sa.String:
    letters = mysql.VARCHAR(collation="utf8mb4_bin", length=length)
    return sa.String(length=length).with_variant(letters, "mariadb", "mysql")


revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("contact") as contact:
        contact.add_column(sa.Column("role", sa.SmallInteger(), nullable=False, server_default="3"))
        contact.add_column(sa.Column("nickname", sa.String(length=40), nullable=False, server_default=""))
    op.execute(
        "UPDATE contact SET role = 1 WHERE cate = 2 AND ownerid ="
        " (SELECT community.ownerid FROM community WHERE community.id = contact.dstobj)"
    )
    op.create_index("ix_contact_dstobj_cate_role", "contact", ["dstobj", "cate", "role"])
    op.drop_index("ix_contact_dstobj_cate", "contact")
    with op.batch_alter_table("community") as community:
        community.add_column(sa.Column("claimed_name", exact(60), nullable=True))
        community.add_column(sa.Column("mode", sa.SmallInteger(), nullable=False, server_default="0"))
        community.add_column(sa.Column("muted_until", UTC_TIME, nullable=True))
        community.add_column(sa.Column("dissolved_at", UTC_TIME, nullable=True))
    op.execute("UPDATE community SET claimed_name = name")
    with op.batch_alter_table("community") as community:
        community.create_unique_constraint("uq_community_claimed_name", ["claimed_name"])
        community.drop_constraint("uq_community_name", type_="unique")
    _create_tables()


def _create_tables() -> None:
    op.create_table(
        "community_mute",
        sa.Column("community_id", BIG_ID, nullable=False),
        sa.Column("user_id", BIG_ID, nullable=False),
        sa.Column("until", UTC_TIME, nullable=False),
        _of_community("community_mute"),
        _of_user("community_mute", "user_id"),
        sa.PrimaryKeyConstraint("community_id", "user_id", name="pk_community_mute"),
    )
    op.create_table(
        "community_link",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("community_id", BIG_ID, nullable=False),
        sa.Column("maker_id", BIG_ID, nullable=False),
        sa.Column("code", exact(32), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("expires_at", UTC_TIME, nullable=True),
        sa.Column("created_at", UTC_TIME, nullable=False),
        _of_community("community_link"),
        _of_user("community_link", "maker_id"),
        sa.PrimaryKeyConstraint("id", name="pk_community_link"),
        sa.UniqueConstraint("code", name="uq_community_link_code"),
    )
    op.create_index("ix_community_link_community_id", "community_link", ["community_id"])
    op.create_table(
        "community_request",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("community_id", BIG_ID, nullable=False),
        sa.Column("user_id", BIG_ID, nullable=False),
        sa.Column("inviter_id", BIG_ID, nullable=True),
        sa.Column("note", sa.String(length=140), nullable=False),
        sa.Column("created_at", UTC_TIME, nullable=False),
        _of_community("community_request"),
        _of_user("community_request", "user_id"),
        _of_user("community_request", "inviter_id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_community_request"),
        sa.UniqueConstraint("community_id", "user_id", name="uq_community_request_community_id_user_id"),
    )
    op.create_index("ix_community_request_user_id", "community_request", ["user_id"])
    op.create_table(
        "community_notice",
        sa.Column("community_id", BIG_ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("author_id", BIG_ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", UTC_TIME, nullable=False),
        _of_community("community_notice"),
        _of_user("community_notice", "author_id"),
        sa.PrimaryKeyConstraint("community_id", name="pk_community_notice"),
    )
    op.create_table(
        "community_notice_reader",
        sa.Column("community_id", BIG_ID, nullable=False),
        sa.Column("user_id", BIG_ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        _of_community("community_notice_reader"),
        _of_user("community_notice_reader", "user_id"),
        sa.PrimaryKeyConstraint("community_id", "user_id", name="pk_community_notice_reader"),
    )


def _of_community(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_community_id"
    return sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=name, ondelete="CASCADE")


def _of_user(table: str, column: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["user.id"], name=f"fk_{table}_{column}", ondelete=ondelete)


def downgrade() -> None:
    for table in ("notice_reader", "notice", "request", "link", "mute"):
        op.drop_table(f"community_{table}")
    with op.batch_alter_table("community") as community:
        community.create_unique_constraint("uq_community_name", ["name"])
        community.drop_constraint("uq_community_claimed_name", type_="unique")
        for column in ("dissolved_at", "muted_until", "mode", "claimed_name"):
            community.drop_column(column)
    op.create_index("ix_contact_dstobj_cate", "contact", ["dstobj", "cate"])
    op.drop_index("ix_contact_dstobj_cate_role", "contact")
    with op.batch_alter_table("contact") as contact:
        contact.drop_column("nickname")
        contact.drop_column("role")
