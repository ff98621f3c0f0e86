"""Accounts and their sessions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from fastim.models.base import BigId, Model, UtcDateTime, exact_string, utc_now

OPEN = "open"
ASK = "ask"
NOBODY = "nobody"


class User(Model):
    """An account. The columns of the Go version keep their names."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    mobile: Mapped[str] = mapped_column(String(20), unique=True)
    passwd: Mapped[str] = mapped_column(String(160))
    """An argon2id hash, or md5(plain + salt) of an imported account until its first log-in."""
    salt: Mapped[str] = mapped_column(String(10), default="")
    """Only of an imported account; argon2id carries its own."""
    nickname: Mapped[str] = mapped_column(String(40), default="")
    avatar: Mapped[str] = mapped_column(String(200), default="")
    sex: Mapped[str] = mapped_column(String(2), default="U")
    memo: Mapped[str] = mapped_column(String(140), default="")
    adding: Mapped[str] = mapped_column(String(8), default=OPEN)
    """Who may become a friend: everybody at once (open), who is accepted (ask), or nobody."""
    shows_online: Mapped[bool] = mapped_column(default=True)
    """To friends; who hides it hides `seen_at` too, which would tell as much."""
    shows_seen: Mapped[bool] = mapped_column(default=True)
    shows_receipts: Mapped[bool] = mapped_column(default=True)
    """What one has read and that one is typing; who shows neither sees neither."""
    by_number: Mapped[bool] = mapped_column(default=True)
    listed_as: Mapped[str | None] = mapped_column(exact_string(120), index=True)
    """The folded nickname of who may be found by it; NULL for all others, so that no search meets them."""
    add_code: Mapped[str | None] = mapped_column(exact_string(24), index=True, unique=True)
    """What the person's link and QR code hold; another one makes the old ones worthless."""
    lang: Mapped[str] = mapped_column(String(8), default="")
    createat: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the last of the person's connections ended; NULL before the first time."""


class Session(Model):
    """One signed-in device. The token itself is never stored."""

    __tablename__ = "session"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of the token in hex: a token is 256 random bits, so a fast hash is enough."""
    device: Mapped[str] = mapped_column(String(80), default="")
    address: Mapped[str] = mapped_column(String(45), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class NoticeRules(Model):
    """When and how a person wants to hear of new messages; without a row as `views.Notices` is made."""

    __tablename__ = "notice_rules"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    enabled: Mapped[bool] = mapped_column(default=True)
    preview: Mapped[bool] = mapped_column(default=True)
    sound: Mapped[bool] = mapped_column(default=True)
    paused_until: Mapped[int] = mapped_column(BigInteger, default=0)
    """In ms; do not disturb until then."""
    quiet: Mapped[bool] = mapped_column(default=False)
    quiet_from: Mapped[int]
    """Minutes after midnight, as `quiet_to`."""
    quiet_to: Mapped[int]
    quiet_days: Mapped[int]
    """Bit 0 is Monday: the days on which a quiet time begins."""
    zone: Mapped[str] = mapped_column(String(64), default="")
    """The IANA name of the time zone that the hours are meant in; that of the device that set them."""


class PushSubscription(Model):
    """Where a browser wants to be told of messages while no page is open (RFC 8030, RFC 8291)."""

    __tablename__ = "push_subscription"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), index=True)
    """Signing out ends it."""
    endpoint_hash: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 in hex: an address is longer than an index takes."""
    endpoint: Mapped[str] = mapped_column(exact_string(1000))
    p256dh: Mapped[str] = mapped_column(exact_string(88))
    auth: Mapped[str] = mapped_column(exact_string(24))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
