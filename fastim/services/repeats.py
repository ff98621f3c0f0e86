"""What was said with a msgid: its first numbers, for whoever says it again."""

from __future__ import annotations

from sqlalchemy import select

from fastim.backends.log import Receipt
from fastim.models import Message, db
from fastim.services import log_rows
from fastim.services.log_rows import Row


def first_receipt(sender_id: int, msgid: str) -> Receipt | None:
    """Where the entry stands that `sender_id` sent with `msgid`, if there is one. Needs an app context."""
    if not msgid:
        return None
    query = select(Message.id, Message.seq, Message.time_ms).where(
        Message.msgid == msgid, Message.sender_id == sender_id
    )
    row: Row | None = db.session.execute(query).one_or_none()
    if row is None and (shelf := log_rows.shelf()) is not None:
        row = next(iter(shelf.said([(sender_id, msgid)])), None)
    return Receipt(row.id, row.seq, row.time_ms, False) if row is not None else None
