"""Who stands in which conversation, as friendships, memberships and groups say, and putting it right."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Row, and_, case, exists, select, update

from fastim.models import Community, Contact, Conversation, Position, db
from fastim.models.contact import COMMUNITY, PERSON, Role
from fastim.operations.checks import rule
from fastim.services.conversations import GROUP, SINGLE
from fastim.services.steps import in_steps


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
    for ids in in_steps(Contact.id, rule.AT_ONCE, Contact.cate == PERSON, ~talks()):
        for owner, friend in _pairs(ids):
            low, high = sorted((owner, friend))
            _stand(_conversation(SINGLE, low, high), owner)
        db.session.commit()


def put_members() -> None:
    """The list of members says who is in: it is what people see and change."""
    for ids in in_steps(Conversation.id, rule.AT_ONCE, Conversation.kind == GROUP):
        gone = and_(Position.active, Position.conversation_id.in_(ids), ~is_member())
        leave = update(Position).where(gone).values(active=False)
        db.session.execute(leave.execution_options(synchronize_session=False))
        db.session.commit()
    for ids in in_steps(Contact.id, rule.AT_ONCE, Contact.cate == COMMUNITY, ~stands()):
        for user, group in _pairs(ids):
            _stand(_conversation(GROUP, group, 0), user)
        db.session.commit()


def put_owners() -> None:
    """The group's row says who owns it."""
    for ids in in_steps(Community.id, rule.AT_ONCE):
        groups = select(Community.id, Community.ownerid).where(Community.id.in_(ids))
        for group, owner in db.session.execute(groups).all():
            _conversation(GROUP, group, 0)
            members = update(Contact).where(Contact.dstobj == group, Contact.cate == COMMUNITY)
            own = Contact.ownerid == owner
            db.session.execute(members.where(own).values(role=Role.OWNER))
            db.session.execute(members.where(~own, Contact.role == Role.OWNER).values(role=Role.MEMBER))
        db.session.commit()


def _pairs(ids: Sequence[int]) -> Sequence[Row[int, int]]:
    """Who, and whom or which group, of a step's links."""
    return db.session.execute(select(Contact.ownerid, Contact.dstobj).where(Contact.id.in_(ids))).all()


def _conversation(kind: int, low: int, high: int) -> Conversation:
    query = select(Conversation).filter_by(kind=kind, low_id=low, high_id=high)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        found = Conversation(kind=kind, low_id=low, high_id=high, last_seq=0, last_id=0)
        db.session.add(found)
        db.session.flush()
    return found


def _stand(conversation: Conversation, user_id: int) -> None:
    position = db.session.get(Position, (user_id, conversation.id))
    if position is None:
        end = conversation.last_seq
        position = Position(user_id=user_id, conversation_id=conversation.id, join_seq=end, read_seq=end)
        db.session.add(position)
    position.active = True
    db.session.flush()
