"""Stored rows of the log as the frames that one reader is given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Select, case, desc, func, select

from fastim.models import Message, Reaction, db
from fastim.protocol import frames
from fastim.services import entries, log_rows
from fastim.services.conversations import SINGLE
from fastim.services.log_rows import Row


class Reacted(NamedTuple):
    """A message at the moment when its reactions were counted."""

    body: str
    reactions: list[frames.Reaction]


Reactions = dict[int, Reacted]
"""By message id."""

_READINGS = 5
"""Somebody who reacts all the time must not keep a reader for ever."""


def as_frames(
    rows: Sequence[Row], kind: int, actor_id: int, dst_id: int, reactions: Reactions
) -> list[frames.Entry]:
    """Stored rows as the frames that were delivered: `dstid` is as the sender addressed it."""
    found = []
    for row in rows:
        body, its = reactions.get(row.id) or Reacted(row.body, [])
        dst = actor_id if kind == SINGLE and row.sender_id != actor_id else dst_id
        found.append(entries.as_frame(row, entries.read_body(body), kind, dst, tuple(its)))
    return found


def reactions_to(actor_id: int, rows: Sequence[Row]) -> Reactions:
    """To those of the rows that somebody reacted to; the most frequent first.

    The bodies are read by the same statement: a reaction may come after the rows were read, and a message
    that shows it must say so in its `rev`, or clients would add it again.
    """
    # Within a text every quotation mark is escaped, so only the flag itself looks like this.
    bodies = {row.id: row.body for row in rows if '"reacted":true' in row.body}
    if not bodies:
        return {}
    if log_rows.shelf() is not None:
        return _of_one_moment(actor_id, bodies)
    counted = _counted(actor_id, list(bodies)).subquery()
    query = (
        select(Message.id, Message.body, counted.c.emoji, counted.c.count, counted.c.mine)
        .outerjoin(counted, counted.c.message_id == Message.id)
        .where(Message.id.in_(list(bodies)))
        .order_by(Message.id, counted.c.count.desc(), counted.c.emoji)
    )
    found: Reactions = {}
    for message_id, body, emoji, number, is_mine in db.session.execute(query):
        reacted = found.setdefault(message_id, Reacted(body, []))
        if emoji is not None:
            reacted.reactions.append(frames.Reaction(emoji, number, bool(is_mine)))
    return found


def _of_one_moment(actor_id: int, bodies: dict[int, str]) -> Reactions:
    """As above, where one statement cannot read both: reactions between two readings of the same bodies."""
    query = _counted(actor_id, list(bodies))
    for _ in range(_READINGS):
        rows = db.session.execute(query.order_by(desc("count"), Reaction.emoji)).all()
        now = {message_id: row.body for message_id, row in log_rows.by_ids(list(bodies)).items()}
        if now == bodies:
            break
        bodies = now
    found = {message_id: Reacted(body, []) for message_id, body in bodies.items()}
    for message_id, emoji, number, is_mine in rows:
        if message_id in found:
            found[message_id].reactions.append(frames.Reaction(emoji, number, bool(is_mine)))
    return found


def _counted(actor_id: int, message_ids: Sequence[int]) -> Select[int, str, int, int]:
    count = func.count().label("count")
    mine = func.max(case((Reaction.user_id == actor_id, 1), else_=0)).label("mine")
    return (
        select(Reaction.message_id, Reaction.emoji, count, mine)
        .where(Reaction.message_id.in_(message_ids))
        .group_by(Reaction.message_id, Reaction.emoji)
    )
