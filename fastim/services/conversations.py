"""Opening a conversation and standing in it. Every function runs inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from fastim.models import Conversation, Position, db
from fastim.protocol.events import (
    CommunityArriving,
    CommunityJoined,
    CommunityLeft,
    DoorClosed,
    DoorDoubted,
)
from fastim.services import entries, log_rows
from fastim.services.transaction import Transaction

SINGLE = 10
GROUP = 11
"""A conversation's kind is the cmd of its frames."""


def open_single(one_id: int, other_id: int) -> int:
    """The conversation of two people, made if need be; both stand in it. Returns its id."""
    low, high = sorted((one_id, other_id))
    conversation = of_pair(low, high) or _new(SINGLE, low, high)
    for user_id in (one_id, other_id):
        if db.session.get(Position, (user_id, conversation.id)) is None:
            db.session.add(Position(user_id=user_id, conversation_id=conversation.id))
    db.session.flush()
    return conversation.id


def open_group(community_id: int) -> int:
    """The conversation of a new group. Returns its id."""
    return _new(GROUP, community_id, 0).id


def join(tx: Transaction, community_id: int, user_id: int, by_id: int = 0) -> None:
    """`user_id` stands in the group's conversation from now on, and everybody is told; `by_id` let them in.

    Who comes back does not see what was written while away, and keeps the read mark.
    """
    conversation = of_group(community_id)
    _stand(tx, conversation, [user_id])
    entries.notice(tx, conversation, user_id, "joined", amount=by_id)


def join_invited(tx: Transaction, community_id: int, user_ids: Sequence[int], by_id: int) -> None:
    """As `join`, of all whom `by_id` invited at once: one entry tells of all of them."""
    conversation = of_group(community_id)
    _stand(tx, conversation, user_ids)
    entries.notice(tx, conversation, by_id, "invited", " ".join(map(str, user_ids)))


def _stand(tx: Transaction, conversation: Conversation, user_ids: Sequence[int]) -> None:
    query = select(Position).where(
        Position.conversation_id == conversation.id, Position.user_id.in_(user_ids)
    )
    known = {
        position.user_id: position
        for position in db.session.scalars(query.execution_options(populate_existing=True))
    }
    for user_id in user_ids:
        position = known.get(user_id)
        if position is None:
            position = Position(user_id=user_id, conversation_id=conversation.id)
            db.session.add(position)
        position.join_seq = conversation.last_seq
        position.read_seq = max(position.read_seq or 0, conversation.last_seq)
        position.active = True
        tx.forewarn(
            CommunityArriving(conversation.low_id, user_id, conversation.last_seq + 1),
            DoorDoubted(conversation.id, GROUP, conversation.low_id, user_id),
        )
        # Before the entry, which goes to all.
        tx.emit(CommunityJoined(conversation.low_id, conversation.id, user_id))
    db.session.flush()


def leave(tx: Transaction, community_id: int, user_id: int, by_id: int = 0) -> None:
    """`user_id` (sent off by `by_id`) no longer sees the group's conversation; everybody else is told."""
    conversation = of_group(community_id)
    position = db.session.get(Position, (user_id, conversation.id))
    if position is not None:
        position.active = False
        db.session.flush()
    close_door(tx, conversation, community_id, user_id, "not_member")
    tx.emit(CommunityLeft(community_id, conversation.id, user_id))
    if by_id:
        entries.notice(tx, conversation, by_id, "removed", amount=user_id)
    else:
        entries.notice(tx, conversation, user_id, "left")


def close_door(
    tx: Transaction, conversation: Conversation, dst_id: int, user_id: int, refusal: str
) -> None:
    """Nothing of `user_id` (0: of anybody) is numbered after this transaction.

    Args:
        conversation: locked.
        dst_id: the conversation as `user_id` addresses it.
    """
    kind = conversation.kind
    conversation.doors += 1
    tx.forewarn(
        DoorClosed(conversation.id, kind, dst_id, user_id, refusal),
        DoorDoubted(conversation.id, kind, dst_id, user_id),
    )


def of_pair(one_id: int, other_id: int) -> Conversation | None:
    """The conversation of two people, locked; None if they never were friends."""
    low, high = sorted((one_id, other_id))
    return _locked(SINGLE, low, high)


def of_group(community_id: int) -> Conversation:
    """A group's conversation, locked."""
    conversation = _locked(GROUP, community_id, 0)
    assert conversation is not None, "a group is made with its conversation"
    return conversation


def of_groups(community_ids: Sequence[int]) -> Sequence[Conversation]:
    """As `of_group`, of several, in the order of the ids."""
    query = (
        select(Conversation)
        .where(Conversation.kind == GROUP, Conversation.low_id.in_(community_ids))
        .order_by(Conversation.low_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    found = db.session.scalars(query).all()
    for conversation in found:
        log_rows.settle(conversation)
    return found


def open_groups(community_ids: Sequence[int]) -> None:
    """As `open_group`, of several."""
    for community_id in community_ids:
        made = Conversation(kind=GROUP, low_id=community_id, high_id=0, last_seq=0, last_id=0, doors=0)
        db.session.add(made)
    db.session.flush()


def address(conversation: Conversation, user_id: int) -> int:
    """The conversation as `user_id` addresses it in frames."""
    if conversation.kind == SINGLE and conversation.low_id == user_id:
        return conversation.high_id
    return conversation.low_id


def locked(conversation_id: int) -> Conversation:
    """A conversation that exists, locked: its numbers hold until the commit."""
    query = select(Conversation).where(Conversation.id == conversation_id).with_for_update()
    conversation = db.session.scalars(query.execution_options(populate_existing=True)).one()
    log_rows.settle(conversation)
    return conversation


def _locked(kind: int, low: int, high: int) -> Conversation | None:
    """The row under its lock: its numbers hold until the commit."""
    query = (
        select(Conversation)
        .where(Conversation.kind == kind, Conversation.low_id == low, Conversation.high_id == high)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    conversation = db.session.scalars(query).one_or_none()
    if conversation is not None:
        log_rows.settle(conversation)
    return conversation


def _new(kind: int, low: int, high: int) -> Conversation:
    conversation = Conversation(kind=kind, low_id=low, high_id=high, last_seq=0, last_id=0, doors=0)
    db.session.add(conversation)
    db.session.flush()
    return conversation
