"""A group's rows, behind the doors that its roles are. Every function needs an app context; those that lock
run inside the caller's transaction.

The order of locks is the same everywhere, so nobody waits in a ring: the community, then people, then its
conversation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from sqlalchemy import CursorResult, bindparam, delete, func, select

from fastim.errors import Refused
from fastim.models import Community, Contact, InviteLink, JoinRequest, db
from fastim.models.contact import COMMUNITY, Role
from fastim.protocol import codec, frames
from fastim.protocol.events import Signal
from fastim.services import conversations
from fastim.services.transaction import Transaction

_COUNTS = (
    select(Contact.dstobj, func.count())
    .where(Contact.cate == COMMUNITY, Contact.dstobj.in_(bindparam("community_ids", expanding=True)))
    .group_by(Contact.dstobj)
)


def lock(community_id: int) -> Community | None:
    """The group as it is now; who changes it, joins or leaves at the same time takes turns."""
    query = select(Community).where(Community.id == community_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def lock_as(actor_id: int, community_id: int, least: Role = Role.MEMBER) -> tuple[Community, Contact]:
    """A group, and the membership of the actor, who is at least that in it.

    Raises:
        Refused: `not_member` (or no such group), `not_admin`, `not_owner` or `group_dissolved`.
    """
    community = lock(community_id)
    mine = membership(actor_id, community_id) if community is not None else None
    if community is None or mine is None:
        raise Refused("not_member")
    if mine.role > least:
        raise Refused("not_owner" if least is Role.OWNER else "not_admin")
    if community.dissolved_at is not None:
        raise Refused("group_dissolved")
    return community, mine


def role_as(actor_id: int, community_id: int, least: Role = Role.MEMBER) -> Role:
    """The actor's role, to read what is for those who are at least that. It locks nothing.

    Raises:
        Refused: `not_member` or `not_admin`.
    """
    mine = membership(actor_id, community_id)
    if mine is None:
        raise Refused("not_member")
    if mine.role > least:
        raise Refused("not_admin")
    return Role(mine.role)


def membership(user_id: int, community_id: int) -> Contact | None:
    """The row as it is now."""
    query = select(Contact).where(
        Contact.ownerid == user_id, Contact.cate == COMMUNITY, Contact.dstobj == community_id
    )
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def member(user_id: int, community_id: int) -> Contact:
    """As `membership`, of somebody whom the actor names.

    Raises:
        Refused: `no_such_member`.
    """
    found = membership(user_id, community_id)
    if found is None:
        raise Refused("no_such_member")
    return found


def member_below(mine: Contact, user_id: int) -> Contact:
    """A member of the actor's group over whom the actor has a say.

    Raises:
        Refused: `no_such_member` or `outranked`.
    """
    found = member(user_id, mine.dstobj)
    if found.role <= mine.role:
        raise Refused("outranked")
    return found


def leaders(community_id: int) -> tuple[int, ...]:
    """Owner and admins."""
    query = select(Contact.ownerid).where(
        Contact.dstobj == community_id, Contact.cate == COMMUNITY, Contact.role < Role.MEMBER
    )
    return tuple(db.session.scalars(query.order_by(Contact.role, Contact.id)))


def already_in(community_id: int, user_ids: Iterable[int]) -> set[int]:
    """Which of these are members."""
    query = select(Contact.ownerid).where(
        Contact.dstobj == community_id, Contact.cate == COMMUNITY, Contact.ownerid.in_(user_ids)
    )
    return set(db.session.scalars(query))


def counts(community_ids: Sequence[int]) -> dict[int, int]:
    """community_id to its number of members, in one query."""
    return dict(db.session.execute(_COUNTS, {"community_ids": community_ids}).all())


def check_room(community_id: int, more: int, most: int) -> None:
    """Whether so many more may come in.

    Raises:
        Refused: `group_full`.
    """
    if counts([community_id]).get(community_id, 0) + more > most:
        raise Refused("group_full")


def enter(
    tx: Transaction, community_id: int, user_id: int, by_id: int = 0, role: Role = Role.MEMBER
) -> None:
    """Make somebody a member, who then waits no more; `by_id` let them in."""
    db.session.add(Contact(ownerid=user_id, dstobj=community_id, cate=COMMUNITY, role=role))
    conversations.join(tx, community_id, user_id, by_id)
    drop_requests(tx, community_id, [user_id])


def enter_all(tx: Transaction, community_id: int, user_ids: Sequence[int], by_id: int) -> None:
    """Make many members at once, whom `by_id` invited."""
    db.session.add_all(
        Contact(ownerid=user_id, dstobj=community_id, cate=COMMUNITY) for user_id in user_ids
    )
    conversations.join_invited(tx, community_id, user_ids, by_id)
    drop_requests(tx, community_id, user_ids)


def drop_requests(tx: Transaction, community_id: int, user_ids: Sequence[int]) -> None:
    """These do not wait to be let in any more."""
    gone = delete(JoinRequest).where(
        JoinRequest.community_id == community_id, JoinRequest.user_id.in_(user_ids)
    )
    if cast("CursorResult[Any]", db.session.execute(gone)).rowcount:
        tell_leaders(tx, community_id)


def tell_leaders(tx: Transaction, community_id: int) -> None:
    """Who waits to be let in has changed."""
    tx.emit(Signal(leaders(community_id), codec.encode(frames.Changed("communities"))))


def part(tx: Transaction, membership: Contact, by_id: int = 0) -> None:
    """Let somebody go; `by_id` sent them away. Their links open nothing any more."""
    community_id, user_id = membership.dstobj, membership.ownerid
    db.session.execute(
        delete(InviteLink).where(InviteLink.community_id == community_id, InviteLink.maker_id == user_id)
    )
    db.session.delete(membership)
    db.session.flush()
    conversations.leave(tx, community_id, user_id, by_id)
