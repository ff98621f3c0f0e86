"""Stored rows of the log as the frames that one reader is given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

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


class Reacted(NamedTuple):
    """A message at the moment when its reactions were counted."""

    body: str
    reactions: list[frames.Reaction]


Reactions = dict[int, Reacted]
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
    found = []
    for row in rows:
        body, its = reactions.get(row.id) or Reacted(row.body, [])
        dst = actor_id if kind == SINGLE and row.sender_id != actor_id else dst_id
        found.append(entries.as_frame(row, entries.read_body(body), kind, dst, tuple(its)))
    return found


def reactions_to(actor_id: int, rows: Sequence[Stored]) -> Reactions:
    """To those of the rows that somebody reacted to; the most frequent first.

    The bodies are read by the same statement: a reaction may come after the rows were read, and a message
    that shows it must say so in its `rev`, or clients would add it again.
    """
    # Within a text every quotation mark is escaped, so only the flag itself looks like this.
    message_ids = [row.id for row in rows if '"reacted":true' in row.body]
    if not message_ids:
        return {}
    count = func.count().label("count")
    mine = func.max(case((Reaction.user_id == actor_id, 1), else_=0)).label("mine")
    counted = (
        select(Reaction.message_id, Reaction.emoji, count, mine)
        .where(Reaction.message_id.in_(message_ids))
        .group_by(Reaction.message_id, Reaction.emoji)
        .subquery()
    )
    query = (
        select(Message.id, Message.body, counted.c.emoji, counted.c.count, counted.c.mine)
        .outerjoin(counted, counted.c.message_id == Message.id)
        .where(Message.id.in_(message_ids))
        .order_by(Message.id, counted.c.count.desc(), counted.c.emoji)
    )
    found: Reactions = {}
    for message_id, body, emoji, number, is_mine in db.session.execute(query):
        reacted = found.setdefault(message_id, Reacted(body, []))
        if emoji is not None:
            reacted.reactions.append(frames.Reaction(emoji, number, bool(is_mine)))
    return found
