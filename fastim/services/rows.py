"""Stored rows of the log as the frames that one reader is given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from fastim.models import Erasure, Message, Reaction, db
from fastim.protocol import frames
from fastim.services import entries
from fastim.services.conversations import SINGLE

Stored = Any
"""A row of `COLUMNS`."""

COLUMNS = (
    Message.id,
    Message.seq,
    Message.time_ms,
    Message.sender_id,
    Message.media,
    Message.body,
    Message.msgid,
)


Reactions = dict[int, list[frames.Reaction]]
"""By message id."""


def is_kept(actor_id: int) -> ColumnElement[bool]:
    """The actor did not delete the message for themself."""
    erased = select(Erasure.seq).where(
        Erasure.user_id == actor_id,
        Erasure.conversation_id == Message.conversation_id,
        Erasure.seq == Message.seq,
    )
    return ~erased.exists()


def as_frames(
    rows: Sequence[Stored], kind: int, actor_id: int, dst_id: int, reactions: Reactions
) -> list[frames.Entry]:
    """Stored rows as the frames that were delivered: `dstid` is as the sender addressed it."""
    return [
        entries.as_frame(
            row,
            entries.read_body(row.body),
            kind,
            actor_id if kind == SINGLE and row.sender_id != actor_id else dst_id,
            tuple(reactions.get(row.id, ())),
        )
        for row in rows
    ]


def reactions_to(actor_id: int, rows: Sequence[Stored]) -> Reactions:
    """To those of the rows that somebody reacted to; the most frequent first."""
    # Within a text every quotation mark is escaped, so only the flag itself looks like this.
    message_ids = [row.id for row in rows if '"reacted":true' in row.body]
    if not message_ids:
        return {}
    count = func.count()
    mine = func.max(case((Reaction.user_id == actor_id, 1), else_=0))
    query = (
        select(Reaction.message_id, Reaction.emoji, count, mine)
        .where(Reaction.message_id.in_(message_ids))
        .group_by(Reaction.message_id, Reaction.emoji)
        .order_by(Reaction.message_id, count.desc(), Reaction.emoji)
    )
    found: Reactions = {}
    for message_id, emoji, number, is_mine in db.session.execute(query):
        found.setdefault(message_id, []).append(frames.Reaction(emoji, number, bool(is_mine)))
    return found
