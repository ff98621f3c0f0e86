"""Does the stored log keep its promise: numbers without a hole, marks within them?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVarTuple

from sqlalchemy import Result, Select, func, or_, select

from fastim.backends.log import Counted, Shelf
from fastim.models import Conversation, Message, Position, db
from fastim.services import log_rows
from fastim.services.steps import in_steps

AT_ONCE = 500
"""Rows that the driver holds, or conversations that a shelf counts."""
_HIGHEST = (1 << 63) - 1
Ts = TypeVarTuple("Ts")


def problems() -> list[str]:
    """What is wrong, one line each; an empty list is a healthy log. Needs an app context."""
    return [*holes(), *strangers(), *marks()]


def holes() -> Iterator[str]:
    """Numbers are unique by the table's own constraint, so dense means: as many as the last says."""
    if (shelf := log_rows.shelf()) is not None:
        yield from _holes_with(shelf)
        return
    count, first, last = func.count(Message.id), func.min(Message.seq), func.max(Message.seq)
    query = (
        select(Conversation.id, Conversation.last_seq, count, first, last)
        .outerjoin(Message, Message.conversation_id == Conversation.id)
        .group_by(Conversation.id, Conversation.last_seq)
        .having(
            or_(
                count != Conversation.last_seq,
                func.coalesce(last, 0) != Conversation.last_seq,
                func.coalesce(first, 1) != 1,
            )
        )
        .order_by(Conversation.id)
    )
    for id_, last_seq, entries, lowest, highest in _read(query):
        yield (
            f"conversation {id_}: last_seq is {last_seq}, but it has {entries} messages "
            f"numbered {lowest} to {highest}"
        )


def _holes_with(shelf: Shelf) -> Iterator[str]:
    """As above, over both places, some conversations at a time; what stands above a head is true, and the
    head will follow."""
    after = 0
    for ids in in_steps(Conversation.id, AT_ONCE):
        yield from _holes_between(shelf, after + 1, ids[-1])
        after = ids[-1]
    yield from _holes_between(shelf, after + 1, _HIGHEST)


def _holes_between(shelf: Shelf, first: int, last: int) -> Iterator[str]:
    """Of the conversations with these ids, both inclusive."""
    key, found = Message.conversation_id, shelf.counts(first, last)
    query = select(key, func.count(Message.id), func.min(Message.seq), func.max(Message.seq)).group_by(key)
    own = {row[0]: Counted(*row[1:]) for row in db.session.execute(query.where(key.between(first, last)))}
    heads = select(Conversation.id, Conversation.last_seq).where(Conversation.id.between(first, last))
    for id_, last_seq in db.session.execute(heads.order_by(Conversation.id)).all():
        parts = [one for one in (own.get(id_), found.pop(id_, None)) if one is not None]
        highest = max((one.last for one in parts), default=0)
        number = sum(one.messages for one in parts)
        if number != highest or highest < last_seq:
            lowest = min((one.first for one in parts), default=0)
            yield (
                f"conversation {id_}: last_seq is {last_seq}, but it has {number} messages "
                f"numbered {lowest} to {highest}"
            )
    for id_, one in sorted(found.items()):
        yield f"conversation {id_}: {one.messages} messages, but no such conversation"


def strangers() -> Iterator[str]:
    """Entries of no conversation."""
    query = (
        select(Message.conversation_id, func.count(Message.id))
        .outerjoin(Conversation, Conversation.id == Message.conversation_id)
        .where(Conversation.id.is_(None))
        .group_by(Message.conversation_id)
        .order_by(Message.conversation_id)
    )
    for id_, count in _read(query):
        yield f"conversation {id_}: {count} messages, but no such conversation"


def marks() -> Iterator[str]:
    """Marks that are nowhere in their log."""
    query = (
        select(
            Position.conversation_id,
            Position.user_id,
            Position.join_seq,
            Position.read_seq,
            Position.delivered_seq,
            Conversation.last_seq,
        )
        .join(Conversation, Conversation.id == Position.conversation_id)
        .where(
            or_(
                Position.read_seq > Conversation.last_seq,
                Position.delivered_seq > Conversation.last_seq,
                Position.join_seq > Conversation.last_seq,
                Position.read_seq < 0,
                Position.delivered_seq < 0,
                Position.join_seq < 0,
            )
        )
        .order_by(Position.conversation_id, Position.user_id)
    )
    for id_, user_id, join_seq, read_seq, delivered_seq, last_seq in _read(query):
        yield (
            f"conversation {id_}: user {user_id} has joined at {join_seq}, read up to {read_seq} "
            f"and received up to {delivered_seq}, but last_seq is {last_seq}"
        )


def _read(query: Select[*Ts]) -> Result[*Ts]:
    """Rows as they are gone through: a fault may have broken all of them."""
    return db.session.execute(query.execution_options(yield_per=AT_ONCE))
