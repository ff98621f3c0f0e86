"""The log: numbers without holes, in order, as the conversation says; marks within them."""

from __future__ import annotations

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import aliased

from fastim.models import Conversation, Message, Position, db
from fastim.operations.checks.rule import Lines, Rule, committed
from fastim.services import consistency, log_rows


def _numbers() -> Lines:
    yield from consistency.holes()


def _strangers() -> Lines:
    yield from consistency.strangers()


def _last_ids() -> Lines:
    """`last_id` is told to clients with `last_seq`, and orders their lists."""
    query = (
        select(Conversation.id, Conversation.last_id, Message.id)
        .join(
            Message,
            and_(Message.conversation_id == Conversation.id, Message.seq == Conversation.last_seq),
        )
        .where(Message.id != Conversation.last_id)
        .order_by(Conversation.id)
    )
    for id_, last_id, found in db.session.execute(query):
        yield f"conversation {id_}: last_id is {last_id}, but its last entry has the id {found}"


def _order() -> Lines:
    later = aliased(Message)
    query = (
        select(Message.conversation_id, Message.seq, Message.id, later.id)
        .join(later, and_(later.conversation_id == Message.conversation_id, later.seq == Message.seq + 1))
        .where(later.id <= Message.id)
        .order_by(Message.conversation_id, Message.seq)
    )
    for conversation_id, seq, first, second in db.session.execute(query):
        yield f"conversation {conversation_id}: entry {seq} has the id {first}, and the next one {second}"


def _marks() -> Lines:
    yield from consistency.marks()


def _set_last() -> None:
    """Where the entries are 1, 2, … n, the conversation ends at n: what the log says, it says better."""
    if log_rows.shelf() is not None:
        return  # whoever writes there next moves the head, over what is on the shelf
    count, last = func.count(Message.id), func.max(Message.seq)
    query = (
        select(Conversation.id, last, func.max(Message.id))
        .join(Message, Message.conversation_id == Conversation.id)
        .group_by(Conversation.id, Conversation.last_seq, Conversation.last_id)
        .having(
            count == last,
            func.min(Message.seq) == 1,
            or_(last != Conversation.last_seq, func.max(Message.id) != Conversation.last_id),
        )
    )
    for id_, last_seq, last_id in db.session.execute(query).all():
        change = update(Conversation).where(Conversation.id == id_)
        db.session.execute(change.values(last_seq=last_seq, last_id=last_id))
    empty = ~select(Message.id).where(Message.conversation_id == Conversation.id).exists()
    db.session.execute(update(Conversation).where(empty).values(last_seq=0, last_id=0))


def _cut_marks() -> None:
    """A mark beyond the end is at the end; one below the beginning is at the beginning."""
    end = select(Conversation.last_seq).where(Conversation.id == Position.conversation_id)
    for column in (Position.read_seq, Position.join_seq):
        beyond = update(Position).where(column > end.scalar_subquery())
        db.session.execute(beyond.values({column: end.scalar_subquery()}))
        db.session.execute(update(Position).where(column < 0).values({column: 0}))


RULES = (
    Rule("strangers", "every entry belongs to a conversation", _strangers),
    Rule("numbers", "each log is numbered 1, 2, 3 …", _numbers, committed(_set_last)),
    Rule("order", "ids grow with the numbers", _order),
    Rule("last-ids", "each conversation knows its last entry", _last_ids, committed(_set_last)),
    Rule("marks", "nobody has read more than was said", _marks, committed(_cut_marks)),
)
