"""Who stands in which conversation, as friendships, memberships and groups say, and putting it right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, literal, select, true, update
from sqlalchemy.dialects import mysql, sqlite
from sqlalchemy.orm import InstrumentedAttribute

from fastim.models import Community, Contact, Conversation, Position, db
from fastim.models.contact import COMMUNITY, PERSON, Role
from fastim.operations.checks import rule
from fastim.operations.checks.rule import spans, step
from fastim.services.conversations import GROUP, SINGLE
from fastim.services.steps import in_steps

Part = ColumnElement[int] | InstrumentedAttribute[int]
"""What a conversation is known by, as its rows say it who stand in it."""


def talks() -> ColumnElement[bool]:
    """Of a friendship: whether its owner stands in the conversation of the two.

    Their ids are put in order: with `or` MariaDB reads all that the owner stands in, for each friend anew.
    """
    owner_first = Contact.ownerid < Contact.dstobj
    return exists().where(
        Conversation.kind == SINGLE,
        Conversation.low_id == case((owner_first, Contact.ownerid), else_=Contact.dstobj),
        Conversation.high_id == case((owner_first, Contact.dstobj), else_=Contact.ownerid),
        Position.conversation_id == Conversation.id,
        Position.user_id == Contact.ownerid,
    )


def stands() -> ColumnElement[bool]:
    """Of a membership: whether the member stands in the group's conversation."""
    return exists().where(
        Conversation.kind == GROUP,
        Conversation.low_id == Contact.dstobj,
        Position.conversation_id == Conversation.id,
        Position.user_id == Contact.ownerid,
        Position.active,
    )


def is_member() -> ColumnElement[bool]:
    """Of a place in a group's conversation: whether there is a membership."""
    return exists().where(
        Conversation.id == Position.conversation_id,
        Contact.dstobj == Conversation.low_id,
        Contact.ownerid == Position.user_id,
        Contact.cate == COMMUNITY,
    )


def open_talks() -> None:
    """Friends without a conversation get one; who has no place in theirs gets one at its end."""
    owner_first = Contact.ownerid < Contact.dstobj
    low = case((owner_first, Contact.ownerid), else_=Contact.dstobj)
    high = case((owner_first, Contact.dstobj), else_=Contact.ownerid)
    for ids in in_steps(Contact.id, rule.AT_ONCE, Contact.cate == PERSON, ~talks()):
        with step():
            _stand(ids, SINGLE, low, high)


def put_members() -> None:
    """The list of members says who is in: it is what people see and change."""
    # As a value, so that each step goes on in the key's order: asked whether it is among the groups',
    # a database begins with all of these.
    kind = select(Conversation.kind).where(Conversation.id == Position.conversation_id).scalar_subquery()
    for some in spans(Position, and_(Position.active, kind == GROUP, ~is_member())):
        leave = update(Position).where(some).values(active=False)
        db.session.execute(leave.execution_options(synchronize_session=False))
    for ids in in_steps(Contact.id, rule.AT_ONCE, Contact.cate == COMMUNITY, ~stands()):
        with step():
            _stand(ids, GROUP, Contact.dstobj, literal(0))


def put_owners() -> None:
    """The group's row says who owns it."""
    has_log = exists().where(Conversation.kind == GROUP, Conversation.low_id == Community.id)
    for ids in in_steps(Community.id, rule.AT_ONCE, ~has_log):
        with step():
            _open(GROUP, Community.id, literal(0), Community.id.in_(ids))
    owns = exists().where(Community.id == Contact.dstobj, Community.ownerid == Contact.ownerid)
    other = exists().where(Community.id == Contact.dstobj, Community.ownerid != Contact.ownerid)
    _give(Role.OWNER, and_(owns, Contact.role != Role.OWNER))
    _give(Role.MEMBER, and_(other, Contact.role == Role.OWNER))


def _give(role: Role, those: ColumnElement[bool]) -> None:
    for ids in in_steps(Contact.id, rule.AT_ONCE, Contact.cate == COMMUNITY, those):
        change = update(Contact).where(Contact.id.in_(ids)).values(role=role)
        with step():
            db.session.execute(change.execution_options(synchronize_session=False))


def _stand(ids: Sequence[int], kind: int, low: Part, high: Part) -> None:
    """The owners of these links stand in their conversations, which are made if need be: at the end, or
    where they stood before.

    Args:
        low: and `high`, of a link: as its conversation has them.
    """
    _open(kind, low, high, Contact.id.in_(ids))
    of_link = and_(Conversation.kind == kind, Conversation.low_id == low, Conversation.high_id == high)
    places = {
        "user_id": Contact.ownerid,
        "conversation_id": Conversation.id,
        "join_seq": Conversation.last_seq,
        "read_seq": Conversation.last_seq,
        "delivered_seq": literal(0),
        "mark_revision": literal(0),
        "active": true(),
    }
    # Outer, so that a database begins with the links, and not with all the groups.
    rows = select(*places.values()).outerjoin_from(Contact, Conversation, of_link)
    rows = rows.where(Contact.id.in_(ids))
    _put(Position, places, rows, ["user_id", "conversation_id"], {"active": True})


def _open(kind: int, low: Part, high: Part, those: ColumnElement[bool]) -> None:
    """Make the conversations of `those` rows that have none."""
    made = {
        "kind": literal(kind),
        "low_id": low,
        "high_id": high,
        "last_seq": literal(0),
        "last_id": literal(0),
    }
    there = exists().where(
        Conversation.kind == kind, Conversation.low_id == low, Conversation.high_id == high
    )
    rows = select(*made.values()).where(those, ~there).distinct()
    _put(Conversation, made, rows, ["kind", "low_id", "high_id"], {"kind": kind})


def _put(
    model: type[Position | Conversation],
    columns: Iterable[str],
    rows: Select[*tuple[Any, ...]],
    key: Sequence[str],
    there: dict[str, Any],
) -> None:
    """Insert rows; one whose `key` is there already, as somebody was quicker, gets the values `there`."""
    if db.session.get_bind().dialect.name == "sqlite":
        put = sqlite.insert(model).from_select(list(columns), rows)
        db.session.execute(put.on_conflict_do_update(index_elements=key, set_=there))
    else:
        made = mysql.insert(model).from_select(list(columns), rows)
        db.session.execute(made.on_duplicate_key_update(there))
