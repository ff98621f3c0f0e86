"""Groups, called communities in the owner's words and on the wire, and what belongs to one."""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum
from typing import cast

from sqlalchemy import BigInteger, ForeignKey, SmallInteger, String, Text, UniqueConstraint
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column

from fastim.models.base import BigId, Model, UtcDateTime, exact_string, utc_now


class Mode(IntEnum):
    """How one becomes a member."""

    OPEN = 0
    """Whoever knows the name, or is a member's friend."""
    APPROVE = 1
    """As OPEN, once who leads the group has agreed."""
    INVITE = 2
    """Only whom those who lead the group invite."""
    CLOSED = 3
    """Nobody."""


def _its_name(context: DefaultExecutionContext) -> str:
    return cast(str, context.get_current_parameters()["name"])  # type: ignore[no-untyped-call]


class Community(Model):
    """A group."""

    __tablename__ = "community"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(exact_string(60))
    claimed_name: Mapped[str | None] = mapped_column(exact_string(60), unique=True, default=_its_name)
    """The name, which is unique, because people join by it; NULL once the group is dissolved, so that
    another may take it."""
    ownerid: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    icon: Mapped[str] = mapped_column(String(250), default="")
    cate: Mapped[int] = mapped_column(default=0)
    """0 default, 1 hobby, 2 industry, 3 life, 4 study."""
    memo: Mapped[str] = mapped_column(String(120), default="")
    mode: Mapped[int] = mapped_column(SmallInteger, default=Mode.OPEN)
    muted_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Until then only those who lead the group may speak."""
    dissolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """From then on it may be read, and nothing else."""
    createat: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)


class Mute(Model):
    """`user_id` may not speak in the group until then."""

    __tablename__ = "community_mute"

    community_id: Mapped[int] = mapped_column(
        ForeignKey("community.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    until: Mapped[datetime] = mapped_column(UtcDateTime)


class InviteLink(Model):
    """Whoever knows `code` may come in, on the word of `maker_id`."""

    __tablename__ = "community_link"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"), index=True)
    maker_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(exact_string(32), unique=True)
    """Kept as it is, so that those who lead the group can show it again."""
    most: Mapped[int] = mapped_column(default=0)
    """How many may come in by it; 0 is any number."""
    used: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)


class JoinRequest(Model):
    """`user_id` waits for those who lead the group."""

    __tablename__ = "community_request"
    __table_args__ = (UniqueConstraint("community_id", "user_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    inviter_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    """The member who asked for it, where that was not `user_id`."""
    note: Mapped[str] = mapped_column(String(140), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)


class Notice(Model):
    """What those who lead a group want everybody in it to know."""

    __tablename__ = "community_notice"

    community_id: Mapped[int] = mapped_column(
        ForeignKey("community.id", ondelete="CASCADE"), primary_key=True
    )
    seq: Mapped[int] = mapped_column(BigInteger)
    """The entry of the group's log that told it: which notice this is."""
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)


class NoticeReader(Model):
    """The last notice of a group that `user_id` has read."""

    __tablename__ = "community_notice_reader"

    community_id: Mapped[int] = mapped_column(
        ForeignKey("community.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
