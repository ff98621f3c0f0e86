"""The log: numbers without holes, in order, as the conversation says; marks within them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Row, and_, case, func, or_, select, update
from sqlalchemy.orm import aliased

from fastim.models import Conversation, Message, Position, db
from fastim.operations.checks import rule
from fastim.operations.checks.rule import Lines, Rule, in_transactions, spans, step
from fastim.services import consistency, log_rows
from fastim.services.steps import in_steps


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
    for id_, last_id, found in rule.told(query):
        yield f"conversation {id_}: last_id is {last_id}, but its last entry has the id {found}"


def _order() -> Lines:
    later = aliased(Message)
    query = (
        select(Message.conversation_id, Message.seq, Message.id, later.id)
        .join(later, and_(later.conversation_id == Message.conversation_id, later.seq == Message.seq + 1))
        .where(later.id <= Message.id)
        .order_by(Message.conversation_id, Message.seq)
    )
    for conversation_id, seq, first, second in rule.told(query):
        yield f"conversation {conversation_id}: entry {seq} has the id {first}, and the next one {second}"


def _marks() -> Lines:
    yield from consistency.marks()


def _set_last() -> None:
    """Where the entries are 1, 2, … n, the conversation ends at n: what the log says, it says better."""
    if log_rows.shelf() is not None:
        return  # whoever writes there next moves the head, over what is on the shelf
    for ids in in_steps(Conversation.id, rule.AT_ONCE):
        with step():
            if ends := _ends(ids):
                _end_at(ends)
    said = select(Message.id).where(Message.conversation_id == Conversation.id).exists()
    told = or_(Conversation.last_seq != 0, Conversation.last_id != 0)
    for some in spans(Conversation, and_(told, ~said)):
        change = update(Conversation).where(some).values(last_seq=0, last_id=0)
        db.session.execute(change.execution_options(synchronize_session=False))


def _ends(ids: Sequence[int]) -> Sequence[Row[int, int, int, int]]:
    """(id, the number and the id of the last entry, last_seq as it is) of those that are told wrong."""
    count, last = func.count(Message.id), func.max(Message.seq)
    query = (
        select(Conversation.id, last, func.max(Message.id), Conversation.last_seq)
        .join(Message, Message.conversation_id == Conversation.id)
        .where(Conversation.id.in_(ids))
        .group_by(Conversation.id, Conversation.last_seq, Conversation.last_id)
        .having(
            count == last,
            func.min(Message.seq) == 1,
            or_(last != Conversation.last_seq, func.max(Message.id) != Conversation.last_id),
        )
    )
    return db.session.execute(query).all()


def _end_at(ends: Sequence[Row[int, int, int, int]]) -> None:
    """Let these conversations end there, but those in which something was said meanwhile.

    Written out, as SQLAlchemy takes fifty times as long to build it as a database to run it, and would keep
    each for the next.
    """
    last_seq, last_id, seen = (
        "CASE id " + " ".join(f"WHEN {row[0]:d} THEN {row[place]:d}" for row in ends) + " END"
        for place in (1, 2, 3)
    )
    ids = ", ".join(f"{row[0]:d}" for row in ends)
    db.session.connection().exec_driver_sql(
        f"UPDATE conversation SET last_seq = {last_seq}, last_id = {last_id} "  # noqa: S608  numbers
        f"WHERE id IN ({ids}) AND last_seq = {seen}"
    )


def _cut_marks() -> None:
    """A mark beyond the end is at the end; one below the beginning is at the beginning."""
    end = select(Conversation.last_seq).where(Conversation.id == Position.conversation_id)
    last = end.scalar_subquery()
    marks = (Position.read_seq, Position.delivered_seq, Position.join_seq)
    values = {mark.key: case((mark > last, last), (mark < 0, 0), else_=mark) for mark in marks}
    for some in spans(Position, or_(*(or_(mark > last, mark < 0) for mark in marks))):
        change = update(Position).where(some).values(values)
        db.session.execute(change.execution_options(synchronize_session=False))


RULES = (
    Rule("strangers", "every entry belongs to a conversation", _strangers),
    Rule("numbers", "each log is numbered 1, 2, 3 …", _numbers, in_transactions(_set_last)),
    Rule("order", "ids grow with the numbers", _order),
    Rule("last-ids", "each conversation knows its last entry", _last_ids, in_transactions(_set_last)),
    Rule("marks", "nobody has read more than was said", _marks, in_transactions(_cut_marks)),
)
