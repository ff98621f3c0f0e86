"""Groups, called communities in the owner's words and on the wire."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from fastim.models.base import BigId, Model, UtcDateTime, exact_string, utc_now


class Community(Model):
    """A group. Its name is unique, because people join by it."""

    __tablename__ = "community"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(exact_string(60), unique=True)
    ownerid: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    icon: Mapped[str] = mapped_column(String(250), default="")
    cate: Mapped[int] = mapped_column(default=0)
    """0 default, 1 hobby, 2 industry, 3 life, 4 study."""
    memo: Mapped[str] = mapped_column(String(120), default="")
    createat: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
