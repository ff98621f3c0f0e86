"""What one person made of conversations and messages, for all of the own devices."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.dialects import mysql
from sqlalchemy.orm import Mapped, mapped_column

from fastim.models.base import BigId, Model

_draft = Text().with_variant(mysql.MEDIUMTEXT(collation="utf8mb4_bin"), "mysql", "mariadb")


class TalkSetting(Model):
    """How a conversation stands in a person's list. `revision` counts all changes of that person's.

    It has no foreign key to the conversation: who joins locks that row first and the user's after it.
    """

    __tablename__ = "talk_setting"
    __table_args__ = (Index("ix_talk_setting_user_id_revision", "user_id", "revision"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    conversation_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    revision: Mapped[int] = mapped_column(BigInteger)
    pinned_ms: Mapped[int] = mapped_column(BigInteger, default=0)
    """When it was pinned on top, in ms; 0 for not."""
    muted: Mapped[bool] = mapped_column(default=False)
    archived: Mapped[bool] = mapped_column(default=False)
    unread: Mapped[bool] = mapped_column(default=False)
    """Marked as unread by hand."""
    hidden_seq: Mapped[int] = mapped_column(BigInteger, default=0)
    """Out of the list until a message with a higher seq."""
    draft: Mapped[str] = mapped_column(_draft, default="")
    reply_seq: Mapped[int] = mapped_column(BigInteger, default=0)
    """The message that the draft answers."""
    written_ms: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    """When the draft was written, by who wrote it."""


class Erasure(Model):
    """A message that a person does not want to see any more. `revision` is of the same count."""

    __tablename__ = "erasure"
    __table_args__ = (Index("ix_erasure_user_id_revision", "user_id", "revision"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    conversation_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    revision: Mapped[int] = mapped_column(BigInteger)


class Played(Model):
    """A person has heard a voice message. `revision` is of the same count."""

    __tablename__ = "played"
    __table_args__ = (Index("ix_played_user_id_revision", "user_id", "revision"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    conversation_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    revision: Mapped[int] = mapped_column(BigInteger)


class Favourite(Model):
    """A message that a person keeps; it says what the message says, so a recalled one is gone."""

    __tablename__ = "favourite"
    __table_args__ = (UniqueConstraint("user_id", "message_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    message_id: Mapped[int] = mapped_column(BigId, index=True)
    saved_ms: Mapped[int] = mapped_column(BigInteger)
