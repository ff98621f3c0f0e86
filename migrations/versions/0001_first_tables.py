"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC_TIME = sa.DateTime().with_variant(mysql.DATETIME(fsp=3), "mysql", "mariadb")

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "mysql":
        # Every language and emoji, whatever the server's default is.
        op.execute("ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci")
    op.create_table(
        "attachment",
        sa.Column("upload_name", sa.String(length=64), nullable=False),
        sa.Column("message_id", BIG_ID, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("upload_name", "message_id", name="pk_attachment"),
    )
    op.create_table(
        "blob",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("thumb_sha", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["thumb_sha"], ["blob.sha256"], name="fk_blob_thumb_sha"),
        sa.PrimaryKeyConstraint("sha256", name="pk_blob"),
    )
    op.create_index("ix_blob_thumb_sha", "blob", ["thumb_sha"], unique=False)

    op.create_table(
        "conversation",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("low_id", BIG_ID, nullable=False),
        sa.Column("high_id", BIG_ID, nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("last_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversation"),
        sa.UniqueConstraint("kind", "low_id", "high_id", name="uq_conversation_kind_low_id_high_id"),
    )
    op.create_table(
        "message",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("conversation_id", BIG_ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("sender_id", BIG_ID, nullable=False),
        sa.Column(
            "msgid",
            sa.String(length=64)
            .with_variant(mysql.VARCHAR(collation="utf8mb4_bin", length=64), "mariadb")
            .with_variant(mysql.VARCHAR(collation="utf8mb4_bin", length=64), "mysql"),
            nullable=True,
        ),
        sa.Column("media", sa.Integer(), nullable=False),
        sa.Column(
            "body",
            sa.Text()
            .with_variant(mysql.MEDIUMTEXT(collation="utf8mb4_bin"), "mariadb")
            .with_variant(mysql.MEDIUMTEXT(collation="utf8mb4_bin"), "mysql"),
            nullable=False,
        ),
        sa.Column("time_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
        sa.UniqueConstraint("conversation_id", "seq", name="uq_message_conversation_id_seq"),
    )
    op.create_index("uq_message_sender_id_msgid", "message", ["sender_id", "msgid"], unique=True)

    op.create_table(
        "proof",
        sa.Column("nonce", sa.String(length=32), nullable=False),
        sa.Column("source_sha", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("nonce", name="pk_proof"),
    )
    op.create_index("ix_proof_source_sha", "proof", ["source_sha"], unique=False)

    op.create_table(
        "user",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("mobile", sa.String(length=20), nullable=False),
        sa.Column("passwd", sa.String(length=160), nullable=False),
        sa.Column("salt", sa.String(length=10), nullable=False),
        sa.Column("nickname", sa.String(length=40), nullable=False),
        sa.Column("avatar", sa.String(length=200), nullable=False),
        sa.Column("sex", sa.String(length=2), nullable=False),
        sa.Column("memo", sa.String(length=140), nullable=False),
        sa.Column("ask_first", sa.Boolean(), nullable=False),
        sa.Column("lang", sa.String(length=8), nullable=False),
        sa.Column("createat", UTC_TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_user"),
        sa.UniqueConstraint("mobile", name="uq_user_mobile"),
    )
    op.create_table(
        "block",
        sa.Column("owner_id", BIG_ID, nullable=False),
        sa.Column("blocked_id", BIG_ID, nullable=False),
        sa.Column("created_at", UTC_TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["blocked_id"], ["user.id"], name="fk_block_blocked_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name="fk_block_owner_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("owner_id", "blocked_id", name="pk_block"),
    )
    op.create_index("ix_block_blocked_id", "block", ["blocked_id"], unique=False)

    op.create_table(
        "community",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column(
            "name",
            sa.String(length=60)
            .with_variant(mysql.VARCHAR(collation="utf8mb4_bin", length=60), "mariadb")
            .with_variant(mysql.VARCHAR(collation="utf8mb4_bin", length=60), "mysql"),
            nullable=False,
        ),
        sa.Column("ownerid", BIG_ID, nullable=False),
        sa.Column("icon", sa.String(length=250), nullable=False),
        sa.Column("cate", sa.Integer(), nullable=False),
        sa.Column("memo", sa.String(length=120), nullable=False),
        sa.Column("createat", UTC_TIME, nullable=False),
        sa.ForeignKeyConstraint(["ownerid"], ["user.id"], name="fk_community_ownerid"),
        sa.PrimaryKeyConstraint("id", name="pk_community"),
        sa.UniqueConstraint("name", name="uq_community_name"),
    )
    op.create_index("ix_community_ownerid", "community", ["ownerid"], unique=False)

    op.create_table(
        "contact",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("ownerid", BIG_ID, nullable=False),
        sa.Column("dstobj", BIG_ID, nullable=False),
        sa.Column("cate", sa.Integer(), nullable=False),
        sa.Column("memo", sa.String(length=120), nullable=False),
        sa.Column("createat", UTC_TIME, nullable=False),
        sa.ForeignKeyConstraint(["ownerid"], ["user.id"], name="fk_contact_ownerid", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_contact"),
        sa.UniqueConstraint("ownerid", "cate", "dstobj", name="uq_contact_ownerid_cate_dstobj"),
    )
    op.create_index("ix_contact_dstobj_cate", "contact", ["dstobj", "cate"], unique=False)

    op.create_table(
        "friend_request",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("from_id", BIG_ID, nullable=False),
        sa.Column("to_id", BIG_ID, nullable=False),
        sa.Column("note", sa.String(length=140), nullable=False),
        sa.Column("created_at", UTC_TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["from_id"], ["user.id"], name="fk_friend_request_from_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["to_id"], ["user.id"], name="fk_friend_request_to_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_friend_request"),
        sa.UniqueConstraint("from_id", "to_id", name="uq_friend_request_from_id_to_id"),
    )
    op.create_index("ix_friend_request_to_id", "friend_request", ["to_id"], unique=False)

    op.create_table(
        "position",
        sa.Column("user_id", BIG_ID, nullable=False),
        sa.Column("conversation_id", BIG_ID, nullable=False),
        sa.Column("join_seq", sa.BigInteger(), nullable=False),
        sa.Column("read_seq", sa.BigInteger(), nullable=False),
        sa.Column("marked_ms", sa.BigInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_position_conversation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_position_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "conversation_id", name="pk_position"),
    )
    op.create_index("ix_position_conversation_id", "position", ["conversation_id"], unique=False)

    op.create_table(
        "session",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("user_id", BIG_ID, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("device", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("created_at", UTC_TIME, nullable=False),
        sa.Column("seen_at", UTC_TIME, nullable=False),
        sa.Column("expires_at", UTC_TIME, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_session_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_session"),
        sa.UniqueConstraint("token_hash", name="uq_session_token_hash"),
    )
    op.create_index("ix_session_user_id", "session", ["user_id"], unique=False)

    op.create_table(
        "source",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("blob_sha", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["blob_sha"], ["blob.sha256"], name="fk_source_blob_sha", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sha256", "kind", name="pk_source"),
    )
    op.create_index("ix_source_blob_sha", "source", ["blob_sha"], unique=False)

    op.create_table(
        "upload",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("blob_sha", sa.String(length=64), nullable=False),
        sa.Column("owner_id", BIG_ID, nullable=True),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("created_at", UTC_TIME, nullable=False),
        sa.Column("asked_at", UTC_TIME, nullable=False),
        sa.ForeignKeyConstraint(["blob_sha"], ["blob.sha256"], name="fk_upload_blob_sha"),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name="fk_upload_owner_id"),
        sa.PrimaryKeyConstraint("name", name="pk_upload"),
    )
    op.create_index("ix_upload_asked_at", "upload", ["asked_at"], unique=False)
    op.create_index("ix_upload_blob_sha", "upload", ["blob_sha"], unique=False)
    op.create_index("ix_upload_owner_id", "upload", ["owner_id"], unique=False)


def downgrade() -> None:
    op.drop_table("upload")
    op.drop_table("source")
    op.drop_table("session")
    op.drop_table("position")
    op.drop_table("friend_request")
    op.drop_table("contact")
    op.drop_table("community")
    op.drop_table("block")
    op.drop_table("user")
    op.drop_table("proof")
    op.drop_table("message")
    op.drop_table("conversation")
    op.drop_table("blob")
    op.drop_table("attachment")
