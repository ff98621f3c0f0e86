"""Uploaded files: content once, a name for each upload, and what proves that somebody has the content."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from fastim.models.base import BigId, Model, UtcDateTime, utc_now

PICTURE = "picture"
VOICE = "voice"
VIDEO = "video"
FILE = "file"

FORM = "form"
PIECES = "pieces"


class Blob(Model):
    """Stored content. The file in the storage has the same name as this row."""

    __tablename__ = "blob"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Of the stored bytes, in hex."""
    bytes: Mapped[int] = mapped_column(BigInteger)
    type: Mapped[str] = mapped_column(String(40))
    """The media type that the content has, as this server found it."""
    width: Mapped[int] = mapped_column(default=0)
    height: Mapped[int] = mapped_column(default=0)
    thumb_sha: Mapped[str | None] = mapped_column(ForeignKey("blob.sha256"), index=True)
    """The small picture; NULL where the picture itself is small enough."""


class Upload(Model):
    """One upload: a name that cannot be guessed, for content that others may have uploaded too."""

    __tablename__ = "upload"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    blob_sha: Mapped[str] = mapped_column(ForeignKey("blob.sha256"), index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    """NULL for a signed-out upload that no account has claimed."""
    kind: Mapped[str] = mapped_column(String(8))
    file_name: Mapped[str] = mapped_column(String(200), default="")
    """As its sender called it; shown, never used as a path."""
    poster_sha: Mapped[str | None] = mapped_column(String(64), index=True)
    """A film's still, as its sender made it; of one upload, as senders must not change each other's."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now, index=True)
    """When somebody last was about to use it: collection leaves it alone for a day from then."""


class Source(Model):
    """The original bytes of an upload, and what they were stored as."""

    __tablename__ = "source"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    bytes: Mapped[int] = mapped_column(BigInteger)
    blob_sha: Mapped[str] = mapped_column(ForeignKey("blob.sha256", ondelete="CASCADE"), index=True)


class Proof(Model):
    """A question that only the original's bytes answer: SHA-256(content, nonce). Asked once."""

    __tablename__ = "proof"

    nonce: Mapped[str] = mapped_column(String(32), primary_key=True)
    source_sha: Mapped[str] = mapped_column(String(64), index=True)
    answer: Mapped[str] = mapped_column(String(64))


class Partial(Model):
    """A file that is sent in parts and not here in full yet; its bytes are beside the storage."""

    __tablename__ = "partial"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    bytes: Mapped[int] = mapped_column(BigInteger)
    """Of the whole, as its sender said before the first part."""
    received: Mapped[int] = mapped_column(BigInteger, default=0)
    sha256: Mapped[str] = mapped_column(String(64), default="")
    """Of the whole, where its sender said it."""
    kind: Mapped[str] = mapped_column(String(8))
    file_name: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    heard_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now, index=True)
    """When its last part came."""
    way: Mapped[str] = mapped_column(String(8), default="", server_default="")
    """"" through this server; FORM or PIECES: past it, straight to the storage."""
    remote_id: Mapped[str] = mapped_column(String(1024), default="", server_default="")
    """What the storage calls a file in PIECES."""


class KeptSticker(Model):
    """A picture that somebody keeps among their stickers; the upload is their own."""

    __tablename__ = "kept_sticker"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    blob_sha: Mapped[str] = mapped_column(String(64), primary_key=True)
    """The content, so that one picture is kept once, whatever names it came by."""
    upload_name: Mapped[str] = mapped_column(ForeignKey("upload.name", ondelete="CASCADE"), index=True)
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)


class Attachment(Model):
    """A message shows an upload. The log writes these rows together with the message."""

    __tablename__ = "attachment"

    upload_name: Mapped[str] = mapped_column(String(64), primary_key=True)
    message_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
