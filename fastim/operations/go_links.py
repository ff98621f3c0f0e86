"""Friendships and memberships that come over: a batch takes as many statements as one of them.

What is here already stays as it is. Every function runs inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.dialects import mysql, sqlite

from fastim.models import Community, Contact, Conversation, Position, db
from fastim.models.contact import COMMUNITY, PERSON, Role
from fastim.services import conversations
from fastim.services.conversations import SINGLE


class Friends(NamedTuple):
    """Two users of this server."""

    one: int
    other: int
    memos: tuple[str, str]
    """What each calls the other."""
    createat: datetime

    @property
    def pair(self) -> tuple[int, int]:
        """The lower id first, as a conversation has them."""
        return min(self.one, self.other), max(self.one, self.other)


class Member(NamedTuple):
    """A user and a group of this server."""

    community: int
    user: int
    createat: datetime


def befriend(friends: Sequence[Friends]) -> dict[tuple[int, int], int]:
    """All have each other, and a conversation in which both stand: `Friends.pair` to its id."""
    _insert_missing(
        Contact,
        [
            {"ownerid": owner, "dstobj": friend, "cate": PERSON, "memo": memo, "createat": two.createat}
            for two in friends
            for owner, friend, memo in (
                (two.one, two.other, two.memos[0]),
                (two.other, two.one, two.memos[1]),
            )
        ],
    )
    talks = _talks({two.pair for two in friends})
    _insert_missing(
        Position,
        [{"user_id": user, "conversation_id": talk} for pair, talk in talks.items() for user in pair],
    )
    return talks


def _talks(pairs: set[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """The conversation of each pair, made if need be.

    Those that were just made are found behind the newest that was there: an index is searched once. Asked
    for by many pairs at once, MariaDB reads the whole index, and SQLite seeks each first with each second.
    """
    newest = db.session.scalar(select(func.max(Conversation.id))) or 0
    _insert_missing(
        Conversation, [{"kind": SINGLE, "low_id": low, "high_id": high} for low, high in sorted(pairs)]
    )
    query = select(Conversation.low_id, Conversation.high_id, Conversation.id)
    query = query.where(Conversation.id > newest, Conversation.kind == SINGLE)
    made = {(low, high): talk for low, high, talk in db.session.execute(query)}
    talks = {pair: made[pair] for pair in pairs & made.keys()}
    for pair in pairs - made.keys():  # they were friends here before
        known = conversations.of_pair(*pair)
        assert known is not None, "it was there, or was made"
        talks[pair] = known.id
    return talks


def join(members: Sequence[Member]) -> None:
    """All are members of their groups and stand in their conversations, from now on: what a group wrote
    here before is not for who comes later."""
    if not members:
        return
    ids = sorted({member.community for member in members})
    owners = dict(
        db.session.execute(select(Community.id, Community.ownerid).where(Community.id.in_(ids))).all()
    )
    groups = {group.low_id: group for group in conversations.of_groups(ids)}
    _insert_missing(
        Contact,
        [
            {
                "ownerid": user,
                "dstobj": community,
                "cate": COMMUNITY,
                "role": Role.OWNER if user == owners[community] else Role.MEMBER,
                "createat": createat,
            }
            for community, user, createat in members
        ],
    )
    _insert_missing(
        Position,
        [
            {
                "user_id": member.user,
                "conversation_id": groups[member.community].id,
                "join_seq": groups[member.community].last_seq,
                "read_seq": groups[member.community].last_seq,
            }
            for member in members
        ],
    )
    _stand_again({(member.user, groups[member.community].id) for member in members}, list(groups.values()))


def _stand_again(places: set[tuple[int, int]], groups: Sequence[Conversation]) -> None:
    """Who had left a group here comes back as `conversations.join` has it."""
    ends = {group.id: group.last_seq for group in groups}
    left = select(Position).where(
        Position.user_id.in_({user for user, _ in places}),
        Position.conversation_id.in_(ends),
        ~Position.active,
    )
    for position in db.session.scalars(left):
        if (position.user_id, position.conversation_id) in places:
            end = ends[position.conversation_id]
            position.join_seq, position.read_seq = end, max(position.read_seq, end)
            position.active = True
    db.session.flush()


def _insert_missing(model: Any, rows: Sequence[dict[str, Any]]) -> None:
    """Insert those rows whose unique columns no row has; any other fault is raised."""
    table = model.__table__
    if db.session.get_bind().dialect.name == "sqlite":
        db.session.execute(sqlite.insert(table).on_conflict_do_nothing(), list(rows))
    else:
        key = next(iter(table.primary_key))
        insert = mysql.insert(table).on_duplicate_key_update({key.name: key})
        db.session.execute(insert, list(rows))
