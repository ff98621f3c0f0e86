"""Who is linked to whom: friends and group memberships, requests, blocks."""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum

from sqlalchemy import ForeignKey, Index, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fastim.models.base import BigId, Model, UtcDateTime, exact_string, utc_now

PERSON = 1
COMMUNITY = 2


class Role(IntEnum):
    """What a member may do in a group; the smaller, the more."""

    OWNER = 1
    ADMIN = 2
    MEMBER = 3

    @property
    def leads(self) -> bool:
        """Whether the group's other affairs are this member's too."""
        return self is not Role.MEMBER


class Contact(Model):
    """`ownerid` has `dstobj` in its list: a friend (cate 1) or a group it is a member of (cate 2)."""

    __tablename__ = "contact"
    __table_args__ = (
        UniqueConstraint("ownerid", "cate", "dstobj"),
        # The order of a group's list of members: who leads it first, then as they came.
        Index("ix_contact_dstobj_cate_role", "dstobj", "cate", "role"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ownerid: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    dstobj: Mapped[int] = mapped_column(BigId)
    cate: Mapped[int]
    memo: Mapped[str] = mapped_column(String(120), default="")
    """The name that the owner gave: a remark."""
    role: Mapped[int] = mapped_column(SmallInteger, default=Role.MEMBER)
    """Of a membership: a `Role`."""
    nickname: Mapped[str] = mapped_column(String(40), default="")
    """Of a membership: the member's name in this group; "" for the usual one."""
    createat: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)


class Tag(Model):
    """A label that the contact's owner put on a friend; it goes with the friendship."""

    __tablename__ = "tag"

    contact_id: Mapped[int] = mapped_column(
        ForeignKey("contact.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    name: Mapped[str] = mapped_column(exact_string(20), primary_key=True)


class FriendRequest(Model):
    """`from_id` waits for `to_id` to accept or decline."""

    __tablename__ = "friend_request"
    __table_args__ = (UniqueConstraint("from_id", "to_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    to_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    note: Mapped[str] = mapped_column(String(140), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)


class Block(Model):
    """`owner_id` takes nothing from `blocked_id`."""

    __tablename__ = "block"

    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    blocked_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
