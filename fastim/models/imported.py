"""What was brought over from another server, so that bringing it again does it once."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from fastim.models.base import BigId, Model, exact_string


class Imported(Model):
    """`old_id` of `source` became `new_id` here."""

    __tablename__ = "imported"

    source: Mapped[str] = mapped_column(exact_string(16), primary_key=True)
    """Which server, as the hash of its database's address."""
    kind: Mapped[str] = mapped_column(exact_string(12), primary_key=True)
    """`user`, `community`, `contact`, or `avatar` and `icon` with the id of their user or group."""
    old_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    new_id: Mapped[int] = mapped_column(BigId)


class ImportedFile(Model):
    """A file that keeps its address of another server, `/resource/PATH` and `/mnt/PATH`, for ever."""

    __tablename__ = "imported_file"

    path: Mapped[str] = mapped_column(exact_string(255), primary_key=True)
    """Beneath the other server's folder of uploads, with `/` between its parts."""
    upload_name: Mapped[str] = mapped_column(ForeignKey("upload.name", ondelete="CASCADE"), index=True)
