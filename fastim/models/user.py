"""Accounts and their sessions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from fastim.models.base import BigId, Model, UtcDateTime, utc_now


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
    ask_first: Mapped[bool] = mapped_column(default=False)
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
