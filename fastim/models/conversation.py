"""The message log: conversations, their entries, what became of them, and where each member stands."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.dialects import mysql
from sqlalchemy.orm import Mapped, mapped_column

from fastim.models.base import BigId, Model, exact_string

_body = Text().with_variant(mysql.MEDIUMTEXT(collation="utf8mb4_bin"), "mysql", "mariadb")


class Conversation(Model):
    """One log. `kind` is the frame's cmd: 10 for two people (low and high are their ids),
    11 for a group (low is its id, high is 0)."""

    __tablename__ = "conversation"
    __table_args__ = (UniqueConstraint("kind", "low_id", "high_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[int]
    low_id: Mapped[int] = mapped_column(BigId)
    high_id: Mapped[int] = mapped_column(BigId, default=0)
    last_seq: Mapped[int] = mapped_column(BigInteger, default=0)
    last_id: Mapped[int] = mapped_column(BigInteger, default=0)
    doors: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    """How often somebody's door was closed here: another process sees under the lock that it has to ask."""


class Message(Model):
    """One entry of a log. `seq` has no hole within a conversation; `id` grows over all of them."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("conversation_id", "seq"),
        # In this order ids that begin with their time are put at the index's end: 1 us a message, not 12.
        Index("uq_message_msgid_sender_id", "msgid", "sender_id", unique=True),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    conversation_id: Mapped[int] = mapped_column(BigId)
    seq: Mapped[int] = mapped_column(BigInteger)
    sender_id: Mapped[int] = mapped_column(BigId)
    msgid: Mapped[str | None] = mapped_column(exact_string(64))
    """The sender's own id of this message; NULL from clients that send none."""
    media: Mapped[int]
    body: Mapped[str] = mapped_column(_body)
    """`protocol.frames.Body` as JSON, without what is empty."""
    time_ms: Mapped[int] = mapped_column(BigInteger)


class Aside(Model):
    """An entry that nobody has to read (somebody joined, a reaction): it does not count as unread."""

    __tablename__ = "aside"

    conversation_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)


class Revision(Model):
    """What a message said before the edit that is entry `seq` of its conversation."""

    __tablename__ = "revision"

    message_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    body: Mapped[str] = mapped_column(_body)


class Amended(Model):
    """What a message on a shelf says by its change `rev`, until that stands on the shelf itself."""

    __tablename__ = "amended"

    message_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    conversation_id: Mapped[int] = mapped_column(BigId, index=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    rev: Mapped[int] = mapped_column(BigInteger)
    body: Mapped[str] = mapped_column(_body)


class Reaction(Model):
    """Somebody's emoji at a message."""

    __tablename__ = "reaction"

    message_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    emoji: Mapped[str] = mapped_column(exact_string(16), primary_key=True)
    user_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)


class Mention(Model):
    """Message `seq` mentions `user_id`; 0 is everybody. The log writes these rows with the message."""

    __tablename__ = "mention"

    conversation_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)


class Pin(Model):
    """A message that a conversation keeps at hand."""

    __tablename__ = "pin"

    message_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    conversation_id: Mapped[int] = mapped_column(BigId, index=True)
    pinned_ms: Mapped[int] = mapped_column(BigInteger)


class Position(Model):
    """Where a user stands in a conversation. It outlives a membership: coming back finds the marks."""

    __tablename__ = "position"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    join_seq: Mapped[int] = mapped_column(BigInteger, default=0)
    """Entries up to this number were before the user's time and are not shown."""
    read_seq: Mapped[int] = mapped_column(BigInteger, default=0)
    delivered_seq: Mapped[int] = mapped_column(BigInteger, default=0)
    """What a device of the user has received, in single chats; what was read counts as that too."""
    mark_revision: Mapped[int] = mapped_column(BigInteger, default=0)
    """What `MarkClock` said when one of these marks was written last, so that a sync learns of it."""
    active: Mapped[bool] = mapped_column(default=True)
    """False after leaving the group."""


class MarkClock(Model):
    """One row, which counts the times that marks were written: no clock that is set back hides one."""

    __tablename__ = "mark_clock"

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    revision: Mapped[int] = mapped_column(BigInteger)
